import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { auditPdf, formOf, isTrusted, pagesOf, signatureCoverage, signaturesOf, viewOf } from '../../../electron/foundation/pdf/index.ts';
import { signFile, type SigningWish } from '../../../electron/services/signing/index.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { hasSamples, qpdfComplaints, sample } from '../../unit/foundation/pdf/judges.ts';
import { content, document, make, opened, page, type Saving } from '../../unit/foundation/pdf/make.ts';
import { formFile, onDisk } from './files.ts';
import { judge, type Expected } from './judges.ts';
import { signedBy, wishOf } from './signer.ts';

const way = { kind: 'rsa-v1.5', digest: 'sha256' } as const;
const signer = 'PHÒNG VĂN THƯ';
let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

async function signed(bytes: Buffer, more: Partial<SigningWish> = {}): Promise<Buffer> {
  const files = onDisk(bytes);
  const deps = { http: () => Promise.reject(new Error('nobody is asked')), hosts: {}, clock: { now: () => new Date() } };
  good(await signFile(deps, { ...files, tsa: null }, wishOf(pki, 'clerk', way, more), signedBy(pki, 'clerk', way)));
  return files.signed();
}

const once = (field: string): readonly Expected[] => [{ field, signer, kind: 'rsa-v1.5', level: 'B' }];
const two: Saving['objects'] = [
  [2, '<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2/MediaBox[0 0 595 842]>>'],
  [4, content('Van ban')],
  document[4] ?? [5, ''],
];

test('a form inside the catalog, lists inside form and page', async () => {
  const text = '<</FT/Tx/T(So)/Type/Annot/Subtype/Widget/Rect[0 0 9 9]/P 3 0 R>>';
  const base = make({ kind: 'table', objects: [[1, '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]/DA(/Helv 0 Tf)>>>>'], [3, page.replace('/Type', '/Annots[7 0 R]/Type')], ...two, [6, page], [7, text]] });
  const bytes = await signed(base, { field: { kind: 'new', page: 2, box: { left: 10, bottom: 10, width: 50, height: 20 } } });
  judge(pki, bytes, base, once('ChuKySo1'));
  const form = good(formOf(viewOf(opened(bytes))));
  expect(form?.fields.map(({ name }) => name)).toEqual(['So', 'ChuKySo1']);
  expect(form?.sigFlags).toBe(3);
  expect(bytes.subarray(base.length).toString('latin1')).toContain('/DA (/Helv 0 Tf)');
});

test('two pages that share one list of annotations: the signature stands on its own page only', async () => {
  const shared = page.replace('/Type', '/Annots 7 0 R/Type');
  const base = make({ kind: 'table', objects: [[1, '<</Type/Catalog/Pages 2 0 R>>'], [3, shared], ...two, [6, shared], [7, '[8 0 R]'], [8, '<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>']] });
  const bytes = await signed(base);
  judge(pki, bytes, base, once('ChuKySo1'));
  const lists = good(pagesOf(viewOf(opened(bytes)))).map((one) => one.page.value.entries.get('Annots'));
  expect(lists.map((list) => list?.kind)).toEqual(['array', 'reference']);
});

test('certifying keeps what else the catalog permits', async () => {
  const base = make({ kind: 'table', objects: [[1, '<</Type/Catalog/Pages 2 0 R/Perms<</Other 6 0 R>>>>'], ...document.slice(1), [6, '<</Kept true>>']] });
  const bytes = await signed(base, { certify: 2 });
  judge(pki, bytes, base, once('ChuKySo1'));
  expect(bytes.subarray(base.length).toString('latin1')).toMatch(/\/Perms <<\s*\/Other 6 0 R\s*\/DocMDP \d+ 0 R/);
});

const red: SigningWish['appearance'] = (first, { width, height }) => [
  { number: first, value: { dictionary: { Type: { name: 'XObject' }, Subtype: { name: 'Form' }, BBox: [0, 0, width, height], Resources: { dictionary: {} } }, stream: Buffer.from(`1 0 0 rg 0 0 ${String(width)} ${String(height)} re f`) } },
];

test.each([
  ['a new field', { kind: 'new', page: 1, box: { left: 300, bottom: 100, width: 100, height: 50 } }, 'ChuKySo1'],
  ['a field with a widget of its own', { kind: 'existing', name: 'Ký ten' }, 'Ký ten'],
] as const)('an appearance is seen where %s stands, in its size', async (_, field, name) => {
  const base = formFile();
  const bytes = await signed(base, { field, appearance: red });
  judge(pki, bytes, base, once(name));
  const path = join(onDisk(bytes).folder, 'base.pdf');
  writeFileSync(path, bytes);
  // 72 dots to the inch: one to the point; the page is 842 high.
  const image = execFileSync('pdftoppm', ['-r', '72', '-singlefile', path], { maxBuffer: 8_000_000 });
  const pixels = image.subarray(image.length - 595 * 842 * 3);
  const colour = (x: number, y: number): readonly number[] => [...pixels.subarray(((841 - y) * 595 + x) * 3, ((841 - y) * 595 + x) * 3 + 3)];
  for (const [x, y] of [[302, 102], [397, 147]] as const) expect(colour(x, y)).toEqual([255, 0, 0]);
  for (const [x, y] of [[297, 102], [403, 147], [302, 97], [397, 153]] as const) expect(colour(x, y)).toEqual([255, 255, 255]);
});

test.skipIf(!hasSamples).each(['cv-11410-bxd-2026.pdf', 'nd-335-2025-signed-scan.pdf', 'qd-09-2025-printed.pdf', 'nd-30-2020-congbao.pdf'])(
  'a further signature on %s: those before it are as they were, also to poppler (needs ../shared/samples)',
  async (name) => {
    const base = sample(name);
    const bytes = await signed(base);
    expect(bytes.subarray(0, base.length).equals(base)).toBe(true);
    expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(base));
    const file = opened(bytes);
    expect(isTrusted(good(auditPdf(file)))).toBe(true);
    const before = good(signaturesOf(opened(base))).signatures;
    const after = good(signaturesOf(file)).signatures;
    expect(after.length).toBe(before.length + 1);
    const [last] = after.slice(-1);
    expect(last && signatureCoverage(file, last)).toMatchObject({ faults: [], coversFile: true });
    const said = (of: Buffer): readonly string[] => {
      const { source } = onDisk(of);
      return [...spawnSync('pdfsig', ['-nocert', source], { encoding: 'utf8' }).stdout.matchAll(/Signature Validation: .*/g)].map(([line]) => line);
    };
    // Poppler lists signatures that only a page shows behind all others.
    expect(said(bytes).toSorted()).toEqual([...said(base), 'Signature Validation: Signature is Valid.'].toSorted());
  },
);
