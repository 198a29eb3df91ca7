import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, vi } from 'vitest';
import { driverOf } from '../../../electron/store/db.ts';
import { openStore, type Store, type WriteDb } from '../../../electron/store/index.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

/** A folder that goes with the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-'));
  cleanups.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Opens a store in `folder`, closed with the test. */
export function storeIn(folder: string, key: Buffer = randomBytes(32), mayCreate = true): Store {
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  cleanups.push(() => {
    opened.value.close();
  });
  return opened.value;
}

/**
 * How SQLite goes through a table (`SCAN …`, `SEARCH … USING INDEX …`) in every statement that the work asks for, over an
 * empty store. For tests that a question is answered by an index, however many rows there are.
 */
export function stepsOver(table: string, work: (db: WriteDb) => unknown): string[] {
  const store = storeIn(scratchFolder());
  const driver = driverOf(store.read);
  const prepared = vi.spyOn(driver, 'prepare');
  store.write(work);
  const texts = prepared.mock.calls.map(([text]) => text);
  prepared.mockRestore();
  return texts.flatMap((text) => {
    const values = [...text].filter((letter) => letter === '?').map(() => '');
    const names = [table, ...[...text.matchAll(new RegExp(`${table} AS (\\w+)`, 'g'))].map(([, name]) => name)];
    return driver
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .all(...values)
      .map((row) => (row as { detail: string }).detail)
      .filter((step) => names.some((name) => new RegExp(`^(SCAN|SEARCH) ${name}\\b`).test(step)));
  });
}
