import { fuzzSamples, hostileZips } from './fuzz-samples.ts';

/** Most that a file may expand to in the fuzz; small, so that the bombs are quickly made. */
export const fuzzUnzippedBytes = 8 * 1024 * 1024;

/** Numbers from a seed, the same everywhere. */
export type Dice = {
  /** 0 ≤ n < limit */
  readonly below: (limit: number) => number;
  readonly of: <T>(list: readonly T[]) => T;
};

/** mulberry32 over a mixture of both numbers. */
export function dice(seed: number, input: number): Dice {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(input + 1, 0x85ebca6b)) >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
  function of<T>(list: readonly T[]): T {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  }
  return { below, of };
}

type Mutation = (bytes: Buffer, roll: Dice) => Buffer;

const zips = hostileZips(fuzzUnzippedBytes);
const entities = ['&nbsp;', '&#0;', '&#xFFFFFF;', '&#xD;', '&#10', '&amp', '&', '&lt;', '&#xD800;', '&x;', '&#x000000000d;', '&#'];
const doctypes = [
  '<!DOCTYPE edXML>',
  '<!DOCTYPE edXML SYSTEM "file:///etc/passwd">',
  '<!DOCTYPE edXML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
  '<!DOCTYPE edXML [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>',
  '<!ENTITY x "y">',
];
const hostileNames = [
  '../../../etc/passwd', '/absolute', 'C:\\Windows\\x.dll', '..\\..\\x', '\u202Egnp.exe', 'a/../../b.pdf', 'con', '.', '..', '',
  `${'dài'.repeat(2000)}.txt`, 'x.zip', 'x.xlsx', 'x.txt', 'constructor', '__proto__', '%2e%2e%2f', 'a\tb', 'a&#10;b.pdf',
];
const oddValues = [
  '', ' ', '0', '-1', '99', '10', '14', '2026/02/30', '2026-11-20', '9999/99/99', '99999999999999999999', 'true', 'OK', 'NaN',
  '\u0e01'.repeat(700), '__proto__', 'constructor', 'toString', ']]&gt;', '&#x1F600;', 'e\u0301\u0323', '&lt;script&gt;',
];
const badUtf8 = ['c080', 'eda080', 'ff', 'fe', 'f5808080', 'e0', 'f09f98', '80', 'efbfbf', '00', 'efbbbf', 'e280a8', '0b', '1b'];
const spaces = ['', 'urn:x', 'http://www.go.vn/eDoc', 'http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/'];
const markup = ['<!-- a > b -->', '<!-- -- -->', '<![CDATA[<x>]]>', '<![CDATA[', ']]>', '<?pi a?>', '<?xml version="1.0"?>', '<!--', '</', '<', '>', '<a', '<:a/>', '<a:b/>'];

/** Those that leave most messages well-formed: what lies behind the parser is reached by them only. */
const gentle: readonly Mutation[] = [
  duplicate,
  remove,
  damageBase64,
  damageZip,
  bomb,
  (bytes, roll) => valueReplaced(bytes, roll, 'AttachmentName', roll.of(hostileNames)),
  (bytes, roll) => valueReplaced(bytes, roll, '[A-Z]\\w+', roll.of(oddValues)),
];

const mutations: readonly Mutation[] = [
  ...gentle,
  function flipBytes(bytes, roll) {
    const changed = Buffer.from(bytes);
    for (let n = roll.below(8); n >= 0 && changed.length > 0; n -= 1) changed[roll.below(changed.length)] = roll.below(256);
    return changed;
  },
  (bytes, roll) => bytes.subarray(0, roll.below(bytes.length + 1)),
  function splice(bytes, roll) {
    const other = roll.of(fuzzSamples);
    return Buffer.concat([bytes.subarray(0, roll.below(bytes.length + 1)), other.subarray(roll.below(other.length))]);
  },
  function nest(bytes, roll) {
    const [from, to] = region(bytes, roll);
    const depth = roll.of([1, 2, 60, 70, 5000]);
    const name = roll.of(['a', 'edXML:To', 'Attachment', 'ContentTransferEncoded', 'AttachmentEncoded']);
    return around(bytes, from, to, `<${name}>`.repeat(depth), `</${name}>`.repeat(depth));
  },
  (bytes, roll) => inserted(bytes, roll, roll.of(entities)),
  (bytes, roll) => (roll.below(2) === 0 ? Buffer.concat([Buffer.from(roll.of(doctypes)), bytes]) : inserted(bytes, roll, roll.of(doctypes))),
  function attributes(bytes, roll) {
    const size = roll.of([1, 100, 1000, 10_000, roll.of([100_000, 200_000, 5_000_000])]);
    const text = roll.below(2) === 0 ? ` a="${'x'.repeat(size)}"` : Array.from({ length: Math.min(size, 5000) }, (_, n) => ` a${String(n)}="1"`).join('');
    const at = bytes.indexOf('>', roll.below(bytes.length + 1));
    return at <= 0 ? bytes : Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(at)]);
  },
  (bytes, roll) => inserted(bytes, roll, Buffer.from(roll.of(badUtf8), 'hex')),
  function namespaces(bytes, roll) {
    const text = bytes.toString('latin1');
    const declared = [...text.matchAll(/xmlns(:\w+)?="[^"]*"/g)];
    if (declared.length === 0) return bytes;
    const one = roll.of(declared);
    const next = roll.of([`xmlns${one[1] ?? ''}="${roll.of(spaces)}"`, '', `xmlns:edXML="${roll.of(spaces)}"`, `${one[0]} ${one[0]}`]);
    return around(bytes, one.index, one.index + one[0].length, next, null);
  },
  (bytes, roll) => inserted(bytes, roll, roll.of(markup)),
  (bytes, roll) => Buffer.concat([Buffer.from(roll.of(badUtf8), 'hex'), bytes]),
  (bytes, roll) => Buffer.concat([bytes, roll.of([Buffer.from('\r\n'), Buffer.from('<a/>'), Buffer.alloc(1000), roll.of(fuzzSamples)])]),
];

/** The nth input of a seed, and the size of the pieces it arrives in. */
export function fuzzInput(seed: number, input: number): { readonly bytes: Buffer; readonly pieceBytes: number } {
  const roll = dice(seed, input);
  let bytes: Buffer = roll.of(fuzzSamples);
  for (let n = roll.below(3); n >= 0; n -= 1) bytes = roll.of(roll.below(3) === 0 ? gentle : mutations)(bytes, roll);
  const pieceBytes = roll.of([7, 64, 1000, 65_536, 1_000_000]);
  // A piece for every few bytes of a long input would measure the loop, not the reader.
  return { bytes, pieceBytes: Math.max(pieceBytes, Math.ceil(bytes.length / 2000)) };
}

function duplicate(bytes: Buffer, roll: Dice): Buffer {
  const [from, to] = region(bytes, roll);
  const part = bytes.subarray(from, to);
  return Buffer.concat([bytes.subarray(0, to), ...Array.from({ length: 1 + roll.below(roll.below(40) + 1) }, () => part), bytes.subarray(to)]);
}

function remove(bytes: Buffer, roll: Dice): Buffer {
  const [from, to] = region(bytes, roll);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

function damageBase64(bytes: Buffer, roll: Dice): Buffer {
  const content = contentOf(bytes, roll);
  if (content === null) return bytes;
  const [from, to] = content;
  const letters = bytes.toString('latin1', from, to).split('');
  for (let n = roll.below(4); n >= 0; n -= 1) letters.splice(roll.below(letters.length + 1), roll.below(3), roll.of(['=', '==', '-', '_', '*', ' ', '\n', 'A', '&#xD;', '\u00e0', '<', '']));
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(letters.join('')), bytes.subarray(to)]);
}

function damageZip(bytes: Buffer, roll: Dice): Buffer {
  const content = contentOf(bytes, roll);
  if (content === null) return bytes;
  const [from, to] = content;
  const archive = roll.below(3) === 0 ? Buffer.from(roll.of(zips)) : Buffer.from(bytes.toString('latin1', from, to), 'base64');
  for (let n = roll.below(6); n > 0 && archive.length > 0; n -= 1) {
    // Most of what matters in a small archive stands at its end.
    archive[roll.below(2) === 0 ? roll.below(archive.length) : Math.max(0, archive.length - 1 - roll.below(120))] = roll.of([0, 1, 255, roll.below(256)]);
  }
  return around(bytes, from, to, archive.toString('base64'), null);
}

function bomb(bytes: Buffer, roll: Dice): Buffer {
  const content = contentOf(bytes, roll);
  return content === null ? bytes : around(bytes, content[0], content[1], roll.of(zips).toString('base64'), null);
}

/** From one tag's beginning to another tag's end. */
function region(bytes: Buffer, roll: Dice): readonly [from: number, to: number] {
  const from = bytes.indexOf('<', roll.below(bytes.length + 1));
  if (from === -1) return [0, 0];
  let to = from;
  for (let n = roll.below(6); n >= 0; n -= 1) to = (bytes.indexOf('>', to) + 1 || bytes.length);
  return [from, to];
}

function contentOf(bytes: Buffer, roll: Dice): readonly [from: number, to: number] | null {
  const found = [...bytes.toString('latin1').matchAll(/ContentTransferEncoded[^<>]*>([^<]*)<\//g)];
  if (found.length === 0) return null;
  const one = roll.of(found);
  const to = one.index + one[0].length - 2;
  return [to - (one[1] ?? '').length, to];
}

function valueReplaced(bytes: Buffer, roll: Dice, name: string, value: string): Buffer {
  const found = [...bytes.toString('latin1').matchAll(new RegExp(`<(?:\\w+:)?${name}>([^<]*)<`, 'g'))];
  if (found.length === 0) return bytes;
  const one = roll.of(found);
  const to = one.index + one[0].length - 1;
  return around(bytes, to - (one[1] ?? '').length, to, value, null);
}

/** Text before and after a part; `after` null = the part is replaced by `before`. */
function around(bytes: Buffer, from: number, to: number, before: string, after: string | null): Buffer {
  const kept = after === null ? [] : [bytes.subarray(from, to), Buffer.from(after)];
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(before), ...kept, bytes.subarray(to)]);
}

function inserted(bytes: Buffer, roll: Dice, what: string | Buffer): Buffer {
  const at = roll.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), typeof what === 'string' ? Buffer.from(what) : what, bytes.subarray(at)]);
}
