import type { Contract, OutputOf } from '#contract';

export type YearDay = OutputOf<Contract['calendar']['year']>['days'][number];

/** Number of the weekday of `yyyy-MM-dd`, Sunday being 0. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
