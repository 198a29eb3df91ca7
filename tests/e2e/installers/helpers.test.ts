import { verify } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { helperKeeper } from '../../../electron/hosts/desktop/helpers.ts';
import type { StartHelper } from '../../../electron/hosts/processes/helper-process.ts';
import { helpersOfShell, type ToHelperKeeper } from '../../../electron/hosts/shell/helper-line.ts';
import { tokenProcessesBy } from '../../../electron/hosts/processes/token-processes.ts';
import { tokenProcess } from '../../../electron/platform/tokens/token-process.ts';
import { until } from '../../integration/hosts/desktop-run.ts';
import { addKey, hasCompiler, makeToken, softHsm, tokenFolder, typed } from '../../token/soft-token.ts';
import { ownFolder, project } from './packing.ts';

vi.mock('electron', () => import('../../fakes/electron/utility.ts'));

/** Both ends of the line between core and shell in one process; the helpers are utility processes of the double. */
function line(folder: string): { readonly start: StartHelper; readonly endAll: () => void; readonly passed: ToHelperKeeper[] } {
  const passed: ToHelperKeeper[] = [];
  const core = helpersOfShell((message) => {
    // As the line to the shell does.
    const copy = structuredClone(message);
    passed.push(copy);
    shell.heard(copy);
  });
  const shell = helperKeeper(folder, (message) => core.heard(structuredClone(message)), () => undefined);
  ends.push(shell.endAll);
  return { start: core.start, endAll: shell.endAll, passed };
}

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A helper of the test's own in the place of one of the product's. */
function program(source: string): string {
  const folder = ownFolder('helpers');
  writeFileSync(join(folder, 'pdf-text.js'), source);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}

describe('a process that the shell starts for the core', () => {
  it('gets its words and its starter, answers in order, and is told when it ends', async () => {
    const { start } = line(program(`process.parentPort.on('message', ({ data }) => {
      if (data === 'end') process.exit(3);
      process.parentPort.postMessage([data, process.argv.slice(2)]);
    });`));
    const child = start({ program: 'pdf-text', args: ['a b', 'c'] });
    const said: unknown[] = [];
    child.onMessage((message) => said.push(message));
    for (let n = 0; n < 50; n += 1) child.post(n);
    await until(async () => Promise.resolve(said.length === 50));
    expect(said).toEqual(Array.from({ length: 50 }, (_, n) => [n, ['a b', 'c', String(process.pid)]]));
    const gone = new Promise((resolve) => { child.onExit(resolve); });
    child.post('end');
    expect(await gone).toBe('exit 3');
  });

  it('is heard where somebody listens to what it writes', async () => {
    const { start } = line(program(`process.stderr.write('không đọc được\\nhai\\n'); setInterval(() => undefined, 1000);`));
    const wrote: string[] = [];
    start({ program: 'pdf-text', wrote: (text) => wrote.push(text) });
    await until(async () => Promise.resolve(wrote.length === 2));
    expect(wrote).toEqual(['không đọc được', 'hai']);
  });

  it('is ended at once though it hears nothing, even before it runs', async () => {
    const { start } = line(program(`process.on('SIGTERM', () => undefined); process.parentPort.postMessage('hangs'); for (;;);`));
    const early = start({ program: 'pdf-text' });
    early.kill();
    await new Promise((resolve) => { early.onExit(resolve); });
    const late = start({ program: 'pdf-text' });
    await new Promise((resolve) => { late.onMessage(resolve); });
    const gone = new Promise((resolve) => { late.onExit(resolve); });
    late.kill();
    await gone;
  });

  it('leaves no bytes behind in the shell that handed them on', async () => {
    const { start, passed } = line(program(`process.parentPort.on('message', ({ data }) => process.parentPort.postMessage(Buffer.from(data.what.pin).toString()));`));
    const child = start({ program: 'pdf-text' });
    const said = new Promise((resolve) => { child.onMessage(resolve); });
    child.post({ what: { pin: Buffer.from('12345678') } });
    expect(await said).toBe('12345678');
    const posted = passed.find(({ kind }) => kind === 'helper-post') as { message: { what: { pin: Uint8Array } } };
    expect([...posted.message.what.pin]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('is one of ours, whatever the core says', () => {
    const { start } = line(project);
    expect(() => start({ program: '../../node_modules/anything' as never })).toThrow('no helper');
  });
});

it.skipIf(!hasCompiler || !existsSync(softHsm))('a token signs through the shell, with a typed PIN (needs SoftHSM and a compiler)', async () => {
  const folder = ownFolder('token');
  tokenFolder(folder);
  const token = makeToken('VGCA Token');
  const key = addKey(folder, token, { type: 'rsa:2048', id: '01', name: 'Khóa' });
  const { start, passed } = line(join(project, 'dist/electron'));
  const process = tokenProcess(softHsm, tokenProcessesBy(start));
  expect((await process.report()).finding).not.toBe('module-failed');
  const data = new TextEncoder().encode('thuộc tính được ký');
  const end = await process.sign({
    token,
    certificate: key.sha256,
    scheme: { kind: 'rsa-pkcs1', hash: 'sha256' },
    items: [{ id: 'một', data }],
    pin: { kind: 'typed', pin: typed(), keyPin: null, finalTryAccepted: false, asTyped: false },
    keepMs: 0,
  }).end;
  process.stop();
  expect(end.kind).toBe('done');
  expect(verify('sha256', data, key.certificate.publicKey, end.signed[0]?.signature ?? new Uint8Array())).toBe(true);
  const signing = passed.find((message) => message.kind === 'helper-post' && (message.message as { kind: string }).kind === 'sign') as { message: { what: { pin: { pin: Uint8Array } } } };
  expect([...signing.message.what.pin.pin].every((octet) => octet === 0)).toBe(true);
});
