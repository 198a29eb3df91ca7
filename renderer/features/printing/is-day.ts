import { dayFromTyped } from '../../i18n/dates.ts';

/** Whether what was typed is a day that there is, dd/mm/yyyy. */
export function isDay(typed: string): boolean {
  const day = dayFromTyped(typed);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
}
