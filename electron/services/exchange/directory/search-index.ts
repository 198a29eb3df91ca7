import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadDb } from '../../../store/index.ts';
import { indexPage, nameOfCode, otherNamesOf, type IndexedRow } from './agency.store.ts';
import { distance, lettersApart, lettersOf, nameTerms, unmarked, wordsOf } from './words.ts';

/** Where a word stands: in the name, in another name of the agency, or in the name of its province or ministry. */
const fields = { name: 0, other: 1, place: 2 } as const;
const fieldWeights = [1, 0.85, 0.55] as const;

/**
 * Which words stand in which names, held in memory: some 8 MB for 125 000 agencies. Names themselves stay in the
 * database. It is of one generation of the directory and never changed.
 */
export type SearchIndex = {
  /** numbers of the rows, by place in the index */
  readonly rows: Int32Array;
  readonly closed: Uint8Array;
  /** what is short and high up comes before what is long and far down, all else being equal */
  readonly prior: Float32Array;
  readonly words: ReadonlyMap<string, number>;
  /** the words in order, for beginnings of words */
  readonly sorted: readonly string[];
  readonly letters: Int32Array;
  /** a word of names, not a sign such as `snv`: may be what a misspelt word meant */
  readonly spelt: Uint8Array;
  /** `places.subarray(starts[w], starts[w + 1])`: place in the index << 2 | field */
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
  readonly guesses: Map<string, readonly Guess[]>;
};

/** A word of the index that a typed word may stand for, and how likely that is (0–1). */
type Guess = { readonly word: number; readonly weight: number };

/** Rows read between two turns of the event loop. */
const page = 200;

/** Builds the index a page at a time, so that nothing else waits for it for long. */
export async function buildIndex(db: ReadDb, stopped: () => boolean): Promise<SearchIndex | undefined> {
  const words = new Map<string, number>();
  const spelt: number[] = [];
  const rows: number[] = [];
  const closed: number[] = [];
  const prior: number[] = [];
  let pairs = new Uint32Array(1 << 16);
  let count = 0;

  /** the row in which a word was noted last: within a row the first place counts */
  const notedIn: number[] = [];

  function note(word: string, place: number, field: number, isSpelt: boolean): void {
    let number = words.get(word);
    if (number === undefined) {
      number = words.size;
      words.set(word, number);
      spelt.push(0);
      notedIn.push(-1);
    }
    if (notedIn[number] === place) return;
    notedIn[number] = place;
    if (isSpelt) spelt[number] = 1;
    if (count + 2 > pairs.length) {
      const wider = new Uint32Array(pairs.length * 2);
      wider.set(pairs);
      pairs = wider;
    }
    pairs[count] = number;
    pairs[count + 1] = (place << 2) | field;
    count += 2;
  }

  /** words of the names of provinces and ministries, for what stands in no name below */
  const placesOf = new Map<string, readonly string[]>();
  function placeWords(levelOne: string): readonly string[] {
    const known = placesOf.get(levelOne) ?? wordsOf(nameOfCode(db, levelOne));
    placesOf.set(levelOne, known);
    return known;
  }
  function noteRow(row: IndexedRow): void {
    const place = rows.length;
    rows.push(row.id);
    closed.push(row.closed_on === null ? 0 : 1);
    const { words: own, signs } = nameTerms(row.name);
    for (const word of own) note(word, place, fields.name, true);
    for (const sign of signs) note(sign, place, fields.name, false);
    for (const name of otherNamesOf(row)) {
      const other = nameTerms(name);
      for (const word of other.words) note(word, place, fields.other, true);
      for (const sign of other.signs) note(sign, place, fields.other, false);
    }
    for (const word of row.level_one === '' ? [] : placeWords(row.level_one)) note(word, place, fields.place, true);
    if (row.level_one !== '') note(row.level_one.toLowerCase(), place, fields.place, false);
    prior.push(-0.012 * wordsOf(row.name).length - 0.02 * row.code.split('.').length - (row.closed_on === null ? 0 : 0.4));
  }

  for (let after = 0; ; ) {
    const found = indexPage(db, after, page);
    for (const row of found) noteRow(row);
    after = found.at(-1)?.id ?? after;
    await nextTurn();
    if (stopped()) return undefined;
    if (found.length < page) break;
  }

  const starts = new Uint32Array(words.size + 1);
  for (let at = 0; at < count; at += 2) starts[(pairs[at] ?? 0) + 1] = (starts[(pairs[at] ?? 0) + 1] ?? 0) + 1;
  for (let word = 1; word <= words.size; word += 1) starts[word] = (starts[word] ?? 0) + (starts[word - 1] ?? 0);
  const fill = starts.slice();
  const places = new Uint32Array(count / 2);
  for (let at = 0; at < count; at += 2) {
    const word = pairs[at] ?? 0;
    const slot = fill[word] ?? 0;
    places[slot] = pairs[at + 1] ?? 0;
    fill[word] = slot + 1;
  }
  return {
    rows: Int32Array.from(rows),
    closed: Uint8Array.from(closed),
    prior: Float32Array.from(prior),
    words,
    sorted: [...words.keys()].sort(),
    letters: Int32Array.from([...words.keys()].map(lettersOf)),
    spelt: Uint8Array.from(spelt),
    starts,
    places,
    guesses: new Map(),
  };
}

/** The word numbers that a typed word may stand for, likeliest first. `open`: more letters may follow. */
function guessesFor(index: SearchIndex, typed: string, open: boolean): readonly Guess[] {
  const key = open ? `${typed}*` : typed;
  const known = index.guesses.get(key);
  if (known !== undefined) return known;
  const found = new Map<number, number>();
  const add = (word: number | undefined, weight: number): void => {
    if (word !== undefined && weight > (found.get(word) ?? 0)) found.set(word, weight);
  };
  const meant = meantBy(typed);
  add(index.words.get(typed), 1);
  if (meant !== null) add(index.words.get(meant), 0.95);
  if (open) {
    for (const word of beginningWith(index, typed)) add(word, 0.9);
    // One letter says too little to be mended.
    if (meant !== null && meant.length > 1) for (const word of beginningWith(index, meant)) add(word, 0.8);
  }
  for (const spelling of meant === null ? [typed] : [typed, meant]) addMisspelt(index, spelling, open, add);
  const guesses = [...found].map(([word, weight]) => ({ word, weight })).sort((a, b) => b.weight - a.weight);
  if (index.guesses.size > 5000) index.guesses.clear();
  index.guesses.set(key, guesses);
  return guesses;
}

/** What a word typed in Telex or VNI letters means; a word has a vowel. */
function meantBy(typed: string): string | null {
  const meant = unmarked(typed);
  return meant !== null && /[aeiouy]/.test(meant) ? meant : null;
}

function beginningWith(index: SearchIndex, start: string): number[] {
  const { sorted } = index;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < start) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let at = low; at < sorted.length && sorted[at]?.startsWith(start) === true; at += 1) {
    found.push(index.words.get(sorted[at] ?? '') ?? 0);
  }
  return found;
}

/** Words a letter or two away. Short words are near to too many others, so they may be off by one letter only. */
function addMisspelt(index: SearchIndex, typed: string, open: boolean, add: (word: number, weight: number) => void): void {
  if (typed.length < 2 || /\d/.test(typed)) return;
  const most = typed.length >= 5 ? 2 : 1;
  const letters = lettersOf(typed);
  let number = -1;
  for (const word of index.words.keys()) {
    number += 1;
    if (index.spelt[number] !== 1) continue;
    if (Math.abs(word.length - typed.length) <= most && lettersApart(letters, index.letters[number] ?? 0) <= 2 * most) {
      const off = distance(typed, word, most);
      // A wrong first letter is rarer than a wrong one further on.
      const first = word.charCodeAt(0) === typed.charCodeAt(0) ? 1 : 0.85;
      if (off === 1) add(number, (typed.length <= 2 ? 0.45 : 0.65) * first);
      else if (off === 2) add(number, 0.35 * first);
    }
    if (open && typed.length >= 4 && word.length > typed.length && distance(typed, word.slice(0, typed.length), 1) === 1) {
      add(number, 0.4);
    }
  }
}

/** A found row: its place in the index, and how well it fits. */
export type Found = { readonly row: number; readonly score: number };

/** `nearly`: no row has every word, so these are merely alike. */
export type FoundRows = { readonly rows: readonly Found[]; readonly nearly: boolean };

type Options = { readonly open: boolean; readonly includeClosed: boolean; readonly limit: number };

/**
 * The rows that have every word, at most `limit`, best first; only where none has, those that are alike. `open`: the last word may
 * go on. Each word counts as much as it tells apart; a row gets the best of what stands in it for each.
 */
export function bestRows(index: SearchIndex, typed: readonly string[], options: Options): FoundRows {
  const words = [...new Set(typed)].slice(0, 16);
  const guesses = words.map((word) => guessesFor(index, word, options.open && word === typed.at(-1)));
  const sure = guesses.map((list) => list.filter(isSure));
  if (sure.every((list) => list.length > 0)) {
    const rows = topRows(index, weigh(index, sure, options), words.length, options);
    if (rows.length > 0) return { rows, nearly: false };
  }
  // A short word is a letter away from dozens of others, so alone it is not mended.
  if (words.length === 1 && (words[0] ?? '').length < 4) return { rows: [], nearly: true };
  return { rows: topRows(index, weigh(index, guesses, options), wordsNeeded(words.length), options), nearly: true };
}

/** Of a few words each must be there in some spelling; of many, one in three may be no word of the name at all. */
function wordsNeeded(count: number): number {
  return count <= 2 ? count : Math.ceil((count * 2) / 3);
}

/**
 * Words as the index spells them: Telex letters without their marks, words typed together apart. A word that nobody knows stays, and
 * so does the last one when it is `open` and begins a known word.
 */
export function knownSpellings(index: SearchIndex, typed: readonly string[], open: boolean): string[] {
  const apart = typed.flatMap((word) => partsOf(index, word));
  return apart.map((word, at) => {
    if (index.words.has(word) || (open && at === apart.length - 1 && beginningWith(index, word).length > 0)) return word;
    const meant = meantBy(word);
    return meant !== null && index.words.has(meant) ? meant : word;
  });
}

const isSure = ({ weight }: Guess): boolean => weight >= 0.8;

/** Points of every row, and how many of the words it has. Closed rows get none where they are not wanted. */
function weigh(
  index: SearchIndex,
  words: readonly (readonly Guess[])[],
  { includeClosed }: Options,
): { readonly total: Float32Array; readonly had: Uint8Array } {
  const { starts, places, closed } = index;
  const size = index.rows.length;
  const total = new Float32Array(size);
  const best = new Float32Array(size);
  const stamp = new Uint8Array(size);
  const had = new Uint8Array(size);
  words.forEach((guesses, at) => {
    const mark = at + 1;
    const worth = worthOf(index, guesses);
    for (const guess of guesses) {
      const end = starts[guess.word + 1] ?? 0;
      for (let slot = starts[guess.word] ?? 0; slot < end; slot += 1) {
        const place = places[slot] ?? 0;
        const row = place >>> 2;
        if (!includeClosed && closed[row] === 1) continue;
        const points = worth * guess.weight * (fieldWeights[place & 3] ?? 0);
        if (stamp[row] !== mark) {
          stamp[row] = mark;
          best[row] = points;
          total[row] = (total[row] ?? 0) + points;
          had[row] = (had[row] ?? 0) + 1;
        } else if (points > (best[row] ?? 0)) {
          total[row] = (total[row] ?? 0) + points - (best[row] ?? 0);
          best[row] = points;
        }
      }
    }
  });
  return { total, had };
}

/** A word that nobody knows may be some that were typed together: `noivu`. */
function partsOf(index: SearchIndex, word: string): string[] {
  if (index.words.has(word) || word.length < 5 || /\d/.test(word)) return [word];
  if (beginningWith(index, word).length > 0) return [word];
  return cutUp(index, word, 3) ?? [word];
}

/** Cuts letters into at most so many known words, the longest first; undefined when that cannot be done. */
function cutUp(index: SearchIndex, letters: string, most: number): string[] | undefined {
  const known = (word: string): boolean => index.spelt[index.words.get(word) ?? -1] === 1;
  if (known(letters)) return [letters];
  for (let cut = letters.length - 2; most > 1 && cut >= 2; cut -= 1) {
    const rest = known(letters.slice(0, cut)) ? cutUp(index, letters.slice(cut), most - 1) : undefined;
    if (rest !== undefined) return [letters.slice(0, cut), ...rest];
  }
  return undefined;
}

/** How much a word tells apart: rare ones more. Of a misspelt word, that of the commonest word it may stand for. */
function worthOf(index: SearchIndex, guesses: readonly Guess[]): number {
  const top = guesses[0]?.weight ?? 0;
  let rows = 1;
  for (const { word, weight } of guesses) {
    if (weight < top) break;
    rows = Math.max(rows, (index.starts[word + 1] ?? 0) - (index.starts[word] ?? 0));
  }
  return 0.6 + Math.log10(1 + index.rows.length / rows);
}

function topRows(
  index: SearchIndex,
  { total, had }: ReturnType<typeof weigh>,
  needed: number,
  { limit }: Options,
): Found[] {
  let kept: Found[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < total.length; row += 1) {
    if ((had[row] ?? 0) < needed) continue;
    const score = (total[row] ?? 0) + (index.prior[row] ?? 0);
    if (score <= least) continue;
    kept.push({ row, score });
    if (kept.length >= limit * 4) {
      kept = kept.sort((a, b) => b.score - a.score).slice(0, limit);
      least = kept.at(-1)?.score ?? least;
    }
  }
  return kept.sort((a, b) => b.score - a.score).slice(0, limit);
}
