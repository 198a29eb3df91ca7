import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { LifeCounts, LifeItem, LifeTab } from '#contract';
import { useLifePages } from '../../bridge/outgoing-cache.ts';
import { useLatest } from '../../bridge/streams.ts';
import { fold, foldedMatch } from '../../i18n/fold.ts';

export type OutgoingListModel = {
  /** loaded and matching rows, newest first */
  readonly rows: readonly LifeItem[];
  /** rows the list has place for; beyond `rows` they are not loaded yet */
  readonly rowCount: number;
  readonly total: number;
  readonly loaded: number;
  readonly filtering: boolean;
  readonly pending: boolean;
  readonly loadingMore: boolean;
  readonly error: unknown;
  readonly counts: LifeCounts | undefined;
  readonly want: (lastIndex: number) => void;
  readonly retry: () => void;
};

/** A filter looks through this many rows and says so: looking through a whole register is the search's work. */
const filteredAtMost = 2000;

/** The list as the grid needs it: pages loaded as far as they are wanted, filtered by the text. */
export function useOutgoingList(tab: LifeTab, text: string): OutgoingListModel {
  const pages = useLifePages(tab);
  const latest = useLatest('drafting', 'life');
  const query = fold(useDeferredValue(text).trim());
  const [wanted, setWanted] = useState(0);
  const { data, hasNextPage, isFetching, isError, fetchNextPage, refetch } = pages;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const rows = useMemo(() => (query === '' ? items : items.filter((item) => foldedMatch(foldedOf(item), query))), [items, query]);
  const counts = latest ?? data?.pages[0]?.counts;
  useEffect(() => {
    const short = query === '' ? wanted >= items.length : items.length < filteredAtMost;
    if (short && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [query, wanted, items.length, hasNextPage, isFetching, isError, fetchNextPage]);
  const want = useCallback((lastIndex: number) => {
    setWanted(lastIndex);
  }, []);
  const total = hasNextPage ? Math.max(counts?.[tab] ?? 0, items.length) : items.length;
  return {
    rows,
    rowCount: query === '' ? total : rows.length,
    total,
    loaded: items.length,
    filtering: query !== '',
    pending: pages.isPending,
    loadingMore: pages.isFetchingNextPage,
    error: isError ? pages.error : null,
    counts,
    want,
    retry: () => void refetch(),
  };
}

function foldedOf(item: LifeItem): string {
  return fold(`${item.code} ${item.typeName} ${item.subject} ${item.signerName} ${item.unitName}`);
}
