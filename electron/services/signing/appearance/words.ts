import { vietnamTime } from '../../../foundation/clock.ts';
/** How an electronic copy was made (NĐ 30/2020 art. 25, Annex I part II.I). */
export type CopyForm = 'sao-y' | 'sao-luc' | 'trich-sao';

/** What the decree wants written where the agency's signature shows no picture (Annex I.II.8.b, III.1.d and part II.I.3). */
export type SignedLine =
  | { readonly kind: 'attachment'; /** number and symbol of the document that it goes with */ readonly code: string }
  | { readonly kind: 'copy'; readonly form: CopyForm; /** the agency that copied */ readonly agency: string };

/** Lower case, as the annex orders the whole line to be. */
const forms: Readonly<Record<CopyForm, string>> = { 'sao-y': 'Sao y', 'sao-luc': 'Sao lục', 'trich-sao': 'Trích sao' };

/**
 * The parts of the line, to be joined by `; `: `Số: …; ngày/tháng/năm; giờ: phút: giây` or `hình thức sao; tên cơ quan;
 * ngày/tháng/năm; giờ: phút: giây`, the time on Vietnam's clock with its zone as ISO 8601 writes it. The notation of
 * the zone is a reading of "múi giờ Việt Nam theo tiêu chuẩn ISO 8601", which the annex gives no example of.
 */
export function signedLine(line: SignedLine, at: Date): readonly string[] {
  const there = vietnamTime(at);
  const [year = '', month = '', day = ''] = there.slice(0, 10).split('-');
  // Date and time are one part: a line is not broken between them.
  const time = `${day}/${month}/${year}; ${there.slice(11, 19)} +07:00`;
  if (line.kind === 'attachment') return [`Số: ${line.code}`, time];
  return [forms[line.form], line.agency, time];
}

/** Day and month as a document shows them: days below 10 and the months 1 and 2 with a zero (NĐ 30/2020 Annex I.II.4). */
export function dateParts(date: string): { readonly day: string; readonly month: string; readonly year: string } | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const made = new Date(`${date}T00:00:00Z`);
  if (year === '' || Number.isNaN(made.getTime()) || made.toISOString().slice(0, 10) !== date) return undefined;
  return { day, month: Number(month) <= 2 ? month : String(Number(month)), year };
}

/** Number and symbol at the first slash, as the document shows them: `05` and `/UBND-VX` (Annex I.II.3). */
export function codeParts(code: string): { readonly number: string; readonly symbol: string } | undefined {
  const [, number = '', symbol = ''] = /^(\d{1,6}[A-Za-z]?)(\/[^\s/]\S{0,60})$/u.exec(code.normalize('NFC')) ?? [];
  return number === '' ? undefined : { number: number.replace(/^\d$/, '0$&'), symbol };
}
