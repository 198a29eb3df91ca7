import type { PinFacts, PinRemarkName } from '#contract';
/**
 * What is doubtful in a PIN as it stands in the field, told while it is typed. The same as the token process asks before
 * it tries a PIN (`pinRemarks` of native/pkcs11, held together by a test); that one decides.
 */
export declare function pinRemarks(pin: Uint8Array, { min, max }: Pick<PinFacts, 'min' | 'max'>): readonly PinRemarkName[];
