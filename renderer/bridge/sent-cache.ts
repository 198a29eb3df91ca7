import { skipToken, useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Contract, DeliveryLine, OutputOf } from '#contract';
import { useConnection } from './context.ts';
import type { Connection } from './connection.ts';
import { ask, methodKey } from './methods.ts';

type LinesPage = OutputOf<Contract['exchange']['deliveryLines']>;
type Pages = InfiniteData<LinesPage, string | null>;

const pageSize = 100;
const listKey = methodKey('exchange', 'deliveryLines');
const unseenKey = ['sent', 'unseen'] as const;
const alarmsKey = ['sent', 'alarms'] as const;

/** Ages and alarms come with time alone, of which no stream tells. */
export const renewSentMs = 60_000;

/** Our sent documents, page after page, newest first; all, or only those that ask for attention. */
export function useSentPages(alarms: boolean) {
  const connection = useConnection();
  return useInfiniteQuery<LinesPage, unknown, Pages, readonly unknown[], string | null>({
    queryKey: methodKey('exchange', 'deliveryLines', { alarms }),
    queryFn: ({ pageParam }) => ask(connection, 'exchange', 'deliveryLines', { alarms, before: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.document),
  });
}

/** How many recipients ask for attention; undefined until it is known. */
export function useAlarmCount(): number | undefined {
  const connection = useConnection();
  return useQuery<number>({
    queryKey: alarmsKey,
    queryFn: async () => (await ask(connection, 'exchange', 'deliveryLines', { alarms: true, before: null, limit: 1 })).alarms,
    refetchInterval: renewSentMs,
    refetchOnMount: 'always',
  }).data;
}

/** Takes in the number of recipients that ask for attention, as the stream tells it. */
export function noteAlarmCount(cache: QueryClient, alarms: number): void {
  cache.setQueryData(alarmsKey, alarms);
}

/** How many documents were sent since the list was read, and wait for the clerk's word to be shown. */
export function useUnseenSent(): number {
  return useQuery<readonly string[]>({ queryKey: unseenKey, queryFn: skipToken }).data?.length ?? 0;
}

/** Loads the list anew from its top. */
export async function reloadSent(cache: QueryClient): Promise<void> {
  cache.setQueryData<readonly string[]>(unseenKey, []);
  cache.setQueriesData<Pages>({ queryKey: listKey }, (pages) =>
    pages === undefined ? pages : { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) },
  );
  await cache.invalidateQueries({ queryKey: listKey });
}

/** Takes in news of our documents: rows on the screen are renewed where they stand, new ones wait to be shown. */
export async function refreshSent(connection: Connection, cache: QueryClient, documents: readonly string[]): Promise<void> {
  for (const document of documents) {
    void cache.invalidateQueries({ queryKey: methodKey('exchange', 'deliveries', { document }) });
    void cache.invalidateQueries({ queryKey: methodKey('records', 'outgoingGet', { id: document }) });
  }
  const lists = cache.getQueriesData<Pages>({ queryKey: listKey });
  const shown = new Set(lists.flatMap(([, pages]) => pages?.pages.flatMap((page) => page.items.map((item) => item.document)) ?? []));
  if (lists.length === 0) return;
  const newest = [...shown].reduce((a, b) => (a > b ? a : b), '');
  // Ids are in the order of time: what is beyond the newest shown is new, the rest lies on a page not loaded.
  const news = documents.filter((document) => document > newest);
  if (news.length > 0) {
    cache.setQueryData<readonly string[]>(unseenKey, (before) => [...new Set([...(before ?? []), ...news])]);
  }
  const wanted = documents.filter((document) => shown.has(document)).slice(0, 500);
  if (wanted.length === 0) return;
  const fresh = await ask(connection, 'exchange', 'deliveryLines', { alarms: false, documents: wanted, before: null, limit: 500 }).then(
    ({ items }) => new Map(items.map((item) => [item.document, item])),
    () => new Map<string, DeliveryLine>(),
  );
  cache.setQueriesData<Pages>({ queryKey: listKey }, (pages) =>
    pages === undefined
      ? pages
      : { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map((item) => fresh.get(item.document) ?? item) })) },
  );
}

/** Renews what the cache holds of some of our documents, after a command of this window changed them. */
export function useRefreshSent(): (documents: readonly string[]) => void {
  const connection = useConnection();
  const cache = useQueryClient();
  return (documents) => void refreshSent(connection, cache, documents);
}
