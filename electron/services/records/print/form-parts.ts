import { vietnamTime } from '../../../foundation/clock.ts';
import { balancedLines, mm, type Face, type Ink, type Run, type Sheet } from './sheet.ts';

export type FormWriter = {
  /** where the next line's baseline goes, points from the top */
  readonly y: () => number;
  readonly down: (points: number) => void;
  /** Turns the page when what follows and belongs together, so many points high, has no room on this one. */
  readonly keep: (height: number) => void;
  readonly paragraph: (runs: readonly Run[], size: number, indent?: number) => void;
  /** A line of dots over the whole width, to be written on by hand. */
  readonly dots: (count: number) => void;
  readonly centredBlock: (lines: readonly string[], centre: number, width: number, face: Face, size: number) => void;
};

export type Margins = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Writes a form from the top down and turns the page when it is full. */
export function formWriter(sheet: Sheet, margins: Margins): FormWriter {
  const width = sheet.width - margins.left - margins.right;
  let y = margins.top;
  const room = (height: number): void => {
    if (y + height <= sheet.height - margins.bottom) return;
    sheet.addPage();
    y = margins.top;
  };
  return {
    y: () => y,
    keep: room,
    down(points) {
      y += points;
    },
    paragraph(runs, size, indent = 0) {
      for (const line of sheet.wrap(runs, size, width, indent)) {
        room(size * 1.3);
        sheet.line(line, margins.left, y, size);
        y += size * 1.3;
      }
    },
    dots(count) {
      const dot = sheet.widthOf('.', 'regular', 12);
      const words = '.'.repeat(Math.floor(width / dot));
      for (let at = 0; at < count; at += 1) {
        room(18);
        sheet.text(words, margins.left, y, 'regular', 12, 'grey');
        y += 18;
      }
    },
    centredBlock(lines, centre, wide, face, size) {
      for (const text of lines) {
        for (const line of balancedLines(sheet, text, face, size, wide)) {
          sheet.centred(line, centre, y, face, size);
          y += size * 1.25;
        }
      }
    },
  };
}

/**
 * Names of the office at the left, Quốc hiệu and Tiêu ngữ at the right, each with its rule (NĐ 30/2020 annex I II.1, II.2).
 * Answers where it ends.
 */
export function drawLetterhead(
  sheet: Sheet,
  names: { readonly parentName: string; readonly officeName: string },
  margins: Margins,
): number {
  const width = sheet.width - margins.left - margins.right;
  const left = { centre: margins.left + width * 0.21, width: width * 0.42 };
  const right = { centre: margins.left + width * 0.71, width: width * 0.58 };
  let y = margins.top;
  const block = (text: string, face: Face, size: number, at: typeof left): void => {
    for (const line of balancedLines(sheet, text, face, size, at.width)) {
      sheet.centred(line, at.centre, y, face, size);
      y += size * 1.25;
    }
  };
  if (names.parentName !== '') block(names.parentName.toLocaleUpperCase('vi'), 'regular', 12, left);
  block(names.officeName.toLocaleUpperCase('vi'), 'bold', 12, left);
  sheet.rule(left.centre - 20 * mm, left.centre + 20 * mm, y - 10);
  const ended = y;
  y = margins.top;
  sheet.centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', right.centre, y, 'bold', 12);
  y += 15;
  const motto = 'Độc lập - Tự do - Hạnh phúc';
  sheet.centred(motto, right.centre, y, 'bold', 13);
  const half = sheet.widthOf(motto, 'bold', 13) / 2;
  sheet.rule(right.centre - half, right.centre + half, y + 5);
  return Math.max(ended, y + 16);
}

/** Where two sign by hand, side by side, the baseline of their names at `y`; the space below them is left to the caller. */
export function drawSigners(sheet: Sheet, names: readonly [string, string], margins: Pick<Margins, 'left' | 'right'>, y: number): void {
  const quarter = (sheet.width - margins.left - margins.right) / 4;
  names.forEach((name, index) => {
    const centre = margins.left + (1 + 2 * index) * quarter;
    sheet.centred(name, centre, y, 'bold', 12);
    sheet.centred('(ký, ghi rõ họ tên)', centre, y + 14, 'italic', 11);
  });
}

/** The mark of what was printed from the system (NĐ 30/2020 annex VI part I III.6), and page numbers, on every page. */
export function drawFeet(sheet: Sheet, words: string, margins: Margins): void {
  const last = sheet.pageCount();
  const y = sheet.height - 10 * mm;
  const ink: Ink = 'grey';
  for (let index = 0; index < last; index += 1) {
    sheet.turnTo(index);
    sheet.text(words, margins.left, y, 'italic', 9, ink);
    const page = `Trang ${String(index + 1)}/${String(last)}`;
    sheet.text(page, sheet.width - margins.right - sheet.widthOf(page, 'regular', 9), y, 'regular', 9);
  }
}

/** `In từ Hệ thống …`, the same on everything printed. */
export function printedWords(at: string, by: string): string {
  return `In từ Hệ thống (Trạm Văn thư) lúc ${shownTime(at)}, người in: ${by}`;
}

/** `HH:mm dd/MM/yyyy` in Vietnam. */
export function shownTime(instant: string): string {
  const local = vietnamTime(new Date(instant));
  return `${local.slice(11, 16)} ${shownDay(local)}`;
}

/** `dd/MM/yyyy` of a day; '' for none. */
export function shownDay(day: string | null): string {
  if (day === null) return '';
  const [year = '', month = '', date = ''] = day.slice(0, 10).split('-');
  return `${date}/${month}/${year}`;
}

/** `ngày 05 tháng 01 năm 2026`: days below 10 and months 1 and 2 have a zero before them (NĐ 30/2020 annex I II.4.b). */
export function writtenDay(day: string): string {
  const [year = '', month = '', date = ''] = day.slice(0, 10).split('-');
  return `ngày ${date} tháng ${Number(month) <= 2 ? month : String(Number(month))} năm ${year}`;
}
