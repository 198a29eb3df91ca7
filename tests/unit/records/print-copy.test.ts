import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { degrees, PDFDocument, PDFName } from 'pdf-lib';
import { expect, test } from 'vitest';
import { decreeForm } from '../../../electron/services/practice/documents/decree-form.ts';
import { stampPicture } from '../../../electron/services/records/print/arrival-stamp.ts';
import { measureIn } from '../../../electron/services/records/print/stamped-copy.ts';
import { traceOf } from '../../../electron/services/audit/index.ts';
import { checkWithQpdf, fonts, pagesOf, textOf, wordsOf } from '../practice/pdf-tools.ts';
import { scratchFolder } from '../store/helpers.ts';
import { codeOf, direction, openOffice, value } from './handling-office.ts';

const mm = 72 / 25.4;
const samples = join(import.meta.dirname, '../../../../shared/samples');

type Office = ReturnType<typeof openOffice>;

async function registeredWith(office: Office, bytes: Uint8Array, name = 'cong-van.pdf'): Promise<{ id: string; file: string; sha256: string }> {
  const { sha256, size } = await office.store.blobs.put(bytes);
  const id = await office.arrive({ urgency: 3, files: [{ name, mediaType: 'application/pdf', size, sha256 }] });
  const { files } = value(await office.records.incomingGet({ id }));
  return { id, file: files[0]?.id ?? '', sha256 };
}

async function copyOf(office: Office, file: string, at: { x: number; y: number } | null = null): Promise<Uint8Array> {
  const ref = value(await office.handling.printCopy({ file, at }));
  const copy = office.copies.find(ref.id);
  if (copy === undefined) throw new Error('the copy is gone');
  expect([copy.bytes.byteLength, createHash('sha256').update(copy.bytes).digest('hex')]).toEqual([ref.size, ref.sha256]);
  return copy.bytes;
}

const letter = (): Promise<Uint8Array> =>
  decreeForm(
    {
      superior: '', agency: 'Bộ Nội vụ', number: '56', notation: 'BNV-VP', place: 'Hà Nội', date: '2026-11-20', kind: '', subject: 'hướng dẫn công tác văn thư',
      addressees: ['UBND phường'], urgency: 1, body: [{ text: 'Thực hiện Nghị định số 30/2020/NĐ-CP về công tác văn thư.' }], recipients: ['Như trên;', 'Lưu: VT.'],
      signer: { authority: ['TL. BỘ TRƯỞNG'], position: 'CHÁNH VĂN PHÒNG', fullName: 'Nguyễn Văn A' },
    },
    fonts,
  );

/** Red dots within a rectangle of a rendered page, in millimetres from its top left; 100 dots to the inch. */
function redIn(pdf: Uint8Array, box: { x: number; y: number; width: number; height: number }): { left: number; top: number; right: number; bottom: number } | undefined {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'a.pdf'), pdf);
  execFileSync('pdftoppm', ['-cropbox', '-r', '100', '-f', '1', '-l', '1', join(folder, 'a.pdf'), join(folder, 'p')]);
  const raw = readFileSync(existsSync(join(folder, 'p-1.ppm')) ? join(folder, 'p-1.ppm') : join(folder, 'p-01.ppm'));
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(raw.subarray(0, 40).toString('latin1'));
  const [width = 0, height = 0] = (head ?? []).slice(1, 3).map(Number);
  const data = raw.subarray(head?.[0].length ?? 0);
  const dot = 25.4 / 100;
  let found: { left: number; top: number; right: number; bottom: number } | undefined;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const [px, py] = [x * dot, y * dot];
      if ((data[at] ?? 0) < 180 || (data[at + 1] ?? 255) > 120 || px < box.x || py < box.y || px > box.x + box.width || py > box.y + box.height) continue;
      found = found === undefined
        ? { left: px, top: py, right: px, bottom: py }
        : { left: Math.min(found.left, px), top: Math.min(found.top, py), right: Math.max(found.right, px), bottom: Math.max(found.bottom, py) };
    }
  }
  return found;
}

const wholePage = { x: 0, y: 0, width: 400, height: 400 };

test('a copy to print has the mark in real size where it was put, and the words of the decree; the stored file stays as it came', async () => {
  const office = openOffice();
  const bytes = await letter();
  const { id, file, sha256 } = await registeredWith(office, bytes);
  value(await office.direct(id, { fromPaper: true, assignees: direction(id).assignees }));
  const copy = await copyOf(office, file, { x: 20, y: 100 });
  checkWithQpdf(copy);
  const text = textOf(copy);
  for (const words of ['ĐẾN', 'Số: 1', 'Ngày: 09:00 20/11/2026', 'Chuyển: Phòng Tài chính', 'Số và ký hiệu HS:', 'In từ hệ thống Trạm Văn thư', 'lúc 09:00 ngày 20/11/2026']) {
    expect(text).toContain(words);
  }
  const red = redIn(copy, { x: 15, y: 95, width: 60, height: 45 });
  expect(red?.left).toBeCloseTo(20, 0);
  expect((red?.right ?? 0) - (red?.left ?? 0)).toBeCloseTo(50, 0);
  expect((red?.bottom ?? 0) - (red?.top ?? 0)).toBeCloseTo(35, 0);
  const left = wordsOf(copy).find((word) => word.text === 'ĐẾN');
  expect((left?.box[0] ?? 0) / mm).toBeGreaterThan(20);

  expect((await office.store.blobs.verify(sha256)).sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  const pieces: Uint8Array[] = [];
  for await (const piece of office.store.blobs.pieces(sha256)) pieces.push(Buffer.from(piece));
  expect(Buffer.concat(pieces).equals(Buffer.from(bytes))).toBe(true);
  expect(traceOf(office.store.read, id).at(-1)).toMatchObject({ action: 'document.print-copy-made', detail: { original: sha256 } });

  // Moved by a person, it stays where it was moved to.
  value(await office.handling.placeStamp({ file, x: 120, y: 150 }));
  expect(value(await office.handling.stamp({ file }))).toMatchObject({ place: { x: 120, y: 150 }, picture: { width: 50, height: 35 } });
  expect(redIn(await copyOf(office, file, { x: 20, y: 100 }), { x: 100, y: 140, width: 100, height: 60 })?.left).toBeCloseTo(120, 0);
});

test.each([0, 90, 180, 270])('on a page turned by %s degrees the mark stands upright at the same place of what is seen', async (turn) => {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([200 * mm, 150 * mm]);
  page.setRotation(degrees(turn));
  // What the page itself leaves behind must not carry the mark along.
  page.setCropBox(10 * mm, 5 * mm, 180 * mm, 140 * mm);
  const office = openOffice();
  const { file } = await registeredWith(office, await pdf.save());
  const red = redIn(await copyOf(office, file, { x: 30, y: 40 }), wholePage);
  expect(red?.left).toBeCloseTo(30, 0);
  expect(red?.top).toBeCloseTo(40, 0);
  expect((red?.right ?? 0) - (red?.left ?? 0)).toBeCloseTo(50, 0);
});

test('pictures of signature fields are seen on the copy, and nothing on it looks as if it could be checked', async () => {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([210 * mm, 297 * mm]);
  const picture = pdf.context.register(
    pdf.context.stream('1 0 0 rg 0 0 10 10 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 10, 10], Matrix: [1, 0, 0, 1, 0, 0] }),
  );
  const signature = pdf.context.register(pdf.context.obj({ Type: 'Sig', Filter: 'Adobe.PPKLite' }));
  const widget = pdf.context.register(
    pdf.context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: 'Signature1', V: signature, F: 4, Rect: [100 * mm, 97 * mm, 130 * mm, 117 * mm], AP: { N: picture }, P: page.ref }),
  );
  page.node.set(PDFName.of('Annots'), pdf.context.obj([widget]));
  pdf.catalog.set(PDFName.of('AcroForm'), pdf.context.obj({ Fields: [widget], SigFlags: 3 }));
  const office = openOffice();
  const { file } = await registeredWith(office, await pdf.save());
  const copy = await copyOf(office, file, { x: 5, y: 5 });
  const seal = redIn(copy, { x: 90, y: 160, width: 60, height: 60 });
  expect(seal?.left).toBeCloseTo(100, 0);
  expect(seal?.right).toBeCloseTo(130, 0);
  expect(seal?.top).toBeCloseTo(180, 0);
  const loaded = await PDFDocument.load(copy);
  expect(loaded.catalog.get(PDFName.of('AcroForm'))).toBeUndefined();
  expect(Buffer.from(copy).toString('latin1')).not.toContain('/Widget');
});

test('what cannot be a print copy is said: not registered, not there, not a PDF, locked', async () => {
  const office = openOffice();
  const { sha256, size } = await office.store.blobs.put(await letter());
  const id = await office.arrive({ registered: false, files: [{ name: 'a.pdf', mediaType: 'application/pdf', size, sha256 }] });
  const file = value(await office.records.incomingGet({ id })).files[0]?.id ?? '';
  expect(await codeOf(office.handling.printCopy({ file, at: null }))).toBe('no-arrival-number');
  expect(value(await office.handling.stamp({ file }))).toBeNull();
  expect(await codeOf(office.handling.printCopy({ file: id, at: null }))).toBe('not-found');
  const { file: text } = await registeredWith(office, Buffer.from('not a pdf'), 'a.docx');
  expect(await codeOf(office.handling.printCopy({ file: text, at: null }))).toBe('file-not-printable');
  const folder = scratchFolder();
  writeFileSync(join(folder, 'a.pdf'), await letter());
  execFileSync('qpdf', ['--encrypt', 'mật', 'khẩu', '256', '--', join(folder, 'a.pdf'), join(folder, 'locked.pdf')]);
  const { file: locked } = await registeredWith(office, readFileSync(join(folder, 'locked.pdf')));
  expect(await codeOf(office.handling.printCopy({ file: locked, at: null }))).toBe('file-not-printable');
});

test('the mark takes long names and many holders, within its frame', async () => {
  const measure = await measureIn(fonts);
  const words = { number: '12345a', arrivedAt: '2026-11-20T02:00:00.000Z' };
  for (const urgency of [0, 3]) for (const agency of ['UBND XÃ', 'Ủy ban nhân dân phường Nguyễn Thị Minh Khai', 'Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp tỉnh Thừa Thiên Huế']) {
    for (const holders of ['', 'Phòng Tài chính', 'Nguyễn Văn A (Phòng Kinh tế, Hạ tầng và Đô thị); phối hợp: Phòng Văn hóa – Xã hội, Công an phường, Trạm Y tế, Trung tâm Phục vụ hành chính công']) {
      const picture = stampPicture({ ...words, urgency, agency, holders }, measure);
      for (const text of picture.texts) {
        const right = text.x + measure(text.text, text.bold, text.size) / mm;
        expect(text.x, text.text).toBeGreaterThan(0.5);
        expect(right, text.text).toBeLessThan(49.6);
        expect(text.y).toBeLessThan(35);
      }
      expect(picture.texts.some((text) => text.text.endsWith('20/11/2026'))).toBe(true);
    }
  }
});

test.skipIf(!existsSync(samples))('real published documents become print copies with their seals (needs ../shared/samples)', async () => {
  const office = openOffice();
  const { file } = await registeredWith(office, readFileSync(join(samples, 'cv-11410-bxd-2026.pdf')));
  const copy = await copyOf(office, file);
  checkWithQpdf(copy);
  expect(pagesOf(copy).join(' ')).toContain('In từ hệ thống');
});

