import { describe, expect, test } from 'vitest';
import { usualRetrySeconds } from '#contract';
import {
  afterFailure,
  errorCodes,
  isPollDue,
  longestRestSeconds,
  longestWaitSeconds,
  restSeconds,
  untilNextPollSeconds,
  type Failed,
  type NextStep,
} from '../../../electron/services/exchange/retry-policy.ts';
import { retryAfter } from '../../../electron/services/exchange/transports/answers.ts';

const usual = { retrySeconds: usualRetrySeconds, maxTries: 6 };
const middle = (): number => 0.5;
const failed = (change: Partial<Failed>): Failed => ({ code: 'time-out', errorCode: '', failedTries: 1, left: true, ...change });
const next = (change: Partial<Failed>, random = middle): NextStep => afterFailure(failed(change), usual, random);
const secondsOf = (step: NextStep): number => (step.state === 'waiting' ? Math.round(step.afterSeconds * 1000) / 1000 : Number.NaN);

describe('a send that failed', () => {
  test('waits longer each time, and after the last interval a person is asked', () => {
    expect([1, 2, 3, 4, 5].map((failedTries) => secondsOf(next({ failedTries })))).toEqual([30, 60, 120, 240, 480]);
    expect(next({ failedTries: 6 })).toEqual({ state: 'attention' });
  });

  test('never uses up its tries while there is no network', () => {
    expect(secondsOf(next({ code: 'axis-unreachable', failedTries: 1000 }))).toBe(480);
  });

  test('nor while a gateway says that the axis is away, or only the look-up met silence', () => {
    for (const errorCode of ['408', '429', '502', '503', '504']) expect(secondsOf(next({ code: 'axis-answer-unreadable', errorCode, failedTries: 1000 }))).toBe(480);
    expect(secondsOf(next({ code: 'time-out', failedTries: 1000, left: false }))).toBe(480);
    for (const errorCode of ['200', '400', '401', '404', '500']) expect(next({ code: 'axis-answer-unreadable', errorCode, failedTries: 1000 }).state).toBe('attention');
  });

  test('is spread by a fifth to both sides', () => {
    expect(secondsOf(next({}, () => 0))).toBe(24);
    expect(secondsOf(next({}, () => 0.25))).toBe(27);
    const most = secondsOf(next({}, () => 1 - Number.EPSILON));
    expect(most).toBeGreaterThan(35.9);
    expect(most).toBeLessThanOrEqual(36);
  });

  test('keeps to the settings: the last interval is repeated, the tries are counted', () => {
    const policy = { retrySeconds: [5, 100], maxTries: 4 };
    const steps = [1, 2, 3, 4].map((failedTries) => afterFailure(failed({ failedTries }), policy, middle));
    expect(steps.map(secondsOf)).toEqual([5, 100, 100, Number.NaN]);
    expect(steps[3]).toEqual({ state: 'attention' });
  });

  test('goes to a person at once when no try can mend it; what is unknown is tried again', () => {
    for (const errorCode of ['10', '15', '18', '19', '21', '22', '23', 'unwritable']) {
      expect(next({ code: 'axis-refused', errorCode }), errorCode).toEqual({ state: 'attention' });
    }
    for (const errorCode of ['20', '', '999', '1', '100']) {
      expect(secondsOf(next({ code: 'axis-refused', errorCode })), errorCode).toBe(30);
    }
    // The same number as a broker's HTTP status, without the axis' refusal, is no error code.
    expect(next({ code: 'axis-answer-unreadable', errorCode: '10' }).state).toBe('waiting');
  });

  test('every known code says where it is from and how sure that is', () => {
    for (const { code, source, confidence, means } of errorCodes) {
      expect([code, source, means].every((text) => text !== ''), code).toBe(true);
      expect(['S', 'I', 'own'], code).toContain(confidence);
    }
    expect(new Set(errorCodes.map(({ code }) => code)).size).toBe(errorCodes.length);
  });
});

test('polls are spread by a tenth to both sides', () => {
  expect([0, 0.5, 1].map((at) => Math.round(untilNextPollSeconds(300, () => at)))).toEqual([270, 300, 330]);
});

describe('a clock that is set back', () => {
  test('does not hold up the polls: a next one further ahead than any can be is due', () => {
    const at = Date.parse('2026-11-22T01:00:00.000Z');
    expect([at, at - 1, at + 1, at + 330_000, at + 330_001].map((next) => isPollDue(at, next, 300))).toEqual([true, true, false, false, true]);
  });

  test('nor a try: none is put off longer than the longest interval and its spread', () => {
    expect(longestWaitSeconds(usual)).toBeCloseTo(480 * 1.2);
    expect(longestWaitSeconds({ retrySeconds: [5] })).toBeGreaterThanOrEqual(secondsOf(next({}, () => 1)));
  });
});

describe('an axis that asks to be left alone', () => {
  const answered = (params: Readonly<Record<string, string | number>>, code: 'axis-refused' | 'axis-answer-unreadable' = 'axis-answer-unreadable'): number => restSeconds({ code, params });

  test('is, for as long as it says, within an hour; half a minute when a gateway names no time', () => {
    expect(answered({ errorCode: '429', retryAfter: 120 })).toBe(120);
    expect(answered({ errorCode: '503', retryAfter: 999_999_999 })).toBe(longestRestSeconds);
    expect(answered({ errorCode: '503' })).toBe(30);
    expect(answered({ errorCode: '200' })).toBe(0);
    expect(answered({ errorCode: '20' }, 'axis-refused')).toBe(0);
  });

  const now = Date.parse('2026-11-22T01:00:00.000Z');

  test.each([
    ['120', 120],
    [' 7 ', 7],
    ['0', null],
    ['-5', null],
    ['1.5', null],
    ['1e9', null],
    ['99999999999999999999', null],
    ['soon', null],
    ['', null],
    ['2030', 2030],
    ['Sun, 22 Nov 2026 01:02:00 GMT', 120],
    ['Sunday, 22-Nov-26 01:02:00 GMT', 120],
    ['Sun Nov 22 01:02:00 2026', 120],
    ['Sun, 22 Nov 2026 00:59:00 GMT', null],
    ['Sun, 99 Nov 2026 00:59:00 GMT', null],
  ])('Retry-After: %s is %j seconds', (said, seconds) => {
    expect(retryAfter({ 'retry-after': said }, now)).toBe(seconds);
  });

  test('a date is held against the clock of whoever wrote it', () => {
    const headers = { date: 'Sun, 22 Nov 2020 01:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2020 01:00:30 GMT' };
    expect(retryAfter(headers, now)).toBe(30);
    expect(retryAfter({ ...headers, date: 'nonsense' }, now)).toBe(null);
  });
});
