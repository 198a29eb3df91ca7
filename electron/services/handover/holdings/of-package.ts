import { fail, ok, type Outcome, type ReceivedPackage } from '#contract';
import { all, sql, type ReadDb } from '../../../store/index.ts';
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
  if (!mayRead(db, asker, dossier)) return fail('no-access');
  const named = all<{ id: string }>(db, sql`SELECT id FROM dossier_member WHERE dossier = ${dossier} AND access = 'named'`);
  return named.every((member) => mayReadMember(db, asker, member.id)) ? ok({ ...found, dossier }) : fail('no-access');
}
