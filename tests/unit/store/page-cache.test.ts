import { afterEach, expect, test, vi } from 'vitest';
import Database, { type Database as Driver } from 'better-sqlite3';
import { pageCache } from '../../../electron/store/page-cache.ts';

const opened: Driver[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const database of opened.splice(0)) database.close();
});

function measured(): { readonly database: Driver; readonly size: () => number } {
  const database = new Database(':memory:');
  opened.push(database);
  return { database, size: () => database.pragma('cache_size', { simple: true }) as number };
}

test('more pages are held while this is said, and the usual number a minute after it was said last', () => {
  vi.useFakeTimers();
  const { database, size } = measured();
  const usual = size();
  const pages = pageCache(database);
  expect(size()).toBe(usual);
  pages.hold();
  const more = size();
  expect(more).toBeLessThan(3 * usual);
  vi.advanceTimersByTime(59_000);
  pages.hold();
  vi.advanceTimersByTime(59_000);
  expect(size()).toBe(more);
  vi.advanceTimersByTime(2_000);
  expect(size()).toBe(usual);
  pages.hold();
  expect(size()).toBe(more);
});

test('nothing is asked of a connection that was closed meanwhile', () => {
  vi.useFakeTimers();
  const { database } = measured();
  const pages = pageCache(database);
  pages.hold();
  pages.end();
  database.close();
  expect(() => vi.advanceTimersByTime(120_000)).not.toThrow();
});
