import { vietnamTime } from '../../../foundation/clock.ts';

/** Meaning of edXML values (axis.md §2.1, §2.7). Reading is lenient and never throws; writing is exact. */

function realDay(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00.000Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text;
}

/** The time behind a day: hours, minutes, seconds, the half of the day in English or Vietnamese, the zone. */
const timeBehind = /[\sT](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*(AM|PM|SA|CH)\b)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/i;

/**
 * Calendar day `yyyy-MM-dd` of a wire date. Understands `yyyy/MM/dd` (the standard form), `yyyy-MM-dd` and
 * `dd/MM/yyyy`, with a time behind it or not; null for anything else and for days that do not exist. A time with a zone
 * (ISO 8601) tells the day that it was in Vietnam then: what a sender writes in UTC would else be a day early.
 */
export function dayFromWire(text: string): string | null {
  const day = writtenDay(text);
  if (day === null || timeBehind.exec(text)?.[5] === undefined) return day;
  const instant = instantFromWire(text);
  return instant === null ? day : vietnamTime(new Date(instant)).slice(0, 10);
}

function writtenDay(text: string): string | null {
  const yearFirst = /^\s*(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?!\d)/.exec(text);
  if (yearFirst !== null) return realDay(yearFirst[1] ?? '', yearFirst[2] ?? '', yearFirst[3] ?? '');
  const dayFirst = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/.exec(text);
  return dayFirst === null ? null : realDay(dayFirst[3] ?? '', dayFirst[2] ?? '', dayFirst[1] ?? '');
}

/**
 * Instant (ISO, UTC, milliseconds) of a wire timestamp `yyyy/MM/dd HH:mm:ss`, in Vietnam time where it names no zone; null
 * when unreadable.
 */
export function instantFromWire(text: string): string | null {
  const day = writtenDay(text);
  const time = timeBehind.exec(text);
  if (day === null || time === null) return null;
  const [, hours = '', minutes = '', seconds = '00', half, zone = '+07:00'] = time;
  const hour = half === undefined ? Number(hours) : hourOfHalf(Number(hours), /^(PM|CH)$/i.test(half));
  const clock = `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`;
  const ms = Date.parse(`${day}T${clock}${zone.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** `12:30 AM` is half past midnight. What is no hour of a half stays none. */
function hourOfHalf(hour: number, isLater: boolean): number {
  if (hour < 1 || hour > 12) return 99;
  return (hour % 12) + (isLater ? 12 : 0);
}

/** `yyyy/MM/dd` of a contract day `yyyy-MM-dd`. */
export function wireDay(day: string): string {
  return day.replaceAll('-', '/');
}

/** `yyyy/MM/dd HH:mm:ss`, Vietnam time. */
export function wireInstant(instant: Date): string {
  const iso = vietnamTime(instant);
  return `${wireDay(iso.slice(0, 10))} ${iso.slice(11, 19)}`;
}

/** Urgency 0–4 of `Priority`; what is absent or unknown counts as 0 (thường). */
export function urgencyFromWire(priority: string): 0 | 1 | 2 | 3 | 4 {
  const value = Number(priority.trim() === '' ? '0' : priority);
  return value === 1 || value === 2 || value === 3 || value === 4 ? value : 0;
}

/** A count such as `PageAmount`; null when absent or not a whole number from 0 to 65535. */
export function countFromWire(text: string): number | null {
  const trimmed = text.trim();
  return /^\d{1,5}$/.test(trimmed) && Number(trimmed) <= 65_535 ? Number(trimmed) : null;
}

/** Full number of a document as `ResponseFor/Code` has it: `7816/VPCP-TTĐT`. */
export function fullCode(code: { readonly codeNumber: string; readonly codeNotation: string }): string {
  return code.codeNumber === '' || code.codeNotation === ''
    ? `${code.codeNumber}${code.codeNotation}`
    : `${code.codeNumber}/${code.codeNotation}`;
}

/** `ContentId` without `cid:`, which builders write on one side only at times (axis.md §2.5). */
export function bareContentId(contentId: string): string {
  return contentId.trim().replace(/^cid:/i, '');
}

/** Status codes with a known meaning (axis.md §2.8). 07–12 and 14 have none. */
export const statusCodes = ['01', '02', '03', '04', '05', '06', '13', '15', '16'] as const;
