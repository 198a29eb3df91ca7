import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import {
  appendIncrement,
  asItStands,
  auditPdf,
  catalogOf,
  contentsPatch,
  digestRanges,
  edited,
  fileBytes,
  memoryBytes,
  nextNumber,
  objectOf,
  openPdf,
  refusalOf,
  signatureCoverage,
  signaturesOf,
  viewOf,
  writeIncrement,
  type IncrementPlan,
  type PdfFile,
} from '../../../../electron/foundation/pdf/index.ts';
import { scratchFolder } from '../../store/helpers.ts';
import { byQpdf, hasSamples, qpdfComplaints, sample, textByMupdf, textByPoppler } from './judges.ts';
import { bases, content, document, make, opened } from './make.ts';

const all: Record<string, Buffer> = {
  ...bases(),
  'linearized by qpdf': byQpdf(bases()['table'] ?? Buffer.alloc(0), '--linearize'),
  'linearized with object streams by qpdf': byQpdf(bases()['table'] ?? Buffer.alloc(0), '--linearize', '--object-streams=generate'),
  'object streams by qpdf': byQpdf(bases()['table'] ?? Buffer.alloc(0), '--object-streams=generate'),
};

function written(file: PdfFile, plan: IncrementPlan): Buffer {
  const increment = writeIncrement(file, plan);
  if (!increment.ok) throw new Error(JSON.stringify(increment.failure));
  return Buffer.concat([file.bytes.read(0, file.bytes.size), increment.value.bytes]);
}

/** The first page with further content that reads `text`. */
function withText(bytes: Buffer, text: string): Buffer {
  const file = opened(bytes);
  const page = pageOf(file);
  const number = nextNumber(file);
  const stream = { dictionary: {}, stream: Buffer.from(`BT /F1 12 Tf 72 ${String(660 - 5 * file.revisions.length)} Td (${text}) Tj ET`) };
  const before = page.value.entries.get('Contents');
  if (before === undefined) throw new Error('a page without content');
  const items = before.kind === 'array' ? before.items : [before];
  const contents = [...items.map((value) => asItStands({ value, holder: page.holder })), { reference: number }];
  return written(file, { objects: [{ number: page.holder.number, value: edited(page, { Contents: contents }) }, { number, value: stream }] });
}

function pageOf(file: PdfFile): Parameters<typeof edited>[0] {
  const number = /(\d+) 0 obj\s*<<[^>]*\/Type\s*\/Page\b/.exec(Buffer.from(file.bytes.read(0, file.bytes.size)).toString('latin1'))?.[1];
  for (const candidate of number === undefined ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] : [Number(number)]) {
    const found = objectOf(viewOf(file), candidate);
    const value = found.ok ? found.value?.value : undefined;
    const type = value?.kind === 'dictionary' ? value.entries.get('Type') : undefined;
    if (found.ok && found.value !== undefined && value?.kind === 'dictionary' && type?.kind === 'name' && type.name === 'Page') return { value, holder: found.value.holder };
  }
  throw new Error('no page');
}

async function textByPdfJs(bytes: Uint8Array): Promise<string> {
  const loading = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  const page = await (await loading.promise).getPage(1);
  const { items } = await page.getTextContent();
  await loading.destroy();
  return items.map((item) => ('str' in item ? item.str : '')).join(' ').replaceAll(/\s+/g, ' ').trim();
}

test.each(Object.entries(all))('an increment on %s: the base stays, every judge reads it, and none has anything new to say', async (_, base) => {
  const after = withText(base, 'So 12');
  expect(after.subarray(0, base.length).equals(base)).toBe(true);
  const file = opened(after);
  expect(auditPdf(file)).toEqual({ ok: true, value: [] });
  expect(file.revisions.at(-1)?.kind).toBe(opened(base).revisions.at(-1)?.kind);
  expect(file.revisions.at(-1)?.isHybrid).toBe(false);
  expect(qpdfComplaints(after)).toEqual(qpdfComplaints(base));
  for (const text of [textByPoppler(after), textByMupdf(after), await textByPdfJs(after)]) {
    expect(text.replaceAll(/\s+/g, ' ')).toBe('Van ban So 12');
  }
});

test.each(Object.entries(all))('twenty increments in a row on %s', (_, base) => {
  let bytes = base;
  for (let n = 1; n <= 20; n += 1) bytes = withText(bytes, `Lan${String(n)}`);
  const file = opened(bytes);
  expect(file.revisions.length).toBe(opened(base).revisions.length + 20);
  expect(auditPdf(file)).toEqual({ ok: true, value: [] });
  expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(base));
  expect(textByPoppler(bytes)).toContain('Lan20');
  expect(textByMupdf(bytes)).toContain('Lan13');
});

test.each(['table', 'stream'])('the trailer on a %s: Size one above the highest, Prev, Root, Info; of ID the first part stays and the second is new', (kind) => {
  const base = opened(bases()[kind] ?? Buffer.alloc(0));
  const bytes = written(base, { objects: [{ number: 4, value: { dictionary: {}, stream: Buffer.from('q Q') } }] });
  const trailer = opened(bytes).revisions.at(-1)?.trailer;
  const source = (key: string): string => {
    const value = trailer?.entries.get(key);
    return value === undefined ? '' : bytes.toString('latin1', value.from, value.to);
  };
  const [first, second] = [...source('ID').matchAll(/<([0-9A-F]{32})>/g)].map((match) => match[1]);
  expect([source('Size'), source('Prev'), source('Root'), source('Info'), source('XRefStm')]).toEqual([
    kind === 'stream' ? '10' : '7',
    String(base.revisions.at(-1)?.startxref),
    '1 0 R',
    '6 0 R',
    '',
  ]);
  expect(first).toBe('00112233445566778899AABBCCDDEEFF');
  expect(second).not.toBe(first);
});

test('what is written is what was meant, in the smallest corners', () => {
  const file = opened(bases()['table'] ?? Buffer.alloc(0));
  const number = nextNumber(file);
  const value = {
    dictionary: {
      Nothing: null,
      'A b#': { name: 'x/y (z)' },
      Text: { text: 'Số 12/QĐ-UBND' },
      Plain: { text: 'a(b)c\\' },
      Bytes: { bytes: Buffer.from([0, 255]) },
      List: [1, -0.5, 1e-9, 0.1, 1234567.25, true, null, { reference: 3 }, []],
      Left: undefined,
    },
  };
  const bytes = written(file, { objects: [{ number, value }] });
  const text = bytes.toString('latin1');
  const object = text.slice(text.indexOf(`\n${String(number)} 0 obj`));
  expect(object).toContain('/A#20b#23 /x#2Fy#20#28z#29');
  expect(object).toContain('/Text <FEFF0053');
  expect(object).toContain('/Plain (a\\(b\\)c\\\\)');
  expect(object).toContain('/Bytes <00FF>');
  expect(object).toContain('/List [1 -0.5 0 0.1 1234567.25 true null 3 0 R []]');
  expect(object).not.toContain('/Left');
  expect(auditPdf(opened(bytes))).toEqual({ ok: true, value: [] });
  for (const bad of [Number.NaN, Infinity, 1e300, { name: 'Số' }, [{ dictionary: {}, stream: Buffer.alloc(1) }]]) expect(() => writeIncrement(file, { objects: [{ number, value: bad }] })).toThrow();
});

test('an increment without objects, and with a new entry in the trailer', () => {
  for (const kind of ['table', 'stream', 'hybrid']) {
    const base = bases()[kind] ?? Buffer.alloc(0);
    const bytes = written(opened(base), { objects: [], trailer: { Info: { reference: 5 } } });
    expect(auditPdf(opened(bytes))).toEqual({ ok: true, value: [] });
    expect(opened(bytes).revisions.at(-1)?.trailer.entries.get('Info')).toMatchObject({ number: 5 });
    expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(base));
  }
});

test('the same plan gives the same bytes', () => {
  const plan = { objects: [{ number: 5, value: { name: 'A' } }] };
  const one = written(opened(bases()['table'] ?? Buffer.alloc(0)), plan);
  expect(one.equals(written(opened(bases()['table'] ?? Buffer.alloc(0)), plan))).toBe(true);
});

test('what may not be written is refused with its reason', () => {
  const base = make({ kind: 'table', objects: document }, { kind: 'table', objects: [], freed: [5] });
  const refused = (bytes: Buffer, plan: IncrementPlan, options = {}): unknown => {
    const increment = writeIncrement(opened(bytes, options), plan);
    return increment.ok ? 'written' : increment.failure;
  };
  const one = (number: number): IncrementPlan => ({ objects: [{ number, value: 1 }] });
  expect(refused(base, one(4))).toBe('written');
  for (const number of [0, -1, 1.5, 5, 9_000_000]) expect(refused(base, one(number))).toEqual({ code: 'number-not-usable', number });
  expect(refused(base, { objects: [...one(4).objects, ...one(4).objects] })).toEqual({ code: 'number-not-usable', number: 4 });
  const packed = bases()['stream, packed'] ?? Buffer.alloc(0);
  for (const number of [7, 8]) expect(refused(packed, one(number))).toEqual({ code: 'number-not-usable', number });
  expect(refused(make({ kind: 'table', objects: document, trailer: '/Encrypt 5 0 R' }), one(4))).toEqual({ code: 'encrypted' });
  expect(refused(make({ kind: 'table', objects: document, trailer: '/Encrypt 5 0 R' }), { ...one(4), mayBeEncrypted: true })).toBe('written');
  expect(refused(make({ kind: 'table', objects: document, wrong: { size: 3 } }), one(4))).toMatchObject({ code: 'damaged', faults: [{ code: 'size-too-small' }] });
  expect(refused(Buffer.concat([base, Buffer.from('x')]), one(4))).toMatchObject({ code: 'damaged', faults: [{ code: 'bytes-after-end' }] });
  expect(refused(base.subarray(0, base.indexOf('xref')), one(4), { mayRepair: true })).toEqual({ code: 'repaired' });
  const places = (list: IncrementPlan['objects'][number]['value'][]): IncrementPlan => ({ objects: [{ number: 4, value: list }] });
  const range = { byteRange: 'of this increment' } as const;
  for (const list of [[range], [{ contentsBytes: 9 }], [range, range, { contentsBytes: 9 }]]) expect(refused(base, places(list))).toEqual({ code: 'places-wrong' });
  expect(refusalOf({ ...opened(base), bytes: { size: 10_000_000_000, read: () => Buffer.alloc(0) } })).toEqual({ code: 'too-large' });
});

const cms = Buffer.from('30820003020100', 'hex');

/** The increment that makes a signature field with a signature in it. */
function signing(file: PdfFile, contentsBytes = 64): IncrementPlan {
  const catalog = catalogOf(viewOf(file));
  if (!catalog.ok) throw new Error(catalog.failure.code);
  const number = nextNumber(file);
  const signature = { Type: { name: 'Sig' }, Filter: { name: 'Adobe.PPKLite' }, SubFilter: { name: 'ETSI.CAdES.detached' } };
  const field = { FT: { name: 'Sig' }, T: { text: 'Ký 1' }, V: { reference: number }, Type: { name: 'Annot' }, Subtype: { name: 'Widget' }, Rect: [0, 0, 0, 0] };
  const form = { dictionary: { Fields: [{ reference: number + 1 }], SigFlags: 3 } };
  return {
    objects: [
      { number: catalog.value.holder.number, value: edited(catalog.value, { AcroForm: form }) },
      { number, value: { dictionary: { ...signature, ByteRange: { byteRange: 'of this increment' }, Contents: { contentsBytes } } } },
      { number: number + 1, value: { dictionary: field } },
    ],
  };
}

test.each(Object.entries(all))('a signature on %s covers everything but its Contents', (_, base) => {
  const file = opened(base);
  const increment = writeIncrement(file, signing(file));
  if (!increment.ok || increment.value.signature === undefined) throw new Error('no signature');
  const place = increment.value.signature;
  const pieces: Buffer[] = [];
  const appended = appendIncrement(file.bytes, increment.value, 'sha256', (piece) => pieces.push(Buffer.from(piece)));
  const bytes = Buffer.concat(pieces);
  expect(appended.size).toBe(bytes.length);
  const patch = contentsPatch(place, cms);
  if (!patch.ok) throw new Error('no room');
  patch.value.bytes.copy(bytes, patch.value.at);
  const signed = opened(bytes);
  const list = signaturesOf(signed);
  if (!list.ok) throw new Error(list.failure.code);
  const [signature] = list.value.signatures;
  if (signature === undefined) throw new Error('no signature found');
  expect(signature).toMatchObject({ fields: ['Ký 1'], subFilter: 'ETSI.CAdES.detached', isInNewest: true });
  const coverage = signatureCoverage(signed, signature);
  expect(coverage).toMatchObject({ faults: [], coversFile: true, byteRange: place.byteRange, revision: signed.revisions.length - 1 });
  expect(Buffer.from(coverage.contents ?? []).subarray(0, cms.length).equals(cms)).toBe(true);
  expect(coverage.contents?.length).toBe(64);
  // Everything but what stands between the angle brackets, and those.
  const rest = createHash('sha256').update(bytes.subarray(0, place.contentsFrom)).update(bytes.subarray(place.contentsTo)).digest();
  expect(appended.digest?.equals(rest)).toBe(true);
  expect(digestRanges(memoryBytes(bytes), place.byteRange, 'sha256').equals(rest)).toBe(true);
  expect(bytes.subarray(0, base.length).equals(base)).toBe(true);
  expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(base));
});

test('a CMS that does not fit is refused with what it needs; one that just fits goes in', () => {
  const place = { contentsFrom: 100, contentsTo: 100 + 2 + 2 * 7 };
  expect(contentsPatch(place, cms)).toMatchObject({ ok: true, value: { at: 101 } });
  expect(contentsPatch(place, Buffer.alloc(8))).toEqual({ ok: false, failure: { needed: 8, room: 7 } });
});

test('a file on the disk is appended to in a copy, and read without being in memory', () => {
  const folder = scratchFolder();
  const big = make({ kind: 'table', objects: [...document, [6, content('x', `/Pad(${'p'.repeat(3_000_000)})`)]] });
  const [from, to] = [join(folder, 'from.pdf'), join(folder, 'to.pdf')];
  let handle = openSync(from, 'w');
  writeSync(handle, big);
  closeSync(handle);
  handle = openSync(from, 'r');
  const target = openSync(to, 'w');
  const file = openPdf(fileBytes(handle, statSync(from).size));
  if (!file.ok) throw new Error(file.failure.code);
  expect(auditPdf(file.value)).toEqual({ ok: true, value: [] });
  const increment = writeIncrement(file.value, signing(file.value));
  if (!increment.ok) throw new Error(increment.failure.code);
  const { size } = appendIncrement(file.value.bytes, increment.value, 'sha384', (piece) => writeSync(target, piece));
  closeSync(target);
  closeSync(handle);
  const made = readFileSync(to);
  expect(made.length).toBe(size);
  expect(made.subarray(0, big.length).equals(big)).toBe(true);
  expect(auditPdf(opened(made))).toEqual({ ok: true, value: [] });
  expect(() => appendIncrement(memoryBytes(made), increment.value, 'sha256', () => undefined)).toThrow('another size');
});

test.skipIf(!hasSamples).each([['cv-11410-bxd-2026.pdf'], ['nd-335-2025-signed-scan.pdf'], ['qd-09-2025-printed.pdf'], ['nd-30-2020-congbao.pdf']])(
  'a further signature on %s leaves those before it as they are (needs ../shared/samples)',
  (name) => {
    const base = sample(name);
    const before = signaturesOf(opened(base));
    const file = opened(base);
    const number = nextNumber(file);
    const bytes = written(file, { objects: [{ number, value: { text: 'thêm' } }] });
    const after = signaturesOf(opened(bytes));
    if (!before.ok || !after.ok) throw new Error('unread');
    const covered = (of: PdfFile, list: typeof before.value): unknown =>
      list.signatures.map((one) => signatureCoverage(of, one)).map(({ faults, revision, byteRange }) => ({ faults, revision, byteRange }));
    expect(covered(opened(bytes), after.value)).toEqual(covered(file, before.value));
    expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(base));
  },
);
