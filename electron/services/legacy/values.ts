import type { LegacyProblemCode } from '#contract';
import { folded } from '../../foundation/pasted-table.ts';
import { dayOfSerial } from './read/sheet.ts';
import type { Cell } from './read/table.ts';

type DayProblem = { readonly problem: Extract<LegacyProblemCode, 'day-unreadable' | 'day-impossible' | 'day-without-year'> };

/**
 * A day as hands have typed it: `05/03/2024`, `5-3-24`, `5.3.2024`, `2024-03-05`, `ngày 05 tháng 3 năm 2024`, or Excel's own.
 * The day comes first, as it is written in Vietnam. `year`: the one that a day without a year is from; null where that
 * cannot be said.
 */
export function readDay(cell: Cell, year: number | null): string | DayProblem {
  if (cell.kind === 'date') return dayFrom(cell.text.slice(0, 4), cell.text.slice(5, 7), cell.text.slice(8, 10));
  const text = cell.text.trim();
  if (cell.kind === 'number' || /^\d{5}(?:\.\d+)?$/.test(text)) {
    const day = dayOfSerial(Number(text));
    // Below are numbers that are no days of a register: 1 to 20 000 end in 1954.
    return day !== undefined && Number(text) > 20_000 && Number(text) < 80_000 ? day : { problem: 'day-unreadable' };
  }
  const plain = folded(text).replace(/^ngay\s*/, '').replace(/\s+\d{1,2}[:h]\d{2}(?::\d{2})?$/, '');
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain);
  if (iso !== null) return dayFrom(iso[1], iso[2], iso[3]);
  const full = /^(\d{1,2})\s*(?:[-/.\\]|thang)\s*(\d{1,2})\s*(?:[-/.\\,]|nam)\s*(\d{2}|\d{4})$/.exec(plain);
  if (full !== null) return dayFrom(wholeYear(full[3] ?? ''), full[2], full[1]);
  const short = /^(\d{1,2})\s*(?:[-/.]|thang)\s*(\d{1,2})$/.exec(plain);
  if (short !== null) return year === null ? { problem: 'day-without-year' } : dayFrom(String(year), short[2], short[1]);
  return { problem: 'day-unreadable' };
}

/** `24` is 2024 and `98` is 1998: no register of the years before 1970 is in Excel. */
function wholeYear(digits: string): string {
  if (digits.length === 4) return digits;
  return `${Number(digits) >= 70 ? '19' : '20'}${digits}`;
}

function dayFrom(year = '', month = '', date = ''): string | DayProblem {
  const day = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const read = new Date(`${day}T00:00:00.000Z`);
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== day ? { problem: 'day-impossible' } : day;
}

/** `12`, `012`, `12a`, `12 A`, `Số 12`: a number of a register and its letter. Undefined for anything else. */
export function readNumber(text: string): { readonly number: number; readonly suffix: string } | undefined {
  const [, digits, letter = ''] = /^(?:số|so)?\s*[:.]?\s*0*([1-9]\d{0,7})(?:\.0+)?\s*([a-z]?)\.?$/i.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : { number: Number(digits), suffix: letter.toLowerCase() };
}

/**
 * Number and symbol as the program keeps them: what stands before the first stroke, and what stands behind it. Written
 * together again they are what stood there. What has no stroke is a symbol alone.
 */
export function readCode(text: string): { readonly codeNumber: string; readonly codeNotation: string } {
  const plain = text.replace(/^(?:số|so)\s*[:.]?\s*(?=\d)/i, '').replaceAll(/\s*\/\s*/g, '/').trim();
  const stroke = plain.indexOf('/');
  return stroke <= 0 || stroke === plain.length - 1
    ? { codeNumber: '', codeNotation: plain }
    : { codeNumber: plain.slice(0, stroke), codeNotation: plain.slice(stroke + 1) };
}

/** The number with which an outgoing document begins: 12 of `12/QĐ-UBND` and of `12-CV/ĐU`. */
export function leadingNumber(codeNumber: string): { readonly number: number; readonly suffix: string } | undefined {
  const [, digits, letter = ''] = /^0*([1-9]\d{0,7})([a-zA-Z]?)(?:[-.].*)?$/.exec(codeNumber) ?? [];
  return digits === undefined ? undefined : { number: Number(digits), suffix: letter.toLowerCase() };
}

/** Marks that repeat what stands above, as on paper: `"`, `nt`, `như trên`. */
export function repeatsAbove(text: string): boolean {
  return /^(?:["″“”〃]|'{2}|-?\s*nt\s*-?|-?\s*như trên\s*-?)$/i.test(text.trim());
}

/** A row between entries that heads or sums them: "Tháng 3", "Quý I", "Cộng: 120 văn bản". */
export function isHeading(text: string): boolean {
  return /^(?:thang|quy|nam|tuan|ngay|tu ngay|cong|tong|trang|het|khoa so)\b/.test(folded(text));
}

/** Whether what a column of secrecy says is that there is none. */
export function isPlain(text: string): boolean {
  return ['', '-', '0', 'khong', 'thuong', 'binh thuong', 'khong mat'].includes(folded(text));
}
