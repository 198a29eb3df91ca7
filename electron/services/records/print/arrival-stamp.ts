import type { StampPicture } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import { shownDay, shownTime } from './form-parts.ts';
import { mm } from './sheet.ts';

/** What the arrival mark says. */
export type StampWords = {
  readonly agency: string;
  /** with its suffix, e.g. `12a` */
  readonly number: string;
  /** instant of arrival */
  readonly arrivedAt: string;
  /** 0 to 4 */
  readonly urgency: number;
  /** to whom it went; '' while nobody has it */
  readonly holders: string;
};

export type Measure = (text: string, bold: boolean, size: number) => number;

const width = 50;
const height = 35;
const inset = 1.6;
const nameHeight = 8.4;
const numberBottom = 19.6;
const numberLeft = 16;

/**
 * The mark "ĐẾN" of NĐ 30/2020/NĐ-CP annex IV form V: a rectangle of 35 × 50 mm with name of the office, ĐẾN, Số, Ngày, Chuyển,
 * Số và ký hiệu HS. Lengths in millimetres from its top left corner, type sizes in points. The hour stands with the most urgent
 * kinds, as provinces advise (secondary source); the decree asks for the day.
 */
export function stampPicture(words: StampWords, measure: Measure): StampPicture {
  const wide = (text: string, bold: boolean, size: number): number => measure(text, bold, size) / mm;
  const texts: StampPicture['texts'][number][] = [];
  const put = (text: string, x: number, y: number, size: number, bold = false): void => {
    texts.push({ text, x, y, width: wide(text, bold, size), size, bold });
  };
  const centred = (text: string, centre: number, y: number, size: number, bold: boolean): void => {
    put(text, centre - wide(text, bold, size) / 2, y, size, bold);
  };

  const name = fittedName(words.agency.toLocaleUpperCase('vi'), wide);
  name.lines.forEach((line, at) => {
    const first = name.lines.length === 1 ? 5.3 : 3.6;
    centred(line, width / 2, first + at * 3.6, name.size, true);
  });
  centred('ĐẾN', numberLeft / 2, 15.4, 14, true);

  const labelled = (label: string, value: string, x: number, y: number, size: number): void => {
    put(label, x, y, 10);
    const from = x + wide(`${label} `, false, 10);
    if (value === '') put(dots(width - inset - from, wide), from, y, 10);
    else put(value, from, y, fittedSize(value, size, width - inset - from, wide), size > 10);
  };
  labelled('Số:', words.number, numberLeft + inset, 13.2, 11.5);
  labelled('Ngày:', arrivalDay(words), numberLeft + inset, 18, 10);

  const label = 'Chuyển:';
  const first = width - 2 * inset - wide(`${label} `, false, 10);
  const lines = broken(words.holders, 9.5, first, width - 2 * inset, wide);
  labelled(label, lines[0] ?? '', inset, 23.8, 9.5);
  put(lines[1] ?? dots(width - 2 * inset, wide), inset, 28.2, 9.5);
  labelled('Số và ký hiệu HS:', '', inset, 32.8, 10);
  return {
    width,
    height,
    lines: [
      { x1: 0, y1: nameHeight, x2: width, y2: nameHeight },
      { x1: 0, y1: numberBottom, x2: width, y2: numberBottom },
      { x1: numberLeft, y1: nameHeight, x2: numberLeft, y2: numberBottom },
    ],
    texts,
  };
}

type Wide = (text: string, bold: boolean, size: number) => number;

/** The office's name as large as it fits on one line or two. */
function fittedName(name: string, wide: Wide): { readonly lines: readonly string[]; readonly size: number } {
  const room = width - 2 * inset;
  for (const size of [10, 9, 8.5]) if (wide(name, true, size) <= room) return { lines: [name], size };
  for (const size of [8.5, 8, 7.5, 7, 6.5]) {
    const lines = broken(name, size, room, room, (text, _, given) => wide(text, true, given));
    if (lines.length <= 2 && !(lines.at(-1) ?? '').endsWith('…')) return { lines, size };
  }
  return { lines: broken(name, 6.5, room, room, (text, _, given) => wide(text, true, given)).slice(0, 2), size: 6.5 };
}

/** The given size, or as much less as the room asks for. */
function fittedSize(text: string, size: number, room: number, wide: Wide): number {
  const needed = wide(text, size > 10, size);
  return needed <= room ? size : Math.floor(((size * room) / needed) * 10) / 10;
}

/** At most two lines; what does not fit ends in an ellipsis, as the register has it whole. */
function broken(text: string, size: number, firstRoom: number, room: number, wide: Wide): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (wide(longer, false, size) <= (lines.length === 0 ? firstRoom : room)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= 2) return lines.map((one) => cut(one, size, room, wide));
  return [lines[0] ?? '', cut(lines.slice(1).join(' '), size, room, wide)];
}

function cut(text: string, size: number, room: number, wide: Wide): string {
  if (wide(text, false, size) <= room) return text;
  let shorter = text;
  while (shorter !== '' && wide(`${shorter}…`, false, size) > room) shorter = shorter.slice(0, -1).trimEnd();
  return `${shorter}…`;
}

function dots(room: number, wide: Wide): string {
  return '.'.repeat(Math.max(0, Math.floor(room / wide('.', false, 10))));
}

function arrivalDay({ arrivedAt, urgency }: StampWords): string {
  return urgency >= 2 ? shownTime(arrivedAt) : shownDay(vietnamDay(new Date(arrivedAt)));
}
