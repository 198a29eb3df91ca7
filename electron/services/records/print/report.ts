import type { Report } from '#contract';
import { drawFeet, drawLetterhead, drawSigners, formWriter, printedWords, shownDay, shownTime, writtenDay } from './form-parts.ts';
import { createSheet, mm, paper, type DocumentFonts } from './sheet.ts';
import { drawTable } from './table.ts';

export type ReportFacts = {
  readonly parentName: string;
  readonly officeName: string;
  readonly place: string;
  /** yyyy-MM-dd */
  readonly day: string;
  /** instant, and who prints */
  readonly at: string;
  readonly by: string;
};

export const reportTitles = {
  incoming: 'Báo cáo tình hình giải quyết văn bản đến',
  outgoing: 'Báo cáo tình hình giải quyết văn bản đi',
} as const;

const margins = { left: paper.left, right: paper.right, top: paper.top + 12, bottom: paper.bottom + 4 * mm };
const look = { ...margins, size: 12, numbered: false };
/** A table's name, its heads and a first row stay together; so do those who sign, with room for their names. */
const tableHead = 40 * mm;
const signersHeight = 36 * mm;
/** What a query counts, and two lines of it. */
const queryHead = 13 * mm;

/**
 * A report on how documents were handled (NĐ 30/2020 annex VI part I V.2, V.4), with the query of every figure at its
 * end, so that anybody who has the register can count again.
 */
export async function reportPdf(report: Report, facts: ReportFacts, fonts: DocumentFonts): Promise<Uint8Array> {
  const title = reportTitles[report.kind];
  const sheet = await createSheet(fonts, { title, author: facts.officeName, at: new Date(facts.at) });
  sheet.addPage();
  const below = drawLetterhead(sheet, facts, margins) + 12;
  const place = facts.place === '' ? '' : `${facts.place}, `;
  sheet.centred(`${place}${writtenDay(facts.day)}`, sheet.width * 0.68, below, 'italic', 13);
  const write = formWriter(sheet, { ...margins, top: below + 34 });
  const centre = margins.left + (sheet.width - margins.left - margins.right) / 2;
  write.centredBlock([title.toLocaleUpperCase('vi')], centre, sheet.width, 'bold', 14);
  write.centredBlock([`Từ ngày ${shownDay(report.from)} đến ngày ${shownDay(report.to)}`, `(số liệu lúc ${shownTime(facts.at)})`], centre, sheet.width, 'italic', 13);
  write.down(10);
  let y = await drawTable(
    sheet,
    [
      { head: 'STT', share: 9, align: 'centre' },
      { head: 'Nội dung', share: 70 },
      { head: 'Số lượng', share: 16, align: 'centre' },
      { head: 'Cách tính', share: 14, align: 'centre' },
    ],
    report.figures.map((figure, index) => [
      String(index + 1),
      `${'\u2013 '.repeat(figure.level)}${figure.label}`,
      String(figure.value),
      `[${String(index + 1)}]`,
    ]),
    look,
    write.y(),
  );
  const queries = report.figures.map((figure, index) => ({ mark: `[${String(index + 1)}]`, label: figure.label, sql: figure.sql }));
  for (const table of report.tables) {
    const mark = `[${String(queries.length + 1)}]`;
    queries.push({ mark, label: table.title, sql: table.sql });
    const part = formWriter(sheet, { ...margins, top: onward(26, tableHead) });
    part.paragraph([{ text: `${table.title} ${mark}`, face: 'bold' }], 13);
    part.down(2);
    y = await drawTable(
      sheet,
      table.heads.map((head, index) => ({ head, share: index === 0 ? 40 : 14, align: index === 0 ? ('left' as const) : ('centre' as const) })),
      table.rows,
      look,
      part.y(),
    );
  }
  drawSigners(sheet, ['NGƯỜI LẬP BÁO CÁO', 'NGƯỜI DUYỆT'], margins, onward(30, signersHeight));
  sheet.addPage();
  const end = formWriter(sheet, margins);
  end.centredBlock(['CÁCH TÍNH'], centre, sheet.width, 'bold', 13);
  end.paragraph([{ text: 'Mỗi số liệu là kết quả của câu truy vấn dưới đây trên cơ sở dữ liệu của Hệ thống tại thời điểm in.', face: 'italic' }], 12);
  end.down(6);
  for (const { mark, label, sql } of queries) {
    end.keep(queryHead);
    end.paragraph([{ text: `${mark} ${label}`, face: 'bold' }], 10);
    end.paragraph([{ text: sql, face: 'regular' }], 9);
    end.down(4);
  }
  drawFeet(sheet, printedWords(facts.at, facts.by), margins);
  return sheet.save();

  /** Where what needs so much height goes on after a gap, on the next page when this one has no room. */
  function onward(gap: number, height: number): number {
    if (y + gap + height <= sheet.height - margins.bottom) return y + gap;
    sheet.addPage();
    return margins.top;
  }
}
