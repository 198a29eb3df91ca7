import type { Failure } from '#contract';
import type { AxisFailureCode } from './ports.ts';

/** Our own code beside the axis': the report cannot be put into edXML, so it needs a person and not another try. */
export const unwritable = 'unwritable';

type ErrorCode = {
  readonly code: string;
  readonly means: string;
  /** another try cannot mend it */
  readonly permanent: boolean;
  readonly source: string;
  /** as in axis.md: S = another integrator's word, I = inferred; own = made by this program */
  readonly confidence: 'S' | 'I' | 'own';
};

const guide = 'axis.md §1.6: a province\'s connection guide v2.2 §4, as another integrator quotes it';

/**
 * Error codes that are known. The national list is not (axis.md §1.6 [NF]): a code that is not here is tried again.
 * Code 20 is a trouble of the broker itself, so time may mend it, although that integrator does not try it again.
 */
export const errorCodes: readonly ErrorCode[] = [
  { code: '10', means: 'file not valid', permanent: true, source: guide, confidence: 'S' },
  { code: '15', means: 'wrong system id or secret key', permanent: true, source: guide, confidence: 'S' },
  { code: '18', means: 'receiver does not exist', permanent: true, source: guide, confidence: 'S' },
  { code: '19', means: 'sender is not registered', permanent: true, source: guide, confidence: 'S' },
  { code: '20', means: 'trouble within the broker', permanent: false, source: guide, confidence: 'I' },
  { code: '21', means: 'file could not be processed', permanent: true, source: guide, confidence: 'S' },
  { code: '22', means: 'edXML not to the standard', permanent: true, source: guide, confidence: 'S' },
  { code: '23', means: 'receiver is locked', permanent: true, source: guide, confidence: 'S' },
  { code: unwritable, means: 'a value that edXML cannot hold', permanent: true, source: 'this program', confidence: 'own' },
];

/** Shares by which times are spread to both sides. */
const trySpread = 0.2;
const pollSpread = 0.1;

/** The settings that say how often and when a send is tried again. */
export type RetryPolicy = {
  /** after each failed try; the last one is repeated */
  readonly retrySeconds: readonly number[];
  /** tries that reached the axis or may have, before a person is asked */
  readonly maxTries: number;
};

/** From 0 up to, not including, 1; `Math.random`, or a test's. */
export type Random = () => number;

export type NextStep =
  | { readonly state: 'waiting'; readonly afterSeconds: number }
  /** stays on the screen until a person acts */
  | { readonly state: 'attention' };

export type Failed = {
  readonly code: AxisFailureCode;
  /** the axis' own, '' without one */
  readonly errorCode: string;
  /** tries that reached the axis or may have, this one with them */
  readonly failedTries: number;
  /** the message itself left, or may have; false where it was only looked up first */
  readonly left: boolean;
};

/**
 * Whether the axis was away: no connection, or a gateway in front of it that says so in its place (RFC 9110 §15: 408, 502,
 * 503, 504; RFC 6585 §4: 429). Silence is the same for what only looked something up.
 */
export function isAway({ code, errorCode, left }: Pick<Failed, 'code' | 'errorCode' | 'left'>): boolean {
  if (code === 'time-out') return !left;
  return code === 'axis-unreachable' || (code === 'axis-answer-unreadable' && /^(408|429|502|503|504)$/.test(errorCode));
}

/** The longest that all sends and polls rest because the other side asks for it, in seconds. */
export const longestRestSeconds = 3600;
/** How long they rest when it says that it is away without saying for how long. */
const usualRestSeconds = 30;

/**
 * For how many seconds the axis is left alone after a failure, 0 for none: for as long as `Retry-After` asks (RFC 9110
 * §10.2.3), within an hour, and half a minute where a gateway says without it that the axis is away.
 */
export function restSeconds({ code, params }: Failure<AxisFailureCode>): number {
  if (code !== 'axis-answer-unreadable') return 0;
  const asked = Number(params?.['retryAfter'] ?? 0);
  const away = isAway({ code, errorCode: String(params?.['errorCode'] ?? ''), left: true });
  return Math.min(longestRestSeconds, asked > 0 ? asked : away ? usualRestSeconds : 0);
}

/**
 * What becomes of a row whose try failed. No axis is not a failed try: a day with the cable pulled, or with a gateway that
 * has nobody behind it, must not use them up. Times are spread by a fifth to both sides, so that stations that lost the axis together do not come back together.
 */
export function afterFailure(failed: Failed, policy: RetryPolicy, random: Random): NextStep {
  const { code, errorCode, failedTries } = failed;
  const { retrySeconds, maxTries } = policy;
  const interval = retrySeconds[Math.min(failedTries, retrySeconds.length) - 1] ?? retrySeconds[0] ?? 60;
  const waiting: NextStep = { state: 'waiting', afterSeconds: spread(interval, trySpread, random) };
  if (isAway(failed)) return waiting;
  if (code === 'axis-refused' && errorCodes.some((known) => known.code === errorCode && known.permanent)) {
    return { state: 'attention' };
  }
  return failedTries >= maxTries ? { state: 'attention' } : waiting;
}

/** When the axis is asked next: the interval, spread by a tenth to both sides, so that stations do not ask in step. */
export function untilNextPollSeconds(pollSeconds: number, random: Random): number {
  return spread(pollSeconds, pollSpread, random);
}

/**
 * Whether the axis is to be asked. Also when the time of the next poll lies further ahead than any poll is put off: then
 * the clock was set back since, and would hold the polls up until it gets there again.
 */
export function isPollDue(nowMs: number, nextPollMs: number, pollSeconds: number): boolean {
  return nowMs >= nextPollMs || nextPollMs - nowMs > pollSeconds * 1000 * (1 + pollSpread);
}

/** The longest that a try is put off, in seconds. */
export function longestWaitSeconds({ retrySeconds }: Pick<RetryPolicy, 'retrySeconds'>): number {
  return Math.max(60, ...retrySeconds) * (1 + trySpread);
}

function spread(seconds: number, share: number, random: Random): number {
  return seconds * (1 - share + 2 * share * random());
}
