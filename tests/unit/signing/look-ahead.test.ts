import { expect, test } from 'vitest';
import { lookAhead } from '../../../electron/services/signing/batch/look-ahead.ts';

/** Whether somebody is in by now. */
async function isIn(entering: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setImmediate(resolve, false));
  return Promise.race([entering.then(() => true), late]);
}

test('so many files and so many bytes at once; who leaves makes room', async () => {
  const room = lookAhead({ files: 2, bytes: 100 });
  const first = await room.enter(60);
  const second = await room.enter(30);
  const third = room.enter(1);
  expect(await isIn(third)).toBe(false);
  second();
  const leave = await third;
  leave();
  const large = room.enter(50);
  expect(await isIn(large)).toBe(false);
  first();
  expect(await isIn(large)).toBe(true);
});

test('a file larger than all the room goes alone', async () => {
  const room = lookAhead({ files: 8, bytes: 100 });
  const leave = await room.enter(1_000);
  const next = room.enter(1);
  expect(await isIn(next)).toBe(false);
  leave();
  expect(await isIn(next)).toBe(true);
});
