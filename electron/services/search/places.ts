/** A document's place in the index: its day in the upper bits, tenths of a second of the day below, so that later is higher. */
export const placesPerDay = 2 ** 20;
const dayMs = 86_400_000;

/** Lowest place of a calendar day. */
export function firstOfDay(day: string): number {
  return Math.floor(Date.parse(day) / dayMs) * placesPerDay;
}

/** Highest place of a calendar day. */
export function lastOfDay(day: string): number {
  return firstOfDay(day) + placesPerDay - 1;
}

/**
 * A place as FTS5 must be given it. The driver gives plain numbers to SQLite as reals, and FTS5 takes a rowid that is a real
 * for no condition at all: it would find, or delete, every row.
 */
export function rowid(place: number): bigint {
  return BigInt(place);
}
