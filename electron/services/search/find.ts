import type { SearchQuestion } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import {
  asNumber,
  bodyScope,
  bodySubjectScope,
  everything,
  fieldScope,
  leftOut,
  subjectScope,
  type Scope,
  type Spell,
} from './expressions.ts';
import { narrow, noNarrowing } from './filters.ts';
import { fits, headAt, newestOf, type Probe } from './find.store.ts';
import { likeness } from './likeness.ts';
import { parse, type Asked } from './parse.ts';
import type { Vocabulary } from './vocabulary.store.ts';

/** Probes that share no document; what they find is shown as one, the newest first. */
type Tier = readonly Probe[];

/** A question made ready for the index. */
export type Search = {
  readonly asked: Asked;
  /** the words that each typed word stands for */
  readonly spell: Spell;
  /** what comes first, one after the other, each document with the first that it fits: number, subject */
  readonly better: readonly Tier[];
  /** everything that fits in number, subject or another field; these and `rest` are all */
  readonly fields: Tier;
  /** what fits with its text only, among others; empty where `fields` has those as well */
  readonly rest: Tier;
  /** everything that fits, once */
  readonly whole: Tier;
};

const top = Number.MAX_SAFE_INTEGER;

/** `today`: calendar day in Vietnam, for what is due. */
export function prepare(db: ReadDb, vocabulary: Vocabulary, question: SearchQuestion, today: string): Search {
  const spell: Spell = {
    spellings: (word, open) => vocabulary.spellings(db, word, open),
    beginnings: (word, open) => vocabulary.beginnings(db, word, open),
  };
  const asked = closedWhereFound(db, parse(question.text), spell);
  const narrowing = narrow(question.filters, spell, today);
  const probe = (index: Probe['index'], ...parts: readonly string[]): Probe => {
    const without = leftOut(asked, spell, index === 'field' ? fieldScope : bodyScope);
    const wanted = [...parts, ...narrowing.match].map((part) => `(${part})`);
    if (wanted.length === 0 && without === null) return { index, match: null, narrowing };
    // Something must be wanted before anything can be left out.
    const match = wanted.length === 0 ? 'facet : ("x:0" OR "x:1")' : wanted.join(' AND ');
    return { index, match: without === null ? match : `(${match}) NOT (${without})`, narrowing };
  };
  const withoutText = (...parts: readonly string[]): Probe => probe('field', ...parts, 'facet : "x:0"');
  const leavesOut = asked.none.length > 0;
  const [inField, inBody] = [everything(asked, spell, fieldScope), everything(asked, spell, bodyScope)];
  if (inField === null || inBody === null) {
    const all = leavesOut ? [withoutText(), probe('body')] : [probe('field')];
    return { asked, spell, better: [], fields: all, rest: [], whole: all };
  }
  const whole = [withoutText(inField), probe('body', inBody)];
  const inSubject = everything(asked, spell, subjectScope) ?? inField;
  // What is left out may stand in a text, which only the other index knows.
  if (leavesOut) {
    const subject = [withoutText(inSubject), probe('body', everything(asked, spell, bodySubjectScope) ?? inBody)];
    return { asked, spell, better: [subject], fields: whole, rest: [], whole };
  }
  const better = new Set([asNumber(asked, spell, false), asNumber(asked, spell, true), inSubject]);
  return {
    asked,
    spell,
    better: [...better].flatMap((one) => (one === null ? [] : [[probe('field', one)]])),
    fields: [probe('field', inField)],
    rest: [probe('body', inBody)],
    whole,
  };
}

/**
 * A row of words such as `79/UBND-TH` is taken as it stands when some document has it so; only else may its last word go on.
 * All the longer words after the same beginning would each be a row of its own to be looked for.
 */
function closedWhereFound(db: ReadDb, asked: Asked, spell: Spell): Asked {
  const last = asked.all.at(-1);
  const [term] = last ?? [];
  if (last?.length !== 1 || term === undefined || !term.open || term.words.length < 2) return asked;
  const closed: Asked = { all: [...asked.all.slice(0, -1), [{ ...term, open: false }]], none: asked.none };
  const alone: Asked = { all: closed.all.slice(-1), none: [] };
  const isThere = (index: Probe['index'], scope: Scope): boolean =>
    newestOf(db, { index, match: everything(alone, spell, scope), narrowing: noNarrowing }, top, 1).length > 0;
  return isThere('field', fieldScope) || isThere('body', bodyScope) ? closed : asked;
}

/**
 * Where a list goes on: in which tier of a way, below which place; of a ranked chunk that begins there, after so many.
 * `few`: so little fits in the fields that it is all ranked at once, and the better tiers need not be asked for.
 */
type Place = { readonly way: Way; readonly tier: number; readonly below: number; readonly offset: number };
type Way = 'few' | 'many' | 'date';

export type Page = {
  readonly docs: readonly number[];
  /** place to go on from; null at the end */
  readonly next: string | null;
};

/**
 * So many of the newest that have all words in the subject are put in order by how well they have them. To ask the index for
 * the words in a row would cost much more: where they never are, it goes through all places of all of them.
 */
const rankedChunk = 120;

/** One page of what fits. `after`: `next` of the page before. */
export function findPage(db: ReadDb, search: Search, order: SearchQuestion['order'], after: string | null, limit: number): Page {
  const place = placeOf(after);
  const first = place === undefined ? firstPlace(db, search, order) : { place, found: undefined };
  const from = first.place;
  const isFirst = place === undefined;
  const tiers = tiersOf(search, from.way);
  const ranked = from.way === 'few' ? search.fields : from.way === 'many' ? search.better.at(-1) : undefined;
  const docs: number[] = [];
  const had = new Set<number>();
  for (let tier = from.tier; tier < tiers.length; tier += 1) {
    const probes = tiers[tier] ?? [];
    let { below, offset } = tier === from.tier ? from : { below: top, offset: 0 };
    for (let more = true; more; offset = 0) {
      const wanted = probes === ranked ? rankedChunk : limit - docs.length + 8;
      const found = (from.way === 'few' && below === top && tier === 0 ? first.found : undefined) ?? newestIn(db, probes, below, wanted);
      more = found.length === wanted;
      // What comes meanwhile must not shift the pages.
      below = Math.min(below, (found[0] ?? 0) + 1);
      const chunk = probes === ranked ? rank(db, search.asked, found) : found;
      for (; offset < chunk.length; offset += 1) {
        const doc = chunk[offset] ?? 0;
        // What earlier pages showed of better tiers is not shown again; on the first page, `had` knows all of them.
        if (had.has(doc) || (!isFirst && fitsAny(db, tiers.slice(0, tier), doc))) continue;
        if (docs.length === limit) {
          return { docs, next: [from.way, tier, ...(probes === ranked ? [below, offset] : [doc + 1, 0])].join('.') };
        }
        had.add(doc);
        docs.push(doc);
      }
      below = found.at(-1) ?? 0;
    }
  }
  return { docs, next: null };
}

function tiersOf(search: Search, way: Way): readonly Tier[] {
  if (way === 'date') return [search.whole];
  return way === 'few' ? [search.fields, search.rest] : [...search.better, search.fields, search.rest];
}

/** Which way a list goes; with what was found in the fields, where that was asked for and is little. */
function firstPlace(db: ReadDb, search: Search, order: SearchQuestion['order']): { readonly place: Place; readonly found: readonly number[] | undefined } {
  const begun = { tier: 0, below: top, offset: 0 };
  if (order === 'date' || search.better.length === 0) return { place: { ...begun, way: 'date' }, found: undefined };
  const found = newestIn(db, search.fields, top, rankedChunk);
  return found.length < rankedChunk ? { place: { ...begun, way: 'few' }, found } : { place: { ...begun, way: 'many' }, found: undefined };
}

function newestIn(db: ReadDb, tier: Tier, below: number, limit: number): readonly number[] {
  const lists = tier.map((probe) => newestOf(db, probe, below, limit));
  return lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort((a, b) => b - a).slice(0, limit);
}

function fitsAny(db: ReadDb, tiers: readonly Tier[], doc: number): boolean {
  return tiers.flat().some(({ index, match }) => match === null || fits(db, index, match, doc));
}

function rank(db: ReadDb, asked: Asked, docs: readonly number[]): readonly number[] {
  const points = new Map(docs.map((doc) => [doc, likeness(asked, headAt(db, doc))]));
  return docs.toSorted((a, b) => (points.get(b) ?? 0) - (points.get(a) ?? 0) || b - a);
}

function placeOf(after: string | null): Place | undefined {
  const [, way, tier, below, offset] = /^(few|many|date)\.(\d)\.(\d{1,15})\.(\d{1,4})$/.exec(after ?? '') ?? [];
  if (way === undefined) return undefined;
  return { way: way as Way, tier: Number(tier), below: Number(below), offset: Number(offset) };
}
