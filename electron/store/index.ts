export { all, changeOne, each, one, run, type ReadDb, type WriteDb } from './db.ts';
export { sql } from './sql.ts';
export { afterCommit } from './transaction.ts';
export { BlobDamaged, BlobMissing, storeFaultOf } from './errors.ts';
export { openPlainDb, type PlainDb } from './plain.ts';
export type { BlobAccess, BlobRef, Blobs, BlobWriter } from './blobs.ts';
export { openStore, profileExists, type Store, type StoreOpenFailure } from './open.ts';
