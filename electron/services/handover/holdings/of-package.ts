import { fail, ok, type Outcome, type ReceivedPackage } from '#contract';
import { all, one, sql, type ReadDb } from '../../../store/index.ts';
import { currentAsker, mayRead, mayReadMember } from '../../dossiers/index.ts';
import { getPackage } from '../receiving/receipts.store.ts';

/** A received package that became a dossier. */
export type HeldPackage = ReceivedPackage & { readonly dossier: string; readonly receipt: string };

/** A held package of which whoever is at the desk may read all: a package of it holds every document of its dossier. */
export function readablePackage(db: ReadDb, id: string): Outcome<HeldPackage, 'not-found' | 'no-access'> {
  const found = getPackage(db, id);
  if (found === undefined || found.dossier === null) return fail('not-found');
  const { dossier } = found;
  const asker = currentAsker(db);
  if (isGone(db, dossier)) return fail('not-found');
  if (!mayRead(db, asker, dossier)) return fail('no-access');
  const named = all<{ id: string }>(db, sql`SELECT id FROM dossier_member WHERE dossier = ${dossier} AND ordinal IS NOT NULL AND access = 'named'
    UNION ALL SELECT id FROM dossier_member WHERE dossier = ${dossier} AND ordinal IS NULL AND access = 'named'`);
  return named.every((member) => mayReadMember(db, asker, member.id)) ? ok({ ...found, dossier }) : fail('no-access');
}

/** Whether a dossier was destroyed after a decision, or is being: its trace stays, nothing is made of it any more. */
export function isGone(db: ReadDb, dossier: string): boolean {
  return one(db, sql`SELECT 1 FROM disposal_item WHERE dossier = ${dossier} AND state IN ('proposed', 'destroying', 'destroyed') AND state <> 'proposed'`) !== undefined;
}
