import { deflateSync } from 'node:zlib';
import { bases, content, document, make } from '../unit/foundation/pdf/make.ts';
import { dice, type Dice } from './fuzz-mutations.ts';

const signature = '<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 900 950 700]/Contents<300302010000000000>>>';
const form = '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>/Perms<</DocMDP 7 0 R>>/DSS<</Certs[4 0 R]>>>>';
const further = { kind: 'table', objects: [[1, form], [6, '<</T(Ky)/FT/Sig/V 7 0 R>>'], [7, signature]] } as const;

/** What is spoilt: each kind of base, and bases with a signature and further revisions. */
const samples: readonly Buffer[] = [
  ...Object.values(bases()),
  make({ kind: 'table', objects: document }, further, { kind: 'table', objects: [[4, content('x')]], freed: [5] }),
  make({ kind: 'stream', objects: document, xref: 8 }, { ...further, kind: 'stream', xref: 9 }),
  make({ kind: 'table', objects: document }, { ...further, kind: 'hybrid', packed: { stream: 9, objects: [[10, '[1 2]']] }, xref: 11 }),
];

const numbers = ['0', '1', '2', '3', '7', '-1', '65535', '99999', '8388607', '8388608', '4294967296', '9999999999', '999999999999999999999', '.5', '1 0 R', '2 0 R', 'null'];
const words = [
  'obj', 'endobj', 'stream', 'endstream', 'xref', 'trailer', 'startxref', '%%EOF', '<<', '>>', '[', ']', '(', ')', '<', '>', '/', '%', 'R', 'n', 'f',
  '/Type', '/XRef', '/ObjStm', '/Prev', '/XRefStm', '/Size', '/Root', '/Length', '/Filter', '/FlateDecode', '/W', '/Index', '/N', '/First', '/Extends',
  '/Kids', '/Parent', '/Pages', '/Page', '/Count', '/Fields', '/AcroForm', '/V', '/FT', '/Sig', '/ByteRange', '/Contents', '/Annots', '/Encrypt', '#00', '\0', '\r', '\n',
];
const bomb = deflateSync(Buffer.alloc(8 * 1024 * 1024)).toString('latin1');

type Mutation = (text: string, roll: Dice) => string;

/** A part that fits a pattern, replaced; the same length where `isEven`, so that offsets stay true. */
function replaced(text: string, roll: Dice, pattern: RegExp, by: string, isEven: boolean): string {
  const all = [...text.matchAll(pattern)];
  if (all.length === 0) return text;
  const one = roll.of(all);
  const what = isEven ? by.slice(0, one[0].length).padEnd(one[0].length) : by;
  return text.slice(0, one.index) + what + text.slice(one.index + one[0].length);
}

const mutations: readonly Mutation[] = [
  (text, roll) => replaced(text, roll, /\d+/g, roll.of(numbers), roll.below(2) === 0),
  (text, roll) => replaced(text, roll, /\d+/g, String(roll.below(text.length)), roll.below(2) === 0),
  (text, roll) => replaced(text, roll, /\/[A-Z]\w*|\b[a-z]+\b|<<|>>|[[\]()<>]/g, roll.of(words), roll.below(3) > 0),
  (text, roll) => replaced(text, roll, /(?<!\d)\d{1,10} 0 R/g, `${String(roll.below(12))} 0 R`, true),
  (text, roll) => replaced(text, roll, /\d{10} \d{5} [nf]/g, `${String(roll.below(text.length)).padStart(10, '0')} 00000 ${roll.of(['n', 'f'])}`, true),
  (text, roll) => replaced(text, roll, /startxref\s+\d+/g, `startxref\n${String(roll.below(text.length))}`, false),
  function flip(text, roll) {
    const bytes = Buffer.from(text, 'latin1');
    for (let n = roll.below(6); n >= 0; n -= 1) bytes[roll.below(bytes.length)] = roll.below(256);
    return bytes.toString('latin1');
  },
  (text, roll) => text.slice(0, roll.below(text.length + 1)),
  (text, roll) => text.slice(roll.below(Math.min(text.length, 40))),
  function remove(text, roll) {
    const from = roll.below(text.length);
    return text.slice(0, from) + text.slice(from + roll.below(200));
  },
  function double(text, roll) {
    const from = roll.below(text.length);
    const to = from + roll.below(400);
    return text.slice(0, to) + text.slice(from, to).repeat(1 + roll.below(4)) + text.slice(to);
  },
  (text, roll) => text + roll.of(['%%EOF', '\r\n', 'junk', '\0'.repeat(3000), text, 'startxref\n0\n%%EOF\n']),
  (text, roll) => text.slice(0, roll.below(text.length)) + roll.of(samples).toString('latin1'),
  function nest(text, roll) {
    const at = roll.below(text.length);
    return text.slice(0, at) + roll.of(['[', '<<', '<</A', '(', '[['])?.repeat(roll.of([1, 50, 120, 20_000])) + text.slice(at);
  },
  (text, roll) => replaced(text, roll, /stream\r?\n[\s\S]*?endstream/g, `stream\n${bomb}\nendstream`, false),
];

/** Leads the last startxref to the last table or cross-reference stream again, so that what lies behind it is reached. */
function led(text: string): string {
  const section = Math.max(text.lastIndexOf('\nxref') + 1, text.search(/(?<!\d)\d{1,10} 0 obj\s*<<\/Type\/XRef(?![\s\S]*\/XRef)/));
  const at = text.lastIndexOf('startxref');
  return at < 0 ? text : text.slice(0, at) + text.slice(at).replace(/^startxref\s+\d+/, `startxref\n${String(section)}`);
}

/** A file spoilt one to three times. */
export function spoilt(file: Buffer, roll: Dice): Buffer {
  let text = file.toString('latin1');
  for (let n = roll.below(3); n >= 0 && text.length > 0; n -= 1) text = roll.of(mutations)(text, roll);
  return Buffer.from(roll.below(3) > 0 ? led(text) : text, 'latin1');
}

/** The nth input of a seed. */
export function fuzzPdfInput(seed: number, input: number): Buffer {
  const roll = dice(seed, input);
  return spoilt(roll.of(samples), roll);
}
