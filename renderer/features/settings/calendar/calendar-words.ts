import type { Contract, OutputOf } from '#contract';

export type YearDay = OutputOf<Contract['calendar']['year']>['days'][number];

/** `02/09/2027` as `2027-09-02`; anything else as it was typed, for the contract to refuse. */
export function dayFromTyped(text: string): string {
  const [, date = '', month = '', year = ''] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text) ?? [];
  return year === '' ? text.trim() : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

/** Number of the weekday of `yyyy-MM-dd`, Sunday being 0. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
