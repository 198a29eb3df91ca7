import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';

// The window's sources belong to another project of the compiler, so its pure parts are loaded by name and given their types here.
type Words = (key: string, params: Record<string, number>) => string;
const { countWords } = (await import(new URL('../../../renderer/features/handover/parts/count-words.ts', import.meta.url).href)) as { countWords: (t: Words, counts: Record<string, number>) => string };

function wordsOf(language: 'vi' | 'en'): Words {
  const catalogue = JSON.parse(readFileSync(new URL(`../../../resources/locales/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
  return (key, params) => String(new IntlMessageFormat(catalogue[key] ?? key, language).format(params));
}

test.each([
  [{ accepted: 1, refused: 0, undecided: 0 }, 'tiếp nhận 1', '1 accepted'],
  [{ passed: 2, failed: 1, duplicates: 0 }, 'đạt 2, không đạt 1', '2 passed, 1 failed'],
  [{ accepted: 0, refused: 3, undecided: 2 }, 'trả lại 3, chưa quyết 2', '3 refused, 2 open'],
  [{ passed: 0, failed: 0, duplicates: 1 }, 'trùng 1', '1 duplicate'],
  [{ accepted: 0, refused: 0 }, '–', '–'],
])('of which there are none is not said: %j', (counts, vi, en) => {
  expect([countWords(wordsOf('vi'), counts), countWords(wordsOf('en'), counts)]).toEqual([vi, en]);
});

test('sentences with a figure of what goes back are whole with it and without', () => {
  for (const language of ['vi', 'en'] as const) {
    for (const key of ['handover.said.concluded', 'handover.conclude.meaning']) {
      const [without, withSome] = [0, 2].map((refused) => wordsOf(language)(key, { accepted: 1, refused }));
      expect(without).not.toMatch(/\b0\b|, [.;]|;\./);
      expect(withSome).toContain('2');
    }
  }
});
