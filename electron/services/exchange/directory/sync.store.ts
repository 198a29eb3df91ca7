import type { AgencySource, DirectoryTrouble } from '#contract';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { isCentre, levelOneOf, newFormOf, plainCode } from './codes.ts';
import { otherNamesOf, type AgencyVersion } from './agency.store.ts';

type StateRow = {
  current: number;
  decisions: string;
  every_hours: number;
  last_full_at: string | null;
  last_at: string | null;
  last_tried_at: string | null;
  trouble: DirectoryTrouble | null;
  trouble_detail: string;
  incomplete: number;
  open: number;
  closed: number;
  listed: number;
};

/** How many rows a generation has; second codes of an agency are not counted among `open` and `closed`. */
export type Counts = { readonly open: number; readonly closed: number; readonly listed: number };

/** Where the directory stands. */
export function directoryRow(db: ReadDb): StateRow {
  const row = one<StateRow>(db, sql`SELECT * FROM directory_state`);
  if (row === undefined) throw new Error('directory_state has no row');
  return row;
}

/** Hours between two full lists; 0 = only on request. */
export function saveInterval(db: WriteDb, everyHours: number): void {
  changeOne(db, sql`UPDATE directory_state SET every_hours = ${everyHours}`);
}

/** Notes how a try came to nothing. */
export function noteTrouble(db: WriteDb, at: string, trouble: DirectoryTrouble, detail: string): void {
  changeOne(db, sql`UPDATE directory_state SET last_tried_at = ${at}, trouble = ${trouble}, trouble_detail = ${detail}`);
}

/** Makes the next generation the one that everybody sees. */
export function moveOn(
  db: WriteDb,
  run: { readonly at: string; readonly full: boolean; readonly incomplete: boolean; readonly counts: Counts },
): void {
  changeOne(
    db,
    sql`UPDATE directory_state SET current = current + 1, last_at = ${run.at}, last_tried_at = ${run.at},
          last_full_at = CASE WHEN ${run.full ? 1 : 0} = 1 THEN ${run.at} ELSE last_full_at END,
          trouble = NULL, trouble_detail = '', incomplete = ${run.incomplete ? 1 : 0},
          open = ${run.counts.open}, closed = ${run.counts.closed}, listed = ${run.counts.listed}`,
  );
}

/** The decisions' codes are taken over: they are seen with the next generation. */
export function decisionsTaken(db: WriteDb, hash: string, counts: Counts): void {
  changeOne(
    db,
    sql`UPDATE directory_state SET current = current + 1, decisions = ${hash},
          open = ${counts.open}, closed = ${counts.closed}, listed = ${counts.listed}`,
  );
}

/**
 * Takes back, some rows at a time, what a run that broke off left in the next generation. Answers how many rows were
 * touched; 0 when nothing is left.
 */
export function takeBack(db: WriteDb, limit: number): number {
  const { current } = directoryRow(db);
  return (
    run(db, sql`DELETE FROM agency WHERE id IN (SELECT id FROM agency WHERE since > ${current} LIMIT ${limit})`) ||
    run(db, sql`DELETE FROM agency_alias WHERE id IN (SELECT id FROM agency_alias WHERE since > ${current} LIMIT ${limit})`) ||
    run(db, sql`UPDATE agency SET until = NULL WHERE id IN (SELECT id FROM agency WHERE until > ${current} LIMIT ${limit})`) ||
    run(
      db,
      sql`UPDATE agency_alias SET until = NULL
          WHERE id IN (SELECT id FROM agency_alias WHERE until > ${current} LIMIT ${limit})`,
    )
  );
}

/** What a version of an agency says; `kind`, `plain` and `levelOne` follow from the code. */
export type AgencyFacts = {
  readonly code: string;
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly isAgency: boolean;
  readonly axisId: string;
  readonly parentAxisId: string;
  readonly mail: string;
  readonly validFrom: string | null;
  readonly closedOn: string | null;
  readonly successor: string | null;
  readonly source: AgencySource;
  readonly basis: string;
  readonly inferred: boolean;
  readonly listed: boolean;
};

export type NewestVersion = AgencyVersion & { readonly since: number };

/** The newest version of a code, be it of the generation that is seen or of the one being written. */
export function newestVersion(db: ReadDb, code: string): NewestVersion | undefined {
  return one<NewestVersion>(db, sql`SELECT * FROM agency WHERE code = ${code} AND until IS NULL`);
}

/** What the newest version says, as a start for the next one. */
export function factsOf(row: AgencyVersion): AgencyFacts {
  return {
    code: row.code,
    name: row.name,
    otherNames: otherNamesOf(row),
    isAgency: row.kind === 'agency',
    axisId: row.axis_id,
    parentAxisId: row.parent_axis_id,
    mail: row.mail,
    validFrom: row.valid_from,
    closedOn: row.closed_on,
    successor: row.successor,
    source: row.source,
    basis: row.basis,
    inferred: row.inferred === 1,
    listed: row.listed === 1,
  };
}

/** Whether a version says these facts already. */
function says(row: AgencyVersion, facts: AgencyFacts): boolean {
  return (
    row.name === facts.name &&
    row.other_names === JSON.stringify(facts.otherNames) &&
    (row.kind === 'agency') === facts.isAgency &&
    row.axis_id === facts.axisId &&
    row.parent_axis_id === facts.parentAxisId &&
    row.mail === facts.mail &&
    row.valid_from === facts.validFrom &&
    row.closed_on === facts.closedOn &&
    row.successor === facts.successor &&
    row.source === facts.source &&
    row.basis === facts.basis &&
    (row.inferred === 1) === facts.inferred &&
    (row.listed === 1) === facts.listed
  );
}

/**
 * Writes a version into the next generation, unless the newest one, which is handed in, says the same. Answers the
 * number of the row that holds for the code now.
 */
export function putVersion(db: WriteDb, facts: AgencyFacts, newest: NewestVersion | undefined): number {
  if (newest !== undefined && says(newest, facts)) return newest.id;
  const next = nextGeneration(db);
  if (newest?.since === next) run(db, sql`DELETE FROM agency WHERE id = ${newest.id}`);
  else if (newest !== undefined) changeOne(db, sql`UPDATE agency SET until = ${next} WHERE id = ${newest.id}`);
  const kind = isCentre(facts.code) || !facts.isAgency ? 'centre' : 'agency';
  changeOne(
    db,
    sql`INSERT INTO agency (code, plain, name, other_names, level_one, kind, axis_id, parent_axis_id, mail, valid_from,
          closed_on, successor, source, basis, inferred, listed, since)
        VALUES (${facts.code}, ${plainCode(facts.code)}, ${facts.name}, ${JSON.stringify(facts.otherNames)},
          ${levelOneOf(facts.code)}, ${kind}, ${facts.axisId}, ${facts.parentAxisId}, ${facts.mail}, ${facts.validFrom},
          ${facts.closedOn}, ${facts.successor}, ${facts.source}, ${facts.basis}, ${facts.inferred ? 1 : 0},
          ${facts.listed ? 1 : 0}, ${next})`,
  );
  const id = one<{ id: number }>(db, sql`SELECT last_insert_rowid() AS id`)?.id ?? 0;
  // The two forms of a first-level code are one agency by rule, whether or not anybody lists the other one.
  if (newest === undefined) putRuleAlias(db, facts.code);
  return id;
}

function nextGeneration(db: ReadDb): number {
  return (one<{ current: number }>(db, sql`SELECT current FROM directory_state`)?.current ?? 0) + 1;
}

function putRuleAlias(db: WriteDb, code: string): void {
  const newer = newFormOf(code) ?? code;
  if (/^[A-Z]\d{2}$/.test(newer)) putAlias(db, `000.00.00.${newer}`, newer);
}

/**
 * Notes, for the next generation, that an agency answers to another code as well. A code that an agency in force has
 * already stays with it: lists name the old code of a divided agency more than once.
 */
export function putAlias(db: WriteDb, alias: string, of: string): boolean {
  if (alias === '') return false;
  const code = newestAlias(db, of)?.code ?? of;
  if (alias === code) return false;
  const newest = newestAlias(db, alias);
  if (newest?.code === code) return false;
  if (newest !== undefined && newestVersion(db, newest.code)?.closed_on === null) return false;
  const next = nextGeneration(db);
  if (newest?.since === next) run(db, sql`DELETE FROM agency_alias WHERE id = ${newest.id}`);
  else if (newest !== undefined) changeOne(db, sql`UPDATE agency_alias SET until = ${next} WHERE id = ${newest.id}`);
  changeOne(
    db,
    sql`INSERT INTO agency_alias (alias, plain, code, since) VALUES (${alias}, ${plainCode(alias)}, ${code}, ${next})`,
  );
  return true;
}

function newestAlias(db: ReadDb, alias: string): { id: number; code: string; since: number } | undefined {
  return one(db, sql`SELECT id, code, since FROM agency_alias WHERE alias = ${alias} AND until IS NULL`);
}

/** Numbers of rows that the list had before, a page at a time: what of them was not seen again has gone from it. */
export function listedPage(db: ReadDb, after: number, limit: number): { readonly id: number; readonly code: string }[] {
  return all(
    db,
    sql`SELECT id, code FROM agency WHERE id > ${after} AND until IS NULL AND listed = 1 ORDER BY id LIMIT ${limit}`,
  );
}

/** Counts the rows of the generation being written, a page at a time; `next` is null at the end. */
export function countPage(
  db: ReadDb,
  after: number,
  limit: number,
): { readonly counts: Counts; readonly next: number | null } {
  const page = one<{ last: number | null; rows: number; counted: number; closed: number; listed: number }>(
    db,
    sql`SELECT max(id) AS last, count(*) AS rows, count(*) FILTER (WHERE counts) AS counted,
            count(*) FILTER (WHERE counts AND closed_on IS NOT NULL) AS closed, count(*) FILTER (WHERE listed = 1) AS listed
        FROM (SELECT a.id, a.closed_on, a.listed, a.kind = 'agency' AND NOT EXISTS (
              SELECT 1 FROM agency_alias AS x JOIN agency AS m ON m.code = x.code AND m.until IS NULL
              WHERE x.alias = a.code AND x.until IS NULL) AS counts
            FROM agency AS a WHERE a.id > ${after} AND a.until IS NULL ORDER BY a.id LIMIT ${limit})`,
  );
  const { last, rows, counted, closed, listed } = page ?? { last: null, rows: 0, counted: 0, closed: 0, listed: 0 };
  return { counts: { open: counted - closed, closed, listed }, next: rows < limit ? null : last };
}

/** Two counts together. */
export function sumOf(a: Counts, b: Counts): Counts {
  return { open: a.open + b.open, closed: a.closed + b.closed, listed: a.listed + b.listed };
}
