import { execFileSync } from 'node:child_process';
import { constants, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { forkTokenProcess } from '../../electron/hosts/processes/token-processes.ts';
import { tokenProcess, type TokenProcess } from '../../electron/platform/tokens/token-process.ts';
import type { PinUse, SignatureScheme, SignRequest, TokenRef } from '../../native/pkcs11/index.ts';
import { addCertificate, addKey, makeToken, pin, softHsm, tokenFolder, typed, type KeyType } from './soft-token.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvt-token-'));
const opened: TokenProcess[] = [];
let token: TokenRef & { readonly slot: string };
let twin: TokenRef & { readonly slot: string };
const keys = new Map<string, ReturnType<typeof addKey>>();

beforeAll(() => {
  tokenFolder(folder);
  token = makeToken('VGCA Token');
  twin = makeToken('VGCA Token');
  const types: readonly (readonly [string, KeyType])[] = [
    ['01', 'rsa:2048'],
    ['02', 'rsa:3072'],
    ['03', 'rsa:4096'],
    ['04', 'ec:P-256'],
    ['05', 'ec:P-384'],
  ];
  for (const [id, type] of types) keys.set(type, addKey(folder, token, { type, id, name: `Khóa ${type}` }));
  keys.set('each', addKey(folder, token, { type: 'rsa:2048', id: '06', name: 'Mỗi lần ký', alwaysAuthenticate: true }));
  keys.set('twin', addKey(folder, twin, { type: 'rsa:2048', id: '01', name: 'Trên thiết bị kia' }));
  addCertificate(folder, token, 'ca', 'CA phục vụ các cơ quan Nhà nước G2');
});
afterEach(() => {
  for (const one of opened.splice(0)) one.stop();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function open(): TokenProcess {
  const one = tokenProcess(softHsm, forkTokenProcess);
  opened.push(one);
  return one;
}

function pinUse(more: Partial<Extract<PinUse, { kind: 'typed' }>> = {}): PinUse {
  return { kind: 'typed', pin: typed(), keyPin: null, finalTryAccepted: false, asTyped: false, ...more };
}

function request(key: string, scheme: SignatureScheme, more: Partial<SignRequest> = {}): SignRequest {
  const items = ['một', 'hai'].map((id) => ({ id, data: new TextEncoder().encode(`thuộc tính được ký của ${id}`) }));
  return { token, certificate: keys.get(key)!.sha256, scheme, items, pin: pinUse(), keepMs: 0, ...more };
}

const rsa = (['rsa:2048', 'rsa:3072', 'rsa:4096'] as const).flatMap((key) =>
  (['rsa-pkcs1', 'rsa-pss'] as const).flatMap((kind) => (['sha256', 'sha384', 'sha512'] as const).map((hash) => ({ key, kind, hash }) as const)),
);
const ec = (['ec:P-256', 'ec:P-384'] as const).flatMap((key) =>
  (['sha256', 'sha384', 'sha512'] as const).map((hash) => ({ key, kind: 'ecdsa', hash }) as const),
);

test.each([...rsa, ...ec])('$key signs $kind with $hash, and OpenSSL agrees', async ({ key, kind, hash }) => {
  const wanted = request(key, { kind, hash });
  const end = await open().sign(wanted).end;
  expect(end).toMatchObject({ kind: 'done' });
  expect(end.signed.map(({ id }) => id)).toEqual(['một', 'hai']);
  const { certificate } = keys.get(key)!;
  const padding = kind === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: Number(hash.slice(3)) / 8 } : {};
  for (const [index, { signature }] of end.signed.entries()) {
    const { data } = wanted.items[index]!;
    expect(verify(hash, data, { key: certificate.publicKey, ...padding }, signature)).toBe(true);
    expect(verify(hash, Buffer.concat([data, Buffer.from([0])]), { key: certificate.publicKey, ...padding }, signature)).toBe(false);
  }
  // The terminal's own judge, once each.
  const at = (name: string): string => join(folder, `judge-${name}`);
  writeFileSync(at('data'), wanted.items[0]!.data);
  writeFileSync(at('signature'), end.signed[0]!.signature);
  writeFileSync(at('key'), certificate.publicKey.export({ type: 'spki', format: 'pem' }));
  const options = kind === 'rsa-pss' ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'] : [];
  expect(execFileSync('openssl', ['dgst', `-${hash}`, '-verify', at('key'), ...options, '-signature', at('signature'), at('data')], { encoding: 'utf8' })).toContain('Verified OK');
});

test('the report shows each certificate, its key before any PIN, and leaves CA certificates aside', async () => {
  const report = await open().report();
  expect(report).toMatchObject({ finding: 'ready', failure: null, library: { manufacturer: 'SoftHSM' } });
  const slot = report.slots.find((one) => one.token?.serialNumber === token.serialNumber)!;
  expect(slot.token).toMatchObject({ label: 'VGCA Token', initialized: true, pinSet: true, pinPad: false, pin: { countLow: false, finalTry: false, locked: false } });
  const shown = slot.certificates.map(({ label, key, authority, privateKey, period }) => ({ label, key, authority, privateKey, period }));
  expect(shown).toContainEqual({ label: 'Khóa rsa:3072', key: { type: 'rsa', bits: 3072 }, authority: false, privateKey: 'hidden', period: 'current' });
  expect(shown).toContainEqual({ label: 'Khóa ec:P-384', key: { type: 'ec', curve: 'P-384' }, authority: false, privateKey: 'hidden', period: 'current' });
  expect(shown).toContainEqual({ label: 'CA phục vụ các cơ quan Nhà nước G2', key: { type: 'rsa', bits: 2048 }, authority: true, privateKey: 'none', period: 'current' });
  expect(slot.certificates.map(({ sha256 }) => sha256)).toContain(keys.get('rsa:2048')!.sha256);
});

test('of two tokens with one label the one with the picked certificate is used; a PIN is not tried on the other', async () => {
  const process_ = open();
  const scheme = { kind: 'rsa-pkcs1', hash: 'sha256' } as const;
  expect(await process_.sign(request('twin', scheme)).end).toMatchObject({ kind: 'failed', failure: { code: 'certificate-absent' } });
  expect(await process_.sign(request('twin', scheme, { token: twin })).end).toMatchObject({ kind: 'done' });
  expect(await process_.sign(request('twin', scheme, { token: { ...twin, serialNumber: 'other' } })).end).toMatchObject({ failure: { code: 'token-absent' } });
});

test('a kept login signs without the PIN, for its time; then it is asked for again in a new process', async () => {
  const process_ = open();
  const scheme = { kind: 'rsa-pkcs1', hash: 'sha256' } as const;
  const kept = { pin: { kind: 'kept' } } as const;
  expect(await process_.sign(request('rsa:2048', scheme, kept)).end).toMatchObject({ kind: 'failed', failure: { code: 'pin-needed' } });
  expect(await process_.sign(request('rsa:2048', scheme, { keepMs: 30_000 })).end).toMatchObject({ kind: 'done' });
  expect(process_.keptFor()).toBeGreaterThan(500);
  expect(await process_.sign(request('rsa:3072', scheme, kept)).end).toMatchObject({ kind: 'done' });
  // A key that wants the PIN each time has none: it is not kept for keys that do not need it.
  expect(await process_.sign(request('each', scheme, kept)).end).toMatchObject({ kind: 'failed', failure: { code: 'pin-needed', stage: 'context-login' } });
  expect(await process_.sign(request('rsa:2048', scheme, { keepMs: 800 })).end).toMatchObject({ kind: 'done' });
  await expect.poll(() => process_.keptFor()).toBe(0);
  expect(await process_.sign(request('rsa:2048', scheme, kept)).end).toMatchObject({ kind: 'failed', failure: { code: 'pin-needed' } });
});

test('what is forgotten is forgotten at once', async () => {
  const process_ = open();
  const scheme = { kind: 'rsa-pkcs1', hash: 'sha256' } as const;
  await process_.sign(request('rsa:2048', scheme, { keepMs: 60_000 })).end;
  await process_.forget();
  expect(process_.keptFor()).toBe(0);
  expect(await process_.sign(request('rsa:2048', scheme, { pin: { kind: 'kept' } })).end).toMatchObject({ failure: { code: 'pin-needed' } });
});

test('a key that wants the PIN at each signature gets it from one typing (CKA_ALWAYS_AUTHENTICATE), also when kept', async () => {
  const process_ = open();
  const scheme = { kind: 'rsa-pss', hash: 'sha256' } as const;
  expect(await process_.sign(request('each', scheme, { keepMs: 60_000 })).end).toMatchObject({ kind: 'done' });
  const again = await process_.sign(request('each', scheme, { pin: { kind: 'kept' } })).end;
  expect(again).toMatchObject({ kind: 'done' });
  expect(again.signed).toHaveLength(2);
});

test('a wrong PIN is told with what the token says of itself, and the typed bytes are gone', async () => {
  const use = pinUse({ pin: typed('13579') }) as Extract<PinUse, { kind: 'typed' }>;
  const end = await open().sign(request('rsa:2048', { kind: 'rsa-pkcs1', hash: 'sha256' }, { pin: use })).end;
  expect(end).toMatchObject({
    kind: 'failed',
    signed: [],
    failure: { code: 'pin-wrong', stage: 'login', returned: { value: 0xa0, name: 'CKR_PIN_INCORRECT' }, pin: { which: 'user', state: { countLow: true, locked: false } } },
  });
  expect([...use.pin]).toEqual([0, 0, 0, 0, 0]);
  expect(JSON.stringify(end)).not.toContain('13579');
});

test('a right PIN is overwritten as soon as it has left', async () => {
  const use = pinUse() as Extract<PinUse, { kind: 'typed' }>;
  const { end } = open().sign(request('rsa:2048', { kind: 'rsa-pkcs1', hash: 'sha256' }, { pin: use }));
  expect(use.pin.every((byte) => byte === 0)).toBe(true);
  expect(await end).toMatchObject({ kind: 'done' });
  expect(pin).toBe('246802');
});

test('the PIN is in one message to the process and in nothing that comes back', async () => {
  const sent: unknown[] = [];
  const heard: unknown[] = [];
  const process_ = tokenProcess(softHsm, (path) => {
    const child = forkTokenProcess(path);
    return {
      ...child,
      post: (message) => {
        sent.push(structuredClone(message));
        child.post(message);
      },
      onMessage: (listener) => {
        child.onMessage((message) => {
          heard.push(structuredClone(message));
          listener(message);
        });
      },
    };
  });
  opened.push(process_);
  const holdsPin = (message: unknown): boolean => {
    const text = inspect(message, { depth: 10, maxArrayLength: 10_000 });
    return text.includes(pin) || text.includes([...typed()].join(', '));
  };
  await process_.sign(request('each', { kind: 'rsa-pkcs1', hash: 'sha256' }, { keepMs: 60_000 })).end;
  await process_.sign(request('each', { kind: 'rsa-pkcs1', hash: 'sha256' }, { pin: { kind: 'kept' } })).end;
  await process_.report();
  expect(sent.filter(holdsPin)).toHaveLength(1);
  expect(heard.length).toBeGreaterThan(10);
  expect(heard.filter(holdsPin)).toEqual([]);
});

test('what runs and what waits is answered when all is stopped, and the waiting PIN is overwritten', async () => {
  const process_ = open();
  const scheme = { kind: 'rsa-pkcs1', hash: 'sha256' } as const;
  const running = process_.sign(request('rsa:4096', scheme)).end;
  const use = pinUse() as Extract<PinUse, { kind: 'typed' }>;
  const waiting = process_.sign(request('rsa:2048', scheme, { pin: use })).end;
  process_.stop();
  expect(await running).toMatchObject({ failure: { code: 'stopped' } });
  expect(await waiting).toMatchObject({ failure: { code: 'stopped' } });
  expect(use.pin.every((byte) => byte === 0)).toBe(true);
  expect(await process_.report()).toMatchObject({ failure: { code: 'stopped' } });
});

test('progress is told item by item, and a batch can be ended between two', async () => {
  const process_ = open();
  const items = Array.from({ length: 40 }, (_, index) => ({ id: String(index), data: new Uint8Array([index]) }));
  const seen: string[] = [];
  const batch = process_.sign(request('rsa:4096', { kind: 'rsa-pkcs1', hash: 'sha256' }, { items }), ({ id }) => {
    seen.push(id);
    if (seen.length === 3) batch.cancel();
  });
  const end = await batch.end;
  expect(end.kind).toBe('cancelled');
  expect(seen.length).toBeGreaterThanOrEqual(3);
  expect(seen.length).toBeLessThan(40);
  expect(end.signed.map(({ id }) => id)).toEqual(seen);
});

test('a batch that is cancelled while it waits never reaches the token', async () => {
  const process_ = open();
  const scheme = { kind: 'rsa-pkcs1', hash: 'sha256' } as const;
  const first = process_.sign(request('rsa:4096', scheme));
  const use = pinUse() as Extract<PinUse, { kind: 'typed' }>;
  const second = process_.sign(request('rsa:2048', scheme, { pin: use }));
  second.cancel();
  expect(await second.end).toEqual({ kind: 'cancelled', signed: [] });
  expect(use.pin.every((byte) => byte === 0)).toBe(true);
  expect(await first.end).toMatchObject({ kind: 'done' });
});

test('a kind of signature that the key cannot give is refused before the PIN', async () => {
  const end = await open().sign(request('rsa:2048', { kind: 'ecdsa', hash: 'sha256' }, { pin: pinUse({ pin: typed('wrong') }) })).end;
  expect(end).toMatchObject({ failure: { code: 'key-not-supported', stage: 'certificates' } });
});

test.each([
  ['', 'pin-empty', undefined],
  ['mật khẩu', 'pin-doubtful', ['vietnamese-letters', 'space-inside']],
  ['pâss12', 'pin-doubtful', ['vietnamese-letters']],
  [' 246802', 'pin-doubtful', ['space-at-end']],
  ['123', 'pin-doubtful', ['too-short']],
] as const)('the PIN "%s" is named %s before it costs a try', async (text, code, remarks) => {
  const end = await open().sign(request('rsa:2048', { kind: 'rsa-pkcs1', hash: 'sha256' }, { pin: pinUse({ pin: typed(text) }) })).end;
  expect(end).toMatchObject({ kind: 'failed', failure: { code, stage: 'login', returned: null, ...(remarks === undefined ? {} : { remarks }) } });
});
