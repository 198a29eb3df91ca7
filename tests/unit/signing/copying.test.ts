import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { degrees, PDFDocument, PDFName, PDFString, rgb, type PDFPage } from 'pdf-lib';
import { expect, test } from 'vitest';
import { auditPdf, memoryBytes, openPdf, signaturesOf } from '../../../electron/foundation/pdf/index.ts';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { copyPages, type CopyOrder } from '../../../electron/services/signing/index.ts';
import { pageAsSeen, isBlack, isBlue } from '../../integration/signing/seen.ts';
import { pagesOf, wordsOf } from '../practice/pdf-tools.ts';
import { scratchFolder } from '../store/helpers.ts';

const mm = 72 / 25.4;
const samples = join(import.meta.dirname, '../../../../shared/samples');
const agency = 'ỦY BAN NHÂN DÂN PHƯỜNG THỬ NGHIỆM';

type Tried = { readonly bytes: Buffer; readonly pages: number; readonly leftOut: number };

function tried(bytes: Uint8Array, more: Partial<CopyOrder> = {}): Tried | { readonly code: string } {
  const folder = scratchFolder();
  const [source, target] = [join(folder, 'a.pdf'), join(folder, 'b.pdf')];
  writeFileSync(source, bytes);
  const made = copyPages({ source, target, title: 'Bản sao 1', at: new Date('2026-11-20T02:00:00Z'), agency, words: true, ...more }, documentFonts());
  expect(readFileSync(source).equals(Buffer.from(bytes))).toBe(true);
  expect(readdirSync(folder).toSorted()).toEqual(made.ok ? ['a.pdf', 'b.pdf'] : ['a.pdf']);
  return made.ok ? { ...made.value, bytes: readFileSync(target) } : made.failure;
}

/** A copy that qpdf, poppler and our own reader find in order and without anything to check. */
function copied(bytes: Uint8Array, more: Partial<CopyOrder> = {}): Tried {
  const made = tried(bytes, more);
  if (!('bytes' in made)) throw new Error(JSON.stringify(made));
  const path = join(scratchFolder(), 'copy.pdf');
  writeFileSync(path, made.bytes);
  expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors');
  expect(`${spawnSync('pdfsig', [path], { encoding: 'utf8' }).stdout}${spawnSync('pdfsig', [path], { encoding: 'utf8' }).stderr}`).toContain('does not contain any signatures');
  const file = openPdf(memoryBytes(made.bytes));
  if (!file.ok) throw new Error(file.failure.code);
  expect([auditPdf(file.value), signaturesOf(file.value)]).toMatchObject([{ ok: true, value: [] }, { ok: true, value: { signatures: [] } }]);
  expect(file.value.revisions).toHaveLength(1);
  return made;
}

async function withPage(size: [number, number], change: (page: PDFPage, pdf: PDFDocument) => void): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  change(pdf.addPage(size), pdf);
  return pdf.save({ useObjectStreams: false });
}

/** Where the words of the corner and the foot are seen, in millimetres of the page as shown. */
function marksOn(bytes: Buffer, size: { readonly width: number; readonly height: number }) {
  const seen = pageAsSeen(bytes);
  const { width, height } = size;
  return {
    words: seen.edgesOf(isBlack, { left: width / 2, top: 0, right: width, bottom: Math.min(12, height / 4) }),
    foot: seen.edgesOf(isBlack, { left: 0, top: height - 12, right: width, bottom: height }),
    between: seen.edgesOf(isBlack, { left: 0, top: 12, right: width, bottom: height - 12 }),
  };
}

test.each([0, 90, 180, 270])('on a page turned by %s degrees and cropped, words and foot stand upright at the edges of what is seen', async (turn) => {
  const bytes = await withPage([220 * mm, 170 * mm], (page) => {
    page.setRotation(degrees(turn));
    page.setCropBox(10 * mm, 5 * mm, 200 * mm, 150 * mm);
    page.drawRectangle({ x: 60 * mm, y: 60 * mm, width: 20 * mm, height: 10 * mm, color: rgb(0, 0, 1) });
  });
  const { bytes: copy } = copied(bytes);
  const size = turn % 180 === 0 ? { width: 200, height: 150 } : { width: 150, height: 200 };
  const { words, foot, between } = marksOn(copy, size);
  // Letters of 10 points: capitals are about 2.3 mm high, with the hook over the A some more; eight letters are some 16 mm wide.
  expect(words?.right).toBeCloseTo(size.width - 15.2, 0);
  expect((words?.right ?? 0) - (words?.left ?? 0)).toBeCloseTo(16.2, -0.5);
  expect((words?.bottom ?? 0) - (words?.top ?? 0)).toBeLessThan(4);
  expect((words?.top ?? 0)).toBeGreaterThan(3);
  expect(((foot?.left ?? 0) + (foot?.right ?? 0)) / 2).toBeCloseTo(size.width / 2, 0);
  expect((foot?.bottom ?? 0)).toBeGreaterThan(size.height - 8);
  expect((foot?.bottom ?? 0)).toBeLessThan(size.height - 3);
  expect(between).toBeUndefined();
  // The page itself is where it was.
  expect(pageAsSeen(copy).edgesOf(isBlue)).toEqual(pageAsSeen(Buffer.from(bytes)).edgesOf(isBlue));
  expect(pagesOf(copy)[0]).toContain('BẢN SAO');
  expect(pagesOf(copy)[0]).toContain(agency);
});

test('words and foot are of 10 points in an upright Times; the words on the first page alone, the foot on each', async () => {
  const pdf = await PDFDocument.create();
  for (let n = 0; n < 3; n += 1) pdf.addPage([210 * mm, 297 * mm]);
  const { bytes, pages } = copied(await pdf.save());
  expect(pages).toBe(3);
  expect(pagesOf(bytes)).toEqual([`BẢN SAO ${agency}`, agency, agency].map((text) => expect.stringContaining(text.split(' ').at(-1) ?? '') as string));
  expect(wordsOf(bytes).filter(({ text }) => text === 'SAO').map(({ page }) => page)).toEqual([0]);
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, bytes);
  const stext = execFileSync('mutool', ['draw', '-q', '-F', 'stext', path], { encoding: 'utf8' });
  const faces = new Set([...stext.matchAll(/<font name="([^"]+)" size="([^"]+)"/g)].map((one) => `${one[1] ?? ''} ${one[2] ?? ''}`));
  expect([...faces]).toEqual([expect.stringMatching(/Tinos.* 10$/)]);
  // A certified copy has its words from the signature.
  expect(pagesOf(copied(await pdf.save(), { words: false }).bytes).join(' ')).not.toContain('BẢN SAO');
  // The same copy of the same original is the same file.
  const original = await pdf.save();
  expect(copied(original).bytes.equals(copied(original).bytes)).toBe(true);
});

test('whatever state a page leaves behind, and in however many streams it is written, the marks stand where they belong', async () => {
  const content = '0 0 1 rg 10 0 0 10 100 100 cm 0 0 2 2 re f q q 3 0 0 3 0 0 cm';
  const one = await withPage([200 * mm, 150 * mm], (page, pdf) => {
    page.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.stream(`Q Q ${content}`)));
  });
  const parts = await withPage([200 * mm, 150 * mm], (page, pdf) => {
    const streams = content.split(' 10 0').map((part, index) => pdf.context.register(pdf.context.flateStream(index === 0 ? part : ` 10 0${part}`)));
    page.node.set(PDFName.of('Contents'), pdf.context.obj(streams));
  });
  for (const bytes of [one, parts]) {
    const { bytes: copy } = copied(bytes);
    const { words, foot } = marksOn(copy, { width: 200, height: 150 });
    expect(words?.right).toBeCloseTo(184.8, 0);
    expect(((foot?.left ?? 0) + (foot?.right ?? 0)) / 2).toBeCloseTo(100, 0);
    expect(pageAsSeen(copy).edgesOf(isBlue)).toEqual(pageAsSeen(Buffer.from(bytes)).edgesOf(isBlue));
  }
  const empty = await withPage([200 * mm, 150 * mm], (page) => { page.node.delete(PDFName.of('Contents')); });
  expect(marksOn(copied(empty).bytes, { width: 200, height: 150 }).words?.right).toBeCloseTo(184.8, 0);
});

test('on a page whose unit is twice a point the marks have the size that is seen', async () => {
  const bytes = await withPage([100 * mm, 75 * mm], (page, pdf) => { page.node.set(PDFName.of('UserUnit'), pdf.context.obj(2)); });
  const { bytes: copy } = copied(bytes);
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, copy);
  // MuPDF shows such a page in points: 200 by 150 mm, the letters of 10 points.
  const stext = execFileSync('mutool', ['draw', '-q', '-F', 'stext', path], { encoding: 'utf8' });
  expect(stext).toMatch(/width="56[67]\.9\d*" height="425\.\d+"/);
  expect([...new Set([...stext.matchAll(/size="([\d.]+)"/g)].map((one) => Number(one[1]).toFixed(1)))]).toEqual(['10.0']);
});

test('pictures of signatures, stamps and notes are seen; forms, scripts, links, layers’ switches and attached files are not taken along as such', async () => {
  const bytes = await withPage([210 * mm, 297 * mm], (page, pdf) => {
    const { context } = pdf;
    const picture = (more: object = {}) => context.register(context.stream('0 0 1 rg 0 0 10 10 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 10, 10], ...more }));
    const signature = context.register(context.obj({ Type: 'Sig', Filter: 'Adobe.PPKLite', Contents: PDFString.of('khóa') }));
    const field = context.register(context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: PDFString.of('Signature1'), V: signature, F: 4, Rect: [100 * mm, 97 * mm, 130 * mm, 117 * mm], AP: { N: picture() }, P: page.ref }));
    // No Subtype, and standing in the page itself: readers draw it all the same.
    const stamp = context.obj({ Type: 'Annot', Subtype: 'Stamp', F: 4, Rect: [20 * mm, 200 * mm, 40 * mm, 210 * mm], AP: { N: context.register(context.stream('0 0 1 rg 0 0 10 10 re f', { BBox: [0, 0, 10, 10], Matrix: [0, 1, -1, 0, 0, 0] })) } });
    const hidden = context.obj({ Type: 'Annot', Subtype: 'Stamp', F: 2, Rect: [20 * mm, 20 * mm, 40 * mm, 40 * mm], AP: { N: picture() } });
    const link = context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 50, 50], A: { S: 'URI', URI: PDFString.of('https://example.org') } });
    const attached = context.obj({ Type: 'Annot', Subtype: 'FileAttachment', Rect: [10, 10, 30, 30], FS: { Type: 'Filespec', F: PDFString.of('a.txt') } });
    page.node.set(PDFName.of('Annots'), context.obj([field, stamp, hidden, link, attached]));
    page.node.set(PDFName.of('AA'), context.obj({ O: { S: 'JavaScript', JS: PDFString.of('app.alert(1)') } }));
    pdf.catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: [field], SigFlags: 3 }));
    pdf.catalog.set(PDFName.of('OpenAction'), context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(2)') }));
  });
  const { bytes: copy, leftOut } = copied(bytes);
  expect(leftOut).toBe(1);
  const seen = (pdf: Buffer) => [[95, 175, 135, 205], [15, 80, 45, 105], [15, 250, 45, 280]].map(([left = 0, top = 0, right = 0, bottom = 0]) => pageAsSeen(pdf).edgesOf(isBlue, { left, top, right, bottom }));
  expect(seen(copy)).toEqual(seen(Buffer.from(bytes)));
  expect(seen(copy).map((one) => one !== undefined)).toEqual([true, true, false]);
  const raw = copy.toString('latin1');
  for (const word of ['/Annot', '/AcroForm', '/Sig', '/JavaScript', '/AA', '/Filespec', 'example.org']) expect(raw, word).not.toContain(word);
});

test('a layer that is not shown stays so in the copy', async () => {
  const bytes = await withPage([200 * mm, 150 * mm], (page, pdf) => {
    const { context } = pdf;
    const layer = context.register(context.obj({ Type: 'OCG', Name: PDFString.of('Ẩn') }));
    page.node.set(PDFName.of('Contents'), context.register(context.stream('/OC /L BDC 0 0 1 rg 100 100 50 50 re f EMC')));
    page.node.set(PDFName.of('Resources'), context.obj({ Properties: { L: layer } }));
    pdf.catalog.set(PDFName.of('OCProperties'), context.obj({ OCGs: [layer], D: { OFF: [layer], Order: [layer] } }));
  });
  expect(pageAsSeen(Buffer.from(bytes)).edgesOf(isBlue)).toBeUndefined();
  expect(pageAsSeen(copied(bytes).bytes).edgesOf(isBlue)).toBeUndefined();
});

test('what each program would draw in its own way, what is locked, faulty or too small is refused, and nothing lies there', async () => {
  const annotated = (entries: object) => withPage([210 * mm, 297 * mm], (page, pdf) => { page.node.set(PDFName.of('Annots'), pdf.context.obj([{ Type: 'Annot', Rect: [50, 50, 200, 80], ...entries }])); });
  expect(tried(await annotated({ Subtype: 'Highlight', QuadPoints: [50, 80, 200, 80, 50, 50, 200, 50] }))).toEqual({ code: 'annotation-unseen', page: 1 });
  expect(tried(await annotated({ Subtype: 'Text', Contents: PDFString.of('ghi chú') }))).toMatchObject({ pages: 1 });
  const field = (value: string) => withPage([210 * mm, 297 * mm], (page, pdf) => {
    const one = pdf.context.register(pdf.context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Tx', T: PDFString.of('so'), V: PDFString.of(value), Rect: [50, 50, 200, 80] }));
    page.node.set(PDFName.of('Annots'), pdf.context.obj([one]));
    pdf.catalog.set(PDFName.of('AcroForm'), pdf.context.obj({ Fields: [one], NeedAppearances: true }));
  });
  expect(tried(await field('12'))).toEqual({ code: 'annotation-unseen', page: 1 });
  expect(tried(await field(''))).toMatchObject({ pages: 1 });
  expect(tried(await withPage([40, 400], () => undefined))).toEqual({ code: 'page-too-small', page: 1 });
  expect(tried(await withPage([300, 300], (_, pdf) => { pdf.catalog.set(PDFName.of('NeedsRendering'), pdf.context.obj(true)); }))).toEqual({ code: 'content-unread', page: 1 });
  expect(tried(await withPage([300, 300], (page, pdf) => { page.node.set(PDFName.of('Contents'), pdf.context.obj([pdf.context.register(pdf.context.stream('x', { Filter: 'JPXDecode' }))])); }))).toEqual({ code: 'content-unread', page: 1 });
  expect(tried(await withPage([300, 300], () => undefined), { agency: 'Cơ quan 漢字' })).toEqual({ code: 'letters-missing', letters: '漢字' });
  const plain = await withPage([300, 300], () => undefined);
  expect(tried(Buffer.from('not a pdf'))).toMatchObject({ code: 'pdf-damaged' });
  expect(tried(plain.subarray(0, plain.length - 60))).toMatchObject({ code: 'pdf-damaged' });
  const folder = scratchFolder();
  writeFileSync(join(folder, 'a.pdf'), plain);
  // Without a password to open it, too: what its owner forbids is not ours to undo.
  execFileSync('qpdf', ['--encrypt', '', 'chủ', '256', '--', join(folder, 'a.pdf'), join(folder, 'locked.pdf')]);
  expect(tried(readFileSync(join(folder, 'locked.pdf')))).toEqual({ code: 'pdf-encrypted' });
});

test.skipIf(!existsSync(samples))('published documents are copied dot by dot between corner and foot, seals of signatures included (needs ../shared/samples)', () => {
  for (const [name, page] of [['cv-11410-bxd-2026.pdf', 3], ['nd-335-2025-signed-scan.pdf', 1], ['cv-7393-vpcp-2013-scan.pdf', 1], ['qd-28-2018-congbao.pdf', 2]] as const) {
    const original = readFileSync(join(samples, name));
    const { bytes } = copied(original);
    expect(dots(bytes, page), name).toBe(dots(original, page));
  }
});

/** A page at 60 dpi without what is above 9 mm and in the lowest 13. */
function dots(bytes: Uint8Array, page: number): string {
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, bytes);
  const image = execFileSync('pdftoppm', ['-cropbox', '-r', '60', '-f', String(page), '-l', String(page), '-singlefile', path], { maxBuffer: 64_000_000 });
  const head = /^P6\s(\d+) (\d+)\s255\s/.exec(image.toString('latin1', 0, 40));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const from = (head?.[0].length ?? 0) + 22 * width * 3;
  return `${String(width)}x${String(height)} ${image.subarray(from, (head?.[0].length ?? 0) + (height - 31) * width * 3).toString('base64')}`;
}
