import { useInfiniteQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Contract, OutputOf, WithheldItem } from '#contract';
import { useConnection } from './context.ts';
import { ask, methodKey } from './methods.ts';

type QuarantinePage = OutputOf<Contract['exchange']['quarantine']>;
type WithheldPage = OutputOf<Contract['exchange']['withheld']>;
type After = Pick<WithheldItem, 'firstFailedAt' | 'transportId'>;

const pageSize = 100;

/** Messages that were set aside, page after page, newest first. */
export function useQuarantinePages() {
  const connection = useConnection();
  return useInfiniteQuery<QuarantinePage, unknown, InfiniteData<QuarantinePage, string | null>, readonly unknown[], string | null>({
    queryKey: methodKey('exchange', 'quarantine'),
    queryFn: ({ pageParam }) => ask(connection, 'exchange', 'quarantine', { before: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.id),
  });
}

/** Messages that the axis has not handed over, page after page, the longest waiting first. */
export function useWithheldPages() {
  const connection = useConnection();
  return useInfiniteQuery<WithheldPage, unknown, InfiniteData<WithheldPage, After | null>, readonly unknown[], After | null>({
    queryKey: methodKey('exchange', 'withheld'),
    queryFn: ({ pageParam }) => ask(connection, 'exchange', 'withheld', { after: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => {
      const end = last.items.length < pageSize ? undefined : last.items.at(-1);
      return end === undefined ? undefined : { firstFailedAt: end.firstFailedAt, transportId: end.transportId };
    },
  });
}

/** Renews what is shown of both. */
export function refreshAside(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: methodKey('exchange', 'quarantine') });
  void cache.invalidateQueries({ queryKey: methodKey('exchange', 'withheld') });
}
