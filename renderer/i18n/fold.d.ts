/** Lower case without diacritics, `đ` as `d`, so that "quyet dinh" finds "Quyết định". */
export declare function fold(text: string): string;
/** Whether every word of the folded query occurs somewhere in the folded text. */
export declare function foldedMatch(foldedText: string, foldedQuery: string): boolean;
