import type { LifeCounts, LifeItem, LifeTab } from '#contract';
import { useListedPages } from '../../bridge/listed-pages.ts';
import { useLifePages } from '../../bridge/outgoing-cache.ts';
import { useLatest } from '../../bridge/streams.ts';

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

/** The list as the grid needs it: pages loaded as far as they are wanted, filtered by the text. */
export function useOutgoingList(tab: LifeTab, text: string): OutgoingListModel {
  const pages = useLifePages(tab);
  const latest = useLatest('drafting', 'life');
  const { items, rows, filtering, want } = useListedPages(pages, text, wordsOf);
  const counts = latest ?? pages.data?.pages[0]?.counts;
  const total = pages.hasNextPage ? Math.max(counts?.[tab] ?? 0, items.length) : items.length;
  return {
    rows,
    rowCount: filtering ? rows.length : total,
    total,
    loaded: items.length,
    filtering,
    pending: pages.isPending,
    loadingMore: pages.isFetchingNextPage,
    error: pages.isError ? pages.error : null,
    counts,
    want,
    retry: () => void pages.refetch(),
  };
}

function wordsOf(item: LifeItem): string {
  return `${item.code} ${item.typeName} ${item.subject} ${item.signerName} ${item.unitName}`;
}
