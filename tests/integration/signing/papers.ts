import * as fontkit from '@cantoo/fontkit';
import { degrees, PDFDocument, type PDFFont, type PDFPage } from 'pdf-lib';
import { vietnamYear } from '../../../electron/foundation/clock.ts';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import { readPdf } from '../../../electron/platform/pdf-text/read-pdf.ts';
import type { PageText } from '../../../electron/services/signing/index.ts';

type Paper = {
  /** as printed above and below the signature; the last name of the list is the signer's */
  readonly title?: readonly string[];
  readonly name?: string;
  readonly symbol?: string;
  readonly year?: string;
  /** points between `Số:` and the symbol */
  readonly gap?: number;
  readonly dots?: boolean;
  /** number, day and month that are printed already */
  readonly printed?: readonly [number: string, day: string, month: string];
  /** written in runs of a letter or two, as Word's PDFs are */
  readonly broken?: boolean;
  readonly turn?: 0 | 90 | 180 | 270;
  /** an annex behind, whose text names the signer */
  readonly annex?: boolean;
  readonly streams?: boolean;
  /** of a crop box that is smaller than the page on each side */
  readonly crop?: number;
};

const fonts = documentFonts();
const mm = 72 / 25.4;

/** A letter that is numbered and sealed on the day the suite runs, as the printed year must be that day's. */
export function paperOfToday(more: Paper = {}): Promise<Buffer> {
  return paper({ ...more, year: String(vietnamYear(new Date())) });
}

/** A letter of one or two pages as NĐ 30/2020 Annex III form 1.5 has it, in Tinos. */
export async function paper(more: Paper = {}): Promise<Buffer> {
  const { title = ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], name = 'Nguyễn Thị Thử', symbol = '/UBND-VX', year = '2026', gap = 34, dots = false, broken = false, turn = 0 } = more;
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const embed = (bytes: Uint8Array): Promise<PDFFont> => pdf.embedFont(bytes, { subset: true, features: { liga: false } });
  const [regular, bold, italic] = [await embed(fonts.regular), await embed(fonts.bold), await embed(fonts.italic)];
  const isAcross = turn === 90 || turn === 270;
  const [width, height] = [210 * mm, 297 * mm];
  let page: PDFPage = pdf.addPage(isAcross ? [height, width] : [width, height]);
  page.setRotation(degrees(turn));
  const put = (text: string, x: number, y: number, font: PDFFont, size: number): number => {
    // What is to be seen upright at x, y of the turned page.
    const place = { 0: [x, y], 90: [height - y, x], 180: [width - x, height - y], 270: [y, width - x] }[turn];
    page.drawText(text, { x: place[0] ?? 0, y: place[1] ?? 0, font, size, rotate: degrees(turn) });
    return x + font.widthOfTextAtSize(text, size);
  };
  const write = (text: string, x: number, y: number, font: PDFFont, size: number): number => {
    if (!broken) return put(text, x, y, font, size);
    let at = x;
    for (const run of text.normalize('NFC').match(/.{1,2}/gu) ?? []) at = put(run, at, y, font, size);
    return at;
  };
  const centred = (text: string, x: number, y: number, font: PDFFont, size: number): number => write(text, x - font.widthOfTextAtSize(text, size) / 2, y, font, size);
  const top = height - 20 * mm;
  centred('ỦY BAN NHÂN DÂN', 150, top - 12, regular, 12);
  centred('PHƯỜNG THỬ NGHIỆM', 150, top - 27, bold, 12);
  centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 410, top - 12, bold, 12);
  centred('Độc lập - Tự do - Hạnh phúc', 410, top - 27, bold, 13);
  const dotted = (points: number): string => '.'.repeat(Math.floor(points / 3.25));
  const after = write('Số:', 95, top - 55, regular, 13);
  if (dots) put(dotted(gap), after, top - 55, regular, 13);
  const [number, day, month] = more.printed ?? ['', '', ''];
  write(number, after + gap - regular.widthOfTextAtSize(number, 13), top - 55, regular, 13);
  write(symbol, after + gap, top - 55, regular, 13);
  let at = write('Thử Nghiệm, ngày', 315, top - 55, italic, 13);
  if (dots) put(dotted(20), at, top - 55, italic, 13);
  write(day, at + 4, top - 55, italic, 13);
  at = write('tháng', at + 22, top - 55, italic, 13);
  if (dots) put(dotted(20), at, top - 55, italic, 13);
  write(month, at + 4, top - 55, italic, 13);
  write(`năm ${year}`, at + 22, top - 55, italic, 13);
  centred('Kính gửi: Sở Nội vụ', 330, top - 100, regular, 14);
  for (let line = 0; line < 9; line += 1) write(`Theo đề nghị của ông ${name} ngày 05 tháng 3 năm 2026, Ủy ban nhân dân phường trả lời như sau.`.slice(0, 78), 86, top - 140 - line * 20, regular, 13);
  write('Nơi nhận:', 86, top - 372, italic, 12);
  write('- Như trên;', 86, top - 388, regular, 11);
  write(`- ${name} (để b/c);`, 86, top - 402, regular, 11);
  write('- Lưu: VT, VX.', 86, top - 416, regular, 11);
  title.forEach((line, index) => centred(line, 420, top - 372 - index * 17, bold, 13));
  centred(name, 420, top - 372 - (title.length - 1) * 17 - 90, bold, 13);
  if (more.annex === true) {
    page = pdf.addPage([width, height]);
    centred('PHỤ LỤC', 300, top - 30, bold, 13);
    write(`1. ${name} là người chịu trách nhiệm.`, 86, top - 80, regular, 13);
  }
  if (more.crop !== undefined) for (const one of pdf.getPages()) one.setCropBox(more.crop, more.crop, one.getWidth() - 2 * more.crop, one.getHeight() - 2 * more.crop);
  return Buffer.from(await pdf.save({ useObjectStreams: more.streams === true }));
}

/** The text of a PDF with its places, as the reading process tells it. */
export async function textOf(bytes: Uint8Array): Promise<PageText> {
  return readPdf(bytes, { items: true });
}
