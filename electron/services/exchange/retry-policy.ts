import type { AxisFailureCode } from './ports.ts';

/**
 * When a send is tried again, in seconds after each failed try (axis.md §1.7: the intervals of an integrator in
 * production; no official ones were found).
 */
export const retrySeconds = [30, 60, 120, 240, 480] as const;

/** Our own code beside the axis': the report cannot be put into edXML, so it needs a person and not another try. */
export const unwritable = 'unwritable';

/** Error codes that another try cannot mend (axis.md §1.6, read from a provincial guide; the national list is unknown). */
const permanentErrorCodes: ReadonlySet<string> = new Set([
  '10',
  '15',
  '18',
  '19',
  '21',
  '22',
  '23',
  unwritable,
]);

export type NextStep =
  | { readonly state: 'waiting'; readonly afterSeconds: number }
  /** stays on the screen until a person acts */
  | { readonly state: 'attention' };

/**
 * What becomes of a row whose try failed. `failedTries` counts tries that reached the axis or may have. No network is
 * not a failed try: a day with the cable pulled must not use them up.
 */
export function afterFailure(code: AxisFailureCode, errorCode: string, failedTries: number): NextStep {
  const afterSeconds = retrySeconds[Math.min(failedTries, retrySeconds.length) - 1] ?? retrySeconds[0];
  if (code === 'axis-unreachable') return { state: 'waiting', afterSeconds };
  if (code === 'axis-refused' && permanentErrorCodes.has(errorCode)) return { state: 'attention' };
  if (failedTries > retrySeconds.length) return { state: 'attention' };
  return { state: 'waiting', afterSeconds };
}
