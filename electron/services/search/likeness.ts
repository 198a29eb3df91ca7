import type { DocumentHead } from './find.store.ts';
import type { Asked, Term } from './parse.ts';
import { unmarked, wordsOf } from './words.ts';

/**
 * How well a document has what was asked for in number and subject. 10 and more: by its number, 11 when that was typed to
 * its end. 5 to 9: all words in the subject, just as typed and in a row before in a row but for accents, before the more
 * neighbours that stayed neighbours; whole words before beginnings of words. 0: words stand elsewhere.
 */
export function likeness(asked: Asked, head: DocumentHead): number {
  const terms = asked.all.flatMap((choice) => choice[0] ?? []);
  const own = [...wordsOf(head.code), ...wordsOf(head.subject)];
  const plainOwn = own.map(unmarked);
  const numbered = asked.all.filter((choice) => choice.some((term) => term.numbered));
  if (numbered.length > 0) {
    const isNumber = (open: boolean): boolean => numbered.every((choice) => choice.some((term) => isNumberOf(head, plainOwn, term, open)));
    if (isNumber(false)) return 11;
    if (isNumber(true)) return 10;
  }
  const typed = terms.flatMap((term) => term.words);
  if (typed.length === 0) return 0;
  const plainTyped = typed.map(unmarked);
  const open = terms.at(-1)?.open === true;
  if (rowAt(own, typed, false) >= 0) return 9;
  if (rowAt(plainOwn, plainTyped, false) >= 0) return 8;
  if (open && rowAt(plainOwn, plainTyped, true) >= 0) return 7;
  // Some words only say nothing: then the newest comes first.
  if (!plainTyped.every((word, at) => rowAt(plainOwn, [word], open && at === typed.length - 1) >= 0)) return 0;
  const pairs = plainTyped.slice(1).filter((word, at) => rowAt(plainOwn, [plainTyped[at] ?? '', word], open) >= 0).length;
  return 5 + pairs / typed.length;
}

function isNumberOf(head: DocumentHead, own: readonly string[], term: Term, open: boolean): boolean {
  const words = term.words.map(unmarked);
  const isOpen = open && term.open;
  return rowAt(own.slice(0, words.length), words, isOpen) === 0 || (head.arrival !== null && rowAt([String(head.arrival)], words, isOpen) === 0);
}

/** Where the words stand in a row; −1 where they do not. `open`: the last may be the beginning of a longer word. */
function rowAt(own: readonly string[], typed: readonly string[], open: boolean): number {
  const last = typed.length - 1;
  return own.findIndex((_, at) =>
    typed.every((word, n) => own[at + n] === word || (open && n === last && own[at + n]?.startsWith(word) === true)),
  );
}
