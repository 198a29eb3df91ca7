import { expect, test } from 'vitest';
import type { Module } from '../../../native/pkcs11/driver.ts';
import { TokenTrouble, troubleAt } from '../../../native/pkcs11/failures.ts';
import { tryPin } from '../../../native/pkcs11/login.ts';
import { pinRemarks, wipe } from '../../../native/pkcs11/pin.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const vgca = { min: 4, max: 16 };

test.each([
  ['12345678', []],
  ['Abc@12345', []],
  ['mâtkhau', ['vietnamese-letters']],
  ['ma\u0323tkhau', ['vietnamese-letters']],
  ['đ123456', ['vietnamese-letters']],
  ['ư123456', ['vietnamese-letters']],
  ['12345６', ['not-ascii']],
  ['пароль1', ['not-ascii']],
  ['123456 ', ['space-at-end']],
  [' 123456', ['space-at-end']],
  ['123 456', ['space-inside']],
  ['123456\n', ['control-character']],
  ['123', ['too-short']],
  ['12345678901234567', ['too-long']],
  ['', ['too-short']],
] as const)('"%s" has the remarks %j', (pin, remarks) => {
  expect(pinRemarks(bytes(pin), vgca)).toEqual(remarks);
});

test('lengths that make no sense are not held against a PIN', () => {
  for (const limits of [{ min: 0, max: 0 }, { min: 8, max: 4 }, { min: 0, max: 0xffffffff }]) expect(pinRemarks(bytes('12'), limits)).toEqual([]);
});

test('a wiped PIN is zeros in its own memory', () => {
  const pin = bytes('123456');
  wipe(pin, null, undefined);
  expect([...pin]).toEqual([0, 0, 0, 0, 0, 0]);
});

/** pkcs11js as it is published: C_Login wants a string, and looks at it before it calls the module. */
function publishedDriver(calls: unknown[]): Module {
  const driver = {
    C_Login: (_session: Buffer, user: number, pin: unknown) => {
      if (typeof pin !== 'string') throw new TypeError('Argument 2 has wrong type. Should be a String');
      calls.push([user, pin]);
    },
  };
  return {
    path: '',
    call: (stage, run) => {
      try {
        return run(driver as never);
      } catch (error) {
        throw troubleAt(stage, error);
      }
    },
    close: () => undefined,
  };
}

test('with pkcs11js as published a typed PIN goes to the token once, as a string', () => {
  const calls: unknown[] = [];
  tryPin(publishedDriver(calls), Buffer.alloc(8), Buffer.alloc(8), 'user', Buffer.from('246802'));
  expect(calls).toEqual([[1, '246802']]);
});

test('with pkcs11js as published a PIN pad is refused, and nothing reaches the token', () => {
  const calls: unknown[] = [];
  expect(() => {
    tryPin(publishedDriver(calls), Buffer.alloc(8), Buffer.alloc(8), 'user', null);
  }).toThrow(TokenTrouble);
  expect(calls).toEqual([]);
});
