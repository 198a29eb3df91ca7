import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { IncomingState, type IncomingCounts, type IncomingSummary } from '#contract';
import { useIncomingPages, type IncomingFilter } from '../../bridge/incoming-cache.ts';
import { useLatest } from '../../bridge/streams.ts';
import { fold, foldedMatch } from '../../i18n/fold.ts';

export type IncomingListModel = {
  /** Loaded and matching rows, newest first. */
  readonly rows: readonly IncomingSummary[];
  /** Rows the list has place for; beyond `rows` they are not loaded yet. */
  readonly rowCount: number;
  readonly total: number;
  readonly loaded: number;
  readonly filtering: boolean;
  readonly pending: boolean;
  readonly loadingMore: boolean;
  readonly error: unknown;
  readonly counts: IncomingCounts | undefined;
  /** Documents that came since the list was read and wait for the clerk's word to be shown. */
  readonly unseen: number;
  /** Asks for rows up to this index; pages come one after another. */
  readonly want: (lastIndex: number) => void;
  readonly retry: () => void;
};

const folded = new WeakMap<IncomingSummary, string>();

/** The list as the grid needs it: pages loaded as far as they are wanted, filtered by the text. */
export function useIncomingList(filter: IncomingFilter, text: string): IncomingListModel {
  const pages = useIncomingPages(filter);
  const latest = useLatest('records', 'incoming');
  const query = fold(useDeferredValue(text).trim());
  const [wanted, setWanted] = useState(0);
  const { data, hasNextPage, isFetching, isError, fetchNextPage, refetch } = pages;

  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const rows = useMemo(
    () => (query === '' ? items : items.filter((item) => foldedMatch(foldedOf(item), query))),
    [items, query],
  );
  const first = data?.pages[0];
  const total = data?.pages.at(-1)?.total ?? 0;

  useEffect(() => {
    // A filter looks through everything, so everything is fetched; else only as far as the eye has gone.
    const short = query !== '' || wanted >= items.length;
    if (short && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [query, wanted, items.length, hasNextPage, isFetching, isError, fetchNextPage]);

  const want = useCallback((lastIndex: number) => {
    setWanted(lastIndex);
  }, []);
  return {
    rows,
    rowCount: query === '' ? Math.max(total, items.length) : rows.length,
    total,
    loaded: items.length,
    filtering: query !== '',
    pending: pages.isPending,
    loadingMore: pages.isFetchingNextPage,
    error: isError ? pages.error : null,
    counts: latest ?? first?.counts,
    unseen: first === undefined || latest === undefined ? 0 : unseenOf(filter, first.counts, latest),
    want,
    retry: () => void refetch(),
  };
}

function unseenOf({ state, openChange, due }: IncomingFilter, then: IncomingCounts, now: IncomingCounts): number {
  if (openChange) return Math.max(0, now.openChanges - then.openChanges);
  if (due !== null) return Math.max(0, now[due] - then[due]);
  // In every other tab and in none at all, what is new is what arrived, whatever became of it since.
  const all = (counts: IncomingCounts): number => IncomingState.options.reduce((sum, one) => sum + counts[one], 0);
  const of = (counts: IncomingCounts): number => (state === null || state === 'arrived' ? all(counts) : counts[state]);
  return Math.max(0, of(now) - of(then));
}

function foldedOf(item: IncomingSummary): string {
  let text = folded.get(item);
  if (text === undefined) {
    text = fold(
      `${item.arrivalNumber ?? ''}${item.arrivalSuffix} ${item.codeNumber}/${item.codeNotation} ${item.typeName} ${item.subject} ${item.issuerName}`,
    );
    folded.set(item, text);
  }
  return text;
}
