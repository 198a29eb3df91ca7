export { chainOf } from './chain.ts';
export { attributesOf, finish } from './finish.ts';
export { complete, type Completed } from './long-term/complete.ts';
export type { EvidenceDeps } from './long-term/gather.ts';
export { levelOf, type SignatureLevel } from './long-term/level.ts';
export { discard, prepare, type PreparedFile } from './prepare.ts';
export type { SigningRefusal } from './refusals.ts';
export { signFile, type Signed } from './sign-file.ts';
export type { FieldWish, SigningWish } from './wish.ts';
