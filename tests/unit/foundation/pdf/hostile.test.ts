import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  auditPdf,
  formOf,
  memoryBytes,
  objectOf,
  openPdf,
  pagesOf,
  revisionChanges,
  signaturesOf,
  viewOf,
  type PdfLimits,
} from '../../../../electron/foundation/pdf/index.ts';
import { codesOf, content, document, make, objectStream, opened, page, type Saving } from './make.ts';
import { everything } from './everything.ts';

/** A stream of this dictionary and data. */
function stream(dictionary: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`<<${dictionary}/Length ${String(data.length)}>>\nstream\n`), data, Buffer.from('\nendstream')]);
}

const zeros = deflateSync(Buffer.alloc(200 * 1024 * 1024));
/** A file whose cross-reference stream says that object 6 is the first in the object stream 7, which is this. */
function inStream(body: Buffer): Buffer {
  return make({ kind: 'stream', objects: document, packed: { stream: 7, objects: [[6, '']], body }, xref: 8 });
}

test.each([
  ['a bomb', stream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode', zeros), 'too-large'],
  ['a bomb in a bomb', stream('/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]', deflateSync(zeros)), 'too-large'],
  ['more objects than any has', stream('/Type/ObjStm/N 99999999/First 4', Buffer.from('6 0 7')), 'too-many'],
  ['fewer objects than it says', stream('/Type/ObjStm/N 3/First 4', Buffer.from('6 0 7')), 'bad-object-stream'],
  ['an offset behind its end', stream('/Type/ObjStm/N 1/First 4', Buffer.from('6 9 7')), 'bad-object-stream'],
  ['a First behind its end', stream('/Type/ObjStm/N 1/First 400', Buffer.from('6 0 7')), 'bad-object-stream'],
  ['another object in that place', stream('/Type/ObjStm/N 1/First 4', Buffer.from('5 0 7')), 'wrong-object-number'],
  ['data that is cut off', stream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode', deflateSync(Buffer.from('6 0 777777')).subarray(0, 9)), 'damaged-stream'],
  ['no filter that is known', stream('/Type/ObjStm/N 1/First 4/Filter/JPXDecode', Buffer.from('6 0 7')), 'unsupported-filter'],
  ['a file of its own', stream('/Type/ObjStm/N 1/First 4/F(other.pdf)', Buffer.from('6 0 7')), 'unsupported-filter'],
  ['columns without end', stream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 999999999999>>', deflateSync(Buffer.from('6 0 7'))), 'unsupported-filter'],
  ['no type', stream('/N 1/First 4', Buffer.from('6 0 7')), 'bad-object-stream'],
  ['deep nesting', stream('/Type/ObjStm/N 1/First 4', Buffer.from(`6 0 ${'['.repeat(100_000)}`)), 'too-deep'],
] as const)('an object stream with %s ends with its reason', (_, body, code) => {
  const file = opened(inStream(body));
  expect(objectOf(viewOf(file), 6)).toMatchObject({ ok: false, failure: { code } });
});

test('an object stream that names itself as the one it extends is read, and not followed', () => {
  const file = opened(inStream(stream('/Type/ObjStm/N 1/First 4/Extends 7 0 R', Buffer.from('6 0 7'))));
  expect(objectOf(viewOf(file), 6)).toMatchObject({ ok: true, value: { value: { value: 7 } } });
});

test('an object stream that an object stream is said to hold', () => {
  const inner = '<</Type/ObjStm/N 1/First 4>>';
  const bytes = make(
    { kind: 'stream', objects: document, packed: { stream: 7, objects: [[6, inner]] }, xref: 8 },
    { kind: 'stream', objects: [], packed: { stream: 6, objects: [[9, '']], body: Buffer.from('0') }, xref: 10 },
  );
  expect(objectOf(viewOf(opened(bytes)), 9)).toMatchObject({ ok: false, failure: { code: 'bad-object-stream' } });
  const itself = make({ kind: 'stream', objects: document, packed: { stream: 7, objects: [[6, '1'], [7, '1']] }, xref: 8 });
  expect(codesOf(opened(itself))).toContain('duplicate-xref-entry');
});

test('two revisions that name each other, by table and by stream', () => {
  for (const kind of ['table', 'stream'] as const) {
    const two = make({ kind, objects: document, trailer: '/Prev 000000' }, { kind, objects: [[4, content('x')]] });
    const newest = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(two.toString('latin1'))?.[1]);
    const loop = Buffer.from(two.toString('latin1').replace('/Prev 000000', `/Prev ${String(newest).padStart(6, '0')}`), 'latin1');
    expect(openPdf(memoryBytes(loop))).toMatchObject({ ok: false, failure: { code: 'xref-loop', at: newest } });
  }
});

test('a Prev that leads forward in a file that is not linearized', () => {
  const first = make({ kind: 'table', objects: document, trailer: '/Prev 000000' });
  const at = first.length;
  const table = `xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${String(first.lastIndexOf('xref\n0'))}\n%%EOF\n`;
  const forged = Buffer.concat([Buffer.from(first.toString('latin1').replace('/Prev 000000', `/Prev ${String(at).padStart(6, '0')}`), 'latin1'), Buffer.from(table)]);
  expect(openPdf(memoryBytes(forged))).toMatchObject({ ok: false });
});

test('more revisions than any file has', () => {
  let bytes = make({ kind: 'table', objects: document });
  let prev = bytes.lastIndexOf('xref\n0');
  const parts = [bytes];
  let at = bytes.length;
  for (let n = 0; n < 1100; n += 1) {
    const part = Buffer.from(`xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R/Prev ${String(prev)}>>\nstartxref\n${String(at)}\n%%EOF\n`);
    parts.push(part);
    prev = at;
    at += part.length;
  }
  bytes = Buffer.concat(parts);
  expect(openPdf(memoryBytes(bytes))).toMatchObject({ ok: false, failure: { code: 'too-many' } });
});

const tree = (body: string, more: Saving['objects'] = []): Buffer =>
  make({ kind: 'table', objects: [...document.filter(([number]) => number !== 2), [2, body], ...more] });

test('page trees and forms that are chains, circles and crowds end with a reason', () => {
  const chain = Array.from({ length: 500 }, (_, n) => [n + 6, `<</Type/Pages/Kids[${String(n + 7)} 0 R]/Count 1>>`] as const);
  expect(pagesOf(viewOf(opened(tree('<</Type/Pages/Kids[6 0 R]/Count 1>>', chain))))).toMatchObject({ ok: false, failure: { code: 'too-deep' } });
  const crowd = `<</Type/Pages/Kids[${'3 0 R '.repeat(250_000)}]/Count 1>>`;
  expect(pagesOf(viewOf(opened(tree(crowd))))).toMatchObject({ ok: false });
  const fields = `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${'6 0 R '.repeat(250_000)}]>>>>`;
  const form = make({ kind: 'table', objects: [...document.slice(1), [1, fields], [6, '<</T(a)/FT/Sig>>']] });
  expect(formOf(viewOf(opened(form)))).toMatchObject({ ok: false });
});

test('references in a circle: lengths, values, parents', () => {
  const length = make({ kind: 'table', objects: [...document.filter(([number]) => number !== 4), [4, '<</Length 4 0 R>>\nstream\nx\nendstream']] });
  expect(objectOf(viewOf(opened(length)), 4)).toMatchObject({ ok: false, failure: { code: 'bad-stream-length' } });
  const parents = make({
    kind: 'table',
    objects: [...document.filter(([number]) => number !== 3), [3, page.replace('/Type/Page/', '/Type/Page/Annots[6 0 R]/')], [6, '<</Subtype/Widget/Parent 6 0 R>>']],
  });
  expect(signaturesOf(opened(parents))).toMatchObject({ ok: true, value: { signatures: [], unread: [] } });
});

test('a hybrid whose XRefStm leads to its own table, to itself, or outside', () => {
  const base = { kind: 'hybrid', objects: document, packed: { stream: 7, objects: [[9, '7']] }, xref: 8 } as const;
  for (const xrefStm of [0, 15, 99_999_999]) expect(openPdf(memoryBytes(make({ ...base, wrong: { xrefStm } }))).ok).toBe(false);
});

test('a hybrid whose two readings disagree says so', () => {
  const base = make({ kind: 'hybrid', objects: document, packed: { stream: 7, objects: [[5, '<</Other 1>>'], [9, '7']] }, xref: 8 });
  expect(codesOf(opened(base))).toEqual(['duplicate-xref-entry', 'hybrid-conflict']);
  const two = make(
    { kind: 'table', objects: document },
    { kind: 'hybrid', objects: [[5, '<</Open 1>>']], packed: { stream: 7, objects: [[9, '7']] }, xref: 8 },
  );
  expect(codesOf(opened(two))).toEqual([]);
});

test('work, time, entries and size are bounded, whatever is asked', () => {
  const objects = Array.from({ length: 3000 }, (_, n) => [n + 6, `[${'1 '.repeat(50)}]`] as const);
  const bytes = make({ kind: 'table', objects: [...document, ...objects] });
  const bounded = (limits: Partial<PdfLimits>): unknown => {
    const file = openPdf(memoryBytes(bytes), { limits });
    if (!file.ok) return file.failure.code;
    const audit = auditPdf(file.value);
    return audit.ok ? 'through' : audit.failure.code;
  };
  expect(bounded({})).toBe('through');
  expect(bounded({ work: 100_000 })).toBe('too-long');
  expect(bounded({ milliseconds: 0 })).toBe('too-long');
  expect(bounded({ entries: 1000 })).toBe('too-many');
  // What is used up stays used up.
  const file = opened(bytes, { limits: { work: 300_000 } });
  expect(auditPdf(file)).toMatchObject({ ok: false, failure: { code: 'too-long' } });
  expect(pagesOf(viewOf(file))).toMatchObject({ ok: false, failure: { code: 'too-long' } });
  expect(signaturesOf(file)).toMatchObject({ ok: false, failure: { code: 'too-long' } });
  expect(revisionChanges(file, 0)).toMatchObject({ ok: false, failure: { code: 'too-long' } });
});

test('a search through a file of nothing but heads of objects ends', () => {
  const bytes = Buffer.from(`%PDF-1.7\n${'7 0 obj '.repeat(200_000)}`);
  expect(openPdf(memoryBytes(bytes), { mayRepair: true })).toMatchObject({ ok: false, failure: { code: 'no-root' } });
  const many = Buffer.from(`%PDF-1.7\n${Array.from({ length: 100_000 }, (_, n) => `${String(n + 1)} 0 obj %`).join('')}`);
  expect(openPdf(memoryBytes(many), { mayRepair: true, limits: { work: 50_000_000 } })).toMatchObject({ ok: false, failure: { code: 'too-long' } });
});

test('every question to a file that is cut at any byte has an answer', () => {
  const bytes = make(
    { kind: 'stream', objects: document, packed: { stream: 7, objects: [[6, '<</Sum 1>>']] }, xref: 8 },
    { kind: 'stream', objects: [[7, objectStream([[6, '2']])]], xref: 9 },
  );
  for (let length = 0; length <= bytes.length; length += 1) everything(bytes.subarray(0, length));
});

test('a long string is paid for before it is looked through, and no further than its object may reach', () => {
  const long = make({ kind: 'table', objects: [...document, [6, `<</Text <${'z'.repeat(4_000_000)}>>>`]] });
  const read = (limits: Partial<PdfLimits>): unknown => {
    const one = objectOf(viewOf(opened(long, { limits })), 6);
    return one.ok ? 'read' : one.failure.code;
  };
  expect(read({})).toBe('bad-token');
  expect(read({ work: 1_000_000 })).toBe('too-long');
  expect(read({ work: 1_000_000, objectBytes: 100_000 })).toBe('bad-token');
});

test('signatures cost what they are long, and not that for every revision', () => {
  const count = 300;
  const digits = '0'.repeat(16_000);
  const field = (n: number): readonly [number, string] => [100 + n * 2, `<</Type/Annot/Subtype/Widget/FT/Sig/T(K${String(n)})/Rect[0 0 0 0]/V ${String(101 + n * 2)} 0 R>>`];
  const signature = (n: number): readonly [number, string] => [101 + n * 2, `<</Type/Sig/Filter/A/SubFilter/B/ByteRange[0 1 2 3]/Contents<${digits}>>>`];
  const form = (n: number): readonly [number, string] => [6, `<</Fields[${Array.from({ length: n + 1 }, (_, one) => `${String(100 + one * 2)} 0 R`).join(' ')}]>>`];
  const base = { kind: 'table' as const, objects: [...document.slice(1), [1, '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R>>'] as const, [6, '<</Fields[]>>'] as const] };
  const bytes = make(base, ...Array.from({ length: count }, (_, n) => ({ kind: 'table' as const, objects: [form(n), field(n), signature(n)] })));
  // Each once is 5 MB; each for every revision would be 700 MB.
  const listed = signaturesOf(opened(bytes, { limits: { work: 100_000_000 } }));
  expect(listed.ok ? listed.value.signatures.length : listed.failure.code).toBe(count);
});
