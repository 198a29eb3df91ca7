import { all, changeOne, one, run, sql, type ReadDb, type Sql, type WriteDb } from '../../../store/index.ts';

/** Members with what stands about them in the registers, for `dossier_member AS m`. */
export const joined = sql`dossier_member AS m JOIN dossier AS d ON d.id = m.dossier LEFT JOIN incoming_document AS i ON i.id = m.incoming LEFT JOIN outgoing_document AS o ON o.id = m.outgoing`;

/** The day by which members are put in order of time: of the document, else the one on which it came here. In Vietnam. */
const timeColumn = sql`CASE m.kind WHEN 'incoming' THEN COALESCE(i.issued_date, date(i.arrived_at, '+7 hours')) WHEN 'outgoing' THEN o.issued_date ELSE COALESCE(m.issued_date, date(m.added_at, '+7 hours')) END`;
/** Of one day: as they were registered or issued. */
const momentColumn = sql`COALESCE(i.registered_at, o.issued_at, o.numbered_at, m.added_at)`;

/** Members stand so far apart that one comes between two others without moving any: a dossier of thousands is not written anew for each. */
const gap = 2 ** 20;

/** The place behind the last member of a dossier. */
export const nextPlace = (dossier: string): Sql => sql`(SELECT COALESCE(MAX(ordinal), 0) + ${gap} FROM dossier_member WHERE dossier = ${dossier} AND ordinal IS NOT NULL)`;

/** Rows of the members from behind the `after`th on. */
export const rowsBehind = (dossier: string, after: number, limit: number): Sql =>
  sql`(SELECT rowid FROM dossier_member WHERE dossier = ${dossier} AND ordinal IS NOT NULL ORDER BY ordinal LIMIT ${limit} OFFSET ${after})`;

type Standing = { readonly id: string; readonly ordinal: number; readonly time: string; readonly moment: string };
const standingColumns = sql`m.id, m.ordinal, ${timeColumn} AS time, ${momentColumn} AS moment`;

function isBefore(a: Standing, b: Standing): boolean {
  if (a.time !== b.time) return a.time < b.time;
  return a.moment === b.moment ? a.id < b.id : a.moment < b.moment;
}

/** The first member of a stretch of places, or the last; ends are not in it. */
function atEndOf(db: ReadDb, dossier: string, from: number, to: number, end: 'first' | 'last', except: string): Standing | undefined {
  const stretch = sql`SELECT rowid FROM dossier_member WHERE dossier = ${dossier} AND ordinal > ${from} AND ordinal < ${to} AND id <> ${except}`;
  const found = end === 'first' ? sql`${stretch} ORDER BY ordinal LIMIT 1` : sql`${stretch} ORDER BY ordinal DESC LIMIT 1`;
  return one<Standing>(db, sql`SELECT ${standingColumns} FROM ${joined} WHERE m.rowid = (${found})`);
}

/**
 * Puts a member where its day belongs among others that stand by theirs: its neighbours are found by halving, so that it takes
 * as long in a dossier of thousands.
 */
export function placeByTime(db: WriteDb, dossier: string, member: string): void {
  const own = one<Standing>(db, sql`SELECT ${standingColumns} FROM ${joined} WHERE m.id = ${member}`);
  if (own === undefined) throw new Error('a member that is put in order is there');
  const last = atEndOf(db, dossier, 0, Number.MAX_SAFE_INTEGER, 'last', member);
  if (last === undefined || isBefore(last, own)) {
    if (last !== undefined && own.ordinal < last.ordinal) changeOne(db, sql`UPDATE dossier_member SET ordinal = ${nextPlace(dossier)} WHERE id = ${member}`);
    return;
  }
  let [low, high] = [0, last.ordinal];
  for (;;) {
    const middle = low + Math.floor((high - low) / 2);
    const other = atEndOf(db, dossier, middle, high, 'first', member) ?? atEndOf(db, dossier, low, middle + 1, 'last', member);
    if (other === undefined) break;
    if (isBefore(other, own)) low = other.ordinal;
    else high = other.ordinal;
  }
  if (own.ordinal > low && own.ordinal < high) return;
  putBetween(db, dossier, [member], low, high);
}

/** Puts members, in the order given, between two places of others; makes room where there is too little. */
function putBetween(db: WriteDb, dossier: string, members: readonly string[], low: number, high: number): void {
  const step = Math.floor((high - low) / (members.length + 1));
  if (step < 1) {
    const others = orderOf(db, dossier).filter(({ id }) => !members.includes(id));
    const at = others.filter(({ ordinal }) => ordinal <= low).length;
    arrangeAs(db, dossier, [...others.slice(0, at).map(({ id }) => id), ...members, ...others.slice(at).map(({ id }) => id)]);
    return;
  }
  // By way of negative places, as no two members may stand at one for a moment.
  for (const id of members) changeOne(db, sql`UPDATE dossier_member SET ordinal = -ordinal WHERE id = ${id} AND dossier = ${dossier} AND ordinal IS NOT NULL`);
  for (const [at, id] of members.entries()) changeOne(db, sql`UPDATE dossier_member SET ordinal = ${low + step * (at + 1)} WHERE id = ${id}`);
}

/** Puts members, in the order given, so that the first is the `to`th; answers which place that is. */
export function putAt(db: WriteDb, dossier: string, members: readonly string[], to: number): number {
  const others = sql`SELECT ordinal FROM dossier_member WHERE dossier = ${dossier} AND ordinal IS NOT NULL AND id NOT IN (SELECT value FROM json_each(${JSON.stringify(members)})) ORDER BY ordinal`;
  const count = one<{ n: number }>(db, sql`SELECT COUNT(*) AS n FROM (${others})`)?.n ?? 0;
  const at = Math.min(to - 1, count);
  const low = at === 0 ? 0 : (one<{ ordinal: number }>(db, sql`${others} LIMIT 1 OFFSET ${at - 1}`)?.ordinal ?? 0);
  const high = one<{ ordinal: number }>(db, sql`${others} LIMIT 1 OFFSET ${at}`)?.ordinal ?? low + gap * (members.length + 1);
  putBetween(db, dossier, members, low, high);
  return at + 1;
}

function orderOf(db: ReadDb, dossier: string): readonly { readonly id: string; readonly ordinal: number }[] {
  return all(db, sql`SELECT id, ordinal FROM dossier_member WHERE dossier = ${dossier} AND ordinal IS NOT NULL ORDER BY ordinal`);
}

/** Arranges all by the documents' days; those of one day as they were registered or issued, then as they were added. */
export function arrangeByTime(db: WriteDb, dossier: string): void {
  const wanted = all<{ id: string }>(db, sql`SELECT m.id FROM ${joined} WHERE m.dossier = ${dossier} AND m.ordinal IS NOT NULL ORDER BY ${timeColumn}, ${momentColumn}, m.id`);
  const now = orderOf(db, dossier);
  if (wanted.some(({ id }, at) => id !== now[at]?.id)) arrangeAs(db, dossier, wanted.map(({ id }) => id));
}

/** Arranges as the ids stand; they are all of the dossier's. */
function arrangeAs(db: WriteDb, dossier: string, ids: readonly string[]): void {
  run(
    db,
    sql`UPDATE dossier_member SET ordinal = -p.n FROM (SELECT value AS id, (key + 1) * ${gap} AS n FROM json_each(${JSON.stringify(ids)})) AS p
        WHERE p.id = dossier_member.id AND dossier_member.dossier = ${dossier} AND dossier_member.ordinal <> p.n`,
  );
  run(db, sql`UPDATE dossier_member SET ordinal = -ordinal WHERE dossier = ${dossier} AND ordinal < 0`);
}
