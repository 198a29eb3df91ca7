import { createHash } from 'node:crypto';
import { fail, ok, type AccessChange, type AccessRule, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf } from '#contract';
import { one, sql, type ReadDb } from '../../../store/index.ts';
import { onDossier } from '../on-dossier.ts';
import type { DossierDeps } from '../deps.ts';
import { noteAct } from '../history.store.ts';
import { currentAsker, mayRead, presentStaff, putRule, readersUnder, ruleOf, type Reader } from './readers.store.ts';

type Methods = Contract['dossiers'];
type Target = { readonly dossier: string; readonly member: string | null };
type ReaderOut = AccessChange['wins'][number];

const shown = ({ person, name, unitName }: Reader): ReaderOut => ({ person, name, unitName });

/** The dossier's maker; undefined when there is no such dossier or member. */
function makerOfTarget(db: ReadDb, { dossier, member }: Target): { readonly person: string | null } | undefined {
  if (member !== null && one(db, sql`SELECT 1 FROM dossier_member WHERE id = ${member} AND dossier = ${dossier} AND ordinal IS NOT NULL`) === undefined) return undefined;
  return one<{ person: string | null }>(db, sql`SELECT person FROM dossier WHERE id = ${dossier}`);
}

/** Those who may read a dossier or one of its members under a rule: a member is read by nobody who may not read the dossier. */
function readersOf(db: ReadDb, { dossier, member }: Target, rule: AccessRule, maker: string | null): Reader[] {
  const readers = readersUnder(presentStaff(db), member === null ? rule : ruleOf(db, dossier, null), maker);
  return member === null ? readers : readersUnder(readers, rule, maker);
}

/** Who may read, and by what rule. */
export function accessOfTarget(db: ReadDb, target: Target): Outcome<OutputOf<Methods['access']>, CodeOf<Methods['access']>> {
  const maker = makerOfTarget(db, target);
  if (maker === undefined) return fail('not-found');
  if (!mayRead(db, currentAsker(db), target.dossier)) return fail('no-access');
  const rule = ruleOf(db, target.dossier, target.member);
  return ok({ rule, readers: readersOf(db, target, rule, maker.person).map(shown) });
}

/**
 * Who would win and who would lose the right to read (NĐ 30/2020 annex VI part I III.3: a change of rights is warned of
 * until a competent person confirms it). `seen` is made of target, rule and these persons: when staff or rule change
 * meanwhile, what was shown holds no longer.
 */
export function previewAccess(db: ReadDb, { rule, ...target }: InputOf<Methods['previewAccess']>): Outcome<AccessChange, CodeOf<Methods['previewAccess']>> {
  const maker = makerOfTarget(db, target);
  if (maker === undefined) return fail('not-found');
  if (!mayRead(db, currentAsker(db), target.dossier)) return fail('no-access');
  for (const name of rule.named ?? []) {
    const known = name.kind === 'role' || one(db, name.kind === 'person' ? sql`SELECT 1 FROM person WHERE id = ${name.id} AND valid_to IS NULL` : sql`SELECT 1 FROM unit WHERE id = ${name.id} AND valid_to IS NULL`) !== undefined;
    if (!known) return fail('person-unknown');
  }
  const before = readersOf(db, target, ruleOf(db, target.dossier, target.member), maker.person);
  const now = readersOf(db, target, rule, maker.person);
  const without = (some: readonly Reader[], others: readonly Reader[]): ReaderOut[] => some.filter(({ person }) => !others.some((one) => one.person === person)).map(shown);
  const wins = without(now, before);
  const loses = without(before, now);
  const seen = createHash('sha256').update(JSON.stringify([target.dossier, target.member, rule.named, wins.map(({ person }) => person), loses.map(({ person }) => person)])).digest('hex');
  return ok({ wins, loses, readers: now.length, seen });
}

/** Saves a rule whose effect was shown and is confirmed by `seen`. */
export function saveAccess(deps: DossierDeps, input: InputOf<Methods['saveAccess']>): Outcome<OutputOf<Methods['saveAccess']>, CodeOf<Methods['saveAccess']>> {
  const { dossier, member, rule, reason, seen } = input;
  return onDossier(deps, { id: dossier, version: null, reason }, 'access', (db, _, moment): Outcome<null, CodeOf<Methods['saveAccess']>> => {
    const change = previewAccess(db, { dossier, member, rule });
    if (!change.ok) return change;
    if (change.value.seen !== seen) return fail('access-unseen', { wins: change.value.wins.length, loses: change.value.loses.length });
    putRule(db, dossier, member, rule);
    noteAct(db, { dossier }, 'access-changed', moment, {
      member,
      named: rule.named,
      wins: change.value.wins.map(({ name }) => name),
      loses: change.value.loses.map(({ name }) => name),
    });
    return ok(null);
  });
}
