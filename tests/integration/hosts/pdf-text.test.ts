import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { PDFDocument } from 'pdf-lib';
import { afterAll, expect, test } from 'vitest';
import { pdfTextReader } from '../../../electron/hosts/processes/pdf-text-process.ts';
import { readPdf } from '../../../electron/platform/pdf-text/read-pdf.ts';
import { textLimits, type PdfText } from '../../../electron/services/records/ports.ts';
import { drawnDocument, plainLayout } from '../../fakes/intake/drawn-document.ts';
import { factsOf } from '../../fakes/intake/facts.ts';
import { fonts, wordsOf } from '../../unit/practice/pdf-tools.ts';

const reader = pdfTextReader(() => undefined, { time: 4000 });
afterAll(() => {
  reader.stop();
});
const read = (bytes: Uint8Array): Promise<PdfText> => reader.text(bytes);
/** With places, in this process: only sound files. */
const placed = (bytes: Uint8Array): Promise<PdfText> => readPdf(bytes, { items: true });
const letter = (): Promise<Uint8Array> => drawnDocument(factsOf(5), { ...plainLayout, number: 'widget' }, fonts);

test('text has the places that another reader finds, on a page that is cut as well', async () => {
  const plain = await letter();
  const document = await PDFDocument.load(plain);
  document.getPage(0).setCropBox(20, 30, 540, 780);
  const cropped = await document.save();
  // The other reader counts from the whole sheet's corner.
  const cut = { left: 20, top: 841.89 - 810 };
  for (const [bytes, from] of [[plain, { left: 0, top: 0 }], [cropped, cut]] as const) {
    const text = await placed(bytes);
    expect(text.state).toBe('read');
    const words = new Map(wordsOf(bytes).map((word) => [word.text, word]));
    const [sheet] = text.sheets;
    let compared = 0;
    for (const item of text.items.filter((one) => one.page === 1 && !one.text.trim().includes(' '))) {
      const word = words.get(item.text.trim());
      if (word === undefined || sheet === undefined) continue;
      compared += 1;
      expect(Math.abs(item.box[0] * sheet.width + from.left - word.box[0]), item.text).toBeLessThan(3);
      expect(Math.abs(item.box[3] * sheet.height + from.top - word.box[3]), item.text).toBeLessThan(4);
    }
    expect(compared).toBeGreaterThan(0);
  }
});

test('what only a signature’s appearance shows is read and marked as such', async () => {
  const text = await placed(await letter());
  const number = text.items.find((item) => item.text === factsOf(5).number);
  expect(number?.mark).not.toBe('');
  expect(text.text).toContain(factsOf(5).number);
  expect(text.items.some((item) => item.mark === '')).toBe(true);
});

test('what is no whole PDF has a state of its own, and the next document is read all the same', async () => {
  const whole = await letter();
  const states: Record<string, string> = {};
  const note = async (name: string, bytes: Uint8Array): Promise<void> => {
    states[name] = (await read(bytes)).state;
  };
  await note('no bytes', new Uint8Array());
  await note('letters', Buffer.from('not a PDF at all'));
  await note('a zip', Buffer.from('PK\u0003\u0004 and more'));
  await note('half of one', whole.slice(0, whole.length / 2));
  await note('too large', new Uint8Array(textLimits.bytes + 1));
  await note('password', encrypted(whole, 'open'));
  await note('owner password only', encrypted(whole, ''));
  await note('whole', whole);
  expect(states).toEqual({
    'no bytes': 'empty', letters: 'broken', 'a zip': 'broken', 'half of one': 'broken', 'too large': 'too-large', password: 'encrypted', 'owner password only': 'read', whole: 'read',
  });
});

test('a file made to take all time or memory is given up, and what waits behind it is read', async () => {
  const bomb = read(withContent(deflateSync(Buffer.from('BT (aaaaaaaaaaaaaaaa) Tj ET '.repeat(9_000_000)), { level: 9 })));
  const behind = read(await letter());
  expect((await bomb).state).toBe('too-costly');
  expect((await behind).state).toBe('read');
  expect((await read(loopedPages())).state).not.toBe('read');
});

test('a page that is a picture has no text, and its pages are counted', async () => {
  const document = await PDFDocument.create();
  document.addPage();
  document.addPage();
  expect(await read(await document.save())).toMatchObject({ state: 'scan', pages: 2, items: [] });
});

function encrypted(bytes: Uint8Array, password: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), bytes);
    execFileSync('qpdf', ['--encrypt', password, 'owner', '256', '--', join(folder, 'a.pdf'), join(folder, 'b.pdf')]);
    return readFileSync(join(folder, 'b.pdf'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A one-page file around a content stream. */
function withContent(stream: Buffer): Buffer {
  const head = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n';
  return Buffer.concat([Buffer.from(`${head}4 0 obj<</Length ${String(stream.length)}/Filter/FlateDecode>>stream\n`), stream, Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF')]);
}

/** Pages that are their own parents. */
function loopedPages(): Buffer {
  return Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');
}
