import type { Database, Statement } from 'better-sqlite3';
import type { Sql } from './sql.ts';

declare const reads: unique symbol;
declare const writes: unique symbol;

/** A connection that may be read. A query handler gets this one and cannot write: it does not compile. */
export type ReadDb = { readonly [reads]: true };
/** A connection inside a transaction. Only `Store.write` and migrations hand it out. */
export type WriteDb = ReadDb & { readonly [writes]: true };

const statements = new WeakMap<object, Map<string, Statement>>();

/** The driver behind the typed handle; for the store's own files. */
export function driverOf(db: ReadDb): Database {
  return db as unknown as Database;
}

/** For `open.ts` and `transaction.ts` only: gives a driver connection its type. */
export function asWriteDb(database: Database): WriteDb {
  return database as unknown as WriteDb;
}

function statementFor(db: ReadDb, query: Sql): Statement {
  let cache = statements.get(db);
  if (cache === undefined) {
    cache = new Map();
    statements.set(db, cache);
  }
  let statement = cache.get(query.text);
  if (statement === undefined) {
    statement = driverOf(db).prepare(query.text);
    cache.set(query.text, statement);
  }
  return statement;
}

function reader(db: ReadDb, query: Sql): Statement {
  const statement = statementFor(db, query);
  if (!statement.readonly) throw new Error(`a read must not write: ${query.text}`);
  return statement;
}

/** All rows of a SELECT. The row type is the caller's promise; STRICT tables keep column types honest. */
export function all<Row>(db: ReadDb, query: Sql): Row[] {
  return reader(db, query).all(...query.values) as Row[];
}

/** First row of a SELECT, or undefined. */
export function one<Row>(db: ReadDb, query: Sql): Row | undefined {
  return reader(db, query).get(...query.values) as Row | undefined;
}

/** Rows of a SELECT one by one, for whole-table walks in bounded memory. */
export function each<Row>(db: ReadDb, query: Sql): IterableIterator<Row> {
  return reader(db, query).iterate(...query.values) as IterableIterator<Row>;
}

/** Runs a write that may touch any number of rows; answers how many. */
export function run(db: WriteDb, query: Sql): number {
  return statementFor(db, query).run(...query.values).changes;
}

/** Runs a write that must touch exactly one row, and throws (so that the transaction is undone) when it does not. */
export function changeOne(db: WriteDb, query: Sql): void {
  const changes = run(db, query);
  if (changes !== 1) throw new Error(`expected one changed row, got ${changes}: ${query.text}`);
}
