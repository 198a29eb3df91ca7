import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { forkTokenProcess } from '../../electron/hosts/processes/token-processes.ts';
import { tokenLimits } from '../../electron/platform/tokens/token-limits.ts';
import { tokenProcess, type FedSignHandle, type TokenProcess } from '../../electron/platform/tokens/token-process.ts';
import type { FromTokenProcess, PinUse, Signed, SignItem, SignRequest, TokenRef } from '../../native/pkcs11/index.ts';
import { addKey, callsOf, hasCompiler, hostileModule, makeToken, pin, tokenFolder, typed } from './soft-token.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-fed-'));
const log = join(folder, 'calls.log');
const opened: TokenProcess[] = [];
let bad = '';
let token: TokenRef & { readonly slot: string };
let keys: Readonly<Record<'rsa' | 'each', ReturnType<typeof addKey>>>;

beforeAll(() => {
  if (!hasCompiler) return;
  process.env['HOSTILE_LOG'] = log;
  tokenFolder(folder);
  bad = hostileModule(folder);
  token = makeToken('Văn thư');
  keys = {
    rsa: addKey(folder, token, { type: 'rsa:2048', id: '01', name: 'RSA' }),
    each: addKey(folder, token, { type: 'rsa:2048', id: '03', name: 'Mỗi lần', alwaysAuthenticate: true }),
  };
});
afterEach(() => {
  for (const one of opened.splice(0)) one.stop();
  delete process.env['HOSTILE'];
  rmSync(log, { force: true });
});
afterAll(() => {
  delete process.env['HOSTILE_LOG'];
  rmSync(folder, { recursive: true, force: true });
});

function open(how: string): TokenProcess {
  process.env['HOSTILE'] = how;
  const one = tokenProcess(bad, forkTokenProcess, { ...tokenLimits, start: 5_000, call: 1_500, whole: 3_000 });
  opened.push(one);
  return one;
}

const item = (id: string): SignItem => ({ id, data: new TextEncoder().encode(id) });
const logins = (): readonly string[] => callsOf(log).filter((line) => line.startsWith('C_Login'));

function request(key: keyof typeof keys = 'rsa', text = pin): Omit<SignRequest, 'items'> & { readonly pin: Extract<PinUse, { kind: 'typed' }> } {
  const use = { kind: 'typed', pin: typed(text), keyPin: null, finalTryAccepted: false, asTyped: false } as const;
  return { token, certificate: keys[key].sha256, scheme: { kind: 'rsa-pkcs1', hash: 'sha256' }, pin: use, keepMs: 0 };
}

type Fed = { readonly handle: FedSignHandle; readonly seen: readonly string[]; readonly reached: (count: number) => Promise<void> };

function fed(device: TokenProcess, what = request()): Fed {
  const seen: string[] = [];
  const handle = device.signFed(what, ({ id }: Signed) => seen.push(id));
  const reached = async (count: number): Promise<void> => {
    await expect.poll(() => seen.length).toBe(count);
  };
  return { handle, seen, reached };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!hasCompiler)('a batch that is fed (needs gcc)', () => {
  test('signs what comes while it runs within one login; waiting for more is no hanging', async () => {
    const what = request();
    const { handle, seen, reached } = fed(open(''), what);
    expect(what.pin.pin.every((byte) => byte === 0)).toBe(true);
    handle.feed([item('1'), item('2')]);
    await reached(2);
    // Longer than a call, and than an item as a whole, may take.
    await pause(3_500);
    handle.feed([item('3')]);
    handle.feed([item('4')]);
    await reached(4);
    handle.close();
    handle.feed([item('too late')]);
    expect(await handle.end).toMatchObject({ kind: 'done', signed: [{ id: '1' }, { id: '2' }, { id: '3' }, { id: '4' }] });
    expect(seen).toEqual(['1', '2', '3', '4']);
    expect(logins()).toHaveLength(1);
    expect(callsOf(log).filter((line) => line === 'C_Sign')).toHaveLength(4);
  });

  test('asks a key that wants the PIN each time with the one that was typed', async () => {
    const { handle, reached } = fed(open(''), request('each'));
    handle.feed([item('1')]);
    await reached(1);
    await pause(200);
    handle.feed([item('2')]);
    handle.close();
    expect(await handle.end).toMatchObject({ kind: 'done' });
    expect(logins().map((line) => line.split(' ')[1])).toEqual(['1', '2', '2']);
  });

  test('is ended while it waits: logged out, nothing more is signed', async () => {
    const { handle, reached } = fed(open(''));
    handle.feed([item('1')]);
    await reached(1);
    await pause(100);
    handle.cancel();
    handle.feed([item('2')]);
    expect(await handle.end).toMatchObject({ kind: 'cancelled', signed: [{ id: '1' }] });
    expect(callsOf(log).at(-1)).toBe('C_Logout');
  });

  test('keeps what is fed before its turn; closed before, it ends by itself', async () => {
    const device = open('');
    const first = fed(device);
    const second = fed(device);
    second.handle.feed([item('b')]);
    second.handle.feed([item('c')]);
    second.handle.close();
    first.handle.feed([item('a')]);
    first.handle.close();
    expect(await first.handle.end).toMatchObject({ kind: 'done', signed: [{ id: 'a' }] });
    expect(await second.handle.end).toMatchObject({ kind: 'done', signed: [{ id: 'b' }, { id: 'c' }] });
  });

  test('is still watched after it has waited: a module that hangs then is ended', async () => {
    const { handle, reached } = fed(open('hang=C_Sign:2'));
    handle.feed([item('1')]);
    await reached(1);
    await pause(1_800);
    handle.feed([item('2')]);
    expect(await handle.end).toMatchObject({ kind: 'failed', failure: { code: 'module-hangs', stage: 'sign' }, signed: [{ id: '1' }] });
  });

  test('a wrong PIN is tried once, however much is fed', async () => {
    const { handle } = fed(open(''), request('rsa', '135791'));
    handle.feed([item('1')]);
    handle.feed([item('2')]);
    expect(await handle.end).toMatchObject({ kind: 'failed', failure: { code: 'pin-wrong' }, signed: [] });
    handle.feed([item('3')]);
    handle.close();
    expect(logins()).toHaveLength(1);
  });

  test('is given up by the process itself when nobody feeds it any more', async () => {
    const program = join(folder, 'patient.mjs');
    const serve = JSON.stringify(fileURLToPath(new URL('../../native/pkcs11/serve.ts', import.meta.url)));
    writeFileSync(
      program,
      `import { serveTokens } from ${serve};
       serveTokens(process.argv[2], { post: (m) => process.send(m), onMessage: (l) => process.on('message', l) }, 300);`,
    );
    const child = fork(program, [bad], { serialization: 'advanced', execArgv: [] });
    try {
      const ended = new Promise<FromTokenProcess>((resolve) => {
        child.on('message', (message: FromTokenProcess) => {
          if (message.kind === 'sign-ended') resolve(message);
        });
      });
      child.send({ kind: 'sign', request: 1, what: { ...request(), items: [item('1')], isFed: true } });
      expect(await ended).toMatchObject({ end: { kind: 'failed', failure: { code: 'stopped' } }, keptFor: 0 });
      expect(callsOf(log)).toContain('C_Sign');
      expect(callsOf(log).at(-1)).toBe('C_Logout');
    } finally {
      child.kill();
    }
  });
});
