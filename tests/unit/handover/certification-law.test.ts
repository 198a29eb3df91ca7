import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { certificationItems, certificationReadings, currentArchiveWords } from '../../../electron/services/handover/holdings/certification-law.ts';

const law = new URL('../../../../shared/domain/laws/tt-05-2025-tt-bnv.md', import.meta.url);

test('each item and each reading of a văn bản xác thực names its article, and what is our reading says so', () => {
  expect(certificationItems.map(({ source }) => source)).toEqual(['a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l'].map((point) => `TT 05/2025/TT-BNV art. 42.2.${point}`));
  expect(new Set(certificationItems.map(({ confidence }) => confidence))).toEqual(new Set(['P']));
  expect(Object.values(certificationReadings).filter(({ source, confidence, reading }) => !source.startsWith('art. 4') || confidence !== 'K' || reading === '')).toEqual([]);
  expect(currentArchiveWords.confidence).toBe('K');
});

test.skipIf(!existsSync(law))('the items are the words of the circular, in its order (needs ../shared/domain/laws)', () => {
  const text = readFileSync(law, 'utf8').replaceAll(/\s+/g, ' ');
  const clause = text.slice(text.indexOf('Điều 42. Bản sao tài liệu lưu trữ số có xác thực dạng gói tin DIP'), text.indexOf('Điều 43. '));
  // Item c goes on: the number is of a paper that the law knows.
  const shown = certificationItems.map(({ source, words }) => `${source.slice(source.lastIndexOf('.') + 1)}) ${words}`);
  expect(shown.filter((line) => !clause.includes(line))).toEqual([]);
  const places = shown.map((line) => clause.indexOf(line));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});
