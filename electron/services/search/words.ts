/** Longer runs of letters and digits are cut: no word is so long, and the index shall not keep what is none. */
const longestWord = 40;

/** `lý` and `lí`, `kỹ` and `kĩ` are both written; the index knows the second. */
const iForms: Readonly<Record<string, string>> = { y: 'i', ý: 'í', ỳ: 'ì', ỷ: 'ỉ', ỹ: 'ĩ', ỵ: 'ị' };
const loneY = /^((?:[bcdđghklmnrstvx]|ph|th|tr)?)([yýỳỷỹỵ])$/;
/** Old tone placement `hòa`, `khỏe`, `thủy`; the index knows the new one: `hoà`, `khoẻ`, `thuỷ`. */
const toneMoves: readonly (readonly [RegExp, string])[] = [
  [/òa/, 'oà'], [/óa/, 'oá'], [/ỏa/, 'oả'], [/õa/, 'oã'], [/ọa/, 'oạ'],
  [/òe/, 'oè'], [/óe/, 'oé'], [/ỏe/, 'oẻ'], [/õe/, 'oẽ'], [/ọe/, 'oẹ'],
  [/ùy/, 'uỳ'], [/úy/, 'uý'], [/ủy/, 'uỷ'], [/ũy/, 'uỹ'], [/ụy/, 'uỵ'],
];

/** One spelling of a word in small NFC letters: tone placement, `y` for `i`, numbers without zeros in front. */
function oneSpelling(word: string): string {
  if (/^[0-9]/.test(word)) return /^[0-9]+$/.test(word) ? word.replace(/^0+(?=[0-9])/, '') : word;
  let spelt = word;
  if (/[òóỏõọùúủũụ][aey]/.test(spelt)) for (const [from, to] of toneMoves) spelt = spelt.replace(from, to);
  const lone = loneY.exec(spelt);
  // The word `y` (as in `y tế`) stays.
  return lone === null || lone[1] === '' ? spelt : `${lone[1] ?? ''}${iForms[lone[2] ?? ''] ?? ''}`;
}

/** Texts are made of a few thousand different words; each is taken apart once. */
const known = new Map<string, readonly string[]>();
const mostKnown = 20_000;

function wordsOfPart(part: string): readonly string[] {
  const before = known.get(part);
  if (before !== undefined) return before;
  const words = (part.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) =>
    oneSpelling(word.slice(0, longestWord)),
  );
  if (known.size >= mostKnown) known.clear();
  known.set(part, words);
  return words;
}

/**
 * The words of a text in their order, as the index knows them: small letters, accents kept, one spelling. `123/QĐ-UBND`
 * is three words in a row: `123`, `qđ`, `ubnd`.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const part of text.split(/\s+/)) if (part !== '') words.push(...wordsOfPart(part));
  return words;
}

const unmarkedWords = new Map<string, string>();

/** A word without its marks, `đ` as `d`. */
export function unmarked(word: string): string {
  if (/^[\da-z]*$/.test(word)) return word;
  const before = unmarkedWords.get(word);
  if (before !== undefined) return before;
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
  if (unmarkedWords.size >= mostKnown) unmarkedWords.clear();
  unmarkedWords.set(word, plain);
  return plain;
}

/** Whether all marks of `typed` are on `word` as well: `quyêt` may become `quyết`, `nắm` not `năm`. */
export function mayBecome(typed: string, word: string): boolean {
  const letters = (one: string): string[] => one.replaceAll('đ', 'd\u0335').normalize('NFD').match(/\P{M}\p{M}*/gu) ?? [];
  const marked = letters(word);
  const less = letters(typed);
  if (less.length !== marked.length) return false;
  return less.every((letter, at) => [...letter].every((sign) => (marked[at] ?? '').includes(sign)));
}
