import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { auditPdf, memoryBytes, objectOf, openPdf, pagesOf, revisionChanges, viewOf, type PdfFile, type Reading } from '../../../../electron/foundation/pdf/index.ts';
import { byQpdf, hasSamples, sample } from './judges.ts';
import { bases, catalog, codesOf, content, document, make, opened } from './make.ts';

/** The text that a page's content of view `index` shows; the test documents show one. */
function shown(file: PdfFile, number: number, index?: number, reading?: Reading): string | undefined {
  const found = objectOf(viewOf(file, index, reading), number);
  const value = found.ok ? found.value?.value : undefined;
  if (value?.kind !== 'stream') return undefined;
  return /\((.*)\)/.exec(Buffer.from(file.bytes.read(value.dataFrom, value.dataTo)).toString('latin1'))?.[1];
}

function ranges(file: PdfFile): readonly (readonly [number, number])[] {
  return file.revisions.map(({ from, to }) => [from, to]);
}

test.each(Object.entries(bases()))('a sound file is read without a fault: %s', (_, bytes) => {
  const file = opened(bytes);
  expect(shown(file, 4)).toBe('Van ban');
  const audit = auditPdf(file);
  expect(audit).toEqual({ ok: true, value: [] });
  expect(file).toMatchObject({ version: '1.7', isRepaired: false, isEncrypted: false, isLinearized: false });
  expect(file.revisions.at(-1)?.to).toBe(bytes.length);
  const pages = pagesOf(viewOf(file));
  expect(pages.ok && pages.value.map(({ number }) => number)).toEqual([3]);
});

test('each revision has its bytes, its objects and its own reading of every object', () => {
  const first = make({ kind: 'table', objects: document });
  const three = make(
    { kind: 'table', objects: document },
    { kind: 'table', objects: [[4, content('Lan hai')], [6, '<</New 1>>']] },
    { kind: 'table', objects: [[4, content('Lan ba')]], freed: [6] },
  );
  const file = opened(three);
  expect(ranges(file).map(([from]) => from)).toEqual([0, first.length, file.revisions[1]?.to]);
  expect([0, 1, 2].map((index) => shown(file, 4, index))).toEqual(['Van ban', 'Lan hai', 'Lan ba']);
  expect([0, 1, 2].map((index) => objectOf(viewOf(file, index), 6)).map((found) => found.ok && found.value !== undefined)).toEqual([false, true, false]);
  const changes = [0, 1, 2].map((index) => revisionChanges(file, index));
  expect(changes.map((change) => change.ok && change.value)).toEqual([
    { added: [1, 2, 3, 4, 5], changed: [], freed: [], changedUnnamed: [] },
    { added: [6], changed: [4], freed: [], changedUnnamed: [] },
    { added: [], changed: [4], freed: [6], changedUnnamed: [] },
  ]);
  expect(auditPdf(file)).toEqual({ ok: true, value: [] });
});

test('a revision without an end of line at its end is as long as it is', () => {
  const bytes = make({ kind: 'table', objects: document, end: '' }, { kind: 'table', objects: [[4, content('Lan hai')]], end: '\r\n' });
  const file = opened(bytes);
  expect(file.revisions.map(({ to, markerTo }) => to - markerTo)).toEqual([0, 2]);
});

test('a table that repeats older entries changes nothing but what is new', () => {
  const base = make({ kind: 'table', objects: document });
  const offsets = [1, 2, 3, 4, 5].map((number) => base.indexOf(`${String(number)} 0 obj`));
  const object = `\n4 0 obj\n${content('Lan hai')}\nendobj\n`;
  const at = base.length + object.length;
  const lines = offsets.map((offset, index) => `${String(index === 3 ? base.length + 1 : offset).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 6\n0000000000 65535 f \n${lines.join('')}trailer\n<</Size 6/Root 1 0 R/Prev ${String(base.indexOf('xref\n0'))}>>\nstartxref\n${String(at)}\n%%EOF\n`;
  const file = opened(Buffer.concat([base, Buffer.from(object + table)]));
  expect(file.faults).toEqual([]);
  const changes = revisionChanges(file, 1);
  expect(changes.ok && changes.value).toEqual({ added: [], changed: [4], freed: [], changedUnnamed: [] });
});

test('a hybrid file has two readings: what the table hides is there for newer readers only', () => {
  const file = opened(bases()['hybrid'] ?? Buffer.alloc(0));
  expect(file.isHybrid).toBe(true);
  const [full, table] = (['full', 'table'] as const).map((reading) => objectOf(viewOf(file, 0, reading), 9));
  expect(full?.ok === true && full.value?.value.kind).toBe('dictionary');
  expect(table).toEqual({ ok: true, value: undefined });
});

test.each([
  ['linearized', ['--linearize']],
  ['object streams', ['--object-streams=generate']],
  ['linearized with object streams', ['--linearize', '--object-streams=generate']],
  ['encoded otherwise', ['--stream-data=uncompress', '--object-streams=generate', '--newline-before-endstream']],
])('what qpdf makes is one sound revision: %s', (_, options) => {
  const file = opened(byQpdf(bases()['table'] ?? Buffer.alloc(0), ...options));
  expect(auditPdf(file)).toEqual({ ok: true, value: [] });
  expect(ranges(file)).toEqual([[0, file.bytes.size]]);
  expect(file.isLinearized).toBe(options.includes('--linearize'));
  const pages = pagesOf(viewOf(file));
  expect(pages.ok && pages.value.length).toBe(1);
});

test('a linearized file that was saved again has two revisions', () => {
  const base = byQpdf(bases()['table'] ?? Buffer.alloc(0), '--linearize');
  const size = /\/Size (\d+)/.exec(base.toString('latin1'))?.[1];
  const first = /startxref\n(\d+)/.exec(base.subarray(-64).toString('latin1'))?.[1];
  const object = `9 0 obj\n<</New 1>>\nendobj\n`;
  const at = base.length + object.length;
  const tail = `xref\n9 1\n${String(base.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size ${String(Math.max(10, Number(size)))}/Root 1 0 R/Prev ${String(first)}>>\nstartxref\n${String(at)}\n%%EOF\n`;
  const file = opened(Buffer.concat([base, Buffer.from(object + tail)]));
  expect(file.isLinearized).toBe(true);
  expect(ranges(file)).toEqual([[0, base.length], [base.length, file.bytes.size]]);
  expect(codesOf(file)).toEqual([]);
});

test('what pdf-lib makes is read, with object streams and without', async () => {
  for (const useObjectStreams of [true, false]) {
    const made = await PDFDocument.create();
    for (let n = 0; n < 3; n += 1) made.addPage([595, 842]).drawText('Van ban', { x: 50, y: 700 });
    const file = opened(await made.save({ useObjectStreams }));
    expect(auditPdf(file)).toEqual({ ok: true, value: [] });
    const pages = pagesOf(viewOf(file));
    expect(pages.ok && pages.value.length).toBe(3);
  }
});

test.skipIf(!hasSamples).each([['qd-09-2025-printed.pdf'], ['nd-335-2025-signed-scan.pdf'], ['cv-11410-bxd-2026.pdf'], ['cv-7393-vpcp-2013-scan.pdf']])(
  '%s: every byte of every revision is accounted for (needs ../shared/samples)',
  (name) => {
    const file = opened(sample(name));
    const audit = auditPdf(file);
    expect(audit.ok && audit.value.filter(({ code }) => code !== 'offset-before-keyword')).toEqual([]);
    expect(file.revisions.length).toBe({ 'cv-11410-bxd-2026.pdf': 7, 'nd-335-2025-signed-scan.pdf': 2 }[name] ?? 1);
    expect(file.revisions.at(-1)?.to).toBe(file.bytes.size);
  },
);

test('a damaged file is read by searching, only when that is asked for, and says so', () => {
  const sound = make({ kind: 'table', objects: [...document, [4, content('Lan hai')]] });
  const cut = sound.subarray(0, sound.lastIndexOf('\nxref\n'));
  expect(openPdf(memoryBytes(cut))).toMatchObject({ ok: false });
  for (const bytes of [cut, Buffer.from(sound.toString('latin1').replaceAll('startxref', 'startxxxx'), 'latin1')]) {
    const file = opened(bytes, { mayRepair: true });
    expect(file.isRepaired).toBe(true);
    expect(shown(file, 4)).toBe('Lan hai');
    const pages = pagesOf(viewOf(file));
    expect(pages.ok && pages.value.length).toBe(1);
  }
});

test('an increment that was cut off leaves the revision before it, with a doubt', () => {
  const sound = make({ kind: 'table', objects: document }, { kind: 'table', objects: [[4, content('Lan hai')]] });
  const file = opened(sound.subarray(0, sound.lastIndexOf('\nxref\n')));
  expect(file.revisions.length).toBe(1);
  expect(codesOf(file)).toEqual(['bytes-after-end']);
});

test('the search finds what lies in object streams, and a catalog without a trailer', () => {
  const packed = bases()['stream, packed'] ?? Buffer.alloc(0);
  const file = opened(packed.subarray(0, packed.lastIndexOf('8 0 obj')), { mayRepair: true });
  expect(file.isRepaired).toBe(true);
  const bare = opened(Buffer.from(`%PDF-1.4\n1 0 obj\n${catalog}\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n`), { mayRepair: true });
  const pages = pagesOf(viewOf(bare));
  expect(pages).toEqual({ ok: true, value: [] });
});
