import type { Marked } from '#contract';
import type { Spell } from './expressions.ts';
import type { Asked } from './parse.ts';
import { unmarked, wordsOf } from './words.ts';

/** What is to be marked in texts. */
export type Marker = {
  /** rows of words, each in any of its spellings; the index says which row it is */
  readonly rows: readonly (readonly ReadonlySet<string>[])[];
  /** rows by the spellings of their first words */
  readonly begun: ReadonlyMap<string, readonly number[]>;
};

/** The marker of a question. */
export function markerOf(asked: Asked, spell: Spell): Marker {
  const rows = asked.all.flat().flatMap((term) => {
    const written = [{ words: term.words, open: term.open }, ...(term.also === null ? [] : [{ words: term.also, open: false }])];
    return written.map(({ words, open }) =>
      words.map((word, at) => new Set(term.numbered ? [word, unmarked(word)] : spell.spellings(word, open && at === words.length - 1))),
    );
  });
  const begun = new Map<string, number[]>();
  rows.forEach(([first], which) => {
    for (const word of first ?? []) begun.set(word, [...(begun.get(word) ?? []), which]);
  });
  return { rows, begun };
}

/** A text with its hits marked, and which rows were hit. */
export type Looked = { readonly parts: Marked; readonly which: ReadonlySet<number> };

/** A whole text with what was looked for marked. */
export function mark(text: string, marker: Marker): Looked {
  const whole = text.normalize('NFC');
  const words = wordsWithPlaces(whole);
  const hits = hitsIn(words, marker);
  return { parts: cut(whole, words, hits, 0, whole.length), which: new Set(hits.map(({ which }) => which)) };
}

/** Letters of a long text that are looked through, and words that a snippet shows. */
const mostLetters = 400_000;
const snippetWords = 28;

/** The stretch of a long text where most of the `missing` rows stand together; null where none does. */
export function snippet(text: string, marker: Marker, missing: ReadonlySet<number>): Marked | null {
  const whole = text.slice(0, mostLetters).normalize('NFC');
  const words = wordsWithPlaces(whole);
  const hits = hitsIn(words, marker);
  let best: { first: number; rows: number } | undefined;
  for (let at = 0; at < hits.length; at += 1) {
    const first = hits[at]?.first ?? 0;
    const rows = new Set<number>();
    for (let n = at; n < hits.length && (hits[n]?.last ?? 0) < first + snippetWords - 6; n += 1) {
      const which = hits[n]?.which ?? -1;
      if (missing.has(which)) rows.add(which);
    }
    if (rows.size > (best?.rows ?? 0)) best = { first, rows: rows.size };
    if (best?.rows === missing.size) break;
  }
  if (best === undefined) return null;
  const start = Math.max(0, best.first - 6);
  const end = Math.min(words.length - 1, start + snippetWords);
  const from = start === 0 ? 0 : (words[start]?.from ?? 0);
  const to = end === words.length - 1 ? whole.length : (words[end]?.to ?? whole.length);
  const parts = cut(whole, words, hits, from, to).map(({ text: part, hit }) => ({ text: part.replaceAll(/\s+/g, ' '), hit }));
  return [...(from > 0 ? [{ text: '… ', hit: false }] : []), ...parts, ...(to < whole.length ? [{ text: ' …', hit: false }] : [])];
}

type Word = { readonly from: number; readonly to: number; readonly word: string };
type Hit = { readonly first: number; readonly last: number; readonly which: number };

function wordsWithPlaces(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}]+/gu), (match) => ({
    from: match.index,
    to: match.index + match[0].length,
    word: wordsOf(match[0])[0] ?? '',
  }));
}

/** Of a word that was typed without marks, the plain form is among the spellings, and stands for all of them. */
function hitsIn(words: readonly Word[], { rows, begun }: Marker): Hit[] {
  const hits: Hit[] = [];
  words.forEach(({ word }, first) => {
    for (const which of begun.get(word) ?? begun.get(unmarked(word)) ?? []) {
      const row = rows[which] ?? [];
      const fits = row.every((set, n) => set.has(words[first + n]?.word ?? '') || set.has(unmarked(words[first + n]?.word ?? '')));
      if (fits) hits.push({ first, last: first + row.length - 1, which });
    }
  });
  return hits;
}

function cut(text: string, words: readonly Word[], hits: readonly Hit[], from: number, to: number): Marked {
  const parts: Marked = [];
  const add = (start: number, end: number, hit: boolean): void => {
    if (end > start) parts.push({ text: text.slice(start, end), hit });
  };
  let at = from;
  for (const { first, last } of hits) {
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
