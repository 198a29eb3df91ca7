import { expect, test } from 'vitest';
import { afterFailure, retrySeconds } from '../../../electron/services/exchange/retry-policy.ts';

test('each failed try waits longer, and after the last interval a person is asked', () => {
  const waits = [1, 2, 3, 4, 5].map((tries) => afterFailure('time-out', '', tries));
  expect(waits).toEqual(retrySeconds.map((afterSeconds) => ({ state: 'waiting', afterSeconds })));
  expect(afterFailure('time-out', '', 6)).toEqual({ state: 'attention' });
});

test('no network never uses up the tries', () => {
  expect(afterFailure('axis-unreachable', '', 1000)).toEqual({ state: 'waiting', afterSeconds: 480 });
});

test('what another try cannot mend goes to a person at once; other refusals are tried again', () => {
  expect(afterFailure('axis-refused', '18', 1)).toEqual({ state: 'attention' });
  expect(afterFailure('axis-refused', '20', 1)).toEqual({ state: 'waiting', afterSeconds: 30 });
});
