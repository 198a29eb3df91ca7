import type { PinFacts, PinRemarkName } from '#contract';

/**
 * What is doubtful in a PIN as it stands in the field, told while it is typed. The same as the token process asks before
 * it tries a PIN (`pinRemarks` of native/pkcs11, held together by a test); that one decides.
 */
export function pinRemarks(pin: Uint8Array, { min, max }: Pick<PinFacts, 'min' | 'max'>): readonly PinRemarkName[] {
  const remarks: PinRemarkName[] = [];
  const has = (test: (byte: number) => boolean): boolean => pin.some(test);
  if (has((byte) => byte >= 0x80)) remarks.push(holdsVietnamese(pin) ? 'vietnamese-letters' : 'not-ascii');
  if (pin[0] === 0x20 || pin.at(-1) === 0x20) remarks.push('space-at-end');
  if (pin.subarray(1, -1).includes(0x20)) remarks.push('space-inside');
  if (has((byte) => byte < 0x20 || byte === 0x7f)) remarks.push('control-character');
  const sensible = max > 0 && min <= max && max < 0xffff;
  if (sensible && pin.length < min) remarks.push('too-short');
  if (sensible && pin.length > max) remarks.push('too-long');
  return remarks;
}

function holdsVietnamese(pin: Uint8Array): boolean {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(pin);
  return /[đĐ]|[a-zA-Z][\u0300\u0301\u0302\u0303\u0306\u0309\u031B\u0323]/u.test(text.normalize('NFD'));
}
