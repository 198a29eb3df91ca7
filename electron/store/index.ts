export { all, changeOne, each, one, run, type ReadDb, type WriteDb } from './db.ts';
export { sql, type Sql } from './sql.ts';
export { afterCommit } from './transaction.ts';
export { BlobDamaged, BlobMissing, storeFaultOf, type StoreFault } from './errors.ts';
export type { BlobRef, Blobs, BlobWriter } from './blobs.ts';
export { openStore, profileExists, type Store, type StoreOpenCode, type StoreOpenFailure } from './open.ts';
