export { chainOf } from './chain.ts';
export { attributesOf, finish, type SignedFile } from './finish.ts';
export { discard, prepare, type PreparedFile } from './prepare.ts';
export type { SigningRefusal } from './refusals.ts';
export { signFile, type MissingTime, type Signed } from './sign-file.ts';
export type { Appearance, FieldWish, Lock, SigningLevel, SigningWish } from './wish.ts';
