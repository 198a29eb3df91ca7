import { driverOf, type ReadDb, type WriteDb } from './db.ts';
import type { SqlValue } from './sql.ts';

/** A column as the database itself has it. */
export type TableColumn = {
  readonly name: string;
  readonly type: 'TEXT' | 'INTEGER' | 'REAL' | 'BLOB' | '';
  readonly nullable: boolean;
  /** computed by the database; cannot be written */
  readonly generated: boolean;
};

// Tables as a whole, for what carries all of a database elsewhere. Names are those of the program's own tables; each is
// looked up in the database's form before it gets into a statement.

/** Every table, in the order of names; without those that SQLite keeps for itself. */
export function tableNames(db: ReadDb): string[] {
  return (
    driverOf(db)
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`)
      .all() as { name: string }[]
  ).map(({ name }) => name);
}

/** The columns of a table, those that the database computes among them. Throws when there is no such table. */
export function columnsOf(db: ReadDb, table: string): TableColumn[] {
  const rows = driverOf(db)
    .prepare(`SELECT name, type, "notnull" AS required, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid`)
    .all(table) as { name: string; type: TableColumn['type']; required: number; pk: number; hidden: number }[];
  if (rows.length === 0) throw new Error(`there is no table ${table}`);
  return rows.map(({ name, type, required, pk, hidden }) => ({ name, type, nullable: required === 0 && pk === 0, generated: hidden !== 0 }));
}

/** The rows of a table one by one, each as the values of `columns`, in the order of the columns `order`. */
export function eachRowOf(db: ReadDb, table: string, columns: readonly string[], order: readonly string[]): IterableIterator<SqlValue[]> {
  const known = namesIn(db, table);
  return driverOf(db)
    .prepare(`SELECT ${columns.map(known).join(', ')} FROM "${table}" ORDER BY ${order.map(known).join(', ')}`)
    .raw()
    .iterate() as IterableIterator<SqlValue[]>;
}

/** Writes rows into a table, each as the values of `columns`. */
export function rowWriter(db: WriteDb, table: string, columns: readonly string[]): (values: readonly SqlValue[]) => void {
  const names = columns.map(namesIn(db, table));
  const statement = driverOf(db).prepare(`INSERT INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
  return (values) => void statement.run(...values);
}

/** Sets one column of the row that was written last, for what a trigger put there in place of the value that came. */
export function lastRowSetter(db: WriteDb, table: string, column: string): (value: SqlValue) => void {
  const statement = driverOf(db).prepare(`UPDATE "${table}" SET ${namesIn(db, table)(column)} = ? WHERE rowid = last_insert_rowid()`);
  return (value) => void statement.run(value);
}

/** How many rows a table has. */
export function countRows(db: ReadDb, table: string): number {
  columnsOf(db, table);
  return (driverOf(db).prepare(`SELECT COUNT(*) AS n FROM "${table}"`).get() as { n: number }).n;
}

/** Takes all rows out of a table. Rows that refer to them are the caller's matter until the transaction ends. */
export function emptyTable(db: WriteDb, table: string): void {
  columnsOf(db, table);
  driverOf(db).prepare(`DELETE FROM "${table}"`).run();
}

/** Lets rows refer to what comes later in the same transaction; all must be there at its end. */
export function referencesMayFollow(db: WriteDb): void {
  driverOf(db).pragma('defer_foreign_keys = ON');
}

/** A table with a row that refers to what is not there; undefined when all is. Reads every row that refers to another. */
export function brokenReference(db: ReadDb): { readonly table: string; readonly parent: string } | undefined {
  const [broken] = driverOf(db).pragma('foreign_key_check') as { table: string; parent: string }[];
  return broken;
}

function namesIn(db: ReadDb, table: string): (column: string) => string {
  const known = new Set(columnsOf(db, table).map(({ name }) => name));
  return (column) => {
    if (!known.has(column)) throw new Error(`${table} has no ${column}`);
    return `"${column}"`;
  };
}
