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
export { finishRestore, openStore, profileExists, type Store, type StoreOpenFailure } from './open.ts';
export type { ProfileAccess } from './connect.ts';
export { copyDatabase, faultOfCopy, openBeside, openCopy, type DatabaseCopy } from './database-copy.ts';
export { sealedReader, type LookAtSealed, type SealedFile } from './sealed-file.ts';
export { holdMasterKey } from './held-key.ts';
export { deriveKeys } from './keys.ts';
export { readyToSwitch, restoredNote, restoringName } from './switch-over.ts';
export { writeLabel } from './profile-label.ts';
export { latestVersion } from './migrations/index.ts';
