import { expect, test } from 'vitest';
import { all, sql } from '../../../electron/store/index.ts';
import { office } from './number-office.ts';

const series = { register: 'outgoing', scope: '', year: 2026 } as const;
const why = { forWhom: 'Phòng Văn xã', until: null, reason: 'Kỳ họp' } as const;

test('a last number that was told too high is put right as long as nothing above it was given, and the log says what was taken back', async () => {
  const { numbers, store, take } = office();
  await numbers.startAfter({ ...series, last: 57, reason: 'Sổ giấy đến 31/10' });
  await numbers.startAfter({ ...series, last: 580, reason: 'Gõ nhầm' });
  expect(await numbers.setBack({ ...series, last: 580, reason: 'x' })).toMatchObject({ failure: { code: 'not-below-last', params: { last: 580 } } });
  expect(await numbers.setBack({ ...series, last: 58, reason: 'Gõ thừa số 0' })).toMatchObject({ value: { last: 58, outside: 58 } });
  expect(take()).toBe('59/UBND-VP');
  expect(await numbers.setBack({ ...series, last: 58, reason: 'x' })).toMatchObject({ failure: { code: 'numbers-in-the-way', params: { numbers: '59', count: 1 } } });
  expect(await numbers.check({ year: 2026 })).toMatchObject({ value: { series: [{ last: 59, explained: 58, taken: 1, problems: [] }] } });
  const [entry] = all<{ detail: string }>(store.read, sql`SELECT detail FROM audit_entry WHERE action = 'numbers.set-back'`);
  expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ from: 580, last: 58, reason: 'Gõ thừa số 0', gaps: [{ first: 58, last: 580, reason: 'Gõ nhầm' }] });
});

test('nothing is set back over a number that was kept, given back, voided or inserted, and those are named', async () => {
  const { numbers } = office();
  await numbers.startAfter({ ...series, last: 40, reason: 'Sổ giấy' });
  await numbers.insert({ ...series, after: 30, day: '2026-11-22', ...why });
  await numbers.reserve({ ...series, number: null, suffix: '', ...why });
  await numbers.release({ ...series, number: 41, suffix: '', reason: 'x' });
  for (let n = 0; n < 15; n += 1) await numbers.voidNumber({ ...series, number: null, suffix: '', reason: 'x' });
  expect(await numbers.setBack({ ...series, last: 0, reason: 'x' })).toMatchObject({
    failure: { code: 'numbers-in-the-way', params: { last: 0, count: 17, numbers: '30a, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51…' } },
  });
  // A series that nothing was given of goes back to its beginning.
  const arrivals = { register: 'incoming', scope: '', year: 2026 } as const;
  await numbers.startAfter({ ...arrivals, last: 11800, reason: 'Gõ nhầm' });
  expect(await numbers.setBack({ ...arrivals, last: 0, reason: 'Chưa có sổ' })).toMatchObject({ value: { last: 0, outside: 0 } });
});
