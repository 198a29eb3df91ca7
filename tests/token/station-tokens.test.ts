import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { GivenPin, Outcome, TokenDevice, TokensState } from '#contract';
import { forkTokenProcess } from '../../electron/hosts/processes/token-processes.ts';
import { startCore, type Core, type CoreOptions } from '../../electron/hosts/compose.ts';
import { keyFile } from '../../electron/platform/secrets/key-file.ts';
import { devicesOf } from '../../electron/platform/tokens/doctor.ts';
import { isAdministratorsPlace } from '../../electron/platform/tokens/module-place.ts';
import { tokenOwner } from '../../electron/platform/tokens/token-owner.ts';
import { openStore } from '../../electron/store/index.ts';
import { driverOf } from '../../electron/store/db.ts';
import { testPki, type TestPki } from '../fakes/pki/pki.ts';
import { quietCore } from '../fakes/station/day.ts';
import { tvt } from '../integration/cli/tvt.ts';
import { scratchFolder } from '../unit/store/helpers.ts';
import { addKey, callsOf, hasCompiler, hostileModule, importKey, makeToken, pin, softHsm, tokenFolder } from './soft-token.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-station-tokens-'));
const log = join(folder, 'calls.log');
const keyHex = 'cd'.repeat(32);
const wrongPin = '975310';
let pki: TestPki;
let bad = '';
let leader: ReturnType<typeof makeToken>;
const cores: Core[] = [];
const lines: string[] = [];

beforeAll(async () => {
  tokenFolder(folder);
  pki = await testPki();
  if (hasCompiler) bad = hostileModule(folder);
  leader = makeToken('Lãnh đạo');
  const put = (token: { readonly slot: string }, id: string, name: string, hasKey = true): void => {
    const der = join(folder, `${name}.der`);
    writeFileSync(der, pki.der(name));
    importKey(token, { id, name, key: hasKey ? join(pki.folder, `${name}.key`) : null, certificate: der });
  };
  put(leader, '01', 'leader');
  put(leader, '02', 'agency');
  put(leader, 'a1', 'g2ca', false);
  put(leader, 'a2', 'g2root', false);
  const old = makeToken('Hết hạn');
  put(old, '01', 'expired');
});
afterEach(async () => {
  for (const one of cores.splice(0)) await one.close();
  lines.splice(0);
  rmSync(log, { force: true });
  delete process.env['HOSTILE'];
  delete process.env['HOSTILE_LOG'];
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function station(profile: string, more: Partial<CoreOptions> = {}): Promise<Core> {
  const core = await startCore({
    ...quietCore({ folder: profile, keyHex }),
    findTokenModules: () => Promise.resolve([]),
    log: (line) => lines.push(line),
    ...more,
  });
  cores.push(core);
  return core;
}

async function ask<T>(core: Core, method: string, input: unknown): Promise<Outcome<T, string>> {
  return (await core.dispatcher.answer('tokens', method, input, 'own-window')) as Outcome<T, string>;
}

async function must<T = TokensState>(core: Core, method: string, input: unknown): Promise<T> {
  const outcome = await ask<T>(core, method, input);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

async function withModule(core: Core, path = softHsm): Promise<TokensState> {
  const outcome = await core.tokens.useModule(path);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

const called = (state: TokensState, label: string): TokenDevice => {
  const found = state.devices.find(({ token }) => token?.label === label);
  if (found === undefined) throw new Error(JSON.stringify(state));
  return found;
};
const certificate = (state: TokensState, name: string): string => called(state, 'Lãnh đạo').certificates.find((one) => one.name === name)?.sha256 ?? '';
const typed = (text: string): GivenPin => ({ kind: 'typed', pin: [...new TextEncoder().encode(text)], finalTryAccepted: false, asTyped: false });

test('several tokens of one driver are told apart, each with its own certificates and its own cause', async () => {
  const state = await withModule(await station(scratchFolder()));
  expect(state.devices.map(({ token }) => token?.label).toSorted()).toEqual(['Hết hạn', 'Lãnh đạo']);
  const own = called(state, 'Lãnh đạo');
  expect(own.certificates.map(({ name, purpose, key, chain }) => [name, purpose, key, chain.state]).toSorted()).toEqual([
    ['BỘ THỬ NGHIỆM', 'agency', 'RSA-4096', 'untrusted'],
    ['Nguyễn Thị Thử', 'person', 'RSA-3072', 'untrusted'],
  ]);
  expect(own.steps.find(({ step }) => step === 'certificate')).toMatchObject({ finding: 'certificate-to-choose', params: { count: 2 } });
  const expired = called(state, 'Hết hạn');
  expect(expired.verdict).toBe('failed');
  expect(expired.steps.filter(({ state: how }) => how === 'failed').map(({ finding }) => finding)).toEqual(['period-over']);
  expect(state.summary).toBe('attention');
});

test('where a certificate leads is told from what is on the token and the pinned roots', async () => {
  const report = await tokenOwner(forkTokenProcess).process(softHsm).report();
  const about = { issuers: [], at: new Date('2026-11-22T02:00:00Z'), chosen: null, clockDiffersBy: null };
  const chains = (anchors: ReturnType<TestPki['anchors']>): readonly unknown[] =>
    devicesOf('m', report, { ...about, anchors }).flatMap(({ steps }) => steps.filter(({ step }) => step === 'chain').map(({ finding, params }) => [finding, params['name']]));
  expect(chains(pki.anchors('g2root')).toSorted()).toEqual([
    ['chain-incomplete', 'CA phục vụ các cơ quan Thử nghiệm G2'],
    ['chain-valid', 'RootCA chuyên dùng Thử nghiệm G2'],
  ]);
  // Kept by the station instead of on the token.
  const kept = { ...about, issuers: [pki.certificate('g2ca'), pki.certificate('g2root')], anchors: pki.anchors('g2root') };
  const steps = devicesOf('m', report, kept).find(({ token }) => token?.label === 'Hết hạn')?.steps ?? [];
  expect(steps.map(({ finding }) => finding)).toEqual(expect.arrayContaining(['chain-valid', 'period-over']));
});

test('a root that the office added is known at once, and unknown again when it is withdrawn; the doctor of its profile knows it too', async () => {
  const profile = scratchFolder();
  const key = await keyFile(profile).obtain(true);
  if (!key.ok) throw new Error(key.failure.code);
  const told: TokensState[] = [];
  const core = await station(profile, { key: { ok: true, value: key.value.key } });
  await withModule(core);
  core.dispatcher
    .converse((message) => {
      if (message.kind === 'event') told.push((message.item as { value: TokensState }).value);
    })
    .receive({ kind: 'subscribe', id: 1, domain: 'tokens', event: 'devices' }, 'own-window');
  const settings = async (method: string, input: unknown): Promise<unknown> => {
    const outcome = await core.dispatcher.answer('signingSettings', method, input, 'own-window');
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    return outcome.value;
  };
  const added = (await settings('addAnchor', { certificate: pki.der('g2root').toString('base64'), sha256: pki.certificate('g2root').sha256, reason: 'Thử' })) as { id: string };
  const chains = (): readonly unknown[] => called(told.at(-1) as TokensState, 'Lãnh đạo').certificates.map(({ chain }) => chain.state);
  await expect.poll(chains).toEqual(['valid', 'valid']);
  const doctor = tvt(['token', 'doctor', '--module', softHsm, '--profile', profile]);
  expect([doctor.exit, doctor.out]).toEqual([0, expect.stringContaining('RootCA chuyên dùng Thử nghiệm G2')]);
  expect(doctor.out).not.toContain('không biết');
  await settings('withdrawAnchor', { id: added.id, reason: 'Thử' });
  await expect.poll(chains).toEqual(['untrusted', 'untrusted']);
});

test('the picked certificate is remembered for who picked it, over a restart, and starts the drivers with the station', async () => {
  const profile = scratchFolder();
  const first = await station(profile);
  const state = await withModule(first);
  expect(state.watchFromStart).toBe(false);
  expect(await ask(first, 'choose', { certificate: 'ab'.repeat(32) })).toMatchObject({ ok: false, failure: { code: 'token-certificate-absent' } });
  const chosen = await must(first, 'choose', { certificate: certificate(state, 'Nguyễn Thị Thử') });
  expect(called(chosen, 'Lãnh đạo').steps.find(({ step }) => step === 'certificate')).toMatchObject({ finding: 'certificate-chosen', params: { name: 'Nguyễn Thị Thử' } });
  expect(called(chosen, 'Hết hạn').steps.find(({ step }) => step === 'certificate')).toMatchObject({ finding: 'certificate-elsewhere' });
  expect(chosen.watchFromStart).toBe(true);
  await cores.pop()?.close();
  const again = await must(await station(profile), 'look', {});
  expect(called(again, 'Lãnh đạo').certificates.filter((one) => one.chosen).map(({ name }) => name)).toEqual(['Nguyễn Thị Thử']);
});

test('no driver is started before somebody looks; then one process serves everybody who asks for the module', async () => {
  const started: string[] = [];
  const core = await station(scratchFolder(), {
    background: true,
    startTokenProcess: (path) => {
      started.push(path);
      return forkTokenProcess(path);
    },
    findTokenModules: () => Promise.resolve([{ path: softHsm, family: 'x', familyName: 'X', kind: 'official', file: { state: 'sound', system: 'linux', machines: [], exportsPkcs11: true, bytes: 1 } }]),
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(started).toEqual([]);
  await must(core, 'look', {});
  expect(started).toEqual([softHsm]);
  expect(core.tokens.process(softHsm)).toBe(core.tokens.process(softHsm));
  expect(await core.tokens.process(softHsm).look()).toMatchObject({ ok: true });
  expect(started).toEqual([softHsm]);
});

test('the window cannot have a file run that somebody could have put there; a terminal can', async () => {
  const core = await station(scratchFolder());
  const own = join(folder, 'own.so');
  writeFileSync(own, readFileSync(softHsm));
  expect(await ask(core, 'useModule', { path: own })).toMatchObject({ ok: false, failure: { code: 'token-module-place' } });
  expect(await ask(core, 'useModule', { path: `/usr/../${own}` })).toMatchObject({ ok: false, failure: { code: 'token-module-place' } });
  const state = await must(core, 'useModule', { path: softHsm });
  expect(state.modules).toMatchObject([{ path: softHsm, added: true }]);
  expect((await must(core, 'dropModule', { module: state.modules[0]?.id })).modules).toEqual([]);
  const windows = { system: 'win32', env: { SystemRoot: 'C:\\Windows', ProgramFiles: 'C:\\Program Files' } };
  expect(isAdministratorsPlace('c:\\windows\\System32\\bit4xpki.dll', windows)).toBe(true);
  expect(isAdministratorsPlace('\\\\server\\share\\bit4xpki.dll', windows)).toBe(false);
  expect(isAdministratorsPlace('C:\\Users\\a\\Downloads\\bit4xpki.dll', windows)).toBe(false);
  expect(isAdministratorsPlace('C:\\Windows\\..\\Users\\a\\x.dll', windows)).toBe(false);
});

describe('a test signature', () => {
  test('is made and checked with the right PIN; a wrong one is tried once and told', async () => {
    const core = await station(scratchFolder());
    const state = await withModule(core);
    const order = { device: called(state, 'Lãnh đạo').id, certificate: certificate(state, 'Nguyễn Thị Thử') };
    expect(await ask(core, 'testSign', { ...order, pin: typed(pin) })).toMatchObject({ ok: true });
    expect(await ask(core, 'testSign', { ...order, pin: typed(wrongPin) })).toMatchObject({ ok: false, failure: { code: 'token-pin-wrong', params: { returned: 'CKR_PIN_INCORRECT' } } });
    expect(await ask(core, 'testSign', { ...order, pin: typed(' đặc biệt ') })).toMatchObject({ ok: false, failure: { code: 'token-pin-doubtful', params: { remarks: 'vietnamese-letters space-at-end space-inside' } } });
    expect(await ask(core, 'testSign', { ...order, device: 'x', pin: typed(pin) })).toMatchObject({ ok: false, failure: { code: 'token-absent' } });
    expect((await must(core, 'look', {})).modules).toMatchObject([{ keptSeconds: 0 }]);
  });

  test.skipIf(!hasCompiler)('with a wrong PIN that locks the token shows it locked (needs gcc)', async () => {
    process.env['HOSTILE'] = 'locks';
    process.env['HOSTILE_LOG'] = log;
    const core = await station(scratchFolder());
    const state = await withModule(core, bad);
    const order = { device: called(state, 'Lãnh đạo').id, certificate: certificate(state, 'Nguyễn Thị Thử') };
    expect(await ask(core, 'testSign', { ...order, pin: typed(wrongPin) })).toMatchObject({ failure: { code: 'token-pin-locked' } });
    expect(callsOf(log).filter((line) => line.startsWith('C_Login'))).toEqual([`C_Login 1 pin ${String(wrongPin.length)}`]);
  });

  test.skipIf(!hasCompiler)('on a token with a keypad is asked for there, and a typed PIN is refused (needs gcc)', async () => {
    process.env['HOSTILE'] = `flags=0x100;pad=${pin}`;
    const core = await station(scratchFolder());
    const state = await withModule(core, bad);
    const device = called(state, 'Lãnh đạo');
    expect(device.token?.pin.pad).toBe(true);
    const order = { device: device.id, certificate: certificate(state, 'Nguyễn Thị Thử') };
    expect(await ask(core, 'testSign', { ...order, pin: typed(pin) })).toMatchObject({ failure: { code: 'token-pin-on-device' } });
    expect(await ask(core, 'testSign', { ...order, pin: { kind: 'pad', finalTryAccepted: false } })).toMatchObject({ ok: true });
  });

  test('leaves its PIN nowhere: not in logs, not in the profile’s folder, not in the database', async () => {
    const profile = scratchFolder();
    const core = await station(profile);
    const state = await withModule(core);
    const order = { device: called(state, 'Lãnh đạo').id, certificate: certificate(state, 'Nguyễn Thị Thử') };
    // One that works, one that is wrong, one that the door refuses, and one whose token is gone.
    await ask(core, 'testSign', { ...order, pin: typed(pin) });
    await ask(core, 'testSign', { ...order, pin: typed(wrongPin) });
    await ask(core, 'testSign', { ...order, pin: { ...typed(pin), more: true } });
    await ask(core, 'testSign', { ...order, device: 'gone', pin: typed(pin) });
    const support = await must<{ text: string }>(core, 'supportReport', {});
    await cores.pop()?.close();
    const forms = [pin, wrongPin].flatMap((one) => [one, Buffer.from(one).toString('base64'), Buffer.from(one).toString('hex'), [...Buffer.from(one)].join(',')]);
    const places = [lines.join('\n'), support.text, ...filesIn(profile).map((path) => readFileSync(path, 'latin1')), rowsOf(profile)];
    expect(rowsOf(profile)).toContain('tokens.module-added');
    for (const form of forms) for (const place of places) expect(place.includes(form)).toBe(false);
  });
});

test('a login that is kept ends when the window is locked', async () => {
  const core = await station(scratchFolder());
  const people = async (method: string, input: unknown): Promise<{ readonly id: string }> => {
    const outcome = (await core.dispatcher.answer('people', method, input, 'host')) as Outcome<{ readonly id: string }, string>;
    if (!outcome.ok) throw new Error(`${method} ${JSON.stringify(outcome.failure)}`);
    return outcome.value;
  };
  const state = await withModule(core);
  const { id } = await people('savePerson', { id: null, name: 'Nguyễn Thị Thử', position: '', standing: 'head', unit: null, roles: ['leader', 'administrator'], validFrom: null, since: null });
  await people('setPassword', { person: id, password: 'Mat-khau-du-dai-1!' });
  await people('signIn', { person: id, password: 'Mat-khau-du-dai-1!' });
  await people('changePassword', { old: 'Mat-khau-du-dai-1!', password: 'Mat-khau-du-dai-2!' });
  const process_ = core.tokens.process(softHsm);
  const item = { id: '1', data: new Uint8Array(32) };
  const kept = { kind: 'typed', pin: new TextEncoder().encode(pin), keyPin: null, finalTryAccepted: false, asTyped: false } as const;
  const end = await process_.sign({ token: leader, certificate: certificate(state, 'Nguyễn Thị Thử'), scheme: { kind: 'rsa-pkcs1', hash: 'sha256' }, items: [item], pin: kept, keepMs: 60_000 }).end;
  expect(end).toMatchObject({ kind: 'done' });
  expect(process_.keptFor()).toBeGreaterThan(0);
  await people('lock', {});
  await expect.poll(() => process_.keptFor()).toBe(0);
});

test('what is sent to support names no person, no device, no certificate and no folder', async () => {
  const core = await station(scratchFolder());
  const state = await withModule(core);
  await must(core, 'choose', { certificate: certificate(state, 'Nguyễn Thị Thử') });
  const { name, text } = await must<{ name: string; text: string }>(core, 'supportReport', {});
  expect(name).toMatch(/^chan-doan-thiet-bi-ky-\d{12}\.json$/);
  const report = JSON.parse(text) as { modules: { module: string; checklists: { step: string; finding: string }[][] }[] };
  expect(report.modules[0]?.checklists.flat().filter(({ step }) => step === 'certificate').map(({ finding }) => finding).toSorted()).toEqual(['certificate-chosen', 'certificate-elsewhere']);
  const { serialNumber } = leader;
  for (const secret of ['Lãnh đạo', 'Hết hạn', 'Nguyễn', 'THỬ NGHIỆM', serialNumber, certificate(state, 'Nguyễn Thị Thử'), '/usr/lib', 'Trần Thị', pki.certificate('leader').serial]) {
    expect(text).not.toContain(secret);
  }
});

test.skipIf(!hasCompiler)('a token that is plugged in or taken out is told to the window (needs gcc)', async () => {
  const present = join(folder, 'plugged-in');
  process.env['HOSTILE'] = `present=${present}`;
  const core = await station(scratchFolder());
  expect((await withModule(core, bad)).summary).toBe('absent');
  const told: string[] = [];
  core.dispatcher
    .converse((message) => {
      if (message.kind === 'event') told.push((message.item as { value: TokensState }).value.summary);
    })
    .receive({ kind: 'subscribe', id: 1, domain: 'tokens', event: 'devices' }, 'own-window');
  writeFileSync(present, '');
  await expect.poll(() => told.at(-1)).toBe('attention');
  rmSync(present);
  await expect.poll(() => told.at(-1)).toBe('absent');
});

test('a token that signs is not kept from it by somebody who looks', async () => {
  const token = makeToken('Bận');
  const { sha256 } = addKey(folder, token, { type: 'rsa:2048', id: '01', name: 'Bận' });
  const core = await station(scratchFolder());
  await withModule(core);
  const before = await must(core, 'look', {});
  const process_ = core.tokens.process(softHsm);
  const items = Array.from({ length: 400 }, (_, index) => ({ id: String(index), data: new Uint8Array(32) }));
  const batch = process_.sign({ token, certificate: sha256, scheme: { kind: 'rsa-pkcs1', hash: 'sha256' }, items, pin: { kind: 'typed', pin: new TextEncoder().encode(pin), keyPin: null, finalTryAccepted: false, asTyped: false }, keepMs: 0 });
  const looked = await must(core, 'look', {});
  // Nothing goes from sight meanwhile: each is the device that it was.
  expect(looked.devices).toMatchObject(before.devices.map(({ id, token: own, certificates }) => ({ id, token: own, certificates, verdict: 'working' })));
  expect(looked.summary).toBe(before.summary);
  expect(await batch.end).toMatchObject({ kind: 'done' });
  await expect.poll(async () => (await must(core, 'look', {})).devices.map(({ verdict }) => verdict).includes('working')).toBe(false);
});

function filesIn(place: string): readonly string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((path) => statSync(path).isFile());
}

/** Every row of every table, as text. */
function rowsOf(profile: string): string {
  const opened = openStore({ folder: profile, key: Buffer.from(keyHex, 'hex'), programVersion: '0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  try {
    const database = driverOf(opened.value.read);
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'").pluck().all() as string[];
    return JSON.stringify(tables.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  } finally {
    opened.value.close();
  }
}
