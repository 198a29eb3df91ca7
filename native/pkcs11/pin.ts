import type { PinRemark } from './failures.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * What makes a typed PIN (UTF-8) doubtful before it costs one of the few tries: a token locks after 3 in a row
 * (signing facts §1.1). A Vietnamese keyboard that is still on turns "aa" into "â" and leaves no trace in a masked
 * field; a copied PIN brings spaces. `limits`: the token's own lengths in bytes; modules that say nothing sensible
 * (0, or a minimum above the maximum) are not held to it.
 */
export function pinRemarks(pin: Uint8Array, limits: { readonly min: number; readonly max: number }): readonly PinRemark[] {
  const remarks: PinRemark[] = [];
  // Looked at byte by byte where that is enough: a string cannot be wiped.
  const has = (test: (byte: number) => boolean): boolean => pin.some(test);
  if (has((byte) => byte >= 0x80)) remarks.push(holdsVietnamese(pin) ? 'vietnamese-letters' : 'not-ascii');
  if (pin[0] === 0x20 || pin.at(-1) === 0x20) remarks.push('space-at-end');
  if (pin.subarray(1, -1).includes(0x20)) remarks.push('space-inside');
  if (has((byte) => byte < 0x20 || byte === 0x7f)) remarks.push('control-character');
  const sensible = limits.max > 0 && limits.min <= limits.max && limits.max < 0xffff;
  if (sensible && pin.length < limits.min) remarks.push('too-short');
  if (sensible && pin.length > limits.max) remarks.push('too-long');
  return remarks;
}

/** Letters that only a Vietnamese keyboard makes here, composed or as base letter and mark. */
function holdsVietnamese(pin: Uint8Array): boolean {
  const text = decoder.decode(pin);
  return /[đĐ]|[a-zA-Z][\u0300\u0301\u0302\u0303\u0306\u0309\u031B\u0323]/u.test(text.normalize('NFD'));
}

/** Overwrites PINs. What a driver or the engine copied of them ends with the process. */
export function wipe(...pins: readonly (Uint8Array | null | undefined)[]): void {
  for (const pin of pins) pin?.fill(0);
}
