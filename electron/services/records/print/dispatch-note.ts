import { drawFeet, drawLetterhead, formWriter, printedWords, shownDay, writtenDay } from './form-parts.ts';
import { createSheet, mm, paper, type DocumentFonts } from './sheet.ts';
import { drawTable } from './table.ts';

export type DispatchNote = {
  readonly parentName: string;
  readonly officeName: string;
  /** number and symbol of the note itself, e.g. 05/PG-UBND; '' leaves it to be filled by hand */
  readonly code: string;
  readonly place: string;
  /** yyyy-MM-dd */
  readonly day: string;
  readonly to: string;
  readonly documents: readonly {
    readonly code: string;
    readonly issuedDate: string;
    readonly title: string;
    readonly copies: number | null;
    readonly note: string;
  }[];
  readonly at: string;
  readonly by: string;
};

const margins = { left: paper.left, right: paper.right, top: paper.top + 12, bottom: paper.bottom + 4 * mm };

/**
 * Phiếu gửi: goes with paper documents and comes back signed. NĐ 30/2020 names the kind (annex III, PG) and gives no form
 * of its own; the letterhead is that of annex I, the columns are those of the outgoing register.
 */
export async function dispatchNote(note: DispatchNote, fonts: DocumentFonts): Promise<Uint8Array> {
  const sheet = await createSheet(fonts, { title: `Phiếu gửi ${note.code}`.trim(), author: note.officeName, at: new Date(note.at) });
  sheet.addPage();
  const below = drawLetterhead(sheet, note, margins) + 12;
  sheet.centred(`Số: ${note.code === '' ? '......./PG-.......' : note.code}`, margins.left + (sheet.width - margins.left - margins.right) * 0.21, below, 'regular', 13);
  const place = note.place === '' ? '' : `${note.place}, `;
  sheet.centred(`${place}${writtenDay(note.day)}`, sheet.width * 0.68, below, 'italic', 13);
  const write = formWriter(sheet, { ...margins, top: below + 36 });
  const centre = margins.left + (sheet.width - margins.left - margins.right) / 2;
  write.centredBlock(['PHIẾU GỬI'], centre, sheet.width, 'bold', 14);
  write.down(8);
  write.centredBlock([`Kính gửi: ${note.to}`], centre, sheet.width - margins.left - margins.right, 'regular', 13);
  write.down(8);
  write.paragraph([{ text: `${note.officeName} gửi kèm theo phiếu này các văn bản sau:`, face: 'regular' }], 13, 10 * mm);
  write.down(4);
  const end = await drawTable(
    sheet,
    [
      { head: 'STT', share: 9, align: 'centre' },
      { head: 'Số, ký hiệu', share: 18, align: 'centre' },
      { head: 'Ngày tháng', share: 14, align: 'centre' },
      { head: 'Tên loại và trích yếu nội dung', share: 42 },
      { head: 'Số bản', share: 10, align: 'centre' },
      { head: 'Ghi chú', share: 14 },
    ],
    note.documents.map((one, index) => [
      String(index + 1),
      one.code,
      shownDay(one.issuedDate),
      one.title,
      one.copies === null ? '' : String(one.copies),
      one.note,
    ]),
    { ...margins, size: 11, numbered: false },
    write.y(),
  );
  const after = formWriter(sheet, { ...margins, top: end + 20 });
  after.paragraph([{ text: 'Đề nghị nơi nhận ký xác nhận vào phiếu này và gửi lại cho cơ quan gửi.', face: 'italic' }], 12, 10 * mm);
  after.down(10);
  const quarter = (sheet.width - margins.left - margins.right) / 4;
  const y = after.y();
  sheet.centred('NGƯỜI NHẬN', margins.left + quarter, y, 'bold', 13);
  sheet.centred('(ngày nhận, ký, ghi rõ họ tên)', margins.left + quarter, y + 15, 'italic', 11);
  sheet.centred('NGƯỜI GỬI', margins.left + 3 * quarter, y, 'bold', 13);
  sheet.centred('(ký, ghi rõ họ tên)', margins.left + 3 * quarter, y + 15, 'italic', 11);
  drawFeet(sheet, printedWords(note.at, note.by), margins);
  return sheet.save();
}
