import { wordsOf } from '../../search/index.ts';
import { isIdle } from './traits.ts';

type Run = { readonly from: number; readonly to: number; readonly count: number };

/**
 * What a person reads as one of a text's words that are all in a set: stretches of neighbours, as they stand in the text. Words
 * that tell nothing may stand between, not at the ends. Vietnamese writes syllables apart, and one alone says nothing: single ones
 * are left out, but for names in capitals such as OCOP. In the order of the text, each once.
 */
export function phrasesIn(text: string, words: ReadonlySet<string>): string[] {
  const runs: Run[] = [];
  let open = undefined as Run | undefined;
  let end = 0;
  for (const match of text.normalize('NFC').matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = wordsOf(match[0])[0] ?? '';
    const { index } = match;
    const parted = /[.,;:()“”"]/.test(text.normalize('NFC').slice(end, index));
    end = index + match[0].length;
    if (open !== undefined && (parted || !(words.has(word) || isIdle(word)))) {
      runs.push(open);
      open = undefined;
    }
    if (words.has(word)) open = { from: open?.from ?? index, to: end, count: (open?.count ?? 0) + 1 };
  }
  if (open !== undefined) runs.push(open);
  const shown = runs.map(({ from, to, count }) => ({ count, words: text.normalize('NFC').slice(from, to) }));
  return [...new Set(shown.filter(({ count, words: said }) => count > 1 || /^\p{Lu}{3,}$/u.test(said)).map(({ words: said }) => said))];
}
