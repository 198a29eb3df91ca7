import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pinRemarks as asTried } from '../../../native/pkcs11/pin.ts';

// The window's sources belong to another project of the compiler; see parts.test.ts.
const { pinRemarks: asTyped } = (await import(new URL('../../../renderer/features/tokens/pin/pin-remarks.ts', import.meta.url).href)) as {
  pinRemarks: typeof asTried;
};

const letters = fc.constantFrom('a', 'Z', '0', ' ', 'đ', 'ế', 'ê\u0301', 'ư', 'ñ', '😀', '\t', '\u007f', '$');

test('the PIN box warns of exactly what the token process would refuse', () => {
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 20 }), fc.nat(12), fc.nat(20), (parts, min, max) => {
      const pin = new TextEncoder().encode(parts.join(''));
      expect(asTyped(pin, { min, max })).toEqual(asTried(pin, { min, max }));
    }),
  );
  expect(asTyped(new TextEncoder().encode('mâtkhẩu'), { min: 4, max: 16 })).toEqual(['vietnamese-letters']);
});
