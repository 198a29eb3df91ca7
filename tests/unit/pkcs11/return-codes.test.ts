import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failureOf, TokenTrouble } from '../../../native/pkcs11/failures.ts';
import { meaningOf, returnCodes, tokenFailureCodes } from '../../../native/pkcs11/return-codes.ts';

/** The standard's own header, as pkcs11js ships it. */
function headerCodes(): readonly (readonly [string, number])[] {
  const header = readFileSync(new URL('../../../node_modules/pkcs11js/includes/pkcs11/pkcs11t.h', import.meta.url), 'utf8');
  return [...header.matchAll(/#define (CKR_\w+)\s+(0x[0-9A-Fa-f]+)UL/g)].map(([, name = '', value = '']) => [name, Number(value)] as const);
}

function thrown(value: number): Error {
  return Object.assign(new Error('CKR_SOMETHING'), { name: 'Pkcs11Error', code: value });
}

test('every return code of the header is in the table under its own name', () => {
  const codes = headerCodes().filter(([name]) => name !== 'CKR_VENDOR_DEFINED');
  expect(codes.length).toBeGreaterThan(85);
  for (const [name, value] of codes) expect(meaningOf(value).returned).toEqual({ value, name });
});

test('no value and no name is there twice', () => {
  expect(new Set(returnCodes.map(([value]) => value)).size).toBe(returnCodes.length);
  expect(new Set(returnCodes.map(([, name]) => name)).size).toBe(returnCodes.length);
});

test.each(returnCodes.filter(([, , meaning]) => meaning !== 'done' && meaning !== 'already-logged-in'))('0x%s %s is told as %s', (value, name, meaning) => {
  expect(failureOf(thrown(value), 'sign')).toEqual({ code: meaning, stage: 'sign', returned: { value, name }, detail: '' });
  expect(tokenFailureCodes).toContain(meaning);
});

test('a vendor’s own code and one of no table keep their value', () => {
  expect(failureOf(thrown(0x80000042), 'login')).toMatchObject({ code: 'driver-failed', returned: { value: 0x80000042, name: 'CKR_VENDOR_DEFINED' } });
  expect(failureOf(thrown(0x777), 'login')).toMatchObject({ code: 'driver-failed', returned: { value: 0x777, name: 'CKR_UNKNOWN' } });
});

test('while the module starts every code is its refusal', () => {
  expect(failureOf(thrown(0xe0), 'initialize')).toMatchObject({ code: 'module-refused', returned: { name: 'CKR_TOKEN_NOT_PRESENT' } });
});

test('what does not come from the module has no return code', () => {
  expect(failureOf(new TypeError('Argument 2 has wrong type'), 'sign')).toMatchObject({ code: 'driver-failed', returned: null, detail: 'Argument 2 has wrong type' });
  expect(failureOf(new TokenTrouble('key-absent', 'keys'), 'sign')).toMatchObject({ code: 'key-absent', stage: 'keys' });
});
