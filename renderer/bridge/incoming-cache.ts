import { useInfiniteQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { IncomingSummary, type Contract, type IncomingState, type InputOf, type OutputOf } from '#contract';
import { useConnection } from './context.ts';
import type { Connection } from './connection.ts';
import { ask, methodKey } from './methods.ts';

type IncomingPage = OutputOf<Contract['records']['incomingList']>;
type Pages = InfiniteData<IncomingPage, string | null>;

// The first page fills any screen and no more, so that the list can be used at once; later pages are for scrolling.
const firstPage = 100;
const laterPage = 500;
/** Of the pages alone: a single answer of the method, as a dialog asks for it, has another form in the cache. */
const pagesKey = ['incoming', 'pages'] as const;
const summaryKeys = Object.keys(IncomingSummary.shape) as readonly (keyof IncomingSummary)[];

export type DueFilter = 'overdue' | 'soon';

/** Which incoming documents are listed. */
export type IncomingFilter = {
  readonly state: IncomingState | null;
  /** only what a sender asks about */
  readonly openChange: boolean;
  /** only what is past its day or near it, the earliest day first */
  readonly due: DueFilter | null;
  /** only what is presented to whoever is signed in */
  readonly mine: boolean;
};

/** The incoming documents of a filter, page after page, newest first. */
export function useIncomingPages(filter: IncomingFilter) {
  const connection = useConnection();
  return useInfiniteQuery<IncomingPage, unknown, Pages, readonly unknown[], string | null>({
    queryKey: [...pagesKey, filter],
    queryFn: ({ pageParam }) =>
      ask(connection, 'records', 'incomingList', {
        ...filter,
        before: pageParam,
        limit: pageParam === null ? firstPage : laterPage,
      }),
    initialPageParam: null,
    getNextPageParam: (last, _all, before) => {
      const asked = before === null ? firstPage : laterPage;
      return last.items.length < asked ? undefined : (last.items.at(-1)?.id ?? undefined);
    },
  });
}

/** Loads a list anew from its top; further pages come back as they are scrolled to. */
export async function reloadIncoming(cache: QueryClient): Promise<void> {
  cache.setQueriesData<Pages>({ queryKey: pagesKey }, (pages) =>
    pages === undefined ? pages : { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) },
  );
  await cache.invalidateQueries({ queryKey: pagesKey });
}

/**
 * Takes in changed documents. Rows on the screen are renewed where they stand and no row is added or removed:
 * nothing may move by itself under the pointer. New documents wait for the clerk's word.
 */
export async function refreshIncoming(
  connection: Connection,
  cache: QueryClient,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    void cache.invalidateQueries({ queryKey: methodKey('records', 'incomingGet', { id }) });
    void cache.invalidateQueries({ queryKey: methodKey('records', 'trace', { id }) });
    void cache.invalidateQueries({ queryKey: methodKey('verification', 'ofDocument', { document: id }) });
    void cache.invalidateQueries({ queryKey: methodKey('exchange', 'deviations', { document: id }) });
    void cache.invalidateQueries({ queryKey: methodKey('handling', 'get', { id }) });
  }
  renewMarks(cache, ids);
  for (const method of ['board', 'boardList', 'stamp', 'answeredBy'] as const) void cache.invalidateQueries({ queryKey: methodKey('handling', method) });
  const shown = new Set<string>();
  for (const [, pages] of cache.getQueriesData<Pages>({ queryKey: pagesKey })) {
    for (const page of pages?.pages ?? []) for (const item of page.items) shown.add(item.id);
  }
  const fresh = new Map<string, IncomingSummary>();
  for (const id of ids.filter((one) => shown.has(one))) {
    const summary = await ask(connection, 'records', 'incomingGet', { id }).then(summaryOf, () => undefined);
    if (summary !== undefined) fresh.set(id, summary);
  }
  if (fresh.size === 0) return;
  cache.setQueriesData<Pages>({ queryKey: pagesKey }, (pages) =>
    pages === undefined
      ? pages
      : {
          ...pages,
          pages: pages.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => fresh.get(item.id) ?? item),
          })),
        },
  );
}

/** Asks anew for the marks of a list in which one of these documents stands. */
export function renewMarks(cache: QueryClient, ids: readonly string[]): void {
  void cache.invalidateQueries({
    queryKey: methodKey('verification', 'marks'),
    predicate: ({ queryKey: [, , input] }) => {
      const asked = (input as InputOf<Contract['verification']['marks']> | undefined)?.documents ?? [];
      return ids.some((id) => asked.includes(id));
    },
  });
}

/** Renews what the cache holds of some documents, after a command of this window changed them. */
export function useRefreshIncoming(): (ids: readonly string[]) => void {
  const connection = useConnection();
  const cache = useQueryClient();
  return (ids) => void refreshIncoming(connection, cache, ids);
}

function summaryOf(detail: IncomingSummary): IncomingSummary {
  return Object.fromEntries(summaryKeys.map((key) => [key, detail[key]])) as IncomingSummary;
}
