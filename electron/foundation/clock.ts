/** Where time comes from; tests hand in their own. */
export type Clock = { readonly now: () => Date };

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** Instant in the contract's form, `2026-11-22T01:00:00.000Z`. */
export function instantOf(clock: Clock): string {
  return clock.now().toISOString();
}

const vietnamOffsetMs = 7 * 3_600_000;

/**
 * Date and time on Vietnam's clock, `yyyy-MM-ddTHH:mm:ss.SSS`, for what is shown or written there. Vietnam has kept +07:00
 * without daylight saving since 1975, so it is computed and needs no time zone database.
 */
export function vietnamTime(instant: Date): string {
  return new Date(instant.getTime() + vietnamOffsetMs).toISOString().slice(0, 23);
}

/** Calendar day in Vietnam, `yyyy-MM-dd`. */
export function vietnamDay(instant: Date): string {
  return vietnamTime(instant).slice(0, 10);
}

/** Year in Vietnam; registers run from 1 January to 31 December there (NĐ 30/2020 art. 15, 22). */
export function vietnamYear(instant: Date): number {
  return Number(vietnamDay(instant).slice(0, 4));
}

/** The calendar day `yyyy-MM-dd` so many days later; earlier when negative. */
export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
