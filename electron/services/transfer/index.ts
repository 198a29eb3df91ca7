export { createTransfer, type HostTransfer } from './transfer.ts';
export { openManifest } from './manifest.ts';
export { verifyExport } from './verify.ts';
export { namedFiles } from './files.store.ts';
