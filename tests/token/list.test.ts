import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { TokenList } from '../../native/pkcs11/index.ts';
import { scratchFolder } from '../unit/store/helpers.ts';

const worker = fileURLToPath(new URL('../../electron/hosts/workers/token-worker.ts', import.meta.url));
const softHsm = '/usr/lib/softhsm/libsofthsm2.so';

function listed(modulePath: string, env: NodeJS.ProcessEnv = {}): TokenList {
  const ran = spawnSync(process.execPath, [worker, modulePath], { encoding: 'utf8', env: { ...process.env, ...env } });
  return JSON.parse(ran.stdout) as TokenList;
}

test('a SoftHSM token is listed with its label and state, as pkcs11-tool sees it', () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'tokens'));
  writeFileSync(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`);
  const env = { SOFTHSM2_CONF: join(folder, 'softhsm2.conf') };
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'Lanh dao', '--pin', '123456', '--so-pin', '12345678'], {
    env: { ...process.env, ...env },
  });
  const list = listed(softHsm, env);
  if (!list.ok) throw new Error(list.failure.detail);
  const token = list.tokens.find(({ label }) => label === 'Lanh dao');
  expect(token).toMatchObject({ manufacturer: 'SoftHSM project', initialized: true, pinLocked: false, pinCountLow: false });
  const judge = execFileSync('pkcs11-tool', ['--module', softHsm, '--list-slots'], { encoding: 'utf8', env: { ...process.env, ...env } });
  expect(judge).toContain(token?.serialNumber);
});

test('a file that is no module is refused with the loader’s words', () => {
  const path = join(scratchFolder(), 'not-a-module.so');
  writeFileSync(path, 'hello');
  expect(listed(path)).toMatchObject({ ok: false, failure: { code: 'module-not-loadable' } });
  expect(listed('/nowhere/at-all.so')).toMatchObject({ ok: false, failure: { code: 'module-not-loadable' } });
});

test('a library without PKCS#11 in it is refused', () => {
  expect(listed('/lib/x86_64-linux-gnu/libc.so.6')).toMatchObject({ ok: false });
});
