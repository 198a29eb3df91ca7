export { keyFile } from './key-file.ts';
export type { KeyFailure, ObtainedKey } from './keeper.ts';
export { passphrase } from './passphrase.ts';
