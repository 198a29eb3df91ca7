import { IncomingState, type IncomingCounts, type IncomingSummary } from '#contract';
import { useIncomingPages, type IncomingFilter } from '../../bridge/incoming-cache.ts';
import { useListedPages } from '../../bridge/listed-pages.ts';
import { useLatest } from '../../bridge/streams.ts';

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

/** The list as the grid needs it: pages loaded as far as they are wanted, filtered by the text. */
export function useIncomingList(filter: IncomingFilter, text: string): IncomingListModel {
  const pages = useIncomingPages(filter);
  const latest = useLatest('records', 'incoming');
  const { items, rows, filtering, want } = useListedPages(pages, text, wordsOf);
  const first = pages.data?.pages[0];
  const total = pages.data?.pages.at(-1)?.total ?? 0;
  return {
    rows,
    rowCount: filtering ? rows.length : Math.max(total, items.length),
    total,
    loaded: items.length,
    filtering,
    pending: pages.isPending,
    loadingMore: pages.isFetchingNextPage,
    error: pages.isError ? pages.error : null,
    counts: latest ?? first?.counts,
    unseen: first === undefined || latest === undefined ? 0 : unseenOf(filter, first.counts, latest),
    want,
    retry: () => void pages.refetch(),
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

function wordsOf(item: IncomingSummary): string {
  return `${item.arrivalNumber ?? ''}${item.arrivalSuffix} ${item.codeNumber}/${item.codeNotation} ${item.typeName} ${item.subject} ${item.issuerName}`;
}
