import { expect, test } from 'vitest';
import { idMaker } from '../../../electron/foundation/ids.ts';

test('ids are UUIDv7 and sort in the order in which they were made, whatever the clock does', () => {
  let now = Date.parse('2026-11-22T01:00:00Z');
  const { make } = idMaker(() => now);
  const made: string[] = [];
  for (let n = 0; n < 20_000; n += 1) {
    if (n === 5000) now += 1;
    if (n === 10_000) now -= 60_000;
    made.push(make());
  }
  expect(new Set(made).size).toBe(made.length);
  expect(made).toEqual(made.toSorted());
  expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  expect(Number.parseInt((made[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-11-22T01:00:00Z'));
});

test('ids go on after one of another process, though the clock was set back since', () => {
  const ahead = idMaker(() => Date.parse('2026-11-23T01:00:00Z')).make();
  const { make, goOnAfter } = idMaker(() => Date.parse('2026-11-22T01:00:00Z'));
  goOnAfter(ahead);
  const made = [ahead, ...Array.from({ length: 10_000 }, make)];
  expect(made).toEqual(made.toSorted());
  goOnAfter('');
  goOnAfter(made[0] ?? '');
  expect(make() > (made.at(-1) ?? '')).toBe(true);
});
