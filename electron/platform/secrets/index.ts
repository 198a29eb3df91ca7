export { keyFile } from './key-file.ts';
export { keyFailure, masterKeyBytes, type KeyFailure, type KeyKeeper, type ObtainedKey } from './keeper.ts';
export { createOwnerFile, readOwnerFile } from './owner-file.ts';
export { hasPassphrase, passphrase, type AskPassphrase } from './passphrase.ts';
