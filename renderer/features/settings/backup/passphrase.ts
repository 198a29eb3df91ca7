/** Letters that no Vietnamese input method makes others of. */
const consonants = 'bcghklmnptv';
const vowels = 'aeiou';
const groups = 6;

/** A passphrase of six spoken groups, about 68 bits: long enough where whoever has the folder may try without end. */
export function madePassphrase(): string {
  return Array.from({ length: groups }, () => {
    const [first, third] = two(consonants);
    const [second, fourth] = two(vowels);
    return `${first}${second}${third}${fourth}`;
  }).join('-');
}

/** Two different letters: one that comes twice would be turned into a mark by Telex. */
function two(letters: string): readonly [string, string] {
  const first = picked(letters);
  return [first, picked(letters.replace(first, ''))];
}

function picked(letters: string): string {
  const most = 256 - (256 % letters.length);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < most) return letters.charAt(byte % letters.length);
  }
}

export type Strength = 'short' | 'weak' | 'fair' | 'strong';
const shortestPassphrase = 14;

/** Advice, not a measure: how long it is, and how many different characters and words it has. */
export function strengthOf(words: string): Strength {
  const letters = [...words.normalize('NFKC')];
  if (letters.length < shortestPassphrase) return 'short';
  const different = new Set(letters.map((letter) => letter.toLowerCase())).size;
  if (different < 8) return 'weak';
  return letters.length >= 20 && words.split(/[\s-]+/).filter((word) => word.length > 2).length >= 4 ? 'strong' : 'fair';
}
