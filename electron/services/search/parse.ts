import { wordsOf } from './words.ts';

/** Something to be found: one word, or words in a row. */
export type Term = {
  readonly words: readonly string[];
  /** the last word may go on: somebody is still typing it */
  readonly open: boolean;
  /** begins with a number, as `123` or `123/QĐ-UBND`: may be a document's number */
  readonly numbered: boolean;
  /** the same said otherwise: a day as it is written out in texts */
  readonly also: readonly string[] | null;
};

/** What a typed text asks for. */
export type Asked = {
  /** each must be met, by one of its terms */
  readonly all: readonly (readonly Term[])[];
  /** none may be met */
  readonly none: readonly Term[];
};

/** More words make no search better, and each costs. */
const mostTerms = 24;
const mostWords = 16;

const pieces = /(?<minus>[-−–](?=["“”«\p{L}\p{N}]))?(?:["“”«](?<quoted>[^"“”»]*)["“”»]?|(?<plain>[^\s"“”«»]+))/gu;
const orWords = new Set(['OR', 'HOẶC', '|', '||']);

/**
 * Reads what somebody typed. Words are all looked for; `"…"` keeps words together; `-word` leaves out; `a OR b`, `a HOẶC b`
 * or `a | b` takes either. There is no text that cannot be read.
 */
export function parse(text: string): Asked {
  const all: Term[][] = [];
  const none: Term[] = [];
  const typed = text.normalize('NFC');
  let either = false;
  for (const match of typed.matchAll(pieces)) {
    if (all.length + none.length >= mostTerms) break;
    const { minus, quoted, plain = '' } = match.groups ?? {};
    if (quoted === undefined && minus === undefined && orWords.has(plain)) {
      either = all.length > 0;
      continue;
    }
    const last = match.index + match[0].length === typed.length;
    const term = termOf(quoted ?? plain, quoted === undefined && last && minus === undefined);
    if (term === undefined) continue;
    if (minus !== undefined) none.push(term);
    else if (either) all.at(-1)?.push(term);
    else all.push([term]);
    either = false;
  }
  return { all, none };
}

const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const month = /^(\d{1,2})[/.-](\d{4})$/;

function termOf(text: string, open: boolean): Term | undefined {
  const words = wordsOf(text).slice(0, mostWords);
  const [first] = words;
  if (first === undefined) return undefined;
  const [d, m, y] = words;
  let also: string[] | null = null;
  if (day.test(text)) also = [d ?? '', 'tháng', m ?? '', 'năm', y ?? ''];
  else if (month.test(text)) also = [d ?? '', 'năm', m ?? ''];
  return {
    words,
    // After a sign the word is at its end: `123/` is all of 123.
    open: open && /[\p{L}\p{N}\p{M}]$/u.test(text) && also === null,
    numbered: /^\d/.test(first) && also === null,
    also,
  };
}
