import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TokenDevice, TokensState } from '#contract';
import { startCore, type Core } from '../../electron/hosts/compose.ts';
import { forkTokenProcess } from '../../electron/hosts/processes/token-processes.ts';
import { inspectModuleFile } from '../../native/pkcs11/index.ts';
import { quietCore } from '../fakes/station/day.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { standstillOfStarting, watchStandstill } from './stood-still.ts';
import { addKey, hasCompiler, hostileModule, makeToken, tokenFolder } from './soft-token.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-doctor-'));
const present = join(folder, 'plugged-in');
let bad = '';
const cores: Core[] = [];

beforeAll(() => {
  if (!hasCompiler) return;
  tokenFolder(folder);
  bad = hostileModule(folder);
  const token = makeToken('Văn thư');
  addKey(folder, token, { type: 'rsa:2048', id: '01', name: 'RSA' });
});
afterEach(async () => {
  for (const one of cores.splice(0)) await one.close();
  delete process.env['HOSTILE'];
  rmSync(present, { force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A station that knows this one driver, which behaves as said. */
async function station(how: string): Promise<Core> {
  process.env['HOSTILE'] = how;
  const core = await startCore({ ...quietCore({ folder: scratchFolder(), keyHex: 'ab'.repeat(32) }), findTokenModules: () => Promise.resolve([]) });
  cores.push(core);
  return core;
}

async function examined(how: string): Promise<{ readonly device: TokenDevice; readonly milliseconds: number; readonly stoodStill: number }> {
  const running = await station(how);
  const machine = await standstillOfStarting(1);
  const still = watchStandstill();
  const started = performance.now();
  const outcome = await running.tokens.useModule(bad);
  const milliseconds = performance.now() - started;
  const stoodStill = still.end() - machine;
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  const [device] = outcome.value.devices;
  if (device === undefined) throw new Error('no device');
  return { device, milliseconds, stoodStill };
}

/** What is wrong: of each step that is not good, the finding, and the failure with its stage. */
function wrongIn({ steps }: TokenDevice): readonly string[] {
  return steps
    .filter(({ state }) => state === 'failed' || state === 'warning')
    .map(({ finding, failure }) => (failure === null ? finding : `${finding} ${failure.code} ${failure.stage}`));
}

// Nothing here was made by an authority, and it was made for 30 days: two remarks that are always there.
const own = ['chain-untrusted', 'period-ends-soon'] as const;
const absent = '/nowhere/plugged-in';

describe.skipIf(!hasCompiler)('the doctor tells the cause within ten seconds, and the core never stands still (needs gcc)', () => {
  test.each([
    ['', [...own], 'attention'],
    ['crash=C_GetFunctionList', ['driver-failed token-module-crashed load'], 'failed'],
    ['crash=C_Initialize', ['driver-failed token-module-crashed initialize'], 'failed'],
    ['crash=C_GetTokenInfo', ['driver-failed token-module-crashed token-info'], 'failed'],
    ['crash=C_GetAttributeValue', ['driver-failed token-module-crashed certificates'], 'failed'],
    ['fail=C_Initialize:0x30', ['driver-failed token-module-refused initialize'], 'failed'],
    ['fail=C_GetSlotList:0x5', ['driver-failed token-driver-failed slots'], 'failed'],
    ['fail=C_GetTokenInfo:0xe1', ['token-not-readable token-not-recognised token-info'], 'failed'],
    ['fail=C_GetTokenInfo:0x30', ['token-not-readable token-device-failed token-info'], 'failed'],
    ['fail=C_OpenSession:0xb1', ['token-not-readable token-too-many-sessions session'], 'failed'],
    ['fail=C_FindObjectsInit:0x32', ['token-not-readable token-removed certificates'], 'failed'],
    ['greedy', ['driver-failed token-module-crashed slots'], 'failed'],
    [`present=${absent}`, ['reader-none', 'token-none'], 'absent'],
    ['double', ['token-not-readable token-ambiguous slots', ...own], 'failed'],
    ['ghost', [...own], 'attention'],
    ['growing', [...own], 'attention'],
    ['twice', [...own], 'attention'],
    ['unlocked', [...own], 'attention'],
    ['zeros', [...own], 'attention'],
    ['unavailable=3', [...own], 'attention'],
    ['unavailable=0x11', ['certificate-unreadable'], 'failed'],
    ['flags=0x40000', [...own, 'tries-none'], 'failed'],
    ['flags=0x30000', [...own, 'tries-last'], 'attention'],
    ['flags=0x10000', [...own, 'tries-low'], 'attention'],
    ['flags=0x80000', [...own, 'tries-pin-to-change'], 'attention'],
    ['clear=0x8', [...own, 'tries-pin-not-set'], 'failed'],
  ] as const)('%s', async (how, wrong, verdict) => {
    const { device, milliseconds, stoodStill } = await examined(how);
    expect(wrongIn(device)).toEqual(wrong);
    expect(device.verdict).toBe(verdict);
    expect(milliseconds).toBeLessThan(10_000);
    expect(stoodStill).toBeLessThan(200);
  });

  test('also when it never gets an answer: drivers that hang anywhere, all at the same time', async () => {
    const cases = [
      ['hang=C_GetFunctionList', ['driver-failed token-module-hangs load']],
      ['hang=C_Initialize', ['driver-failed token-module-hangs initialize']],
      ['hang=C_GetSlotList', ['driver-failed token-module-hangs slots']],
      ['hang=C_GetSlotInfo', ['driver-failed token-module-hangs slots']],
      ['hang=C_GetTokenInfo', ['driver-failed token-module-hangs token-info']],
      ['hang=C_OpenSession', ['driver-failed token-module-hangs session']],
      ['hang=C_FindObjects', ['driver-failed token-module-hangs certificates']],
      ['hang=C_GetAttributeValue', ['driver-failed token-module-hangs certificates']],
      ['slow=C_GetAttributeValue:3000', ['driver-failed token-module-hangs certificates']],
    ] as const;
    const path = (index: number): string => join(folder, `bad-${String(index)}.so`);
    const files = cases.map((_, index) => {
      copyFileSync(bad, path(index));
      return { path: path(index), family: String(index), familyName: 'X', kind: 'public', file: inspectModuleFile(path(index)) } as const;
    });
    const core = await startCore({
      ...quietCore({ folder: scratchFolder(), keyHex: 'ab'.repeat(32) }),
      findTokenModules: () => Promise.resolve(files),
      startTokenProcess: (module) => {
        // Each process inherits what stands there when it is started.
        process.env['HOSTILE'] = cases[files.findIndex((file) => file.path === module)]?.[0] ?? '';
        return forkTokenProcess(module);
      },
    });
    cores.push(core);
    const machine = await standstillOfStarting(cases.length);
    const still = watchStandstill();
    const started = performance.now();
    const outcome = (await core.dispatcher.answer('tokens', 'look', {}, 'own-window')) as { readonly value: TokensState };
    const milliseconds = performance.now() - started;
    const stoodStill = still.end();
    expect(outcome.value.devices.map(wrongIn)).toEqual(cases.map(([, wrong]) => wrong));
    expect(milliseconds).toBeLessThan(10_000);
    // Starting a process takes what it takes: hundreds of ms on a machine that is at its limit already.
    expect(stoodStill).toBeLessThan(200 + machine);
  });

  test('a driver that hangs again when it is read anew is told anew, in time', async () => {
    await examined('hang=C_Initialize');
    const started = performance.now();
    const outcome = await cores[0]?.dispatcher.answer('tokens', 'look', {}, 'own-window');
    expect((outcome as { value: TokensState }).value.summary).toBe('attention');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test('a file that is no driver is told by its file, and no process is started for it', async () => {
  const text = join(folder, 'text.so');
  writeFileSync(text, 'hello '.repeat(100));
  let started = 0;
  const core = await startCore({
    ...quietCore({ folder: scratchFolder(), keyHex: 'ab'.repeat(32) }),
    findTokenModules: () => Promise.resolve([]),
    startTokenProcess: () => {
      started += 1;
      throw new Error('not to be started');
    },
  });
  cores.push(core);
  expect(await core.tokens.useModule(text)).toMatchObject({ ok: false, failure: { code: 'token-module-not-a-library' } });
  expect(await core.dispatcher.answer('tokens', 'look', {}, 'own-window')).toMatchObject({ ok: true, value: { summary: 'absent', devices: [{ steps: [{ finding: 'driver-none' }, {}, {}, {}, {}, {}, {}, {}] }] } });
  expect(started).toBe(0);
});
