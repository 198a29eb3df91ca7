export { all, changeOne, each, one, run, type ReadDb, type WriteDb } from './db.ts';
export { sql, type Sql, type SqlValue } from './sql.ts';
export { anyReferenced, isReferenced } from './references.ts';
export {
  brokenReference,
  columnsOf,
  countRows,
  eachRowOf,
  emptyTable,
  lastRowSetter,
  referencesMayFollow,
  rowWriter,
  tableNames,
  type TableColumn,
} from './whole-tables.ts';
export { afterCommit } from './transaction.ts';
export { BlobDamaged, BlobMissing, isOfTheContent, storeFaultOf } from './errors.ts';
export { openPlainDb, type PlainDb } from './plain.ts';
export { blobsBeside, type BlobAccess, type BlobRef, type Blobs, type BlobWriter } from './blobs.ts';
export { openStore, profileExists, type Store, type StoreOpenFailure } from './open.ts';
