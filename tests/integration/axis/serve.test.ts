import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { bytesBody } from '../../../electron/services/exchange/transports/message-body.ts';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import type { AxisTransport } from '../../../electron/services/exchange/ports.ts';
import { lgspTransport } from '../../../electron/services/exchange/transports/lgsp-rest.ts';
import { vxpTransport } from '../../../electron/services/exchange/transports/vxp.ts';
import { valueOf } from '../../unit/exchange/edxml-samples.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { documentFor } from './axis-messages.ts';
import { program } from '../cli/tvt.ts';


type Served = {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly value: { url: string; endpoint: string; secretsFile: string; systems: { systemId: string; agencies: string[] }[]; point: string; lgsp: { endpoint: string; applicationCode: string } | null };
};

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
});

/** Starts `tvt axis serve` and waits for its line. */
async function serve(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const child = spawn(process.execPath, [program, 'axis', 'serve', '--json', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  children.push(child);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return { child, lines, value: (JSON.parse(lines[0] ?? '') as Pick<Served, 'value'>).value };
}

async function stopped({ child }: Served, signal: NodeJS.Signals): Promise<number | null> {
  const gone = once(child, 'exit');
  child.kill(signal);
  const [code] = (await gone) as [number | null];
  return code;
}

function tvt(words: readonly string[], env: NodeJS.ProcessEnv = {}): { exit: number | null; said: { ok: boolean; value: Record<string, unknown>; failure: { code: string; sentence: string } } } {
  const ran = spawnSync(process.execPath, [program, ...words, '--json'], { encoding: 'utf8', env: { ...process.env, ...env } });
  return { exit: ran.status, said: JSON.parse(ran.stdout) as ReturnType<typeof tvt>['said'] };
}

const secretsIn = (path: string): { controlToken: string; systems: Record<string, string> } =>
  JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof secretsIn>;

function clientOf(served: Served, secret: string): AxisTransport {
  const { endpoint, systems } = served.value;
  const systemId = systems[0]?.systemId ?? '';
  return vxpTransport({ endpoint, systemId, secret, http: httpClient, clock: systemClock, allowPlainHttp: true });
}

describe('tvt axis serve', () => {
  test('says where it is and how to point a station there, without any secret', async () => {
    const served = await serve(['--folder', join(scratchFolder(), 'axis'), '--agency', 'H37.02=Sở Thử nghiệm', '--agency', 'H37.03=Sở Khác']);
    const { value } = served;
    expect(value.systems).toEqual([{ systemId: 'luyen.tap.W00', agencies: ['H37.02', 'H37.03'] }]);
    expect(value.point).toContain(`--endpoint ${value.endpoint} --system-id luyen.tap.W00 --secret-env VAR --plain-http-host 127.0.0.1`);
    const { controlToken, systems } = secretsIn(value.secretsFile);
    for (const secret of [controlToken, ...Object.values(systems)]) expect(served.lines.join('')).not.toContain(secret);
    expect(statSync(value.secretsFile).mode & 0o777).toBe(0o600);
    expect(valueOf(await clientOf(served, systems['luyen.tap.W00'] ?? '').list('edoc'))).toEqual([]);
    expect(await stopped(served, 'SIGTERM')).toBe(0);
    expect(JSON.parse(served.lines[1] ?? '')).toEqual({ ok: true, value: { stopped: true } });
  });

  test('keeps secrets and messages over an end by Ctrl+C and by kill -9; the partners move by themselves', async () => {
    const folder = join(scratchFolder(), 'axis');
    const words = ['--folder', folder, '--agency', 'H37.02=Sở Thử nghiệm', '--partners', '--tick-seconds', '0.1'];
    const first = await serve(words);
    const secrets = secretsIn(first.value.secretsFile);
    const secret = secrets.systems['luyen.tap.W00'] ?? '';
    const body = documentFor('H37.02', 'G22');
    valueOf(await clientOf(first, secret).send({ from: 'H37.02', messageType: 'edoc', body: bytesBody(body) }));
    await expect.poll(async () => valueOf(await clientOf(first, secret).list('status')).length).toBeGreaterThan(4);
    expect(await stopped(first, 'SIGINT')).toBe(0);
    const second = await serve(words);
    expect(secretsIn(second.value.secretsFile)).toEqual(secrets);
    const listed = valueOf(await clientOf(second, secret).list('status'));
    expect(await stopped(second, 'SIGKILL')).toBeNull();
    const third = await serve(words);
    const again = valueOf(await clientOf(third, secret).list('status'));
    expect(again.map(({ docId }) => docId)).toEqual(expect.arrayContaining(listed.map(({ docId }) => docId)));
  });

  test("takes a system's secret from the environment, and keeps no copy of it", async () => {
    const secret = randomBytes(24).toString('base64url');
    const served = await serve(['--system', '00.21.W00', '--secret-env', 'AXIS', '--agency', 'H37.02=Sở'], { AXIS: secret });
    expect(valueOf(await clientOf(served, secret).list('edoc'))).toEqual([]);
    expect(readFileSync(served.value.secretsFile, 'utf8')).not.toContain(secret);
    expect(await stopped(served, 'SIGTERM')).toBe(0);
    expect(existsSync(served.value.secretsFile)).toBe(false);
  });

  test('reads systems and partners from files', async () => {
    const folder = scratchFolder();
    const file = (name: string, value: unknown): string => {
      writeFileSync(join(folder, name), JSON.stringify(value));
      return join(folder, name);
    };
    const systems = file('systems.json', [
      { systemId: 'a', agencies: [{ code: 'H37.02', name: 'Sở', oldCode: '000.00.02.H37' }] },
      { systemId: 'b', agencies: [{ code: 'G22', name: 'VPCP' }] },
    ]);
    const partners = file('partners.json', [{ agency: { code: 'G12', name: 'BTC' }, to: [{ code: 'H37.02', name: 'Sở' }], sends: ['document'] }]);
    const served = await serve(['--systems', systems, '--partners-file', partners, '--tick-seconds', '3600']);
    const control = ['--url', served.value.url, '--secrets-file', served.value.secretsFile];
    expect(tvt(['axis', 'advance', ...control]).said.value).toEqual({ tick: 1, heard: 0, sent: 1, planned: 0 });
    const client = clientOf(served, secretsIn(served.value.secretsFile).systems['a'] ?? '');
    expect(valueOf(await client.list('edoc'))).toMatchObject([{ from: 'G12', to: 'H37.02' }]);
  });

  test("has a provincial broker's skin where that is wanted", async () => {
    const served = await serve(['--lgsp', '--agency', 'H37.02=Sở']);
    const { systems } = secretsIn(served.value.secretsFile);
    const { endpoint, applicationCode } = served.value.lgsp ?? { endpoint: '', applicationCode: '' };
    const account = { systemId: 'luyen.tap.W00', username: 'luyen.tap.W00', secret: systems['luyen.tap.W00'] ?? '', applicationCode };
    const over = (password: string): AxisTransport =>
      lgspTransport({ ...account, endpoint, password, http: httpClient, clock: systemClock, allowPlainHttp: true });
    expect(valueOf(await over(systems['lgsp:luyen.tap.W00'] ?? '').list('edoc'))).toEqual([]);
    expect((await over('sai').list('edoc')).ok).toBe(false);
    expect((await serve([])).value.lgsp).toBeNull();
  });

  test('faults, chaos and strictness from the words', async () => {
    const words = ['--fault', 'html:getReceivedEdocList', '--fault', 'refuse-signature:getSentEdocList::2', '--fault', 'wrong-clock::90', '--clock-tolerance', '5'];
    const served = await serve(words);
    const client = clientOf(served, secretsIn(served.value.secretsFile).systems['luyen.tap.W00'] ?? '');
    expect(await client.list('edoc')).toMatchObject({ failure: { code: 'axis-answer-unreadable' } });
    expect(await client.list('edoc')).toMatchObject({ failure: { params: { errorCode: '10' } } });
    for (let at = 0; at < 2; at++) {
      expect(await client.sentList({ messageType: 'edoc' })).toMatchObject({ failure: { params: { errorCode: '15' } } });
    }
    const wild = await serve(['--chaos', '1', '--seed', '7', '--chaos-kinds', 'empty']);
    expect(await clientOf(wild, 'x').list('edoc')).toMatchObject({ failure: { code: 'axis-answer-unreadable' } });
  });

  test('a real station exchanges documents with the partners', async () => {
    const served = await serve(['--agency', 'H37.02=Sở Thử nghiệm', '--partners', '--tick-seconds', '3600', '--agencies', '2000']);
    const { endpoint, url, secretsFile } = served.value;
    const profile = ['--profile', join(scratchFolder(), 'p'), '--passphrase-env', 'PHRASE'];
    const env = { PHRASE: 'một câu đủ dài để làm khóa', AXIS: secretsIn(secretsFile).systems['luyen.tap.W00'] };
    const good = (words: readonly string[]): Record<string, unknown> => {
      const { exit, said } = tvt(words, env);
      expect(exit, JSON.stringify(said)).toBe(0);
      return said.value;
    };
    const advance = (): Record<string, unknown> => good(['axis', 'advance', '--url', url, '--secrets-file', secretsFile]);
    good(['status', ...profile]);
    good(['settings', 'station', ...profile, '--organ-id', 'H37.02', '--name', 'Sở Thử nghiệm', '--operator', 'Trần Thị Văn Thư']);
    good(['settings', 'axis', ...profile, '--endpoint', endpoint, '--system-id', 'luyen.tap.W00', '--secret-env', 'AXIS', '--plain-http-host', '127.0.0.1']);
    const { sent } = advance();
    expect(sent).toBe(6);
    expect(good(['receive', ...profile])).toMatchObject({ received: sent, quarantined: 0, sent });
    const { items } = good(['incoming', 'list', ...profile]) as { items: { id: string; subject: string; issuerName: string }[] };
    expect(items[0]).toMatchObject({ subject: expect.stringContaining('phối hợp công tác') as string });
    good(['incoming', 'register', ...profile, '--id', items[0]?.id ?? '']);
    expect(good(['receive', ...profile])).toMatchObject({ sent: 1 });
    // Statuses 01 of all and 03 of one are taken in by the partners.
    expect(advance()).toMatchObject({ heard: 7 });
  }, 180_000);

  test('what cannot be is refused in words', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const port = String((taken.address() as AddressInfo).port);
    expect(tvt(['axis', 'serve', '--port', port])).toMatchObject({ exit: 1, said: { failure: { code: 'cli.axis-port-in-use' } } });
    taken.close();
    const folder = scratchFolder();
    writeFileSync(join(folder, 'axis.db'), 'something else '.repeat(100));
    expect(tvt(['axis', 'serve', '--folder', folder]).said.failure).toMatchObject({ code: 'cli.axis-foreign' });
    expect(tvt(['axis', 'serve', '--systems', join(folder, 'none.json')]).said.failure.code).toBe('cli.axis-file');
    chmodSync(join(folder, 'axis-secrets.json'), 0o644);
    expect(tvt(['axis', 'serve', '--folder', folder]).said.failure.code).toBe('cli.axis-secrets');
    for (const words of [['--port', 'x'], ['--fault', 'nope'], ['--chaos', '2'], ['--agency', 'H37'], ['--system', 's', '--secret-env', 'NOT_SET_ANYWHERE'], ['--hash-form', 'md5']]) {
      expect(tvt(['axis', 'serve', ...words]), words.join(' ')).toMatchObject({ exit: 2, said: { failure: { code: 'cli.usage' } } });
    }
  }, 180_000);
});

describe('tvt axis fault', () => {
  test('orders and clears; the token comes from the environment or the file', async () => {
    const served = await serve([]);
    const { url, secretsFile } = served.value;
    const client = clientOf(served, secretsIn(secretsFile).systems['luyen.tap.W00'] ?? '');
    const ordered = tvt(['axis', 'fault', '--url', url, '--kind', 'error-500', '--http-status', '502', '--times', '9', '--secrets-file', secretsFile]);
    expect(ordered).toMatchObject({ exit: 0, said: { value: { kind: 'error-500', httpStatus: 502, times: 9, verb: '*' } } });
    expect((await client.list('edoc')).ok).toBe(false);
    const env = { TOKEN: secretsIn(secretsFile).controlToken };
    expect(tvt(['axis', 'fault', '--url', url, '--clear', '--token-env', 'TOKEN'], env).exit).toBe(0);
    expect((await client.list('edoc')).ok).toBe(true);
    expect(tvt(['axis', 'fault', '--url', url, '--clear', '--token-env', 'TOKEN'], { TOKEN: 'sai' })).toMatchObject({ exit: 1, said: { failure: { code: 'cli.axis-no-answer' } } });
  });

  test('sends its token nowhere but to this machine', () => {
    for (const url of ['http://10.0.0.5:8080', 'http://127.0.0.1.example:80', 'https://127.0.0.1:1', 'x']) {
      expect(tvt(['axis', 'fault', '--url', url, '--kind', 'html', '--token-env', 'PATH']), url).toMatchObject({ exit: 2, said: { failure: { code: 'cli.usage' } } });
    }
  });
});
