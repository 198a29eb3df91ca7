import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import type { SearchFilters, SearchHit, SearchQuestion } from '#contract';
import { systemClock, type Clock } from '../../../electron/foundation/clock.ts';
import { createSearch, type SearchService } from '../../../electron/services/search/index.ts';
import type { Store } from '../../../electron/store/index.ts';

/** Search over a store, which does nothing by itself. */
export function searchOver(store: Store, clock: Clock = systemClock): SearchService {
  return createSearch({
    store,
    clock,
    fonts: documentFonts,
    changed: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
}

const noFilters: SearchFilters = {
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

/** A question without filters, by relevance. */
export function question(text: string, filters: Partial<SearchFilters> = {}, order: SearchQuestion['order'] = 'relevance'): SearchQuestion {
  return { text, filters: { ...noFilters, ...filters }, order };
}

/** The first page of what is found. */
export function hitsFor(search: SearchService, asked: SearchQuestion | string, limit = 50): readonly SearchHit[] {
  const outcome = search.handlers.find({ question: typeof asked === 'string' ? question(asked) : asked, after: null, limit });
  if (outcome instanceof Promise || !outcome.ok) throw new Error('a search never fails');
  return outcome.value.items;
}

/** Marked text as one string, hits in brackets. */
export function shown(parts: SearchHit['subject']): string {
  return parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
}
