import { driverOf, type ReadDb } from './db.ts';
import type { Sql } from './sql.ts';

/**
 * Whether any row refers to a row by a foreign key, so that it cannot be removed; references of the tables in `own`, which
 * go with the row, do not count. Asks the database's own form, so that a table of a later domain is not forgotten.
 */
export function isReferenced(db: ReadDb, table: string, id: string, own: readonly string[] = []): boolean {
  return linksTo(db, table)
    .filter(({ name }) => !own.includes(name))
    .some(({ name, from }) => driverOf(db).prepare(`SELECT 1 FROM "${name}" WHERE "${from}" = ? LIMIT 1`).get(id) !== undefined);
}

/** The same of many rows at once; `ids` selects theirs. */
export function anyReferenced(db: ReadDb, table: string, ids: Sql): boolean {
  return linksTo(db, table).some(
    ({ name, from }) => driverOf(db).prepare(`SELECT 1 FROM "${name}" WHERE "${from}" IN (${ids.text}) LIMIT 1`).get(...ids.values) !== undefined,
  );
}

/** Names come from the database's own form; nothing that somebody typed gets into the text of a statement. */
function linksTo(db: ReadDb, table: string): { name: string; from: string }[] {
  return driverOf(db)
    .prepare(
      `SELECT m.name AS name, f."from" AS "from" FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS f
       WHERE m.type = 'table' AND f."table" = ?`,
    )
    .all(table) as { name: string; from: string }[];
}
