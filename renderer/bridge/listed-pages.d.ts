/** Of an infinite query: pages of which each has its `items`. */
type Pages<Item> = {
    readonly data: {
        readonly pages: readonly {
            readonly items: readonly Item[];
        }[];
    } | undefined;
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
export declare function isShort({ filtering, wanted, loaded }: {
    readonly filtering: boolean;
    readonly wanted: number;
    readonly loaded: number;
}): boolean;
/**
 * The rows of a list whose pages are loaded as far as they are wanted.
 * @param wordsOf what the typed text is looked for in; the same function each time
 */
export declare function useListedPages<Item extends object>(pages: Pages<Item>, typed: string, wordsOf: (item: Item) => string): ListedPages<Item>;
export {};
