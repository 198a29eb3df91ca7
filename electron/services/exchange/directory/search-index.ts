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
  const meant = unmarked(typed);
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

/**
 * The rows that fit the words best, at most `limit`, best first. `open`: the last word may go on. Each word counts as
 * much as it tells apart; a row gets the best of what stands in it for each.
 */
export function bestRows(
  index: SearchIndex,
  typed: readonly string[],
  options: { readonly open: boolean; readonly includeClosed: boolean; readonly limit: number },
): Found[] {
  const words = [...new Set(typed)].slice(0, 16).flatMap((word) => partsOf(index, word));
  const guesses = words.map((word) => guessesFor(index, word, options.open && word === typed.at(-1)));
  // What was spelt right is looked for as it stands; only when no row has it all, misspelt words are thought of.
  const sure = guesses.map((list) => (list.some(isSure) ? list.filter(isSure) : list));
  const plain = weigh(index, sure);
  if (plain.fullest === words.length) return topRows(index, plain.total, options);
  return topRows(index, weigh(index, guesses).total, options);
}

const isSure = ({ weight }: Guess): boolean => weight >= 0.8;

/** Points of every row, and the most words that one row has. */
function weigh(
  index: SearchIndex,
  words: readonly (readonly Guess[])[],
): { readonly total: Float32Array; readonly fullest: number } {
  const { starts, places } = index;
  const size = index.rows.length;
  const total = new Float32Array(size);
  const best = new Float32Array(size);
  const stamp = new Uint8Array(size);
  const had = new Uint8Array(size);
  let fullest = 0;
  words.forEach((guesses, at) => {
    const mark = at + 1;
    const worth = worthOf(index, guesses);
    for (const guess of guesses) {
      const end = starts[guess.word + 1] ?? 0;
      for (let slot = starts[guess.word] ?? 0; slot < end; slot += 1) {
        const place = places[slot] ?? 0;
        const row = place >>> 2;
        const points = worth * guess.weight * (fieldWeights[place & 3] ?? 0);
        if (stamp[row] !== mark) {
          stamp[row] = mark;
          best[row] = points;
          total[row] = (total[row] ?? 0) + points;
          had[row] = (had[row] ?? 0) + 1;
          if ((had[row] ?? 0) > fullest) fullest = had[row] ?? 0;
        } else if (points > (best[row] ?? 0)) {
          total[row] = (total[row] ?? 0) + points - (best[row] ?? 0);
          best[row] = points;
        }
      }
    }
  });
  return { total, fullest };
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
  total: Float32Array,
  { includeClosed, limit }: { readonly includeClosed: boolean; readonly limit: number },
): Found[] {
  // Smallest score first, so that the first is the one to be pushed out.
  let kept: Found[] = [];
  let least = 0.3;
  for (let row = 0; row < total.length; row += 1) {
    const points = total[row] ?? 0;
    if (points === 0 || (!includeClosed && index.closed[row] === 1)) continue;
    const score = points + (index.prior[row] ?? 0);
    if (score <= least) continue;
    kept.push({ row, score });
    if (kept.length >= limit * 4) {
      kept = kept.sort((a, b) => b.score - a.score).slice(0, limit);
      least = kept.at(-1)?.score ?? least;
    }
  }
  return kept.sort((a, b) => b.score - a.score).slice(0, limit);
}
