import { driverOf, type ReadDb } from './db.ts';

/**
 * Whether any row refers to a row by a foreign key, so that it cannot be removed; references of the tables in `own`, which
 * go with the row, do not count. Asks the database's own form, so that a table of a later domain is not forgotten.
 */
export function isReferenced(db: ReadDb, table: string, id: string, own: readonly string[] = []): boolean {
  const database = driverOf(db);
  const links = database
    .prepare(
      `SELECT m.name AS name, f."from" AS "from" FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS f
       WHERE m.type = 'table' AND f."table" = ?`,
    )
    .all(table) as { name: string; from: string }[];
  // Names come from the database's own form; nothing that somebody typed gets into the text.
  return links
    .filter(({ name }) => !own.includes(name))
    .some(({ name, from }) => database.prepare(`SELECT 1 FROM "${name}" WHERE "${from}" = ? LIMIT 1`).get(id) !== undefined);
}
