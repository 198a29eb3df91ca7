import { NumberRules, type DocumentKind, type NumberRegister, type RuleVersion } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { folded } from './kinds.ts';

type RuleRow = { id: string; valid_from: string; rules: string; reason: string; made_at: string; made_by: string };

/** Inferred: what holds while the head of the office has decided nothing. */
const withoutDecision: RuleVersion = {
  id: null,
  validFrom: null,
  rules: { administrative: 'common', groups: [], books: [], timeOrder: 'refuse' },
  reason: '',
  madeBy: '',
  madeAt: null,
};

/** The rules that hold for documents of a day. Of two from the same day the later decision holds. */
export function rulesOn(db: ReadDb, office: string, day: string): RuleVersion {
  const row = one<RuleRow>(
    db,
    sql`SELECT id, valid_from, rules, reason, made_at, made_by FROM number_rules
        WHERE office = ${office} AND valid_from <= ${day} ORDER BY valid_from DESC, id DESC LIMIT 1`,
  );
  return row === undefined ? withoutDecision : versionOf(row);
}

/** All versions, newest first, with the one that stands before any decision. */
export function ruleVersions(db: ReadDb, office: string): RuleVersion[] {
  const rows = all<RuleRow>(
    db,
    sql`SELECT id, valid_from, rules, reason, made_at, made_by FROM number_rules
        WHERE office = ${office} ORDER BY valid_from DESC, id DESC`,
  );
  return [...rows.map(versionOf), withoutDecision];
}

/** Adds a version; those before it stay. */
export function addRules(db: WriteDb, office: string, version: Omit<RuleVersion, 'id' | 'validFrom' | 'madeAt'> & { readonly validFrom: string; readonly madeAt: string }): RuleVersion {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO number_rules (id, office, valid_from, rules, reason, made_at, made_by)
        VALUES (${id}, ${office}, ${version.validFrom}, ${JSON.stringify(version.rules)}, ${version.reason},
          ${version.madeAt}, ${version.madeBy})`,
  );
  return { ...version, id };
}

function versionOf(row: RuleRow): RuleVersion {
  return {
    id: row.id,
    validFrom: row.valid_from,
    rules: NumberRules.parse(JSON.parse(row.rules)),
    reason: row.reason,
    madeBy: row.made_by,
    madeAt: row.made_at,
  };
}

/** Which series, and what it is called; the common ones have no name of their own. */
export type Scope = { readonly register: NumberRegister; readonly scope: string; readonly name: string };

/**
 * The series into which an outgoing document or a copy falls. Fixed by the decree: copies share one, each kind of
 * legal-normative document has its own, and so has a council, board or team that issues under the seal of the office
 * (annex I II.3.a). The head of the office decides about the rest.
 */
export function scopeOf(rules: NumberRules, kind: DocumentKind, body: { readonly id: string; readonly name: string } | undefined): Scope {
  if (kind.group === 'copy') return { register: 'copy', scope: '', name: '' };
  if (body !== undefined) return { register: 'outgoing', scope: `body:${body.id}`, name: body.name };
  if (kind.group === 'legal') return { register: 'outgoing', scope: `legal:${kind.code}`, name: kind.name };
  if (rules.administrative === 'per-kind') return { register: 'outgoing', scope: `kind:${kind.code}`, name: kind.name };
  const group = rules.administrative === 'groups' ? rules.groups.find(({ kinds }) => kinds.includes(kind.code)) : undefined;
  return group === undefined
    ? { register: 'outgoing', scope: '', name: '' }
    : { register: 'outgoing', scope: `group:${group.id}`, name: group.name };
}

/** The book in which an incoming document is entered; undefined when the rules have no such book. */
export function bookOf(rules: NumberRules, book: string | null): Scope | undefined {
  if (book === null) return { register: 'incoming', scope: '', name: '' };
  const found = rules.books.find(({ id }) => id === book);
  return found === undefined ? undefined : { register: 'incoming', scope: `book:${book}`, name: found.name };
}

/**
 * The book that the rules propose for a document that came: the first that names its kind, or the beginning of its sender's
 * name; null for the register of the office.
 */
export function proposedBook(rules: NumberRules, document: { readonly typeName: string; readonly issuerName: string }): string | null {
  const [kind, issuer] = [folded(document.typeName), folded(document.issuerName)];
  const found = rules.books.find(({ takes = [] }) => takes.map(folded).some((word) => word === kind || issuer === word || issuer.startsWith(`${word} `)));
  return found?.id ?? null;
}

/** Every series into which the rules lead something, in the order of the screen. */
export function scopesOf(
  rules: NumberRules,
  kinds: readonly DocumentKind[],
  bodies: readonly { readonly id: string; readonly name: string }[],
): Scope[] {
  const administrative = kinds.filter(({ group, numbered }) => group === 'administrative' && numbered).map((kind) => scopeOf(rules, kind, undefined));
  const legal = kinds.filter(({ group }) => group === 'legal').map((kind) => scopeOf(rules, kind, undefined));
  const [someKind] = kinds;
  const ofBodies = someKind === undefined ? [] : bodies.map((body) => scopeOf(rules, someKind, body));
  const books = [null, ...rules.books.map(({ id }) => id)].flatMap((book) => bookOf(rules, book) ?? []);
  const all = [...books, ...administrative, ...ofBodies, ...legal, { register: 'copy' as const, scope: '', name: '' }];
  const once = new Map(all.map((one) => [`${one.register} ${one.scope}`, one]));
  return [...once.values()];
}
