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
  type Spell,
} from './expressions.ts';
import { narrow } from './filters.ts';
import { countOf, fits, newestOf, subjectAt, type Probe } from './find.store.ts';
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
  /** what comes first, one after the other; a document belongs to the first that it fits */
  readonly better: readonly Tier[];
  /** the one of these with all words in the subject */
  readonly subject: Tier | null;
  /** everything that fits, once */
  readonly whole: Tier;
};

/** `today`: calendar day in Vietnam, for what is due. */
export function prepare(db: ReadDb, vocabulary: Vocabulary, question: SearchQuestion, today: string): Search {
  const spell: Spell = {
    spellings: (word, open) => vocabulary.spellings(db, word, open),
    beginnings: (word, open) => vocabulary.beginnings(db, word, open),
  };
  const asked = parse(question.text);
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
    return { asked, spell, better: [], subject: null, whole: leavesOut ? [withoutText(), probe('body')] : [probe('field')] };
  }
  // What is left out may stand in a text, which only the other index knows.
  const tier = (field: string | null, body: string | null): Tier =>
    field === null ? [] : leavesOut ? [withoutText(field), probe('body', body ?? field)] : [probe('field', field)];
  const subject = tier(everything(asked, spell, subjectScope), everything(asked, spell, bodySubjectScope));
  const numbers = leavesOut ? [] : [tier(asNumber(asked, spell, false), null), tier(asNumber(asked, spell, true), null)];
  const better = [...numbers, subject, tier(inField, inBody)].filter((probes) => probes.length > 0);
  return { asked, spell, better: leavesOut ? [subject] : better, subject, whole: [withoutText(inField), probe('body', inBody)] };
}

/** Where a list goes on: in which tier, below which place; of a ranked chunk that begins there, after so many. */
type Place = { readonly tier: number; readonly below: number; readonly offset: number };

export type Page = {
  readonly docs: readonly number[];
  /** place to go on from; null at the end */
  readonly next: string | null;
};

const start: Place = { tier: 0, below: Number.MAX_SAFE_INTEGER, offset: 0 };
/**
 * So many of the newest that have all words in the subject are put in order by how well they have them. To ask the index for
 * the words in a row would cost much more: where they never are, it goes through all places of all of them.
 */
const rankedChunk = 200;

/** One page of what fits. `after`: `next` of the page before. */
export function findPage(db: ReadDb, search: Search, order: SearchQuestion['order'], after: string | null, limit: number): Page {
  const tiers = order === 'date' ? [search.whole] : [...search.better, search.whole];
  const from = placeOf(after);
  const docs: number[] = [];
  const had = new Set<number>();
  for (let tier = from.tier; tier < tiers.length; tier += 1) {
    const probes = tiers[tier] ?? [];
    const ranked = probes === search.subject;
    let { below, offset } = tier === from.tier ? from : start;
    for (let more = true; more; offset = 0) {
      const wanted = ranked ? rankedChunk : limit - docs.length + 8;
      const found = newestIn(db, probes, below, wanted);
      more = found.length === wanted;
      // What comes meanwhile must not shift the pages.
      below = Math.min(below, (found[0] ?? 0) + 1);
      const chunk = ranked ? rank(db, search.asked, found) : found;
      for (; offset < chunk.length; offset += 1) {
        const doc = chunk[offset] ?? 0;
        // What earlier pages showed of better tiers is not shown again; on the first page, `had` knows all of them.
        if (had.has(doc) || (from !== start && fitsAny(db, tiers.slice(0, tier), doc))) continue;
        if (docs.length === limit) return { docs, next: [tier, ...(ranked ? [below, offset] : [doc + 1, 0])].join('.') };
        had.add(doc);
        docs.push(doc);
      }
      below = found.at(-1) ?? 0;
    }
  }
  return { docs, next: null };
}

function newestIn(db: ReadDb, tier: Tier, below: number, limit: number): readonly number[] {
  const lists = tier.map((probe) => newestOf(db, probe, below, limit));
  return lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort((a, b) => b - a).slice(0, limit);
}

function fitsAny(db: ReadDb, tiers: readonly Tier[], doc: number): boolean {
  return tiers.flat().some(({ index, match }) => match === null || fits(db, index, match, doc));
}

function rank(db: ReadDb, asked: Asked, docs: readonly number[]): readonly number[] {
  const points = new Map(docs.map((doc) => [doc, likeness(asked, subjectAt(db, doc))]));
  return docs.toSorted((a, b) => (points.get(b) ?? 0) - (points.get(a) ?? 0) || b - a);
}

/** How many fit, counted up to `most`. */
export function countFound(db: ReadDb, search: Search, most: number): { readonly count: number; readonly more: boolean } {
  let count = 0;
  for (const probe of search.whole) if (count <= most) count += countOf(db, probe, most + 1 - count);
  return { count: Math.min(count, most), more: count > most };
}

function placeOf(after: string | null): Place {
  const [, tier, below, offset] = /^(\d{1,2})\.(\d{1,16})\.(\d{1,4})$/.exec(after ?? '') ?? [];
  if (tier === undefined || below === undefined || offset === undefined) return start;
  return { tier: Number(tier), below: Number(below), offset: Number(offset) };
}
