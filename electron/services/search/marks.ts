import type { Marked } from '#contract';
import type { Spell } from './expressions.ts';
import type { Asked } from './parse.ts';
import { unmarked, wordsOf } from './words.ts';

/** What is to be marked in texts: rows of words, each in any of its spellings. */
export type Marker = readonly { readonly spellings: readonly ReadonlySet<string>[] }[];

/** The marker of a question. */
export function markerOf(asked: Asked, spell: Spell): Marker {
  return asked.all.flat().flatMap((term) => {
    const rows = [{ words: term.words, open: term.open }, ...(term.also === null ? [] : [{ words: term.also, open: false }])];
    return rows.map(({ words, open }) => ({
      spellings: words.map((word, at) => new Set(term.numbered ? [word, unmarked(word)] : spell.spellings(word, open && at === words.length - 1))),
    }));
  });
}

type Word = { readonly from: number; readonly to: number; readonly word: string };

function wordsWithPlaces(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}]+/gu), (match) => ({
    from: match.index,
    to: match.index + match[0].length,
    word: wordsOf(match[0])[0] ?? '',
  }));
}

/** Which words are hits, as the first and last of each row; `which` says of which term. */
function rowsIn(words: readonly Word[], marker: Marker): { readonly first: number; readonly last: number; readonly which: number }[] {
  const found: { first: number; last: number; which: number }[] = [];
  marker.forEach(({ spellings }, which) => {
    for (let at = 0; at + spellings.length <= words.length; at += 1) {
      if (spellings.every((set, n) => isSpelling(set, words[at + n]?.word ?? ''))) found.push({ first: at, last: at + spellings.length - 1, which });
    }
  });
  return found.sort((a, b) => a.first - b.first);
}

/** Of a word that was typed without marks, the plain form is in the set, and stands for all of its spellings. */
function isSpelling(spellings: ReadonlySet<string>, word: string): boolean {
  return spellings.has(word) || spellings.has(unmarked(word));
}

/** A whole text with what was looked for marked. */
export function mark(text: string, marker: Marker): Marked {
  const whole = text.normalize('NFC');
  const words = wordsWithPlaces(whole);
  return cut(whole, words, rowsIn(words, marker), 0, whole.length);
}

/** Whether anything in a text would be marked. */
export function isMarked(parts: Marked): boolean {
  return parts.some(({ hit }) => hit);
}

/** Letters of a long text that are looked through, and words that a snippet shows. */
const mostLetters = 400_000;
const snippetWords = 28;

/** The stretch of a long text where most of what was looked for stands together; null where nothing does. */
export function snippet(text: string, marker: Marker): Marked | null {
  const whole = text.slice(0, mostLetters).normalize('NFC');
  const words = wordsWithPlaces(whole);
  const rows = rowsIn(words, marker);
  let best: { first: number; terms: number } | undefined;
  for (let at = 0; at < rows.length; at += 1) {
    const first = rows[at]?.first ?? 0;
    const terms = new Set<number>();
    for (let n = at; n < rows.length && (rows[n]?.last ?? 0) < first + snippetWords - 6; n += 1) terms.add(rows[n]?.which ?? 0);
    if (best === undefined || terms.size > best.terms) best = { first, terms: terms.size };
    if (best.terms === marker.length) break;
  }
  if (best === undefined) return null;
  const start = Math.max(0, best.first - 6);
  const end = Math.min(words.length - 1, start + snippetWords);
  const from = start === 0 ? 0 : (words[start]?.from ?? 0);
  const to = end === words.length - 1 ? whole.length : (words[end]?.to ?? whole.length);
  const parts = cut(whole, words, rows, from, to).map(({ text: part, hit }) => ({ text: part.replaceAll(/\s+/g, ' '), hit }));
  return [...(from > 0 ? [{ text: '… ', hit: false }] : []), ...parts, ...(to < whole.length ? [{ text: ' …', hit: false }] : [])];
}

function cut(text: string, words: readonly Word[], rows: readonly { first: number; last: number }[], from: number, to: number): Marked {
  const parts: Marked = [];
  const add = (start: number, end: number, hit: boolean): void => {
    if (end > start) parts.push({ text: text.slice(start, end), hit });
  };
  let at = from;
  for (const { first, last } of rows) {
    const start = words[first]?.from ?? 0;
    const end = words[last]?.to ?? 0;
    if (end <= at || start < from || end > to) continue;
    add(at, Math.max(at, start), false);
    add(Math.max(at, start), end, true);
    at = end;
  }
  add(at, to, false);
  return parts;
}
