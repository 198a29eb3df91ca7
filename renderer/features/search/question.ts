import { Day, SearchFilters, type SearchQuestion } from '#contract';

/** A question that narrows nothing. */
export const noFilters: SearchFilters = {
  register: null,
  kinds: [],
  standings: [],
  urgencies: [],
  sources: [],
  issued: { from: null, to: null },
  arrived: { from: null, to: null },
  issuer: '',
  holder: '',
  due: null,
};

type Params = Readonly<Record<string, string>>;

/** Reads the question from the address, so that going back leads to what was found before. What does not fit is left out. */
export function questionOf(params: Params): SearchQuestion {
  const text = (params['q'] ?? '').slice(0, 500);
  let filters = noFilters;
  try {
    const read = SearchFilters.safeParse({ ...noFilters, ...(JSON.parse(params['f'] ?? '{}') as object) });
    if (read.success) filters = read.data;
  } catch {
    // An address that somebody shortened: without filters.
  }
  return { text, filters, order: params['o'] === 'date' ? 'date' : 'relevance' };
}

/** The address of a question. */
export function paramsOf({ text, filters, order }: SearchQuestion): Readonly<Record<string, string | null>> {
  return { q: text, f: filterParam(filters), o: order === 'date' ? 'date' : null };
}

/** Filters as the address has them; null when nothing is narrowed. */
export function filterParam(filters: SearchFilters): string | null {
  const names = Object.keys(noFilters) as (keyof SearchFilters)[];
  const set = names.filter((name) => JSON.stringify(filters[name]) !== JSON.stringify(noFilters[name]));
  return set.length === 0 ? null : JSON.stringify(Object.fromEntries(set.map((name) => [name, filters[name]])));
}

/** How many filters narrow. */
export function countFilters(filters: SearchFilters): number {
  return Object.keys((JSON.parse(filterParam(filters) ?? '{}') as object)).length;
}

/** `dd/MM/yyyy` as `yyyy-MM-dd`; null while it is no day. */
export function dayFromTyped(typed: string): string | null {
  const [, day = '', month = '', year = ''] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(typed) ?? [];
  return Day.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).data ?? null;
}
