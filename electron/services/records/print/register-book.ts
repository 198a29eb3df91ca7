import { drawFeet, drawSigners, printedWords } from './form-parts.ts';
import { createSheet, mm, paper, type DocumentFonts, type Sheet } from './sheet.ts';
import { drawTable, type TableColumn, type TableLook, type TableRow } from './table.ts';

/** The books of NĐ 30/2020 annex IV that this program prints. */
export type BookKind = 'incoming' | 'outgoing' | 'follow-up';

type BookForm = {
  /** lines of the title on the cover */
  readonly title: readonly string[];
  readonly columns: readonly TableColumn[];
  /** "Từ số … đến số …" stands on the cover */
  readonly numbersOnCover: boolean;
};

/** The forms, column for column: I (văn bản đi), VI (văn bản đến), VIII (theo dõi giải quyết) of annex IV. */
export const bookForms: Readonly<Record<BookKind, BookForm>> = {
  outgoing: {
    title: ['SỔ ĐĂNG KÝ VĂN BẢN ĐI'],
    numbersOnCover: true,
    columns: [
      { head: 'Số, ký hiệu văn bản', share: 15, align: 'centre' },
      { head: 'Ngày tháng văn bản', share: 12, align: 'centre' },
      { head: 'Tên loại và trích yếu nội dung văn bản', share: 33 },
      { head: 'Người ký', share: 12 },
      { head: 'Nơi nhận văn bản', share: 22 },
      { head: 'Đơn vị, người nhận bản lưu', share: 12 },
      { head: 'Số lượng bản', share: 7, align: 'centre' },
      { head: 'Ngày chuyển', share: 12, align: 'centre' },
      { head: 'Ký nhận', share: 9 },
      { head: 'Ghi chú', share: 13 },
    ],
  },
  incoming: {
    title: ['SỔ ĐĂNG KÝ VĂN BẢN ĐẾN'],
    numbersOnCover: true,
    columns: [
      { head: 'Ngày đến', share: 12, align: 'centre' },
      { head: 'Số đến', share: 7, align: 'centre' },
      { head: 'Tác giả', share: 18 },
      { head: 'Số, ký hiệu văn bản', share: 15, align: 'centre' },
      { head: 'Ngày tháng văn bản', share: 12, align: 'centre' },
      { head: 'Tên loại và trích yếu nội dung văn bản', share: 35 },
      { head: 'Đơn vị hoặc người nhận', share: 17 },
      { head: 'Ngày chuyển', share: 12, align: 'centre' },
      { head: 'Ký nhận', share: 9 },
      { head: 'Ghi chú', share: 13 },
    ],
  },
  'follow-up': {
    title: ['SỔ THEO DÕI GIẢI QUYẾT', 'VĂN BẢN ĐẾN'],
    numbersOnCover: false,
    columns: [
      { head: 'Số đến', share: 7, align: 'centre' },
      { head: 'Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản', share: 40 },
      { head: 'Đơn vị hoặc người nhận', share: 22 },
      { head: 'Thời hạn giải quyết', share: 13, align: 'centre' },
      { head: 'Tiến độ giải quyết', share: 28 },
      { head: 'Số, ký hiệu văn bản trả lời', share: 14, align: 'centre' },
      { head: 'Ghi chú', share: 15 },
    ],
  },
};

export type BookFacts = {
  readonly kind: BookKind;
  readonly parentName: string;
  readonly officeName: string;
  readonly year: number;
  /** of the kind, group or body whose numbers these are; '' for the common series */
  readonly seriesName: string;
  /** as shown: dd/MM/yyyy; '' leaves dots to be filled by hand */
  readonly from: string;
  readonly to: string;
  readonly firstNumber: string;
  readonly lastNumber: string;
  /** quyển số */
  readonly volume: string;
  /** how many documents the rows are, without notes about numbers that were not used */
  readonly documents: number;
  /** instant of printing, and who prints */
  readonly at: string;
  readonly by: string;
};

const page = { width: paper.height, height: paper.width };
const look: TableLook = { left: 25 * mm, right: 12 * mm, top: 18 * mm, bottom: 18 * mm, size: 10, numbered: true };

/**
 * A register as a book to be bound: cover and first page after the form of NĐ 30/2020 annex IV, the entries, and an end
 * that says what it holds (art. 16.2, 22.2: the register kept by a system is printed with all fields, signed and bound).
 */
export async function registerBook(facts: BookFacts, rows: Iterable<TableRow>, fonts: DocumentFonts): Promise<Uint8Array> {
  const form = bookForms[facts.kind];
  const sheet = await createSheet(fonts, { title: `${titleOf(form)} năm ${String(facts.year)}`, author: facts.officeName, at: new Date(facts.at) }, page);
  // The form asks for the same on the cover and on the first page.
  drawCover(sheet, facts, form);
  drawCover(sheet, facts, form);
  sheet.addPage();
  let y = await drawTable(sheet, form.columns, rows, look, look.top);
  const endHeight = 42 * mm;
  if (y + endHeight > sheet.height - look.bottom) {
    sheet.addPage();
    y = look.top;
  }
  drawEnd(sheet, facts, y + 8 * mm);
  drawFeet(sheet, printedWords(facts.at, facts.by), look);
  return sheet.save();
}

function titleOf(form: BookForm): string {
  const words = form.title.join(' ').toLocaleLowerCase('vi');
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);
}

function drawCover(sheet: Sheet, facts: BookFacts, form: BookForm): void {
  sheet.addPage();
  const centre = sheet.width / 2;
  const widest = sheet.width - 60 * mm;
  let y = 30 * mm;
  const lines = (text: string, face: 'regular' | 'bold', size: number): void => {
    for (const line of sheet.wrap([{ text, face }], size, widest)) {
      sheet.centred(line.words.map((word) => word.text).join(' '), centre, y, face, size);
      y += size * 1.3;
    }
  };
  if (facts.parentName !== '') lines(facts.parentName.toLocaleUpperCase('vi'), 'regular', 14);
  lines(facts.officeName.toLocaleUpperCase('vi'), 'bold', 14);
  y = 82 * mm;
  for (const line of form.title) lines(line, 'bold', 24);
  if (facts.seriesName !== '') lines(`(${facts.seriesName})`, 'regular', 16);
  y += 8 * mm;
  lines(`Năm: ${String(facts.year)}`, 'bold', 16);
  y = 132 * mm;
  const dots = '.................';
  lines(`Từ ngày ${facts.from === '' ? dots : facts.from} đến ngày ${facts.to === '' ? dots : facts.to}`, 'regular', 14);
  if (form.numbersOnCover) {
    y += 2 * mm;
    lines(`Từ số ${facts.firstNumber === '' ? dots : facts.firstNumber} đến số ${facts.lastNumber === '' ? dots : facts.lastNumber}`, 'regular', 14);
  }
  y = 172 * mm;
  lines(`Quyển số: ${facts.volume === '' ? '......' : facts.volume}`, 'regular', 14);
}

function drawEnd(sheet: Sheet, facts: BookFacts, top: number): void {
  let y = top;
  const say = (text: string): void => {
    for (const line of sheet.wrap([{ text, face: 'regular' }], 12, sheet.width - look.left - look.right)) {
      sheet.line(line, look.left, y, 12);
      y += 16;
    }
  };
  const numbers = facts.firstNumber === '' ? '' : `, từ số ${facts.firstNumber} đến số ${facts.lastNumber}`;
  say(`Sổ này gồm ${String(sheet.pageCount())} trang kể cả bìa, ghi ${String(facts.documents)} văn bản${bookForms[facts.kind].numbersOnCover ? numbers : ''}.`);
  y += 4 * mm;
  drawSigners(sheet, ['NGƯỜI IN SỔ', 'NGƯỜI KIỂM TRA'], look, y);
}
