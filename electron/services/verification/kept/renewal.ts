import type { SubIndication, Verdict } from '#contract';

const hour = 3_600_000;
const day = 24 * hour;

/** What time alone may mend, and how long to wait at first; anything else waits for new data or for a person. */
const mendable: Partial<Record<SubIndication, number>> = { TRY_LATER: hour, NO_CERTIFICATE_CHAIN_FOUND: 6 * hour, GENERIC: day };

/**
 * When another look at a file may tell more; null when nothing is expected of it. `tries`: how often it was looked at
 * before. The wait doubles up to a day, and after a fortnight of them nothing is expected any more.
 */
export function renewalOf(verdict: Verdict, tries: number, now: Date): string | null {
  if (verdict.indication !== 'indeterminate' || tries > 20) return null;
  const all = [...verdict.signatures.map(({ subIndication }) => subIndication), verdict.subIndication];
  const waits = all.flatMap((sub) => (sub === null ? [] : (mendable[sub] ?? [])));
  if (waits.length === 0) return null;
  return new Date(now.getTime() + Math.min(day, Math.min(...waits) * 2 ** Math.min(tries, 10))).toISOString();
}
