import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type Json } from '../../../electron/foundation/canonical-json.ts';

test('keys are sorted at every depth and nothing else changes', () => {
  expect(canonicalJson({ b: [1, { z: null, a: 'ệ' }], a: true })).toBe('{"a":true,"b":[1,{"a":"ệ","z":null}]}');
});

test('one value has one text, and the text is the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as Json);
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      expect(JSON.stringify(JSON.parse(text))).toHaveLength(JSON.stringify(value).length);
    }),
  );
});

test('what JSON cannot say is refused', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow();
  expect(() => canonicalJson({ a: [Number.POSITIVE_INFINITY] })).toThrow();
});
