import { skipToken, useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Contract, LifeTab, OutputOf } from '#contract';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';

type LifePage = OutputOf<Contract['drafting']['list']>;
type Pages = InfiniteData<LifePage, string | null>;

const pageSize = 100;
const listKey = methodKey('drafting', 'list');
const staleKey = ['life', 'stale'] as const;

/** Drafts and documents of ours in one part of the list, page after page, newest first. */
export function useLifePages(tab: LifeTab) {
  const connection = useConnection();
  return useInfiniteQuery<LifePage, unknown, Pages, readonly unknown[], string | null>({
    queryKey: methodKey('drafting', 'list', { tab }),
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
  cache.setQueriesData<Pages>({ queryKey: listKey }, (pages) =>
    pages === undefined ? pages : { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) },
  );
  await cache.invalidateQueries({ queryKey: listKey });
}

/** Takes in changed drafts and documents: what is shown of them is asked for anew, the list waits for the clerk's word. */
export function noteLifeChanged(cache: QueryClient, ids: readonly string[]): void {
  cache.setQueryData<boolean>(staleKey, true);
  for (const id of ids) {
    void cache.invalidateQueries({ queryKey: methodKey('drafting', 'locate', { id }) });
    void cache.invalidateQueries({ queryKey: methodKey('drafting', 'get', { id }) });
    void cache.invalidateQueries({ queryKey: methodKey('drafting', 'versions', { id }) });
    void cache.invalidateQueries({ queryKey: methodKey('records', 'outgoingGet', { id }) });
    void cache.invalidateQueries({ queryKey: methodKey('records', 'trace', { id }) });
  }
}

/** Renews list and detail after an act of this window. */
export function useRefreshLife(): (ids: readonly string[]) => void {
  const cache = useQueryClient();
  return (ids) => {
    noteLifeChanged(cache, ids);
    void reloadLife(cache);
  };
}
