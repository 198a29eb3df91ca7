import { expect, test } from 'vitest';
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
