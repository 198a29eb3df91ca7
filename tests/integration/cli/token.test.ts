import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModuleReport } from '../../../native/pkcs11/index.ts';
import { addCertificate, addKey, hasCompiler, hostileModule, makeToken, softHsm, tokenFolder } from '../../token/soft-token.ts';
import { json, program, tvt } from './tvt.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-token-cli-'));
let sha256 = '';
let serialNumber = '';

beforeAll(() => {
  tokenFolder(folder);
  const token = makeToken('Lãnh đạo');
  serialNumber = token.serialNumber;
  ({ sha256 } = addKey(folder, token, { type: 'rsa:3072', id: '01', name: 'Nguyễn Văn Ký' }));
  addCertificate(folder, token, 'ca', 'CA phục vụ các cơ quan Nhà nước G2');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Listed = { readonly modules: readonly ModuleReport[] };

test('tokens are listed with their certificates, keys and flags, without a PIN', () => {
  const { exit, value } = json(['token', 'list', '--module', softHsm]);
  expect(exit).toBe(0);
  const [report] = (value as Listed).modules;
  expect(report).toMatchObject({ path: softHsm, finding: 'ready', failure: null, file: { state: 'sound', system: 'linux', exportsPkcs11: true } });
  const slot = report?.slots.find(({ token }) => token?.serialNumber === serialNumber);
  expect(slot).toMatchObject({ finding: 'ready', token: { label: 'Lãnh đạo', pinSet: true, pin: { countLow: false, finalTry: false, locked: false, toBeChanged: false } } });
  const own = slot?.certificates.find((one) => one.sha256 === sha256);
  expect(own).toMatchObject({ label: 'Nguyễn Văn Ký', id: '01', key: { type: 'rsa', bits: 3072 }, authority: false, period: 'current', privateKey: 'hidden' });
  const text = tvt(['token', 'list', '--module', softHsm]).out;
  expect(text).toContain('sẵn sàng');
  expect(text).toContain('Nguyễn Văn Ký  RSA-3072');
  expect(text).not.toContain('CA phục vụ');
});

test('without a module the known ones of this machine are asked', () => {
  const { exit, value } = json(['token', 'list']);
  expect(exit).toBe(0);
  expect((value as Listed).modules.map(({ path }) => path)).toContain(softHsm);
});

test('what is sent to support names no person, no device and no folder', () => {
  const { out } = tvt(['token', 'list', '--module', softHsm, '--support', '--json']);
  expect(JSON.parse(out)).toMatchObject({ ok: true, value: { modules: [{ module: 'libsofthsm2.so', finding: 'ready' }] } });
  for (const name of ['Lãnh đạo', 'Nguyễn Văn Ký', serialNumber, sha256, '/usr/lib']) expect(out).not.toContain(name);
});

test('a module that does not work is refused in words, with where and why', () => {
  const text = join(folder, 'text.so');
  writeFileSync(text, 'hello '.repeat(100));
  const cases = [
    ['/nowhere.so', 'token-module-not-found'],
    [text, 'token-module-not-a-library'],
    [folder, 'token-module-not-a-library'],
    ['/lib/x86_64-linux-gnu/libc.so.6', 'token-module-without-pkcs11'],
  ] as const;
  for (const [path, code] of cases) {
    const refused = json(['token', 'list', '--module', path]);
    expect(refused).toMatchObject({ exit: 1, failure: { code, params: { module: path, stage: 'file' } } });
    expect(refused.failure.sentence).toMatch(/Hãy/);
  }
});

test.skipIf(!hasCompiler)('a module that hangs or crashes is given up, in words (needs gcc)', () => {
  const bad = hostileModule(folder);
  const hangs = json(['token', 'list', '--module', bad], { HOSTILE: 'hang=C_Initialize' });
  expect(hangs).toMatchObject({ exit: 1, failure: { code: 'token-module-hangs', params: { stage: 'initialize', detail: '20 s' } } });
  expect(hangs.failure.sentence).toMatch(/Hãy/);
  const crashes = json(['token', 'list', '--module', bad], { HOSTILE: 'crash=C_GetSlotList' });
  expect(crashes).toMatchObject({ exit: 1, failure: { code: 'token-module-crashed', params: { stage: 'slots', detail: 'SIGSEGV' } } });
});

test.skipIf(!hasCompiler)('a watch tells when a token is plugged in, and ends on Ctrl+C (needs gcc)', async () => {
  const present = join(folder, 'plugged-in');
  const watch = spawn(process.execPath, [program, 'token', 'watch', '--module', hostileModule(folder), '--json'], {
    env: { ...process.env, HOSTILE: `present=${present}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  watch.stdout.on('data', (part: Buffer) => (out += part.toString('utf8')));
  const ended = new Promise((resolve) => watch.once('exit', resolve));
  await expect.poll(() => out).toContain('no-slot');
  writeFileSync(present, '');
  await expect.poll(() => out).toContain('Nguyễn Văn Ký');
  watch.kill('SIGINT');
  expect(await ended).toBe(0);
});
