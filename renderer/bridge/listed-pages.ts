import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { fold, foldedMatch } from '../i18n/fold.ts';

/** A filter looks through this many rows and says so: looking through a whole register is the search's work. */
const filteredAtMost = 2000;

/** Of an infinite query: pages of which each has its `items`. */
type Pages<Item> = {
  readonly data: { readonly pages: readonly { readonly items: readonly Item[] }[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
};

export type ListedPages<Item> = {
  /** what is loaded, in the order of the list */
  readonly items: readonly Item[];
  /** what of it the typed text leaves */
  readonly rows: readonly Item[];
  readonly filtering: boolean;
  /** Asks for rows up to this index; pages come one after another. */
  readonly want: (lastIndex: number) => void;
};

/** Whether another page is to be fetched: as far as the eye has gone, and for a filter as far as it looks. */
function isShort({ filtering, wanted, loaded }: { readonly filtering: boolean; readonly wanted: number; readonly loaded: number }): boolean {
  return filtering ? loaded < filteredAtMost : wanted >= loaded;
}

/**
 * The rows of a list whose pages are loaded as far as they are wanted.
 * @param wordsOf what the typed text is looked for in; the same function each time
 */
export function useListedPages<Item extends object>(pages: Pages<Item>, typed: string, wordsOf: (item: Item) => string): ListedPages<Item> {
  const query = fold(useDeferredValue(typed).trim());
  const filtering = query !== '';
  const [wanted, setWanted] = useState(0);
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = pages;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const rows = useMemo(() => (query === '' ? items : items.filter((item) => foldedMatch(foldedOf(item, wordsOf), query))), [items, query, wordsOf]);
  useEffect(() => {
    if (isShort({ filtering, wanted, loaded: items.length }) && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [filtering, wanted, items.length, hasNextPage, isFetching, isError, fetchNextPage]);
  const want = useCallback((lastIndex: number) => {
    setWanted(lastIndex);
  }, []);
  return { items, rows, filtering, want };
}

const folded = new WeakMap<object, string>();

function foldedOf<Item extends object>(item: Item, wordsOf: (item: Item) => string): string {
  let text = folded.get(item);
  if (text === undefined) {
    text = fold(wordsOf(item));
    folded.set(item, text);
  }
  return text;
}
