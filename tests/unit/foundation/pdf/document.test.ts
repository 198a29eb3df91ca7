import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  formOf,
  pagesOf,
  permissionsOf,
  rectangleOf,
  securityStoreOf,
  signatureCoverage,
  signaturesOf,
  streamData,
  viewOf,
  type PdfSignature,
} from '../../../../electron/foundation/pdf/index.ts';
import { hasSamples, qpdfComplaints, sample, textByMupdf } from './judges.ts';
import { codesOf, content, document, font, make, opened, page, pages, type Saving } from './make.ts';

function withObjects(...objects: Saving['objects'][number][]): Buffer {
  const numbers = new Set(objects.map(([number]) => number));
  return make({ kind: 'table', objects: [...document.filter(([number]) => !numbers.has(number)), ...objects] });
}

test('pages come in the order of the tree, with what they inherit', () => {
  const bytes = withObjects(
    [2, '<</Type/Pages/Kids[6 0 R 3 0 R]/Count 3/MediaBox[0 0 595 842]/Rotate 90>>'],
    [6, '<</Type/Pages/Kids[7 0 R 8 0 R]/Count 2/Parent 2 0 R/MediaBox 9 0 R>>'],
    [7, '<</Type/Page/Parent 6 0 R>>'],
    [8, '<</Type/Page/Parent 6 0 R/Rotate 0/MediaBox[100 0 0 100.5]>>'],
    [9, '[10 10 20 20]'],
  );
  const found = pagesOf(viewOf(opened(bytes)));
  if (!found.ok) throw new Error(found.failure.code);
  expect(found.value.map(({ number }) => number)).toEqual([7, 8, 3]);
  expect(found.value.map(({ inherited }) => rectangleOf(inherited.get('MediaBox')?.value))).toEqual([[10, 10, 20, 20], [0, 0, 100, 100.5], [0, 0, 595, 842]]);
  expect(found.value.map(({ inherited }) => inherited.get('Rotate')?.value)).toMatchObject([{ value: 90 }, { value: 0 }, { value: 90 }]);
});

test.each([
  ['a kid that is its own parent', [2, '<</Type/Pages/Kids[2 0 R]/Count 1>>'], 'page-tree-cycle'],
  ['a page twice', [2, '<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>'], 'page-tree-cycle'],
  ['a direct kid', [2, '<</Type/Pages/Kids[<</Type/Page>>]/Count 1>>'], 'wrong-type'],
  ['a kid of another kind', [2, '<</Type/Pages/Kids[5 0 R]/Count 1>>'], 'wrong-type'],
  ['a kid that is not there', [2, '<</Type/Pages/Kids[99 0 R]/Count 1>>'], 'wrong-type'],
  ['a page as the root', [1, '<</Type/Catalog/Pages 3 0 R>>'], 'wrong-type'],
  ['no tree', [1, '<</Type/Catalog>>'], 'wrong-type'],
  ['a catalog that is a number', [1, '7'], 'no-root'],
  ['kids in a circle of references', [2, '<</Type/Pages/Kids 6 0 R/Count 1>>'], 'reference-loop'],
] as const)('the page tree with %s is not read', (_, object, code) => {
  expect(pagesOf(viewOf(opened(withObjects(object, [6, '6 0 R']))))).toMatchObject({ ok: false, failure: { code } });
});

test('a Count that is not that of the pages is a fault', () => {
  const file = opened(withObjects([2, '<</Type/Pages/Kids[3 0 R]/Count 7>>']));
  expect(pagesOf(viewOf(file)).ok).toBe(true);
  expect(codesOf(file)).toEqual(['page-count-wrong']);
});

test('fields have full names, inherited types and values, and their widgets', () => {
  const bytes = withObjects(
    [1, '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R 9 0 R]/SigFlags 3>>>>'],
    [6, '<</T(van ban)/FT/Tx/Ff 1/Kids[7 0 R 8 0 R]>>'],
    [7, '<</T<FEFF00730306>/Parent 6 0 R/V(12)/Subtype/Widget>>'],
    [8, '<</T(ngay)/Parent 6 0 R/Ff 0/Kids[10 0 R 11 0 R]>>'],
    [9, '<</T(Ky)/FT/Sig/Subtype/Widget/Lock<</Type/SigFieldLock/Action/Include/Fields[(van ban.ngay)]/P 1>>>>'],
    [10, '<</Parent 8 0 R/Subtype/Widget>>'],
    [11, '<</Parent 8 0 R/Subtype/Widget>>'],
  );
  const form = formOf(viewOf(opened(bytes)));
  if (!form.ok || form.value === undefined) throw new Error('no form');
  expect(form.value.sigFlags).toBe(3);
  expect(form.value.fields.map(({ name, number, type, flags, widgets }) => ({ name, number, type, flags, widgets }))).toEqual([
    { name: 'van ban.s\u0306', number: 7, type: 'Tx', flags: 1, widgets: [7] },
    { name: 'van ban.ngay', number: 8, type: 'Tx', flags: 0, widgets: [10, 11] },
    { name: 'Ky', number: 9, type: 'Sig', flags: 0, widgets: [9] },
  ]);
  expect(formOf(viewOf(opened(withObjects())))).toEqual({ ok: true, value: undefined });
});

test.each([
  ['a field that is its own kid', '<</T(a)/FT/Tx/Kids[6 0 R]>>', 'field-tree-cycle'],
  ['two fields that hold each other', '<</T(a)/FT/Tx/Kids[7 0 R]>>', 'field-tree-cycle'],
  ['a direct kid', '<</T(a)/Kids[<</T(b)>>]>>', 'wrong-type'],
  ['a field that is a number', '7', 'wrong-type'],
])('the form with %s is not read', (_, body, code) => {
  const bytes = withObjects([1, '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>'], [6, body], [7, '<</T(b)/Kids[6 0 R]>>']);
  expect(formOf(viewOf(opened(bytes)))).toMatchObject({ ok: false, failure: { code } });
});

test('permissions and the security store', () => {
  const hash = createHash('sha1').update('x').digest('hex').toUpperCase();
  const bytes = withObjects(
    [1, '<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 6 0 R>>/DSS 7 0 R>>'],
    [6, '<</Type/Sig>>'],
    [7, `<</Certs[8 0 R]/CRLs[9 0 R]/VRI<</${hash}<</Cert[8 0 R]>>/Type/VRI>>>>`],
    [8, '<</Length 10/Filter/ASCIIHexDecode>>\nstream\n30 03 0201>\nendstream'],
    [9, '<</Length 8/Filter/A85>>\nstream\n87cURD]~>\nendstream'],
  );
  const view = viewOf(opened(bytes));
  const permissions = permissionsOf(view);
  expect(permissions.ok && [...permissions.value].map(([key, { holder }]) => [key, holder.number])).toEqual([['DocMDP', 6]]);
  const store = securityStoreOf(view);
  expect(store.ok && store.value).toMatchObject({ certs: [8], ocsps: [], crls: [9] });
  expect(store.ok && store.value?.vri.get(hash)).toEqual({ certs: [8], ocsps: [], crls: [] });
  expect(streamData(view, 8)).toMatchObject({ ok: true });
  const data = [8, 9].map((number) => streamData(view, number)).map((one) => (one.ok ? Buffer.from(one.value).toString('latin1') : one.failure.code));
  expect(data).toEqual(['0\u0003\u0002\u0001', 'Hello']);
  expect(streamData(view, 1)).toMatchObject({ ok: false, failure: { code: 'wrong-type' } });
  expect(securityStoreOf(viewOf(opened(withObjects())))).toEqual({ ok: true, value: undefined });
});

/** A signed file by the test's own hand; `range` may bend what the ByteRange should be. */
function signed(options: {
  readonly range?: (sound: readonly [number, number, number, number]) => string;
  readonly contents?: string;
  readonly field?: string;
  readonly more?: Saving['objects'];
  readonly fields?: string;
  readonly signature?: string;
} = {}): Buffer {
  const mark = '[                                                                ]';
  const body = options.signature ?? `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange ${mark}/Contents ${options.contents ?? '<3003020100>'}/Reason(ky)>>`;
  const bytes = make(
    { kind: 'table', objects: document },
    {
      kind: 'table',
      objects: [
        [1, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${options.fields ?? '6 0 R'}]/SigFlags 3>>>>`],
        [6, options.field ?? '<</T(Ky)/FT/Sig/Subtype/Widget/V 7 0 R>>'],
        [7, body],
        ...(options.more ?? []),
      ],
    },
  );
  const at = bytes.indexOf(mark);
  if (at < 0) return bytes;
  const from = bytes.indexOf('/Contents', at) + '/Contents '.length;
  const to = from + (options.contents ?? '<3003020100>').length;
  const sound = [0, from, to, bytes.length - to] as const;
  bytes.write((options.range?.(sound) ?? `[${sound.join(' ')}]`).padEnd(mark.length), at, 'latin1');
  return bytes;
}

function only(bytes: Buffer): PdfSignature {
  const list = signaturesOf(opened(bytes));
  if (!list.ok || list.value.signatures.length !== 1) throw new Error(JSON.stringify(list));
  return list.value.signatures[0]!;
}

function coverage(bytes: Buffer): ReturnType<typeof signatureCoverage> {
  return signatureCoverage(opened(bytes), only(bytes));
}

test('a sound signature covers its revision, and the file until something is appended', () => {
  const bytes = signed();
  expect(coverage(bytes)).toMatchObject({ faults: [], revision: 1, laterRevisions: [], coversFile: true });
  const later = Buffer.concat([bytes, appended(bytes)]);
  expect(coverage(later)).toMatchObject({ faults: [], revision: 1, laterRevisions: [2], coversFile: false });
  expect(qpdfComplaints(bytes)).toEqual([]);
});

/** One more revision with nothing but object 8. */
function appended(bytes: Buffer): Buffer {
  const object = '8 0 obj\n<</New 1>>\nendobj\n';
  const prev = bytes.lastIndexOf('xref\n', bytes.lastIndexOf('trailer'));
  const table = `xref\n8 1\n${String(bytes.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 9/Root 1 0 R/Prev ${String(prev)}>>\n`;
  return Buffer.from(`${object}${table}startxref\n${String(bytes.length + object.length)}\n%%EOF\n`);
}

test.each([
  ['one range', ([, b]: readonly number[]) => `[0 ${String(b)}]`, ['byte-range-not-two']],
  ['three ranges', ([, b, c, d]: readonly number[]) => `[0 ${String(b)} ${String(c)} ${String(d)} 9 1]`, ['byte-range-not-two']],
  ['no range at all', () => 'null', ['byte-range-missing']],
  ['a number in its place', () => '12', ['byte-range-not-integer']],
  ['zeros', () => '[0 0 0 0]', ['byte-range-overlaps', 'gap-not-contents', 'byte-range-ends-elsewhere']],
  ['a negative length', ([, b, c]: readonly number[]) => `[0 ${String(b)} ${String(c)} -9]`, ['byte-range-not-integer']],
  ['a fraction', ([, b, c, d]: readonly number[]) => `[0 ${String(b)} ${String(c)} ${String(d)}.5]`, ['byte-range-not-integer']],
  ['a beginning behind 0', ([, b = 0, c, d]: readonly number[]) => `[1 ${String(b - 1)} ${String(c)} ${String(d)}]`, ['byte-range-not-from-zero']],
  ['ranges that overlap', ([, b = 0, , d = 0]: readonly number[]) => `[0 ${String(b)} ${String(b - 9)} ${String(d + 23)}]`, ['byte-range-overlaps', 'byte-range-outside', 'gap-not-contents', 'byte-range-ends-elsewhere']],
  ['a range behind the file', ([, b, c, d = 0]: readonly number[]) => `[0 ${String(b)} ${String(c)} ${String(d + 9)}]`, ['byte-range-outside', 'byte-range-ends-elsewhere']],
  ['an end before the end', ([, b, c, d = 0]: readonly number[]) => `[0 ${String(b)} ${String(c)} ${String(d - 9)}]`, ['byte-range-ends-elsewhere']],
  ['a gap larger than Contents', ([, b = 0, c = 0, d = 0]: readonly number[]) => `[0 ${String(b - 1)} ${String(c + 1)} ${String(d - 1)}]`, ['gap-not-contents']],
  ['a gap without the delimiters', ([, b = 0, c = 0, d = 0]: readonly number[]) => `[0 ${String(b + 1)} ${String(c - 1)} ${String(d + 1)}]`, ['gap-not-contents']],
  ['ranges in the wrong order', ([, b, c, d]: readonly number[]) => `[${String(c)} ${String(d)} 0 ${String(b)}]`, ['byte-range-not-from-zero', 'byte-range-overlaps', 'gap-not-contents', 'byte-range-ends-elsewhere']],
] as const)('a ByteRange with %s is no sound signature', (_, range, faults) => {
  const found = coverage(signed({ range }));
  expect(found).toMatchObject({ faults, revision: undefined, coversFile: false });
});

test.each([
  ['a literal string', '(\\060\\003)', 'contents-not-hexadecimal'],
  ['a reference', '5 0 R', 'contents-not-hexadecimal'],
  ['null', 'null', 'contents-missing'],
])('Contents as %s are no sound signature', (_, contents, fault) => {
  expect(coverage(signed({ contents })).faults).toContain(fault);
});

test('a signature that was moved behind the range it speaks of (wrapping)', () => {
  const bytes = signed();
  const first = coverage(bytes);
  const [, b = 0, c = 0, d = 0] = first.byteRange ?? [];
  // A later revision writes the dictionary anew, with the old range: the digest would still agree.
  const object = `7 0 obj\n<</Type/Sig/ByteRange[0 ${String(b)} ${String(c)} ${String(d)}]/Contents<3003020100>>>\nendobj\n`;
  const prev = bytes.lastIndexOf('xref\n', bytes.lastIndexOf('trailer'));
  const table = `xref\n7 1\n${String(bytes.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 8/Root 1 0 R/Prev ${String(prev)}>>\n`;
  const forged = Buffer.concat([bytes, Buffer.from(`${object}${table}startxref\n${String(bytes.length + object.length)}\n%%EOF\n`)]);
  const file = opened(forged);
  const list = signaturesOf(file);
  if (!list.ok) throw new Error(list.failure.code);
  const [old, replaced] = list.value.signatures;
  expect(list.value.signatures.map(({ isInNewest, since }) => ({ isInNewest, since }))).toEqual([{ isInNewest: false, since: 1 }, { isInNewest: true, since: 2 }]);
  expect(old && signatureCoverage(file, old).faults).toEqual([]);
  expect(replaced && signatureCoverage(file, replaced).faults).toEqual(['gap-not-contents', 'dictionary-outside-range', 'dictionary-not-in-revision']);
});

test('one signature under two fields, one that only a page shows, one in an object stream, one that is no dictionary', () => {
  const second = [8, '<</T(Ky 2)/FT/Sig/Subtype/Widget/V 7 0 R>>'] as const;
  expect(coverage(signed({ fields: '6 0 R 8 0 R', more: [second] })).faults).toContain('shared-by-fields');
  const shown = signed({ fields: '', more: [[3, page.replace('/Type/Page/', '/Type/Page/Annots[6 0 R]/')]] });
  expect(coverage(shown).faults).toEqual(['not-in-form']);
  const spoilt = signaturesOf(opened(signed({ signature: '12' })));
  expect(spoilt.ok && spoilt.value).toMatchObject({ signatures: [], unread: [{ revision: 1, fault: { code: 'wrong-type', object: 7 } }] });
  const packed = make({
    kind: 'stream',
    objects: [[4, content('x')]],
    xref: 9,
    packed: {
      stream: 8,
      objects: [
        [1, '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>'],
        [2, pages],
        [3, page],
        [5, font],
        [6, '<</T(Ky)/FT/Sig/V 7 0 R>>'],
        [7, '<</Type/Sig/ByteRange[0 10 20 30]/Contents<30>>>'],
      ],
    },
  });
  expect(coverage(packed).faults).toContain('contents-compressed');
});

test('a signature that one reading of a hybrid file hides is listed, and not as one that everybody sees', () => {
  const body = '<</Type/Sig/ByteRange[0 1 2 3]/Contents<30>>>';
  const form = [1, '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>'] as const;
  const bytes = make({ kind: 'table', objects: document }, { kind: 'hybrid', objects: [form, [7, body]], packed: { stream: 8, objects: [[6, '<</T(Ky)/FT/Sig/V 7 0 R>>']] }, xref: 9 });
  const file = opened(bytes);
  expect(codesOf(file)).toEqual([]);
  expect(signaturesOf(file)).toMatchObject({ ok: true, value: { signatures: [{ fields: ['Ky'], isInNewest: false, reading: 'full' }] } });
});

test('white space behind the end may be signed with the file', () => {
  const bytes = signed();
  const padded = Buffer.concat([bytes, Buffer.from('\r\n\0\0')]);
  const found = coverage(Buffer.from(padded.toString('latin1').replace(/(\/ByteRange \[0 \d+ \d+) (\d+)/, (_, head: string, rest: string) => `${head} ${String(Number(rest) + 4)}`), 'latin1'));
  expect(found).toMatchObject({ faults: [], coversFile: true, revision: 1 });
  expect(coverage(padded)).toMatchObject({ faults: [], coversFile: false });
});

test('a lock or a reference that cannot be read hides no signature, and leaves a fault', () => {
  for (const options of [
    { field: '<</T(Ky)/FT/Sig/V 7 0 R/Lock<</Action/Include/Fields 12>>>>' },
    { field: '<</T(Ky)/FT/Sig/V 7 0 R/Lock 12>>' },
    { signature: '<</Type/Sig/ByteRange[0 1 2 3]/Contents<30>/Reference[<</TransformMethod/DocMDP/TransformParams 12>>]>>' },
  ]) {
    const file = opened(signed(options));
    const list = signaturesOf(file);
    expect(list).toMatchObject({ ok: true, value: { signatures: [{ fields: ['Ky'] }] } });
    expect(codesOf(file)).toContain('wrong-type');
  }
});

test('what a signature forbids is read: DocMDP, FieldMDP, and the lock of its field', () => {
  const reference = '/Reference[<</TransformMethod/DocMDP/TransformParams<</P 1/V/1.2>>>><</TransformMethod/FieldMDP/TransformParams 8 0 R>><</TransformMethod/DocMDP>><</TransformMethod 9 0 R/TransformParams<</P 10 0 R>>>><</TransformMethod/DocMDP/TransformParams<</P(x)>>>>]';
  const bytes = signed({
    signature: `<</Type/Sig/ByteRange[0 1 2 3]/Contents<30>${reference}/M(D:20261122)/Name<FEFF004B00FD>>>`,
    field: '<</T(Ky)/FT/Sig/V 7 0 R/Lock<</Action/All>>>>',
    more: [[8, '<</Action/Exclude/Fields[(a)(b.c)]>>'], [9, '/DocMDP'], [10, '1']],
  });
  expect(only(bytes)).toMatchObject({
    isCertification: true,
    references: [
      { method: 'DocMDP', level: 1 },
      { method: 'FieldMDP', rule: { action: 'Exclude', fields: ['a', 'b.c'] } },
      { method: 'DocMDP', level: 2 },
      { method: 'DocMDP', level: 1 },
      // What is none counts as the strictest.
      { method: 'DocMDP', level: 0 },
    ],
    lock: { action: 'All', fields: [] },
    stated: { M: 'D:20261122', Name: 'Ký' },
  });
});

test('a signature in a repaired reading is never sound', () => {
  const file = opened(Buffer.from(signed().toString('latin1').replaceAll('startxref', 'startxxxx'), 'latin1'), { mayRepair: true });
  expect(file.isRepaired).toBe(true);
  const list = signaturesOf(file);
  if (!list.ok || list.value.signatures[0] === undefined) throw new Error('none');
  expect(signatureCoverage(file, list.value.signatures[0]).faults).toContain('file-repaired');
});

test.skipIf(!hasSamples)('the published documents have the signatures that a person counts (needs ../shared/samples)', () => {
  const rows = sample('signatures.tsv').toString('utf8').trim().split('\n').slice(1).map((line) => line.split('\t'));
  for (const name of new Set(rows.map(([file = '']) => file))) {
    const file = opened(sample(name));
    const list = signaturesOf(file);
    if (!list.ok) throw new Error(list.failure.code);
    expect(list.value.unread).toEqual([]);
    const seen = list.value.signatures.map((one) => {
      const { byteRange, coversFile, faults } = signatureCoverage(file, one);
      return [name, one.fields.join(), one.subFilter, one.isCertification ? 'yes' : 'no', byteRange?.join(), faults.length === 0 ? 'yes' : 'no', coversFile ? 'yes' : 'no'];
    });
    const counted = rows.filter(([of]) => of === name).map((row) => [name, row[2], row[9], row[14], row[15], row[16], row[17]]);
    expect(seen).toEqual(counted);
  }
});

test('the judges do judge', () => {
  expect(qpdfComplaints(make({ kind: 'table', objects: document, wrong: { size: 3 } }))).not.toEqual([]);
  expect(() => textByMupdf(make({ kind: 'table', objects: document, wrong: { startxref: 3 } }))).toThrow();
});
