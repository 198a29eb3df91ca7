import type { Agency, FoundAgency, LookupResult } from '#contract';
import type { ReadDb } from '../../../store/index.ts';
import { agencyOf, otherNamesOf, resolve, rowOfId, rowsByCode, type AgencyVersion } from './agency.store.ts';
import { looksLikeCode } from './codes.ts';
import { bestRows, knownSpellings, type SearchIndex } from './search-index.ts';
import { fold, wordsOf, writtenOut, writtenWords } from './words.ts';

/** Names looked at closely before the best are shown. */
const candidates = 120;
/** What part of the best one's points a name must have that is merely alike. */
const nearEnough = 0.75;

export type SearchQuestion = { readonly text: string; readonly limit: number; readonly includeClosed: boolean };

/**
 * The agencies that a text means, best first: its code, then the whole name, names that begin so, names that have the words in their
 * order, and those that have every word. Names that are merely alike only where there is none of these, each marked `nearly`.
 */
export function searchAgencies(db: ReadDb, index: SearchIndex, question: SearchQuestion): FoundAgency[] {
  const { text, limit, includeClosed } = question;
  const found = new Map<string, FoundAgency>();
  const typed = text.trim();
  if (looksLikeCode(typed)) {
    for (const row of rowsByCode(db, typed, limit)) {
      if (row.kind === 'agency' && (includeClosed || row.closed_on === null)) found.set(row.code, { ...agencyOf(db, row), nearly: false });
    }
  }
  if (found.size < limit) {
    for (const { row, foundAs, nearly } of byName(db, index, question)) {
      if (found.size >= limit) break;
      if (!found.has(row.code)) found.set(row.code, { ...agencyOf(db, row, foundAs), nearly });
    }
  }
  return [...found.values()].slice(0, limit);
}

type Named = { readonly row: AgencyVersion; readonly foundAs: string | null; readonly nearly: boolean };

function byName(db: ReadDb, index: SearchIndex, { text, limit, includeClosed }: SearchQuestion): Named[] {
  const open = !/\s$/.test(text);
  const words = knownSpellings(index, wordsOf(text), open);
  if (words.length === 0) return [];
  const { rows, nearly } = bestRows(index, words, { open, includeClosed, limit: Math.max(candidates, limit) });
  const written = writtenWords(text);
  const out = writtenOut(words);
  const judged = rows.flatMap(({ row: place, score }) => {
    const row = rowOfId(db, index.rows[place] ?? -1);
    if (row === undefined) return [];
    const own = likeness(out, written, row.name);
    const others = otherNamesOf(row).map((name) => ({ name, points: likeness(out, written, name) - 0.15 }));
    const other = others.toSorted((a, b) => b.points - a.points)[0];
    const byOther = other !== undefined && other.points > own + 0.25;
    const foundAs = byOther ? other.name : null;
    return [{ row, foundAs, nearly, closeness: nearly ? 0 : closeness(out, foundAs ?? row.name, open), score: score + (byOther ? other.points : own) }];
  });
  const sorted = judged.sort((a, b) => b.closeness - a.closeness || b.score - a.score);
  // Of names that are merely alike, only those that come near the best of them.
  const least = nearly ? (sorted[0]?.score ?? 0) * nearEnough : Number.NEGATIVE_INFINITY;
  return sorted.filter(({ score }) => score >= least).slice(0, limit);
}

/** 5 the whole name, 4 its beginning, 3 its first two words and the others in their order, 2 neighbours in it, 1 in their order, 0 otherwise. */
function closeness(words: readonly string[], name: string, open: boolean): number {
  const own = writtenOut(wordsOf(name));
  const last = words.length - 1;
  const is = (at: number, word: string | undefined): boolean =>
    word !== undefined && (word === words[at] || (open && at === last && word.startsWith(words[at] ?? '')));
  const standsAt = (start: number): boolean => words.every((_, at) => is(at, own[start + at]));
  if (standsAt(0)) return own.length === words.length && own[last] === words[last] ? 5 : 4;
  let next = 0;
  for (const word of own) if (next <= last && is(next, word)) next += 1;
  const inOrder = next > last;
  // One word alone begins too many names: `thanh phố` is no `Thanh tra`.
  if (inOrder && is(0, own[0]) && (last === 0 || is(1, own[1]))) return 3;
  return own.some((_, start) => standsAt(start)) ? 2 : inOrder ? 1 : 0;
}

/**
 * What the words' order says beyond which words there are: neighbours that stay neighbours, the beginning at the
 * beginning, diacritics as they were typed, and how much of the name was said.
 */
function likeness(words: readonly string[], written: readonly string[], name: string): number {
  const short = wordsOf(name);
  const own = writtenOut(short);
  // One word alone begins too many names: `thanh phố` is no `Thanh tra`.
  let points = words[0] === own[0] && (words[1] ?? own[1]) === own[1] ? 0.3 : 0;
  const at = new Map<string, number[]>();
  own.forEach((word, place) => at.set(word, [...(at.get(word) ?? []), place]));
  let said = 0;
  words.forEach((word, place) => {
    const places = at.get(word) ?? [];
    if (places.length > 0) said += 1;
    const before = at.get(words[place - 1] ?? '') ?? [];
    if (places.some((one) => before.includes(one - 1))) points += 0.25;
  });
  points += 0.8 * Math.min(1, said / Math.max(short.length, 1));
  const exact = new Set(writtenWords(name));
  for (const word of written) if (fold(word) !== word && exact.has(word)) points += 0.15;
  return points;
}

export type LookedUp = { readonly line: string; readonly result: LookupResult; readonly agencies: Agency[] };

/** What a pasted line means: a code, or a whole name that one agency has. Anything else is for a person to decide. */
export function lookUp(db: ReadDb, index: SearchIndex, line: string): LookedUp {
  const text = line.replace(/^[\s\-–•*+]+|[\s;,.]+$/g, '');
  // `H36.02 Sở Nội vụ`, `Sở Nội vụ (H36.02)`: the code decides.
  const codes = text.match(/[0-9A-Za-z]+(\.[0-9A-Za-z]+)*/g) ?? [];
  for (const code of codes.filter((part) => /\d/.test(part) && (part.includes('.') || /^[A-Za-z]\d{2}$/.test(part) || part === text))) {
    const row = resolve(db, code);
    if (row?.kind === 'agency') return told(db, line, agencyOf(db, row));
  }
  const likely = searchAgencies(db, index, { text: `${text} `, limit: 5, includeClosed: true }).map(({ nearly: _, ...agency }): Agency => agency);
  const wanted = fold(text);
  const same = likely.filter(({ name, foundAs }) => fold(name) === wanted || (foundAs !== null && fold(foundAs) === wanted));
  const open = same.filter(({ closedOn }) => closedOn === null);
  const [only] = open.length === 1 ? open : same;
  if (only !== undefined && (open.length === 1 || same.length === 1)) return told(db, line, only);
  if (same.length > 1) return { line, result: 'several', agencies: same };
  return { line, result: 'unknown', agencies: likely.filter(({ closedOn }) => closedOn === null).slice(0, 3) };
}

function told(db: ReadDb, line: string, agency: Agency): LookedUp {
  if (agency.closedOn === null) return { line, result: 'found', agencies: [agency] };
  const successor = agency.successor === null ? undefined : resolve(db, agency.successor.code);
  return { line, result: 'closed', agencies: [agency, ...(successor === undefined ? [] : [agencyOf(db, successor)])] };
}
