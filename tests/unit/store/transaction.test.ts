import { expect, test } from 'vitest';
import { driverOf } from '../../../electron/store/db.ts';
import { afterCommit, one, run, sql } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from './helpers.ts';

test('an effect that throws keeps none behind it from happening; what was written stands', () => {
  const store = storeIn(scratchFolder());
  const happened: string[] = [];
  expect(() => {
    store.write((db) => {
      run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('tried', '1', '2026-11-23T01:00:00.000Z')`);
      afterCommit(db, () => {
        throw new Error('the window is gone');
      });
      afterCommit(db, () => happened.push('the outbox was woken'));
    });
  }).toThrow('the window is gone');
  expect(happened).toEqual(['the outbox was woken']);
  expect(one(store.read, sql`SELECT value FROM setting WHERE name = 'tried'`)).toEqual({ value: '1' });
});

test('only what can be made again does not wait for the disk, and everything after it does again, whatever happened', () => {
  const store = storeIn(scratchFolder());
  const setting = (): unknown => driverOf(store.read).pragma('synchronous', { simple: true });
  const [normal, full] = [1, 2];
  expect(store.write(setting)).toBe(full);
  expect(store.derive(setting)).toBe(normal);
  expect(store.write(setting)).toBe(full);
  expect(() => store.derive(() => { throw new Error('broken off'); })).toThrow('broken off');
  expect(store.write(setting)).toBe(full);
});
