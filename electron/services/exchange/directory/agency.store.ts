import type { Agency, AgencyDetail, AgencySource } from '#contract';
import { all, one, sql, type ReadDb } from '../../../store/index.ts';
import { codesAbove, plainCode } from './codes.ts';

export type AgencyVersion = {
  id: number;
  code: string;
  plain: string;
  name: string;
  other_names: string;
  level_one: string;
  kind: 'agency' | 'centre';
  axis_id: string;
  parent_axis_id: string;
  mail: string;
  valid_from: string | null;
  closed_on: string | null;
  successor: string | null;
  source: AgencySource;
  basis: string;
  inferred: number;
  listed: number;
};

/** The present row of exactly this code; undefined when there is none. */
function rowOfCode(db: ReadDb, code: string): AgencyVersion | undefined {
  return one<AgencyVersion>(db, sql`SELECT * FROM agency_now WHERE code = ${code}`);
}

/** A row by its number, whichever version it is. */
export function rowOfId(db: ReadDb, id: number): AgencyVersion | undefined {
  return one<AgencyVersion>(db, sql`SELECT * FROM agency WHERE id = ${id}`);
}

/**
 * The agency that answers to a code, whichever of its codes that is (axis.md §3.10): the row of its newer code.
 * Capitals, spaces and missing dots do not matter. Undefined when nobody has it.
 */
export function resolve(db: ReadDb, code: string): AgencyVersion | undefined {
  const plain = plainCode(code);
  const main = one<AgencyVersion>(
    db,
    sql`SELECT a.* FROM agency_alias_now AS x JOIN agency_now AS a ON a.code = x.code WHERE x.plain = ${plain}`,
  );
  return main ?? one<AgencyVersion>(db, sql`SELECT * FROM agency_now WHERE plain = ${plain} ORDER BY code LIMIT 1`);
}

/** Rows whose code, or another code of whose agency, begins so; whole matches first, then in the order of codes. */
export function rowsByCode(db: ReadDb, typed: string, limit: number): AgencyVersion[] {
  const from = plainCode(typed);
  if (from === '') return [];
  const to = `${from}~`;
  const rows = all<AgencyVersion>(
    db,
    sql`SELECT * FROM (SELECT * FROM agency_now WHERE plain >= ${from} AND plain < ${to} ORDER BY plain LIMIT ${limit * 3})
        UNION
        SELECT * FROM (SELECT a.* FROM agency_alias_now AS x JOIN agency_now AS a ON a.code = x.code
          WHERE x.plain >= ${from} AND x.plain < ${to} ORDER BY x.plain LIMIT ${limit * 3})`,
  );
  const mains = rows.map((row) => mainOf(db, row));
  const unique = [...new Map(mains.map((row) => [row.code, row])).values()];
  const rank = (row: AgencyVersion): number => (row.plain === from ? 0 : row.closed_on === null ? 1 : 2);
  return unique.toSorted((a, b) => rank(a) - rank(b) || a.plain.length - b.plain.length || (a.plain < b.plain ? -1 : 1));
}

/** The row of the newer code of the same agency, if it has one. */
function mainOf(db: ReadDb, row: AgencyVersion): AgencyVersion {
  const main = one<AgencyVersion>(
    db,
    sql`SELECT a.* FROM agency_alias_now AS x JOIN agency_now AS a ON a.code = x.code WHERE x.alias = ${row.code}`,
  );
  return main ?? row;
}

/** Name of the agency above: as the axis' list says, else by the code, else the first level. */
function nameAbove(db: ReadDb, row: AgencyVersion): string | null {
  if (row.parent_axis_id !== '' && row.parent_axis_id !== row.axis_id) {
    const parent = one<{ name: string; kind: string }>(
      db,
      sql`SELECT name, kind FROM agency_now WHERE axis_id = ${row.parent_axis_id} AND axis_id <> ''`,
    );
    if (parent?.kind === 'agency') return parent.name;
  }
  for (const code of [...codesAbove(row.code), row.level_one]) {
    const above = code === row.code ? undefined : rowOfCode(db, code);
    if (above !== undefined) return above.name;
  }
  return null;
}

/** The other names of a row, newest first. */
export function otherNamesOf(row: Pick<AgencyVersion, 'other_names'>): string[] {
  return row.other_names === '[]' ? [] : (JSON.parse(row.other_names) as string[]);
}

/** A row as the window shows it. */
export function agencyOf(db: ReadDb, row: AgencyVersion, foundAs: string | null = null): Agency {
  const successor = row.successor === null ? undefined : rowOfCode(db, row.successor);
  return {
    code: row.code,
    otherCodes: all<{ alias: string }>(
      db,
      sql`SELECT alias FROM agency_alias_now WHERE code = ${row.code} ORDER BY alias`,
    ).map(({ alias }) => alias),
    name: row.name,
    foundAs,
    under: nameAbove(db, row),
    closedOn: row.closed_on,
    successor: successor === undefined ? null : { code: successor.code, name: successor.name },
  };
}

/** A row with everything that is known of it. */
export function agencyDetailOf(db: ReadDb, row: AgencyVersion): AgencyDetail {
  return {
    ...agencyOf(db, row),
    levelOne: row.level_one,
    formerNames: otherNamesOf(row),
    predecessors: all<{ code: string; name: string }>(
      db,
      sql`SELECT code, name FROM agency_now WHERE successor = ${row.code} ORDER BY code`,
    ),
    validFrom: row.valid_from,
    mail: row.mail,
    source: row.source,
    basis: row.basis,
    inferred: row.inferred === 1,
  };
}

export type IndexedRow = Pick<AgencyVersion, 'id' | 'code' | 'name' | 'other_names' | 'level_one' | 'closed_on'>;

/** Rows for the search index, page by page in the order of their numbers. Centres and second codes are left out. */
export function indexPage(db: ReadDb, after: number, limit: number): IndexedRow[] {
  return all<IndexedRow>(
    db,
    sql`SELECT a.id, a.code, a.name, a.other_names, a.level_one, a.closed_on FROM agency_now AS a
        WHERE a.id > ${after} AND a.kind = 'agency'
          AND NOT EXISTS (SELECT 1 FROM agency_alias_now AS x JOIN agency_now AS m ON m.code = x.code WHERE x.alias = a.code)
        ORDER BY a.id LIMIT ${limit}`,
  );
}

/** Name of the agency of exactly this code; '' when there is none. */
export function nameOfCode(db: ReadDb, code: string): string {
  return one<{ name: string }>(db, sql`SELECT name FROM agency_now WHERE code = ${code}`)?.name ?? '';
}
