import { skipToken, useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Contract, LifeTab, OutputOf } from '#contract';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';
import { refreshPlan } from './signing-cache.ts';

type LifePage = OutputOf<Contract['drafting']['list']>;
type Pages = InfiniteData<LifePage, string | null>;

const pageSize = 100;
/** Of the pages alone: a single answer of the method, as a dialog asks for it, has another form in the cache. */
const pagesKey = ['life', 'pages'] as const;
const staleKey = ['life', 'stale'] as const;

/** Drafts and documents of ours in one part of the list, page after page, newest first. */
export function useLifePages(tab: LifeTab) {
  const connection = useConnection();
  return useInfiniteQuery<LifePage, unknown, Pages, readonly unknown[], string | null>({
    queryKey: [...pagesKey, tab],
    queryFn: ({ pageParam }) => ask(connection, 'drafting', 'list', { tab, before: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.id),
  });
}

/** Whether drafts or documents changed since the list was read. */
export function useLifeStale(): boolean {
  return useQuery<boolean>({ queryKey: staleKey, queryFn: skipToken }).data ?? false;
}

/** Loads the list anew from its top; further pages come back as they are scrolled to. */
export async function reloadLife(cache: QueryClient): Promise<void> {
  cache.setQueryData<boolean>(staleKey, false);
  cache.setQueriesData<Pages>({ queryKey: pagesKey }, (pages) =>
    pages === undefined ? pages : { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) },
  );
  await cache.invalidateQueries({ queryKey: pagesKey });
}

/** Takes in changed drafts and documents: what is shown of them is asked for anew, the list waits for the clerk's word. */
export async function noteLifeChanged(cache: QueryClient, ids: readonly string[]): Promise<void> {
  cache.setQueryData<boolean>(staleKey, true);
  const keys = ids.flatMap((id) => [
    methodKey('drafting', 'locate', { id }),
    methodKey('drafting', 'get', { id }),
    methodKey('drafting', 'versions', { id }),
    methodKey('records', 'outgoingGet', { id }),
    methodKey('records', 'trace', { id }),
  ]);
  await Promise.all([refreshPlan(cache, ids), ...[methodKey('drafting', 'list'), ...keys].map((queryKey) => cache.invalidateQueries({ queryKey }))]);
}

/**
 * Renews list and detail after an act of this window. When it is through, what is shown is what is: only then may a dialog
 * close, or the next key would meet the step before.
 */
export function useRefreshLife(): (ids: readonly string[]) => Promise<void> {
  const cache = useQueryClient();
  return async (ids) => {
    await Promise.all([noteLifeChanged(cache, ids), reloadLife(cache)]);
  };
}
