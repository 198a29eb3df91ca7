import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openStore, type Store } from '../../../electron/store/index.ts';

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
