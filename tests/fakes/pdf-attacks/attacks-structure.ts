import { look, type Attack } from './attack.ts';
import { at, letterText, pageOne, stream } from './letter.ts';
import { bodyOf, changed, edited, fresh, type Scene } from './scene.ts';

const wrapping = 'Signature wrapping';
const ranges = 'Overlapping, odd or one-range ByteRange; range beyond the file';
const forgery = 'Universal signature forgery';
const hide = 'Shadow: hide-and-replace';
const tail = 'Tail not covered';

/** The ByteRange of the first signature written otherwise, in the room that it has. */
function ranged(s: Scene, of: (range: readonly number[]) => string): Buffer {
  const written = s.bytes.toString('latin1');
  const found = /\/ByteRange \[[^\]]*\]/.exec(written);
  const numbers = /\d+ \d+ \d+ \d+/.exec(found?.[0] ?? '')?.[0].split(' ').map(Number) ?? [];
  const now = `/ByteRange ${of(numbers)}`;
  if (found === null || now.length > found[0].length) throw new Error('no room');
  return Buffer.from(written.slice(0, found.index) + now.padEnd(found[0].length) + written.slice(found.index + found[0].length), 'latin1');
}

function contents(s: Scene, of: (hex: string) => string): Buffer {
  const written = s.bytes.toString('latin1');
  const found = /<[0-9a-fA-F]{2000,}>/.exec(written);
  if (found === null) throw new Error('no contents');
  return Buffer.from(written.slice(0, found.index) + of(found[0]).padEnd(found[0].length) + written.slice(found.index + found[0].length), 'latin1');
}

const behind = (s: Scene, bytes: string): Buffer => Buffer.concat([s.bytes, Buffer.from(bytes, 'latin1')]);
const forged = { [at.content]: stream('', letterText.replace('1000000', '9000000')) };

/** What is wrong with ranges, trailers and the file itself. */
export const structureAttacks: readonly Attack[] = [
  ...(
    [
      ['one range', ([, a]) => `[0 ${String(a)}]`],
      ['three ranges', ([, a, b]) => `[0 ${String(a)} ${String(b)} 9 1 1]`],
      ['three numbers', ([, a, b]) => `[0 ${String(a)} ${String(b)}]`],
      ['from the second byte', ([, a = 0, b, c]) => `[1 ${String(a - 1)} ${String(b)} ${String(c)}]`],
      ['overlapping', ([, a = 0, b = 0, c = 0]) => `[0 ${String(a)} ${String(a - 9)} ${String(c + b - a + 9)}]`],
      ['backwards', ([, a, b, c]) => `[${String(b)} ${String(c)} 0 ${String(a)}]`],
      ['beyond the file', ([, a, b, c = 0]) => `[0 ${String(a)} ${String(b)} ${String(c + 999)}]`],
      ['short of the file', ([, a, b, c = 0]) => `[0 ${String(a)} ${String(b)} ${String(c - 99)}]`],
      ['gap larger', ([, a = 0, b = 0, c = 0]) => `[0 ${String(a - 20)} ${String(b + 20)} ${String(c - 20)}]`],
      ['gap smaller', ([, a = 0, b = 0, c = 0]) => `[0 ${String(a + 20)} ${String(b - 20)} ${String(c + 20)}]`],
      ['gap one byte larger', ([, a = 0, b, c]) => `[0 ${String(a - 1)} ${String(b)} ${String(c)}]`],
      ['zeros', () => '[0 0 0 0]'],
      ['signs', ([, a, b, c]) => `[0 ${String(a)} ${String(b)} -${String(c)}]`],
      ['fractions', ([, a, b]) => `[0 ${String(a)}.5 ${String(b)} 1]`],
      ['10 and 30', () => '[0 10 20 30]'],
    ] as [string, (range: readonly number[]) => string][]
  ).map(([what, of]): Attack => ({ name: `ByteRange: ${what}`, class: what.startsWith('gap') ? 'Gap larger than Contents' : ranges, expected: 'broken', forge: (s) => ranged(s, of) })),
  ...(['null', '(x)', '/X', '[]', '[null null null null]', '[0 (a) 1 1]', '-1'] as const).map((what): Attack => ({ name: `ByteRange ${what}`, class: forgery, expected: 'broken', forge: (s) => ranged(s, () => what) })),
  ...(
    [
      ['null', () => 'null'],
      ['empty', () => '<>'],
      ['a name', () => '/X'],
      ['a text', (hex) => `(${'0'.repeat(hex.length - 2)})`],
      ['shorter', (hex) => `${hex.slice(0, -200)}>`],
      ['an array', () => '[]'],
    ] as [string, (hex: string) => string][]
  ).map(([what, of]): Attack => ({ name: `Contents ${what}`, class: forgery, expected: 'broken', forge: (s) => contents(s, of) })),
  { name: 'key ByteRange missing', class: forgery, expected: 'broken', forge: (s) => Buffer.from(s.bytes.toString('latin1').replace('/ByteRange ', '/ByteRangX '), 'latin1') },
  { name: 'key Contents missing', class: forgery, expected: 'broken', forge: (s) => Buffer.from(s.bytes.toString('latin1').replace(/\/Contents (?=<[0-9a-f]{100})/, '/Contentz '), 'latin1') },

  {
    name: 'signed range moved behind a forged revision',
    class: wrapping,
    expected: 'broken',
    forge(s) {
      const before = changed(s, forged);
      return Buffer.concat([before.subarray(0, before.length), s.bytes.subarray(s.bytes.length - 400)]);
    },
  },
  {
    name: 'forged revision in the gap',
    class: wrapping,
    expected: 'broken',
    forge(s) {
      const end = s.bytes.indexOf('>', s.bytes.indexOf('/Contents <'));
      return Buffer.concat([s.bytes.subarray(0, end), Buffer.from('> /Xyz (4 0 obj <</Length 0>> stream endstream endobj) /B <'), s.bytes.subarray(end)]);
    },
  },
  { name: 'bytes put before the file', class: wrapping, expected: 'broken', forge: (s) => Buffer.concat([Buffer.from('%%%%\n'), s.bytes]) },
  {
    name: 'copy of the dictionary with another gap',
    class: wrapping,
    expected: 'broken',
    forge: (s) => changed(s, { [s.field]: edited(s.bytes, s.field, `/V ${String(s.signature)} 0 R`, '/V 200 0 R'), [fresh]: bodyOf(s.bytes, s.signature).replace('/Type /Sig', '/Type/Sig/X 1') }),
  },

  { name: 'trailer leads to a prepared catalog', class: hide, expected: 'broken', forge: (s) => Buffer.from(changed(s, {}, { trailer: '/ID[<00112233445566778899AABBCCDDEEFF><00>]' }).toString('latin1').replace(/\/Root 1 0 R(?=[^]{0,200}$)/, '/Root 28 0 R'), 'latin1'), forms: ['table', 'hybrid'] },
  { name: 'trailer leads to a copy of the catalog', class: hide, expected: 'forbidden', row: 'catalog-replaced', forms: ['table', 'hybrid'], forge: (s) => Buffer.from(changed(s, { [fresh]: bodyOf(s.bytes, at.catalog) }).toString('latin1').replace(/\/Root 1 0 R(?=[^]{0,300}$)/, '/Root 200 0 R'), 'latin1') },
  { name: 'catalog leads to a prepared page tree', class: hide, expected: 'forbidden', row: 'catalog-replaced', forge: (s) => changed(s, { [at.catalog]: edited(s.bytes, at.catalog, '/Pages 2 0 R', '/Pages 26 0 R') }) },
  { name: 'object that was referred to and not there', class: hide, expected: 'forbidden', row: 'dangling-reference-defined', letter: { 4: stream('', `${letterText}/Later Do\n`), 3: '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[17 0 R 9 0 R 12 0 R 14 0 R 22 0 R]/Resources<</Font<</F1 5 0 R>>/XObject<</Ov 11 0 R/Later 300 0 R>>>>>>' }, forge: (s) => changed(s, { 300: stream('/Type/XObject/Subtype/Form/BBox[0 0 595 842]', '1 g 0 0 595 842 re f') }) },
  { name: 'number used again', class: hide, expected: 'broken', row: 'generation-changed', forms: ['table', 'hybrid'], forge: (s) => Buffer.from(changed(s, { [at.content]: stream('', 'x') }).toString('latin1').replace(/4 0 obj(?=[^]{0,400}$)/, '4 1 obj').replace(/ 00000 n(?=[^]{0,400}$)/, ' 00001 n'), 'latin1') },
  {
    name: 'object stream written anew',
    class: hide,
    forms: ['packed'],
    expected: 'broken',
    row: 'object-stream-rewritten',
    forge: (s) => changed(s, { 40: bodyOf(s.bytes, 40) }),
  },
  { name: 'encryption added', class: 'Encrypted files', expected: 'broken', row: 'encryption-changed', forms: ['table', 'stream', 'hybrid'], forge: (s) => changed(s, { [fresh]: '<</Filter/Standard/V 1/R 2/O<00>/U<00>/P -4>>' }, { trailer: '/Encrypt 200 0 R/Info 18 0 R/ID[<00112233445566778899AABBCCDDEEFF><00>]' }) },
  { name: 'name of the file changed', class: 'Incremental saving', expected: look, row: 'file-id-changed', forge: (s) => changed(s, {}, { trailer: '/Info 18 0 R/ID[<FF112233445566778899AABBCCDDEEFF><00>]' }) },
  { name: 'unknown entry of the trailer', class: 'Incremental saving', expected: 'forbidden', row: 'undefined-change', forge: (s) => changed(s, {}, { trailer: '/Khac 4 0 R/Info 18 0 R/ID[<00112233445566778899AABBCCDDEEFF><00>]' }) },
  { name: 'metadata lead to a font', class: 'Shadow: replace', expected: 'forbidden', row: 'undefined-change', forge: (s) => changed(s, {}, { trailer: '/Info 5 0 R/ID[<00112233445566778899AABBCCDDEEFF><00>]' }) },

  { name: 'bytes behind the end', class: tail, expected: 'broken', forge: (s) => behind(s, 'thêm') },
  { name: 'object behind the end', class: tail, expected: 'broken', forge: (s) => behind(s, '4 0 obj <</Length 0>> stream\n\nendstream endobj\n') },
  { name: 'second end behind the end', class: tail, expected: 'broken', forge: (s) => behind(s, '%%EOF\n') },
  { name: 'revision that nothing leads to', class: tail, expected: 'broken', forge: (s) => behind(changed(s, {}) && s, `${changed(s, forged).subarray(s.bytes.length).toString('latin1').replace(/startxref\n\d+/, (found) => found)}junk`) },
  { name: 'revision whose end is cut off', class: tail, expected: 'broken', forge: (s) => changed(s, forged).subarray(0, -12) },
  { name: 'comment behind the end', class: tail, expected: 'broken', forge: (s) => behind(s, '% thêm\n') },

  { name: 'page is its own parent', class: 'Circular page tree', expected: 'broken', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[2 0 R]/Count 2>>' }) },
  { name: 'kid that is no page', class: 'Circular page tree', expected: 'broken', forge: (s) => changed(s, { [at.pages]: '<</Type/Pages/Kids[5 0 R 6 0 R]/Count 2>>' }) },
  { name: 'field that is its own kid', class: 'Parser loops', expected: 'broken', forge: (s) => changed(s, { [at.text]: '<</FT/Tx/T(So)/Kids[9 0 R]>>' }) },
  { name: 'sections that name each other', class: 'Parser loops', expected: 'broken', forge: (s) => changed(s, {}, { wrong: { prev: changed(s, {}).lastIndexOf('xref\n', changed(s, {}).length - 40) } }) },
  { name: 'sections that begin nowhere', class: 'Parser loops', expected: 'broken', forge: (s) => changed(s, {}, { wrong: { prev: 3 } }) },
  { name: 'sections cut off from the signed one', class: hide, expected: 'broken', forge: (s) => changed(s, { [at.content]: stream('', 'x') }, { wrong: { prev: null } }) },
  { name: 'object stream that is none', class: 'Broken object streams', expected: 'broken', forms: ['packed', 'stream'], forge: (s) => changed({ ...s, form: 'stream' }, {}, { packed: { stream: 900, objects: [[201, '']], body: Buffer.from('<</Type/ObjStm/N 9/First 4/Length 3>>\nstream\n1 0\nendstream') } }) },
  { name: 'stale XRefStm', class: 'Stale XRefStm', expected: 'broken', forms: ['hybrid'], forge: (s) => changed(s, {}, { kind: 'hybrid', packed: { stream: 950, objects: [[201, '<</A 1>>']] }, xref: 951, wrong: { xrefStm: s.bytes.indexOf('/XRef') - 20 } }) },
  { name: 'two readings of a new page', class: 'Hybrid xref', expected: 'forbidden', forms: ['hybrid', 'table'], row: 'content-changed', forge: (s) => changed(s, { [at.page]: edited(s.bytes, at.page, '/Contents 4 0 R', '/Contents 201 0 R') }, { kind: 'hybrid', packed: { stream: 950, objects: [[201, '[25 0 R]']] }, xref: 951 }) },
  { name: 'two readings of what was signed', class: 'Hybrid xref', expected: 'suspicious', forms: ['hybrid'], row: 'hybrid-readings-differ', letter: { 3: pageOne.replace('/Ov 11 0 R', '/Ov 42 0 R') }, forge: (s) => s.bytes },
];
