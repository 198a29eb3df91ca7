import { calendarDay, dayFromTyped } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';

/** A typed day, null for none. What is no day stays as it is, for the contract to refuse. */
export function dayOrNull(typed: string): string | null {
  return typed.trim() === '' ? null : dayFromTyped(typed);
}

/** A day as it is typed. */
export function typedDay(day: string | null): string {
  return day === null ? '' : calendarDay(day);
}

/** Today in Vietnam, as it is typed. */
export function today(): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date());
}

/** From when to when something holds, in words. */
export function validityWords(t: Formatter, { validFrom, validTo }: { readonly validFrom: string | null; readonly validTo: string | null }): string {
  return t('people.days', { from: typedDay(validFrom) || 'none', to: typedDay(validTo) || 'none' });
}
