/** Lower case without diacritics, `đ` as `d`; what is neither letter nor digit becomes a space. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** `lý` and `lí`, `kỹ` and `kĩ` are both written: one form for both. */
function oneForm(word: string): string {
  return /^(b|c|d|g|h|k|l|m|n|ph|q|r|s|t|th|tr|v|x)y$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

/** Names are made of a few thousand words; to fold each of them anew was half of the work of making the index. */
const foldedParts = new Map<string, readonly string[]>();
const partsKept = 10_000;

/** Folded words of a text. */
export function wordsOf(text: string): string[] {
  return text.split(' ').flatMap((part) => {
    const known = foldedParts.get(part);
    if (known !== undefined) return known;
    const folded = fold(part);
    const words = folded === '' ? [] : folded.split(' ').map(oneForm);
    if (foldedParts.size >= partsKept) foldedParts.clear();
    foldedParts.set(part, words);
    return words;
  });
}

/** Words as written, with diacritics, in small letters and one Unicode form. */
export function writtenWords(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Short forms that offices write and clerks type, with the folded words they stand for. */
const shortForms: readonly (readonly [short: string, long: string])[] = [
  ['ubnd', 'uy ban nhan dan'],
  ['hdnd', 'hoi dong nhan dan'],
  ['ub', 'uy ban'],
  ['hd', 'hoi dong'],
  ['mttq', 'mat tran to quoc'],
  ['ubmttq', 'uy ban mat tran to quoc'],
  ['tand', 'toa an nhan dan'],
  ['vksnd', 'vien kiem sat nhan dan'],
  ['tw', 'trung uong'],
  ['vp', 'van phong'],
  ['bql', 'ban quan li'],
  ['bqlda', 'ban quan li du an'],
  ['tp', 'thanh pho'],
  ['tphcm', 'thanh pho ho chi minh'],
  ['hcm', 'ho chi minh'],
  ['hn', 'ha noi'],
  ['brvt', 'ba ria vung tau'],
  ['tx', 'thi xa'],
  ['tt', 'thi tran'],
  ['tt', 'trung tam'],
  ['t', 'tinh'],
  ['q', 'quan'],
  ['h', 'huyen'],
  ['p', 'phuong'],
  ['x', 'xa'],
  ['gddt', 'giao duc va dao tao'],
  ['khcn', 'khoa hoc va cong nghe'],
  ['khdt', 'ke hoach va dau tu'],
  ['gtvt', 'giao thong van tai'],
  ['ldtbxh', 'lao dong thuong binh va xa hoi'],
  ['nnmt', 'nong nghiep va moi truong'],
  ['nnptnt', 'nong nghiep va phat trien nong thon'],
  ['tnmt', 'tai nguyen va moi truong'],
  ['tttt', 'thong tin va truyen thong'],
  ['vhttdl', 'van hoa the thao va du lich'],
  ['vhtt', 'van hoa the thao'],
  ['dttg', 'dan toc va ton giao'],
  ['bhxh', 'bao hiem xa hoi'],
  ['kbnn', 'kho bac nha nuoc'],
  ['nhnn', 'ngan hang nha nuoc'],
  ['vpcp', 'van phong chinh phu'],
  ['ttcp', 'thanh tra chinh phu'],
  ['dh', 'dai hoc'],
  ['cd', 'cao dang'],
  ['thpt', 'trung hoc pho thong'],
  ['thcs', 'trung hoc co so'],
  ['ttgdtx', 'trung tam giao duc thuong xuyen'],
  ['bv', 'benh vien'],
  ['ttyt', 'trung tam y te'],
  ['qs', 'quan su'],
  ['cty', 'cong ti'],
  ['tnhh', 'trach nhiem huu han'],
  ['cp', 'co phan'],
  ['cp', 'chinh phu'],
];

const longOf = new Map<string, string[]>();
for (const [short, long] of shortForms) longOf.set(short, [...(longOf.get(short) ?? []), long]);
const shortsByFirst = new Map<string, (typeof shortForms)[number][]>();
for (const form of shortForms) {
  const [first = ''] = form[1].split(' ');
  shortsByFirst.set(first, [...(shortsByFirst.get(first) ?? []), form]);
}

/** Words with the short forms that stand for one thing only written out. */
export function writtenOut(words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const longs = word.length > 1 ? (longOf.get(word) ?? []) : [];
    return longs.length === 1 ? (longs[0] ?? '').split(' ') : [word];
  });
}

/** Words at which the proper name of the place begins: what stands before says what kind of office it is. */
const placeWords: ReadonlySet<string> = new Set(['tinh', 'thanh', 'huyen', 'quan', 'xa', 'phuong', 'thi', 'tp', 'dac']);

/**
 * The words of a name and what else it is looked for by: long forms of short forms in it, short forms of its words,
 * and the first letters of its kind (`snv` for a Sở Nội vụ). The latter two are never taken for misspelt words.
 */
export function nameTerms(name: string): { readonly words: readonly string[]; readonly signs: readonly string[] } {
  const own = wordsOf(name);
  const words = own.flatMap((word) => [word, ...(word.length > 1 ? (longOf.get(word) ?? []).flatMap((long) => long.split(' ')) : [])]);
  const text = ` ${own.join(' ')} `;
  const signs: string[] = [];
  for (const word of new Set(own)) {
    for (const [short, long] of shortsByFirst.get(word) ?? []) if (text.includes(` ${long} `)) signs.push(short);
  }
  // From the third word on: `Thanh tra tỉnh` begins with a place word that is none.
  const place = own.findIndex((word, at) => at >= 2 && placeWords.has(word));
  const kind = (place === -1 ? own : own.slice(0, place)).filter((word) => word !== 'va');
  if (kind.length >= 3 && kind.length <= 8) signs.push(kind.map((word) => word.charAt(0)).join(''));
  return { words, signs };
}

/**
 * What a word becomes when letters that were to be marks are taken out: `ddaof` → `dao`, `tajo` → `tao` (Telex),
 * `d9a2o` → `dao` (VNI). No Vietnamese syllable has s, f, r, x, j after its vowel. Null when nothing changes.
 */
export function unmarked(word: string): string | null {
  const vni = /^[a-z]+\d[a-z\d]*$/.test(word) ? word.replace(/\d/g, '') : word;
  const consonants = /^(dd|ngh|ng|nh|gh|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?/.exec(vni)?.[0] ?? '';
  const rest = vni
    .slice(consonants.length)
    .replace(/[sfrxjz]/g, '')
    .replace(/(a|e|o)\1+/g, '$1')
    .replace(/w/g, (_, at: number, all: string) => (/[aou]/.test(all.charAt(at - 1)) ? '' : 'u'))
    // A mark typed at the end: `daod` is `đao`.
    .replace(/d$/, '');
  const result = oneForm(`${consonants === 'dd' ? 'd' : consonants}${rest}`);
  return result === word || result === '' ? null : result;
}

/**
 * Letters that must be changed, added, left out or swapped with the next to make one word of the other, up to `most`;
 * more is answered as `most + 1`.
 */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

/** One bit per letter and for digits: two words a letter apart differ in at most two bits. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at) - 97;
    bits |= 1 << (code >= 0 && code < 26 ? code : 26);
  }
  return bits;
}

/** How many bits two sets of letters differ in. */
export function lettersApart(a: number, b: number): number {
  let bits = a ^ b;
  let count = 0;
  while (bits !== 0) {
    bits &= bits - 1;
    count += 1;
  }
  return count;
}
