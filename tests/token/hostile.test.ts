import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forkTokenProcess } from '../../electron/hosts/processes/token-processes.ts';
import { tokenLimits, type TokenLimits } from '../../electron/platform/tokens/token-limits.ts';
import { tokenProcess, type TokenProcess } from '../../electron/platform/tokens/token-process.ts';
import { watchTokens } from '../../electron/platform/tokens/watch-tokens.ts';
import type { ModuleReport, PinUse, SignRequest, TokenRef } from '../../native/pkcs11/index.ts';
import { addKey, callsOf, hasCompiler, hostileModule, makeToken, pin, softHsm, tokenFolder, typed } from './soft-token.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-hostile-'));
const log = join(folder, 'calls.log');
const opened: TokenProcess[] = [];
let bad = '';
let token: TokenRef & { readonly slot: string };
let keys: Readonly<Record<'rsa' | 'ec' | 'each', ReturnType<typeof addKey>>>;

/** Short enough to wait for, long enough for a Node process to start on a busy machine. */
const impatient: TokenLimits = { ...tokenLimits, start: 3_000, call: 1_500, pad: 4_000, whole: 8_000 };

beforeAll(() => {
  if (!hasCompiler) return;
  tokenFolder(folder);
  bad = hostileModule(folder);
  token = makeToken('Văn thư');
  keys = {
    rsa: addKey(folder, token, { type: 'rsa:2048', id: '01', name: 'RSA' }),
    ec: addKey(folder, token, { type: 'ec:P-256', id: '02', name: 'EC' }),
    each: addKey(folder, token, { type: 'rsa:2048', id: '03', name: 'Mỗi lần', alwaysAuthenticate: true }),
  };
});
beforeEach(() => {
  process.env['HOSTILE_LOG'] = log;
  process.env['HOSTILE_PIN'] = pin;
});
afterEach(() => {
  for (const one of opened.splice(0)) one.stop();
  delete process.env['HOSTILE'];
  rmSync(log, { force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function open(how: string, path = bad): TokenProcess {
  process.env['HOSTILE'] = how;
  const one = tokenProcess(path, forkTokenProcess, impatient);
  opened.push(one);
  return one;
}

type Typed = Extract<PinUse, { kind: 'typed' }>;
function pinUse(more: Partial<Typed> = {}): Typed {
  return { kind: 'typed', pin: typed(), keyPin: null, finalTryAccepted: false, asTyped: false, ...more };
}

function request(more: Partial<SignRequest> = {}, key: keyof typeof keys = 'rsa'): SignRequest {
  const items = ['1', '2', '3'].map((id) => ({ id, data: new TextEncoder().encode(id) }));
  const scheme = { kind: key === 'ec' ? 'ecdsa' : 'rsa-pkcs1', hash: 'sha256' } as const;
  return { token, certificate: keys[key].sha256, scheme, items, pin: pinUse(), keepMs: 0, ...more };
}

const logins = (): readonly string[] => callsOf(log).filter((line) => line.startsWith('C_Login'));

describe.skipIf(!hasCompiler)('a driver that (needs gcc)', () => {
  test.each([
    ['C_GetFunctionList', 'load'],
    ['C_Initialize', 'initialize'],
    ['C_GetSlotList', 'slots'],
    ['C_GetTokenInfo', 'token-info'],
    ['C_GetAttributeValue', 'certificates'],
  ])('hangs in %s is ended, is told as hanging there, and the next call starts anew', async (name, stage) => {
    const process_ = open(`hang=${name}`);
    expect(await process_.report()).toMatchObject({ finding: 'module-failed', failure: { code: 'module-hangs', stage } });
    process.env['HOSTILE'] = '';
    expect(await process_.report()).toMatchObject({ finding: 'ready', failure: null });
  });

  test.each([
    ['C_Initialize', 'initialize'],
    ['C_GetSlotInfo', 'slots'],
    ['C_OpenSession', 'session'],
  ])('crashes in %s is told with the signal, and hurts nobody', async (name, stage) => {
    const process_ = open(`crash=${name}`);
    expect(await process_.report()).toMatchObject({ failure: { code: 'module-crashed', stage, detail: 'SIGSEGV' } });
    process.env['HOSTILE'] = '';
    expect(await process_.report()).toMatchObject({ finding: 'ready' });
  });

  test('crashes in the second C_Sign keeps what was signed, and the PIN is not tried again by itself', async () => {
    const process_ = open('crash=C_Sign:2');
    const end = await process_.sign(request()).end;
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'module-crashed', stage: 'sign', detail: 'SIGSEGV' } });
    expect(end.signed.map(({ id }) => id)).toEqual(['1']);
    expect(logins()).toEqual([`C_Login 1 pin ${String(pin.length)}`]);
  });

  test('hangs in C_Login is told as hanging there: the try may have been counted', async () => {
    expect(await open('hang=C_Login').sign(request()).end).toMatchObject({ failure: { code: 'module-hangs', stage: 'login' } });
    expect(logins()).toHaveLength(1);
  });

  test('is for ever slow, each call within its limit, is given up as a whole', async () => {
    const process_ = open('slow=C_GetAttributeValue:700');
    expect(await process_.report()).toMatchObject({ failure: { code: 'module-hangs', detail: '8 s' } });
  });

  test('hangs does not hold up another driver', async () => {
    const hanging = open('hang=C_Initialize').report();
    const good = open('', softHsm);
    const first = await Promise.race([hanging.then(() => 'bad'), good.report().then(({ finding }) => finding)]);
    expect(first).toBe('ready');
    expect(await hanging).toMatchObject({ failure: { code: 'module-hangs' } });
  });

  test('hangs does not outlive the station', async () => {
    const program = join(folder, 'station.mjs');
    const source = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
    writeFileSync(
      program,
      `import { fork } from 'node:child_process';
       const child = fork(${source('../../electron/hosts/workers/token-worker.ts')}, [${JSON.stringify(bad)}, String(process.pid)], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
       child.on('message', ({ stage }) => { if (stage === 'initialize') console.log(child.pid); });
       child.send({ kind: 'report', request: 1 });`,
    );
    const station = spawn(process.execPath, [program], { env: { ...process.env, HOSTILE: 'hang=C_Initialize' }, stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await new Promise((resolve) => station.stdout.once('data', resolve)));
    expect(existsSync(`/proc/${String(pid)}`)).toBe(true);
    station.kill('SIGKILL');
    await expect.poll(() => existsSync(`/proc/${String(pid)}`)).toBe(false);
  });

  test.each([
    ['C_Initialize', 0x30, 'module-refused', 'initialize'],
    ['C_GetSlotList', 0x5, 'driver-failed', 'slots'],
    ['C_Initialize', 0x1b7, 'module-refused', 'initialize'],
  ] as const)('answers %s with %d is told as %s', async (name, code, failure, stage) => {
    expect(await open(`fail=${name}:${String(code)}`).report()).toMatchObject({ finding: 'module-failed', failure: { code: failure, stage, returned: { value: code } } });
  });

  test.each(['twice', 'unlocked'])('was initialised by another, or wants no locks (%s), works', async (how) => {
    expect(await open(how).report()).toMatchObject({ finding: 'ready', failure: null });
  });

  test('lists slots that are not there keeps the others readable', async () => {
    const report = await open('ghost').report();
    expect(report.finding).toBe('ready');
    const ghosts = report.slots.filter(({ failure }) => failure?.stage === 'slots');
    expect(ghosts.map(({ failure }) => failure?.returned?.name)).toEqual(['CKR_SLOT_ID_INVALID', 'CKR_SLOT_ID_INVALID']);
    expect(report.slots.find(({ token: one }) => one?.label === 'Văn thư')).toMatchObject({ finding: 'ready', failure: null });
  });

  test('claims more slots than memory holds only ends itself', async () => {
    const { failure } = await open('greedy').report();
    expect(failure?.code).toMatch(/^(module-crashed|driver-failed)$/);
  });

  test('finds one more slot while it is asked is asked again', async () => {
    expect(await open('growing').report()).toMatchObject({ finding: 'ready' });
  });

  test('never comes to an end of its objects is left at some', async () => {
    const report = await open('endless').report();
    expect(report.slots.length).toBeGreaterThan(0);
    expect(report.failure).toBe(null);
  });

  test('pads a label with zeros has the label all the same', async () => {
    const report = await open('zeros').report();
    expect(report.slots.map(({ token: one }) => one?.label)).toContain('Văn thư');
  });

  // CK_UNAVAILABLE_INFORMATION with CKR_OK, and with each of the codes that go with it.
  test.each(['unavailable=3', 'hidden=3:0x11', 'hidden=3:0x12'])('does not show labels (%s) still shows its certificates', async (how) => {
    const report = await open(how).report();
    expect(report.finding).toBe('ready');
    const certificates = report.slots.flatMap((slot) => slot.certificates);
    expect(certificates.map(({ label }) => label)).toEqual(['', '', '']);
    expect(certificates.map(({ sha256 }) => sha256)).toContain(keys.rsa.sha256);
  });

  test('does not show the certificates counts them as unreadable', async () => {
    const report = await open('unavailable=0x11').report();
    expect(report.slots.find(({ token: one }) => one?.label === 'Văn thư')).toMatchObject({ certificates: [], unreadable: 3, finding: 'no-certificate' });
  });

  test.each(['hidden=0x102:0x12', 'unavailable=0x102'])('keeps no ids (%s) is signed with by the key’s own numbers', async (how) => {
    expect(await open(how).sign(request()).end).toMatchObject({ kind: 'done' });
    expect(await open(how).sign(request({}, 'ec')).end).toMatchObject({ kind: 'done' });
  });

  test('tells nonsense about the length of a signature is not asked for it', async () => {
    expect(await open('sizes').sign(request()).end).toMatchObject({ kind: 'done' });
    expect(callsOf(log).filter((line) => line === 'C_Sign')).toHaveLength(3);
  });

  test('offers a mechanism and then refuses it is asked for the other one', async () => {
    expect(await open('refuse=0x1').sign(request()).end).toMatchObject({ kind: 'done' });
    expect(callsOf(log).filter((line) => line.startsWith('C_SignInit')).slice(0, 2)).toEqual(['C_SignInit 0x1', 'C_SignInit 0x40']);
    // SoftHSM has no ECDSA that hashes on the token: there is no other way left.
    expect(await open('refuse=0x1041').sign(request({}, 'ec')).end).toMatchObject({ failure: { code: 'mechanism-not-offered' } });
    expect(await open('fail=C_SignInit:0x70').sign(request()).end).toMatchObject({ failure: { code: 'mechanism-not-offered', stage: 'sign-init' } });
  });

  test('returns a wrong signature is caught before anybody gets it', async () => {
    const end = await open('spoil').sign(request()).end;
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'signature-wrong', stage: 'verify' }, signed: [] });
  });
});

describe.skipIf(!hasCompiler)('a PIN (needs gcc)', () => {
  test('is not tried on a device without the picked certificate, on another device, nor for a signature that cannot be', async () => {
    const process_ = open('');
    const scheme = { kind: 'ecdsa', hash: 'sha256' } as const;
    expect(await process_.sign(request({ certificate: 'ab'.repeat(32) })).end).toMatchObject({ failure: { code: 'certificate-absent' } });
    expect(await process_.sign(request({ token: { ...token, serialNumber: 'another' } })).end).toMatchObject({ failure: { code: 'token-absent' } });
    expect(await process_.sign(request({ scheme })).end).toMatchObject({ failure: { code: 'key-not-supported' } });
    expect(await open('double').sign(request()).end).toMatchObject({ failure: { code: 'token-ambiguous' } });
    expect(logins()).toEqual([]);
  });

  test('that is typed is judged by the token, also while an earlier login is kept', async () => {
    const process_ = open('');
    expect(await process_.sign(request({ keepMs: 60_000 })).end).toMatchObject({ kind: 'done' });
    expect(await process_.sign(request({ pin: pinUse({ pin: typed('135791') }) })).end).toMatchObject({ failure: { code: 'pin-wrong' } });
    expect(logins()).toHaveLength(2);
  });

  test('is forgotten by its process itself, should the station be too busy to say so', async () => {
    process.env['HOSTILE'] = '';
    const child = forkTokenProcess(bad);
    try {
      const ended = new Promise((resolve) => {
        child.onMessage((message) => {
          if (message.kind === 'sign-ended') resolve(message);
        });
      });
      child.post({ kind: 'sign', request: 1, what: request({ keepMs: 500 }) });
      expect(await ended).toMatchObject({ end: { kind: 'done' } });
      expect(callsOf(log)).not.toContain('C_Logout');
      await expect.poll(() => callsOf(log)).toContain('C_Logout');
    } finally {
      child.kill();
    }
  });

  test.each([
    [0xa0, 'pin-wrong'],
    [0xa1, 'pin-refused'],
    [0xa3, 'pin-expired'],
    [0xa4, 'pin-locked'],
    [0x5, 'driver-failed'],
    [0x6, 'driver-failed'],
    [0x30, 'device-failed'],
    [0x32, 'token-removed'],
    [0xb3, 'session-lost'],
    [0x102, 'pin-not-set'],
    [0x104, 'other-user-logged-in'],
    [0x80000001, 'driver-failed'],
  ] as const)('answered with 0x%s is tried exactly once', async (code, failure) => {
    const end = await open(`fail=C_Login:${String(code)}`).sign(request()).end;
    expect(end).toMatchObject({ kind: 'failed', failure: { code: failure, stage: 'login', returned: { value: code }, pin: { which: 'user' } } });
    expect(logins()).toEqual([`C_Login 1 pin ${String(pin.length)}`]);
  });

  test('that proves wrong and locks the token is told as locked', async () => {
    const end = await open('fail=C_Login:0xa0;locks').sign(request()).end;
    expect(end).toMatchObject({ failure: { code: 'pin-locked', stage: 'login', returned: { name: 'CKR_PIN_INCORRECT' }, pin: { state: { locked: true } } } });
    expect(logins()).toHaveLength(1);
  });

  test('is not tried on a token that is locked', async () => {
    expect(await open('flags=0x40000').sign(request()).end).toMatchObject({ failure: { code: 'pin-locked', returned: null, pin: { state: { locked: true } } } });
    expect(logins()).toEqual([]);
  });

  test('is not tried as the last one until the person has said so', async () => {
    const process_ = open('flags=0x30000');
    expect(await process_.sign(request()).end).toMatchObject({ failure: { code: 'pin-final-try', returned: null, pin: { state: { countLow: true, finalTry: true } } } });
    expect(logins()).toEqual([]);
    expect(await process_.sign(request({ pin: pinUse({ finalTryAccepted: true }) })).end).toMatchObject({ kind: 'done' });
    expect(logins()).toHaveLength(1);
  });

  test('that looks doubtful is tried when the person means it so', async () => {
    const process_ = open('');
    expect(await process_.sign(request({ pin: pinUse({ pin: typed('mã PIN') }) })).end).toMatchObject({ failure: { code: 'pin-doubtful' } });
    expect(logins()).toEqual([]);
    expect(await process_.sign(request({ pin: pinUse({ pin: typed('mã PIN'), asTyped: true }) })).end).toMatchObject({ failure: { code: 'pin-wrong' } });
    expect(logins()).toEqual(['C_Login 1 pin 7']);
  });

  test('is asked for by a device with a PIN pad: the module gets a null pointer', async () => {
    const process_ = open(`flags=0x100;pad=${pin}`);
    expect(await process_.sign(request()).end).toMatchObject({ failure: { code: 'pin-on-device' } });
    expect(logins()).toEqual([]);
    expect(await process_.sign(request({ pin: { kind: 'pad', finalTryAccepted: false } })).end).toMatchObject({ kind: 'done' });
    expect(logins()).toEqual(['C_Login 1 null 0']);
    expect(await process_.sign(request({ pin: { kind: 'pad', finalTryAccepted: false } }, 'each')).end).toMatchObject({ kind: 'done' });
    expect(logins()).toEqual(['C_Login 1 null 0', 'C_Login 1 null 0', 'C_Login 2 null 0', 'C_Login 2 null 0', 'C_Login 2 null 0']);
  });

  test('may take long on the device, longer than any other call', async () => {
    const process_ = open(`flags=0x100;pad=${pin};slow=C_Login:2500`);
    expect(await process_.sign(request({ pin: { kind: 'pad', finalTryAccepted: false } })).end).toMatchObject({ kind: 'done' });
  });

  test('refused on the device is a cancellation', async () => {
    const process_ = open('flags=0x100;fail=C_Login:0x50');
    expect(await process_.sign(request({ pin: { kind: 'pad', finalTryAccepted: false } })).end).toMatchObject({ failure: { code: 'cancelled-on-device' } });
  });

  test('that is not needed, since the vendor keeps one login for all programs, is no failure', async () => {
    // SoftHSM shows private keys only after a login, so this says "already" and then has none.
    expect(await open('fail=C_Login:0x100').sign(request()).end).toMatchObject({ failure: { code: 'key-absent', stage: 'keys' } });
    expect(logins()).toHaveLength(1);
  });

  test('for each signature goes along with one typing', async () => {
    expect(await open('').sign(request({}, 'each')).end).toMatchObject({ kind: 'done' });
    const six = String(pin.length);
    expect(logins()).toEqual([`C_Login 1 pin ${six}`, `C_Login 2 pin ${six}`, `C_Login 2 pin ${six}`, `C_Login 2 pin ${six}`]);
  });

  test('of the key may be another one: the first refusal ends the batch, and the key’s own PIN works', async () => {
    const process_ = open('keypin=9999');
    const end = await process_.sign(request({}, 'each')).end;
    expect(end).toMatchObject({ signed: [], failure: { code: 'pin-wrong', stage: 'context-login', pin: { which: 'key' } } });
    expect(logins()).toHaveLength(2);
    expect(await process_.sign(request({ pin: pinUse({ keyPin: typed('9999') }) }, 'each')).end).toMatchObject({ kind: 'done' });
  });

  test('is gone with the login when the device is taken out in the middle', async () => {
    const process_ = open('fail=C_Sign:0x32:2');
    const end = await process_.sign(request({ keepMs: 60_000 })).end;
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'token-removed', stage: 'sign' } });
    expect(end.signed.map(({ id }) => id)).toEqual(['1']);
    expect(process_.keptFor()).toBe(0);
    expect(await process_.sign(request({ pin: { kind: 'kept' } })).end).toMatchObject({ failure: { code: 'pin-needed' } });
    expect(logins()).toHaveLength(1);
  });

  test('is out of every memory when its time is over: the process that saw it is gone', async () => {
    const process_ = open('');
    await process_.sign(request({ keepMs: 400 })).end;
    expect(tokenProcesses()).toHaveLength(1);
    await expect.poll(tokenProcesses).toEqual([]);
    expect(callsOf(log)).toContain('C_Logout');
    await process_.sign(request()).end;
    await expect.poll(tokenProcesses).toEqual([]);
  });
});

/** Token processes of this test that run now. */
function tokenProcesses(): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const words = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
      return ['ts', 'js'].some((kind) => words.includes(`token-worker.${kind}\0${bad}`));
    } catch {
      return false;
    }
  });
}

describe.skipIf(!hasCompiler)('a watch (needs gcc)', () => {
  const present = join(folder, 'plugged-in');
  async function watched(how: string, times: { readonly everyMs: number; readonly freshMs: number }, act: (findings: () => readonly string[]) => Promise<void>): Promise<void> {
    const seen: ModuleReport[] = [];
    const end = watchTokens(open(`present=${present};${how}`), (report) => seen.push(report), times);
    try {
      await act(() => seen.map(({ finding, slots }) => `${finding} ${String(slots.flatMap(({ certificates }) => certificates).length)}`));
    } finally {
      end();
      rmSync(present, { force: true });
    }
  }

  test('sees a device come and go, with its certificates', async () => {
    await watched('', { everyMs: 60, freshMs: 60_000 }, async (findings) => {
      await expect.poll(findings).toEqual(['no-slot 0']);
      writeFileSync(present, '');
      await expect.poll(findings).toEqual(['no-slot 0', 'ready 3']);
      rmSync(present);
      await expect.poll(findings).toEqual(['no-slot 0', 'ready 3', 'no-slot 0']);
    });
  });

  test('sees it come also where the driver knows for ever what was there at its start', async () => {
    await watched('stale', { everyMs: 60, freshMs: 400 }, async (findings) => {
      await expect.poll(findings).toEqual(['no-slot 0']);
      writeFileSync(present, '');
      await expect.poll(findings).toEqual(['no-slot 0', 'ready 3']);
    });
  });
});
