/** Lower case without diacritics, `đ` as `d`, so that "quyet dinh" finds "Quyết định". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd');
}

/** Whether every word of the folded query occurs somewhere in the folded text. */
export function foldedMatch(foldedText: string, foldedQuery: string): boolean {
  return foldedQuery.split(/\s+/).every((word) => foldedText.includes(word));
}
