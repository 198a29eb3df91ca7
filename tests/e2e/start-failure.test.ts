import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openChromiumHost } from '../../electron/hosts/chromium/launch.ts';
import { forkCore } from '../../electron/hosts/shell/fork-core.ts';
import { openStore } from '../../electron/store/index.ts';
import { deriveKeys } from '../../electron/store/keys.ts';
import { scratchFolder } from '../unit/store/helpers.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** What the window says about a profile, opened with a key. */
async function saidAbout(folder: string, key: Buffer): Promise<string> {
  const link = forkCore({ entry: join(project, 'dist/electron/core-worker.js'), log: () => undefined });
  void link.open({ profileDir: folder, key: { ok: true, value: Buffer.from(key) }, practice: false, version: '0.1.0' });
  const host = await openChromiumHost({ link, rendererDir: join(project, 'dist/renderer'), log: () => undefined, headless: true });
  try {
    await host.page.waitForSelector('h1', { timeout: 60_000 });
    return await host.page.evaluate(() => document.body.innerText);
  } finally {
    await host.close();
  }
}

function madeProfile(): { folder: string; key: Buffer } {
  const folder = scratchFolder();
  const key = randomBytes(32);
  const opened = openStore({ folder, key, programVersion: '9.9.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.close();
  return { folder, key };
}

test('a file from a newer program is refused on a screen that says which version, where the copies are and what to do', async () => {
  const { folder, key } = madeProfile();
  const database = new Database(join(folder, 'station.db'));
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  database.pragma(`key = "x'${deriveKeys(key).database.toString('hex')}'"`);
  database.pragma('user_version = 9990');
  database.close();
  const said = await saidAbout(folder, key);
  expect(said).toContain('Dữ liệu đã được một phiên bản mới hơn mở');
  expect(said).toContain('9.9.0');
  expect(said).toContain(folder);
  expect(said).toMatch(/Hãy cài/);
});

test('a wrong key is told apart from damage, with what to do', async () => {
  const { folder } = madeProfile();
  const said = await saidAbout(folder, randomBytes(32));
  expect(said).toContain('Khóa mở dữ liệu chưa đúng');
  expect(said).toMatch(/Hãy|hãy/);
});
