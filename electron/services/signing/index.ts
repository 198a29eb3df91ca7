export { chainOf } from './chain.ts';
export { attributesOf, finish } from './finish.ts';
export { discard, prepare, type PreparedFile } from './prepare.ts';
export type { SigningRefusal } from './refusals.ts';
export { signFile, type Signed } from './sign-file.ts';
export type { FieldWish, SigningWish } from './wish.ts';
export { checkPngHead } from './office/png.ts';
export { createSigningOffice, type SigningOffice, type SigningOfficeDeps } from './office/office.ts';
export { pictureFileOf } from './office/pictures.ts';
