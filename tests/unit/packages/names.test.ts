import { assert, array, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { escapedName, packageName, unescapedName } from '../../../electron/services/packages/index.ts';
import { illegalIn } from '../../../electron/foundation/xml-text.ts';

/** Names as they come: Vietnamese in both forms, reserved ones, paths, control characters, half surrogates, 300 characters. */
const names = oneof(
  string({ unit: 'grapheme', maxLength: 320 }),
  string({ unit: 'binary', maxLength: 40 }),
  string({ unit: constantFrom('\ud800', '\udfff', '\\', '\u0000', 'u0041', '\n', 'ế', 'e\u0302\u0301', '/', '..', '.', ' '), maxLength: 30 }),
  constantFrom('CON', 'nul.pdf', 'COM1', 'aux.txt', '..', '.', '', ' ', 'a.', 'Quyết định 01.pdf', 'Quyết định 01.pdf'.normalize('NFD'), `${'ă'.repeat(300)}.pdf`, 'a:b*c?.pdf', 'x.tar.gz', '.htaccess'),
);

test('any name gives one that every system takes', () => {
  assert(
    property(names, (name) => {
      const made = packageName(name, 7);
      expect(made).toMatch(/^0000007(_[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)?(\.[a-z0-9]{1,8})?$/);
      expect(made.length).toBeLessThanOrEqual(77);
    }),
    { numRuns: 2_000 },
  );
});

test('names of one package differ, also where case and forms of letters are one', () => {
  assert(
    property(array(array(names, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), (documents) => {
      const made = documents.flatMap((files, document) => files.map((name, attachment) => packageName(name, document + 1, attachment)));
      expect(new Set(made.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(made.length);
    }),
  );
});

test('what a name was comes back to the character, from text that any XML carries', () => {
  assert(
    property(names, (name) => {
      const escaped = escapedName(name);
      expect(unescapedName(escaped)).toBe(name);
      expect(illegalIn(escaped)).toBeUndefined();
      expect(escaped).not.toMatch(/[\t\r\n]/);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['Công văn số 12/BNV.PDF', '0000001_Cong-van-so-12-BNV.pdf'],
  ['Đường đi.tar.gz', '0000001_Duong-di-tar.gz'],
  ['..', '0000001'],
  ['CON', '0000001_CON'],
  ['.htaccess', '0000001_htaccess'],
])('%s becomes %s', (name, wanted) => {
  expect(packageName(name, 1)).toBe(wanted);
});
