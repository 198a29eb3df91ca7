/** Arithmetic of calendar days `yyyy-MM-dd` and of the instants at which they turn in Vietnam (+07:00 all year). */

const dayMs = 86_400_000;

/** Whole days from one day to another; negative when the second is earlier. */
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** Saturday or Sunday. */
export function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The instant (ISO 8601, UTC) at which it is `HH:mm` on a day in Vietnam. */
export function vietnamInstant(day: string, time: string): string {
  return new Date(`${day}T${time}:00.000+07:00`).toISOString();
}

/** The last millisecond of a day in Vietnam, as an instant. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59.999+07:00`).toISOString();
}
