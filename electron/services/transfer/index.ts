export { createTransfer, type HostTransfer } from './transfer.ts';
export { LineTooLong, linesOf, openManifest } from './manifest.ts';
export { isEmptyStation, isOnlySetUp } from './empty-station.ts';
export { verifyExport } from './verify.ts';
export { namedFiles } from './files.store.ts';
