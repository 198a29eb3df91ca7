import type { Asked } from './parse.ts';
import { unmarked, wordsOf } from './words.ts';

/**
 * How well a subject that has all the words has them: just as typed and in a row before in a row but for accents, before the
 * more neighbours that stayed neighbours. Whole words come before beginnings of words.
 */
export function likeness(asked: Asked, subject: string): number {
  const terms = asked.all.flatMap((choice) => choice[0] ?? []);
  const typed = terms.flatMap((term) => term.words);
  const own = wordsOf(subject);
  const plainTyped = typed.map(unmarked);
  const plainOwn = own.map(unmarked);
  const open = terms.at(-1)?.open === true;
  if (inRow(own, typed, false)) return 4;
  if (inRow(plainOwn, plainTyped, false)) return 3;
  if (open && inRow(plainOwn, plainTyped, true)) return 2;
  const pairs = plainTyped.slice(1).filter((word, at) => inRow(plainOwn, [plainTyped[at] ?? '', word], open));
  return pairs.length / typed.length;
}

function inRow(own: readonly string[], typed: readonly string[], open: boolean): boolean {
  const last = typed.length - 1;
  return own.some((_, at) =>
    typed.every((word, n) => own[at + n] === word || (open && n === last && own[at + n]?.startsWith(word) === true)),
  );
}
