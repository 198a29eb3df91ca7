import { driverOf } from '../../electron/store/db.ts';
import type { Store } from '../../electron/store/index.ts';
import {
  communes, departments, endings, familyNames, givenNames, holders, kinds, matters, middleNames, ministries, openings, positions,
  provinces, textWords,
} from './document-words.ts';

/** One made-up document of either register. */
export type MadeDocument = {
  readonly id: string;
  readonly register: 'incoming' | 'outgoing';
  /** `yyyy-MM-dd`: of arrival, or of issue */
  readonly day: string;
  readonly issuedDate: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly typeName: string;
  readonly subject: string;
  readonly issuer: { readonly organId: string; readonly name: string };
  readonly signer: { readonly name: string; readonly position: string };
  readonly toPlaces: readonly string[];
  readonly urgency: number;
  readonly dueDate: string | null;
  readonly stage: 'presented' | 'assigned' | 'in-progress' | 'done' | null;
  readonly holder: string;
  /** số đến; null in the outgoing register, or when it only arrived */
  readonly arrivalNumber: number | null;
  readonly description: string;
  /** text of its PDF; null for a scan that has none */
  readonly text: string | null;
};

export type MadeOptions = {
  readonly count: number;
  readonly seed?: number;
  /** share of documents with a text layer, 0–1 */
  readonly textShare?: number;
  /** words of a text on average */
  readonly textWords?: number;
  readonly firstYear?: number;
  readonly years?: number;
};

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws from a list by Zipf's law: the nth has a share of 1/n^s. */
function zipf<T>(list: readonly T[], random: () => number, power = 1): () => T {
  const sums: number[] = [];
  let sum = 0;
  list.forEach((_, at) => sums.push((sum += 1 / (at + 1) ** power)));
  return () => {
    const drawn = random() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < drawn) low = middle + 1;
      else high = middle;
    }
    return list[low] as T;
  };
}

/** Syllables that Vietnamese could have, for the long tail of words. */
function syllables(): string[] {
  const heads = ['b', 'c', 'ch', 'd', 'đ', 'g', 'h', 'kh', 'l', 'm', 'n', 'ng', 'nh', 'ph', 'r', 's', 't', 'th', 'tr', 'v', 'x'];
  const rhymes = ['a', 'ai', 'ao', 'am', 'an', 'ang', 'anh', 'ăm', 'ăn', 'ăng', 'âm', 'ân', 'âng', 'âu', 'ây', 'ô', 'ôi', 'ôn', 'ông', 'ơ', 'ơi', 'ơn', 'u', 'ui', 'um', 'ung', 'ư', 'ưng', 'ươi', 'ương', 'oan', 'uôn', 'iên'];
  const tones = ['', '\u0301', '\u0300', '\u0309', '\u0303', '\u0323'];
  const made: string[] = [];
  for (const tone of tones) for (const rhyme of rhymes) for (const head of heads) made.push(toned(head + rhyme, tone));
  return made;
}

function toned(word: string, tone: string): string {
  if (tone === '') return word;
  const letters = [...word];
  const vowel = letters.findIndex((letter) => /[ăâôơưê]/.test(letter));
  const at = vowel === -1 ? letters.findIndex((letter) => /[aouie]/.test(letter)) : word.includes('ươ') ? letters.indexOf('ơ') : vowel;
  letters[at] = (letters[at] ?? '') + tone;
  return letters.join('').normalize('NFC');
}

const dayMs = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Documents in the order in which they came, some 60 % of them incoming; the same for the same seed. */
export function* madeDocuments(options: MadeOptions): Generator<MadeDocument> {
  const { count, seed = 1, textShare = 0.3, textWords: textLength = 300, firstYear = 2017, years = 10 } = options;
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const hex = (digits: number): string => Math.floor(random() * 16 ** digits).toString(16).padStart(digits, '0');
  const kind = zipf(kinds.flatMap((one) => Array<typeof one>(one[2]).fill(one)), random, 0);
  const matter = zipf(matters, random, 0.8);
  const known = [...textWords, ...syllables()];
  const drawn = zipf([...known.keys()], random, 1.05);
  // Words that stand side by side in the list often do so in texts.
  const word = (): string => {
    const at = drawn();
    return random() < 0.5 ? `${known[at] ?? ''} ${known[at + 1] ?? ''}`.trimEnd() : (known[at] ?? '');
  };
  const person = (): string => `${pick(familyNames)} ${pick(middleNames)} ${pick(givenNames)}`;
  const issuers = [
    ...ministries.map(([name, sign], at) => ({ name, sign, organId: `G${String(at + 1).padStart(2, '0')}` })),
    ...provinces.flatMap((province, at) => [
      { name: `Ủy ban nhân dân tỉnh ${province}`, sign: 'UBND', organId: `H${String(70 + at)}` },
      ...departments.map(([name, sign], n) => ({ name: `${name} tỉnh ${province}`, sign, organId: `H${String(70 + at)}.${String(n + 1).padStart(2, '0')}` })),
    ]),
    ...provinces.flatMap((province, at) =>
      communes.map((commune, n) => ({ name: `Ủy ban nhân dân xã ${commune}, tỉnh ${province}`, sign: 'UBND', organId: `H${String(70 + at)}.1${String(n).padStart(2, '0')}` })),
    ),
  ];
  const issuer = zipf(issuers, random, 0.9);
  const own = { name: 'Ủy ban nhân dân phường Luyện Tập', sign: 'UBND', organId: 'H29.99' };
  const numbers = new Map<string, number>();
  const next = (key: string): number => {
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    return number;
  };
  const fill = (ending: string, year: number): string =>
    ending
      .replace('%c', pick(communes))
      .replace('%p', pick(provinces))
      .replace('%y', String(year))
      .replace('%z', String(year + 5))
      .replace('%q', pick(['I', 'II', 'III', 'IV']))
      .replace('%n', String(1 + Math.floor(random() * 400)))
      .replace('%h', person());
  const firstMs = Date.UTC(firstYear, 0, 1);
  const spanMs = Date.UTC(firstYear + years, 0, 1) - firstMs;
  for (let n = 0; n < count; n += 1) {
    const ms = firstMs + Math.floor((spanMs * n) / count);
    const day = dayOf(ms);
    const year = Number(day.slice(0, 4));
    const incoming = random() < 0.6;
    const from = incoming ? issuer() : own;
    const [typeName, sign] = kind();
    const notation = sign === '' ? `${from.sign}-${pick(['VP', 'TH', 'NV', 'KT', 'VX', 'TCHC'])}` : `${sign}-${from.sign}`;
    const opening = pick(openings[typeName] ?? openings[''] ?? ['']);
    const subject = [opening, matter(), fill(pick(endings), year)].filter((part) => part !== '').join(' ');
    const age = count - n;
    const registered = age > 40 || random() < 0.5;
    const text = random() < textShare ? textOf(word, random, textLength, subject) : null;
    yield {
      id: `${ms.toString(16).padStart(12, '0').replace(/(.{8})(.{4})/, '$1-$2')}-7${(n & 0xfff).toString(16).padStart(3, '0')}-8${hex(3)}-${hex(6)}${hex(6)}`,
      register: incoming ? 'incoming' : 'outgoing',
      day,
      issuedDate: incoming ? dayOf(ms - Math.floor(random() * 6) * dayMs) : day,
      codeNumber: String(incoming ? 1 + Math.floor(random() ** 2 * 9000) : next(`out ${String(year)} ${notation}`)),
      codeNotation: notation,
      typeName,
      subject: subject.charAt(0).toUpperCase() + subject.slice(1),
      issuer: from,
      signer: { name: person(), position: pick(positions) },
      toPlaces: incoming ? ['Như trên', 'Lưu: VT'] : ['Như trên', `${pick(departments)[0]}`, `UBND xã ${pick(communes)}`, 'Lưu: VT'],
      urgency: random() < 0.85 ? 0 : 1 + Math.floor(random() * 3),
      dueDate: random() < 0.25 ? dayOf(ms + Math.floor(3 + random() * 30) * dayMs) : null,
      stage: !incoming || !registered ? null : age > 3000 ? 'done' : pick(['presented', 'assigned', 'in-progress', 'done', null] as const),
      holder: pick(holders),
      arrivalNumber: incoming && registered ? next(`in ${String(year)}`) : null,
      description: random() < 0.05 ? `Bản giấy ${pick(['đến sau', 'kèm phụ lục', 'thiếu trang 3'])}` : '',
      text,
    };
  }
}

function textOf(word: () => string, random: () => number, average: number, subject: string): string {
  const length = Math.floor((average / 1.5) * (0.3 + 1.4 * random()));
  const lines = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', subject];
  let line = '';
  for (let n = 0; n < length; n += 1) {
    line += `${word()} `;
    if (line.length > 90) {
      lines.push(line.trimEnd());
      line = '';
    }
  }
  return [...lines, line.trimEnd()].join('\n');
}

/** Rows of one transaction. */
const batch = 5000;

/**
 * Puts made documents into an open profile by plain SQL, without audit entries and without files in the blob store.
 * Answers how many.
 */
export function putDocuments(store: Store, options: MadeOptions): number {
  const list = madeDocuments(options);
  let put = 0;
  for (let more = true; more; ) {
    store.write((db) => {
      const insert = inserter(db);
      for (let n = 0; n < batch; n += 1) {
        const { value, done } = list.next();
        if (done === true) {
          more = false;
          break;
        }
        insert(value);
        put += 1;
      }
    });
  }
  return put;
}

/** How one made document is written, with its text layer. */
export function inserter(db: Parameters<Parameters<Store['write']>[0]>[0]): (document: MadeDocument) => void {
  const database = driverOf(db);
  const office = database.prepare('SELECT id FROM office LIMIT 1').pluck().get() as string;
  const series = database.prepare(
    'INSERT INTO number_series (id, office, register, year, last) VALUES (?, ?, ?, ?, 1000000) ON CONFLICT DO NOTHING',
  );
  const incoming = database.prepare(`
    INSERT INTO incoming_document (id, state, stage, source, arrived_at, arrival_series, arrival_number, arrival_year, registered_at,
      registered_by, document_id, issuer_organ_id, issuer_name, addressed_organ_id, code_number, code_notation, issued_date, place,
      type_name, subject, urgency, due_date, signer_name, signer_position, signer_competence, to_places, page_amount, description, holders)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'H29.99', ?, ?, ?, '', ?, ?, ?, ?, ?, ?, '', ?, 2, ?, ?)`);
  const outgoing = database.prepare(`
    INSERT INTO outgoing_document (id, state, office, series, number, document_id, code_number, code_notation, issued_date, place, type_name, subject, urgency,
      due_date, signer_name, signer_position, signer_competence, to_places, page_amount, paper, issued_at, issued_by)
    VALUES (?, 'issued', ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, '', ?, 2, 0, ?, 'Trần Thị Văn Thư')`);
  const files = {
    incoming: database.prepare("INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES (?, ?, 0, 'van-ban.pdf', 'application/pdf', 1000, ?)"),
    outgoing: database.prepare("INSERT INTO outgoing_file (id, document, ordinal, name, media_type, size, sha256) VALUES (?, ?, 0, 'van-ban.pdf', 'application/pdf', 1000, ?)"),
  };
  const text = database.prepare("INSERT INTO file_text (sha256, state, size, text, read_at) VALUES (?, 'read', ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET state = 'read', text = excluded.text, read_at = excluded.read_at");
  const highest = database.prepare('SELECT COALESCE(MAX(number), 0) FROM outgoing_document WHERE series = ?').pluck();
  /** the last number that was given, by series */
  const given = new Map<string, number>();
  const seriesOf = (register: MadeDocument['register'], year: string): string => {
    const id = `0000${year}-0000-7000-8000-00000000000${register === 'incoming' ? '1' : '2'}`;
    if (!given.has(id)) {
      series.run(id, office, register, Number(year));
      given.set(id, register === 'incoming' ? 0 : (highest.get(id) as number));
    }
    return id;
  };
  return (one) => {
    const year = one.day.slice(0, 4);
    const at = new Date(Number.parseInt(one.id.replaceAll('-', '').slice(0, 12), 16)).toISOString();
    if (one.register === 'incoming') {
      const registered = one.arrivalNumber !== null;
      incoming.run(
        one.id, registered ? 'registered' : 'arrived', one.stage, one.urgency === 3 ? 'paper' : 'axis', at, registered ? seriesOf('incoming', year) : null,
        one.arrivalNumber, registered ? Number(year) : null, registered ? at : null, registered ? 'Trần Thị Văn Thư' : null,
        `${one.issuer.organId},${one.id}`, one.issuer.organId, one.issuer.name, one.codeNumber, one.codeNotation, one.issuedDate,
        one.typeName, one.subject, one.urgency, one.dueDate, one.signer.name, one.signer.position, JSON.stringify(one.toPlaces),
        one.description, one.holder,
      );
    } else {
      const numbered = seriesOf('outgoing', year);
      const number = (given.get(numbered) ?? 0) + 1;
      given.set(numbered, number);
      outgoing.run(
        one.id, office, numbered, number, `H29.99,${one.id}`, one.codeNumber, one.codeNotation, one.issuedDate, one.typeName, one.subject, one.urgency, one.dueDate,
        one.signer.name, one.signer.position, JSON.stringify(one.toPlaces), at,
      );
    }
    const sha256 = one.id.replaceAll('-', '').repeat(2);
    files[one.register].run(`${one.id.slice(0, 19)}9${one.id.slice(20)}`, one.id, sha256);
    if (one.text !== null) text.run(sha256, one.text.length, one.text, at);
  };
}
