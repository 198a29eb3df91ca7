import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../../../electron/services/search/parse.ts';
import { mayBecome, unmarked, wordsOf } from '../../../electron/services/search/words.ts';

test('accents are kept, spellings of the same word become one', () => {
  expect(wordsOf('Quyết định số 0123/QĐ-UBND')).toEqual(['quyết', 'định', 'số', '123', 'qđ', 'ubnd']);
  expect(wordsOf('hòa giải, thủy lợi, KHỎE')).toEqual(wordsOf('hoà giải, thuỷ lợi, khoẻ'));
  expect(wordsOf('Kỹ thuật, lý lịch, Mỹ Lý')).toEqual(wordsOf('kĩ thuật, lí lịch, mĩ lí'));
  expect(wordsOf('quý I, y tế, công ty')).toEqual(['quý', 'i', 'y', 'tế', 'công', 'ti']);
  expect(wordsOf('Đường'.normalize('NFD'))).toEqual(['đường']);
  expect(wordsOf('năm')).not.toEqual(wordsOf('Nam'));
  expect(wordsOf('mùa lúa, của, dừa')).toEqual(['mùa', 'lúa', 'của', 'dừa']);
});

test('marks go away, and come only where there were fewer', () => {
  expect(unmarked('đường')).toBe('duong');
  expect([mayBecome('quyêt', 'quyết'), mayBecome('dinh', 'định'), mayBecome('nắm', 'năm'), mayBecome('hoa', 'hoàn')]).toEqual([true, true, false, false]);
});

test('a text in any normal form, case and tone placement gives the same words', () => {
  const syllable = fc.constantFrom('hòa', 'thủy', 'quyết', 'định', 'người', 'khỏe', 'nghiêng', 'ủy', 'ban', 'kỹ', '05', 'QĐ');
  fc.assert(
    fc.property(fc.array(syllable, { minLength: 1, maxLength: 8 }), (list) => {
      const text = list.join(' ');
      const plain = wordsOf(text);
      expect(wordsOf(text.normalize('NFD'))).toEqual(plain);
      expect(wordsOf(text.toUpperCase())).toEqual(plain);
    }),
  );
});

test('what is typed is taken apart: phrases, exclusions, choices, days, numbers', () => {
  expect(parse('kế hoạch "nông thôn mới" -"hủy bỏ" -đê').all.map((terms) => terms.map(({ words }) => words.join(' ')))).toEqual([
    ['kế'], ['hoạch'], ['nông thôn mới'],
  ]);
  expect(parse('kế hoạch -"hủy bỏ" -đê').none.map(({ words }) => words.join(' '))).toEqual(['huỷ bỏ', 'đê']);
  expect(parse('đê OR kè | cống HOẶC').all.map((terms) => terms.map(({ words }) => words.join(' ')))).toEqual([['đê', 'kè', 'cống']]);
  expect(parse('20/11/2026').all[0]?.[0]).toMatchObject({ words: ['20', '11', '2026'], also: ['20', 'tháng', '11', 'năm', '2026'], numbered: false, open: false });
  expect(parse('11/2026').all[0]?.[0]?.also).toEqual(['11', 'năm', '2026']);
  expect(parse('123/QĐ-UBND').all[0]?.[0]).toMatchObject({ words: ['123', 'qđ', 'ubnd'], numbered: true, open: true });
  expect(parse('123/').all[0]?.[0]).toMatchObject({ words: ['123'], open: false });
  expect(parse('quyết ').all[0]?.[0]?.open).toBe(false);
  expect(parse('V/v - ... ()').all.map((terms) => terms[0]?.words)).toEqual([['v', 'v']]);
  expect(parse('  ')).toEqual({ all: [], none: [] });
});
