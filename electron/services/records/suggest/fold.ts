/** Letters without accents, small, đ as d; what else there is stays. */
export function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
}

/** Only the letters and digits of it: the same for `HOÀ`, `Hòa` and `H O À`. */
export function foldTight(text: string): string {
  return fold(text).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Whether it is written in capitals, with two letters at least. */
export function isCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length >= 2 && letters.every((letter) => letter === letter.toUpperCase());
}

/**
 * Letters that a writer pulled apart (`Q U Y Ế T   Đ Ị N H`) as words again; text that is written as usual stays. Words
 * are told apart by their wider gaps.
 */
export function withoutSpacing(text: string): string {
  const parts = text.trim().split(/\s+/);
  if (parts.length < 4 || parts.filter((part) => [...part].length === 1).length < parts.length * 0.8) return text;
  return text.trim().split(/\s{2,}/).map((word) => word.replaceAll(/\s/g, '')).join(' ');
}

/** One space between words, none around; composed letters. */
export function tidy(text: string): string {
  return text.normalize('NFC').replaceAll(/[\s\u00a0\u00ad\u200b]+/g, ' ').trim();
}
