import type { DayRange, SearchFilters } from '#contract';
import { dayPlus } from '../../foundation/clock.ts';
import { everything, type Spell } from './expressions.ts';
import { kindFacet } from './index.store.ts';
import { parse } from './parse.ts';
import { firstOfDay, lastOfDay } from './places.ts';

/** Calendar days in Vietnam: today, and the last day that is called near due. */
export type Frame = { readonly today: string; readonly soonUntil: string };

/** Filters as the index is asked for them. */
export type Narrowing = {
  /** MATCH expressions, all to be met: facets, and words in the columns of issuer and holder */
  readonly match: readonly string[];
  /** places in the index, both ends included */
  readonly from: number;
  readonly to: number;
  /** what facets say too roughly: days, compared with `search_doc` */
  readonly issued: DayRange;
  readonly due: DayRange;
};

const open: DayRange = { from: null, to: null };

/** Filters that narrow nothing. */
export const noNarrowing: Narrowing = { match: [], from: 0, to: Number.MAX_SAFE_INTEGER, issued: open, due: open };

const facet = (words: readonly string[]): string => `facet : (${words.map((word) => `"${word}"`).join(' OR ')})`;

/** Reads the filters. */
export function narrow(filters: SearchFilters, spell: Spell, { today, soonUntil }: Frame): Narrowing {
  const { register, kinds, standings, urgencies, sources, issued, arrived, issuer, holder, due } = filters;
  const facets: string[] = [];
  const byArrival = arrived.from !== null || arrived.to !== null;
  const incomingOnly = byArrival || due !== null || (sources.length > 0 && !sources.includes('register'));
  if (incomingOnly) facets.push(facet(['r:incoming']));
  if (register !== null) facets.push(facet([`r:${register}`]));
  if (kinds.length > 0) facets.push(facet(kinds.map(kindFacet)));
  if (standings.length > 0) facets.push(facet(standings.map((one) => `s:${one}`)));
  if (urgencies.length > 0) facets.push(facet(urgencies.map((one) => `u:${String(one)}`)));
  if (sources.length > 0) facets.push(facet(sources.map((one) => `c:${one}`)));
  if (due !== null) facets.push(facet(['d:1']));
  const months = monthsOf(issued);
  if (months.length > 0) facets.push(facet(months));
  const columns = [wordsIn(issuer, 'issuer', spell), wordsIn(holder, 'holder', spell)].filter((part) => part !== null);
  // A document comes after it was issued; our own stand at the day of their issue.
  const from = [byArrival ? arrived.from : null, issued.from].filter((day) => day !== null).map(firstOfDay);
  const to = [byArrival ? arrived.to : null, register === 'outgoing' ? issued.to : null].filter((day) => day !== null).map(lastOfDay);
  const yesterday = dayPlus(today, -1);
  return {
    match: [...facets, ...columns],
    from: Math.max(0, ...(register === 'outgoing' || byArrival ? from : [])),
    to: Math.min(Number.MAX_SAFE_INTEGER, ...to),
    issued,
    due: due === 'soon' ? { from: today, to: soonUntil } : due === 'overdue' ? { from: null, to: yesterday } : open,
  };
}

function wordsIn(text: string, column: string, spell: Spell): string | null {
  const asked = parse(text);
  return everything({ all: asked.all, none: [] }, spell, { exact: column, plain: null });
}

/** Facets of a range of days: whole years as such, else months. A range without an end says nothing. */
function monthsOf({ from, to }: DayRange): string[] {
  if (from === null || to === null || from > to) return [];
  const words: string[] = [];
  const [lastYear, lastMonth] = [Number(to.slice(0, 4)), Number(to.slice(5, 7))];
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  while ((year < lastYear || (year === lastYear && month <= lastMonth)) && words.length < 400) {
    if (month === 1 && year < lastYear) {
      words.push(`y:${String(year)}`);
      year += 1;
    } else {
      words.push(`m:${String(year)}_${String(month).padStart(2, '0')}`);
      [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    }
  }
  return words.length < 400 ? words : [];
}
