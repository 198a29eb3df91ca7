const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

/** Telex letters of a text: what stays on screen when the Vietnamese input method is off. */
function asTelex(text: string): string {
  const tones: Readonly<Record<string, string>> = { '\u0300': 'f', '\u0301': 's', '\u0309': 'r', '\u0303': 'x', '\u0323': 'j' };
  return text
    .toLowerCase()
    .split(' ')
    .map((word) => {
      let tone = '';
      const letters = word.normalize('NFD').replace(/[\u0300\u0301\u0309\u0303\u0323]/g, (mark) => {
        tone = tones[mark] ?? '';
        return '';
      });
      const typed = letters
        .normalize('NFC')
        .replaceAll('đ', 'dd')
        .replaceAll('â', 'aa')
        .replaceAll('ê', 'ee')
        .replaceAll('ô', 'oo')
        .replaceAll('ă', 'aw')
        .replaceAll('ơ', 'ow')
        .replaceAll('ư', 'uw');
      return typed + tone;
    })
    .join(' ');
}

/** A word with one letter dropped, doubled, swapped or changed. */
function misspelt(word: string, below: (n: number) => number): string {
  if (word.length < 3) return word;
  const at = 1 + below(word.length - 1);
  switch (below(4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + word.charAt(at) + word.slice(at);
    case 2:
      return word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1);
    default:
      return word.slice(0, at) + 'abcdeghiklmnopqrstuvxy'.charAt(below(22)) + word.slice(at + 1);
  }
}

const shortened = (text: string): string =>
  text
    .replace(/ủy ban nhân dân/gi, 'UBND')
    .replace(/hội đồng nhân dân/gi, 'HĐND')
    .replace(/thành phố/gi, 'TP')
    .replace(/ban quản lý/gi, 'BQL')
    .replace(/giáo dục và đào tạo/gi, 'GDĐT')
    .replace(/nông nghiệp và môi trường/gi, 'NNMT');

/** The ways in which clerks type a name or a code. */
export const typings = {
  'as written': (name: string) => name,
  'without diacritics': (name: string) => bare(name).toLowerCase(),
  'short forms': (name: string) => bare(shortened(name)).toLowerCase(),
  'other order': (name: string, below: (n: number) => number) => {
    const words = bare(name).toLowerCase().split(' ');
    const turn = 1 + below(Math.max(1, words.length - 1));
    return [...words.slice(turn), ...words.slice(0, turn)].join(' ');
  },
  'half a last word': (name: string) => {
    const text = bare(name).toLowerCase();
    const last = text.slice(text.lastIndexOf(' ') + 1);
    return text.slice(0, text.length - Math.floor(last.length / 2));
  },
  'two words misspelt': (name: string, below: (n: number) => number) => {
    const words = bare(name).toLowerCase().split(' ');
    for (let n = 0; n < 2; n += 1) {
      const at = below(words.length);
      words[at] = misspelt(words[at] ?? '', below);
    }
    return words.join(' ');
  },
  'Telex letters': (name: string) => asTelex(name),
} as const satisfies Readonly<Record<string, (name: string, below: (n: number) => number) => string>>;

