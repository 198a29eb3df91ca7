import { unmarked, wordsOf } from '../search/index.ts';

/** Words without accents, for the list's filter: each once. */
export function plainWords(...texts: readonly string[]): string {
  return [...new Set(texts.flatMap((text) => wordsOf(text).map(unmarked)))].join(' ');
}

/** A question for the index of words: every word as a beginning; undefined when nothing was typed. */
export function wordQuestion(typed: string): string | undefined {
  const words = wordsOf(typed).map((word) => `"${unmarked(word)}"*`);
  return words.length === 0 ? undefined : words.join(' AND ');
}
