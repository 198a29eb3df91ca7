import { wordsOf } from '../../search/index.ts';
import { isIdle } from './traits.ts';

type Run = { readonly from: number; readonly to: number; readonly count: number };

/**
 * What a person reads as one of a text's words that are all in a set: stretches of neighbours, as they stand in the text. Words
 * that tell nothing may stand between, not at the ends. Vietnamese writes syllables apart, and one alone says little: single ones
 * are named only where there is no stretch. In the order of the text, each once.
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
  const long = runs.filter(({ count }) => count > 1);
  return [...new Set((long.length > 0 ? long : runs).map(({ from, to }) => text.normalize('NFC').slice(from, to)))];
}
