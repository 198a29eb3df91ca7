import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { makeAuthority } from '../../fakes/http/certificates.ts';
import { startProxy } from '../../fakes/http/proxy.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { json, jsonBeside, tvt } from './tvt.ts';

test('an unknown command is refused in words, with exit code 2', () => {
  const { exit, err } = tvt(['ban-hanh']);
  expect(exit).toBe(2);
  expect(err).toContain('ban-hanh');
  expect(err).toMatch(/Hãy/);
  expect(json(['ban-hanh'])).toMatchObject({ exit: 2, ok: false, failure: { code: 'cli.unknown-command' } });
  expect(tvt(['ban-hanh', '--lang', 'en']).err).toMatch(/Please|Type/);
  expect(tvt(['__proto__']).exit).toBe(2);
});

test('a wrong option and a missing value are refused with the usage, exit code 2', () => {
  expect(tvt(['status', '--nope']).exit).toBe(2);
  expect(tvt(['file', 'save', '--profile', join(scratchFolder(), 'p')]).err).toContain('file save --profile DIR --id FILE_ID --out FILE');
  expect(tvt(['status'], { TVT_PROFILE: '' }).exit).toBe(2);
});

test('help names every command', () => {
  const { exit, out } = tvt(['help']);
  expect(exit).toBe(0);
  for (const words of ['day', 'status', 'audit verify', 'incoming register', 'outbox list', 'token list']) expect(out).toContain(words);
});

test('an office’s work from the terminal: set up, receive, register, report, verify', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  try {
    await axis.control.deliver(documentMessage({ number: '4321', files: [{ name: 'a.pdf', bytes: Buffer.from('%PDF-1.4 x') }] }));
    const folder = join(scratchFolder(), 'profile');
    const p = ['--profile', folder, '--passphrase-env', 'PHRASE'];
    const env = { PHRASE: 'một câu đủ dài để làm khóa', AXIS: axis.secret };
    expect(json(['status', ...p], env)).toMatchObject({ exit: 0, value: { state: 'open', practice: false } });
    expect(json(['receive', ...p], env)).toMatchObject({ exit: 1, failure: { code: 'axis-off' } });
    expect(json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'Trần Thị Văn Thư'], env).exit).toBe(0);
    const point = ['settings', 'axis', ...p, '--endpoint', axis.endpoint, '--system-id', axis.systemId, '--secret-env', 'AXIS'];
    expect(json(point, env)).toMatchObject({ exit: 1, failure: { code: 'plain-http-not-allowed' } });
    const saved = json([...point, '--plain-http-host', '127.0.0.1'], env);
    expect(saved.exit).toBe(0);
    expect(JSON.stringify(saved)).not.toContain(axis.secret);

    expect(json(['receive', ...p], env).value).toMatchObject({ received: 1, sent: 1 });
    const list = json(['incoming', 'list', ...p], env).value as { items: { id: string }[] };
    const id = list.items[0]?.id ?? '';
    const shown = json(['incoming', 'show', ...p, '--id', id], env).value as { files: { id: string }[] };
    const out = join(scratchFolder(), 'saved.pdf');
    expect(json(['file', 'save', ...p, '--id', shown.files[0]?.id ?? '', '--out', out], env).exit).toBe(0);
    expect(readFileSync(out, 'latin1')).toBe('%PDF-1.4 x');
    expect(json(['incoming', 'register', ...p, '--id', id], env).value).toMatchObject({ arrivalNumber: 1 });
    expect(json(['incoming', 'register', ...p, '--id', id], env)).toMatchObject({ exit: 1, failure: { code: 'already-registered' } });
    expect(json(['receive', ...p], env).value).toMatchObject({ sent: 1 });
    expect((await axis.control.inspect()).sent).toHaveLength(2);

    expect(json(['audit', 'verify', ...p], env)).toMatchObject({ exit: 0, value: { whole: true } });
    const log = join(scratchFolder(), 'log.jsonl');
    expect(json(['audit', 'export', ...p, '--out', log], env).exit).toBe(0);
    expect(readFileSync(log, 'utf8')).not.toContain(axis.secret);
    expect(json(['audit', 'verify', '--file', log])).toMatchObject({ exit: 0, value: { whole: true } });
    writeFileSync(log, readFileSync(log, 'utf8').replace('"arrivalNumber":1', '"arrivalNumber":9'));
    expect(json(['audit', 'verify', '--file', log])).toMatchObject({ exit: 1, value: { whole: false } });

    expect(json(['status', ...p], { PHRASE: 'câu khác' })).toMatchObject({ exit: 1, failure: { code: 'start.key-wrong' } });
  } finally {
    await axis.stop();
  }
});

test('an office behind a provincial broker', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  try {
    await axis.control.deliver(documentMessage({ number: '4322' }));
    const p = ['--profile', join(scratchFolder(), 'profile')];
    const { endpoint, username, password, applicationCode } = axis.lgsp;
    const env = { AXIS: axis.secret, BROKER: password };
    json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'Trần Thị Văn Thư']);
    const point = ['settings', 'axis', ...p, '--endpoint', endpoint, '--system-id', axis.systemId, '--secret-env', 'AXIS', '--plain-http-host', '127.0.0.1'];
    expect(json([...point, '--kind', 'soap'], env).exit).toBe(2);
    expect(json([...point, '--kind', 'lgsp-rest'], env)).toMatchObject({ exit: 1, failure: { code: 'bad-input' } });
    const account = ['--kind', 'lgsp-rest', '--username', username, '--password-env', 'BROKER', '--application-code', applicationCode];
    const saved = json([...point, ...account], env);
    expect(saved).toMatchObject({ exit: 0, value: { axis: { kind: 'lgsp-rest', username, hasPassword: true } } });
    expect(JSON.stringify(saved)).not.toContain(password);
    expect(json(['receive', ...p], env).value).toMatchObject({ received: 1, sent: 1 });
    const log = join(scratchFolder(), 'log.jsonl');
    expect(json(['audit', 'export', ...p, '--out', log]).exit).toBe(0);
    expect(readFileSync(log, 'utf8')).not.toContain(password);
  } finally {
    await axis.stop();
  }
});

test('the connection is set piece by piece, and tested in words', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  const proxy = await startProxy({ account: 'a:mật khẩu proxy' });
  try {
    const p = ['--profile', join(scratchFolder(), 'profile')];
    const env = { AXIS: axis.secret, PROXY: 'mật khẩu proxy' };
    const port = `127.0.0.1:${proxy.port}`;
    json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', ownAgency.name, '--operator', 'V']);
    expect(tvt(['connection', 'test', ...p], env).out).toContain('✕ Chưa đạt · Địa chỉ: Chưa ghi địa chỉ trục. Hãy ghi');
    json(['settings', 'axis', ...p, '--endpoint', axis.endpoint, '--system-id', axis.systemId, '--secret-env', 'AXIS', '--plain-http-host', '127.0.0.1'], env);
    const whole = json(['connection', 'test', ...p]);
    expect(whole).toMatchObject({ exit: 0, value: { usable: true } });
    expect(tvt(['connection', 'test', ...p, '--lang', 'en']).out).toMatch(/✓ Good · Account: The account is accepted\.[^]*The connection works\.\n$/);

    // What is named holds for this test only; a refusal is exit code 1.
    const barred = await jsonBeside(['connection', 'test', ...p, '--proxy', port]);
    expect(barred).toMatchObject({ exit: 1, value: { usable: false } });
    expect(JSON.stringify(barred)).toContain('proxy-auth');
    expect(json(['settings', 'show', ...p]).value).toMatchObject({ axis: { proxy: 'none', hasProxyPassword: false } });
    const account = ['--proxy', port, '--proxy-user', 'a', '--proxy-password-env', 'PROXY', '--proxy-bypass', '10.0.0.0/8,*.vn'];
    const saved = json(['settings', 'axis', ...p, ...account, '--retry', '5,10', '--max-tries', '3', '--send-timeout', '120', '--idle-timeout', '30'], env);
    expect(saved).toMatchObject({
      exit: 0,
      value: {
        axis: {
          endpoint: axis.endpoint,
          proxy: 'http',
          proxyPort: proxy.port,
          proxyBypass: ['10.0.0.0/8', '*.vn'],
          hasProxyPassword: true,
          hasSecret: true,
          retrySeconds: [5, 10],
          maxTries: 3,
          sendTimeoutSeconds: 120,
          idleTimeoutSeconds: 30,
        },
      },
    });
    expect(await jsonBeside(['connection', 'test', ...p])).toMatchObject({ exit: 0, value: { usable: true } });
    expect((await jsonBeside(['receive', ...p])).exit).toBe(0);
    expect(proxy.seen.length).toBeGreaterThan(5);

    const out = scratchFolder();
    const ca = makeAuthority('CA nội bộ');
    writeFileSync(join(out, 'ca.pem'), ca.pem);
    writeFileSync(join(out, 'key.pem'), ca.keyPem);
    expect(json(['settings', 'axis', ...p, '--ca-file', join(out, 'key.pem')])).toMatchObject({ exit: 1, failure: { code: 'ca-private-key' } });
    expect(json(['settings', 'axis', ...p, '--ca-file', join(out, 'ca.pem'), '--proxy', 'none'])).toMatchObject({
      exit: 0,
      value: { axis: { proxy: 'none', caCertificates: [{ subject: 'O=Thu, CN=CA nội bộ' }] } },
    });
    expect(json(['settings', 'axis', ...p, '--proxy', 'proxy']).exit).toBe(2);
    expect(json(['settings', 'axis', ...p, '--max-tries', 'ba'])).toMatchObject({ exit: 1, failure: { code: 'bad-input' } });

    const log = join(out, 'log.jsonl');
    json(['audit', 'export', ...p, '--out', log]);
    const text = readFileSync(log, 'utf8');
    expect(text).toContain('connection.tested');
    expect(text).toContain('O=Thu, CN=CA nội bộ');
    for (const secret of [axis.secret, 'mật khẩu proxy', 'BEGIN']) expect(text).not.toContain(secret);
  } finally {
    await proxy.close();
    await axis.stop();
  }
});

test('foreign, damaged and missing data are refused with what to do, and left as they were', () => {
  const folder = join(scratchFolder(), 'profile');
  expect(json(['status', '--profile', folder]).exit).toBe(0);
  const database = join(folder, 'station.db');
  const whole = readFileSync(database);

  writeFileSync(database, randomBytes(whole.length));
  const damaged = json(['status', '--profile', folder]);
  expect(damaged).toMatchObject({ exit: 1, failure: { code: 'start.database-damaged' } });
  expect(damaged.failure.sentence).toMatch(/Hãy/);
  writeFileSync(database, 'SQLite format 3\0 of somebody else');
  expect(json(['status', '--profile', folder]).failure.code).toBe('start.database-foreign');
  rmSync(database);
  expect(json(['status', '--profile', folder]).failure.code).toBe('start.database-damaged');
  expect(readdirSync(folder)).not.toContain('station.db');
  writeFileSync(database, whole);
  rmSync(join(folder, 'practice.key'));
  expect(json(['status', '--profile', folder]).failure.code).toBe('start.key-missing');
});

test('a damaged stored file is refused in words and never handed out in part', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  try {
    await axis.control.deliver(documentMessage({ files: [{ name: 'a.pdf', bytes: randomBytes(1000) }] }));
    const folder = join(scratchFolder(), 'profile');
    const p = ['--profile', folder];
    json(['settings', 'station', ...p, '--organ-id', ownAgency.code, '--name', 'P', '--operator', 'V']);
    json(['settings', 'axis', ...p, '--endpoint', axis.endpoint, '--system-id', axis.systemId, '--secret-env', 'AXIS', '--plain-http-host', '127.0.0.1'], { AXIS: axis.secret });
    json(['receive', ...p]);
    const { items } = json(['incoming', 'list', ...p]).value as { items: { id: string }[] };
    const shown = json(['incoming', 'show', ...p, '--id', items[0]?.id ?? '']).value as { files: { id: string; sha256: string }[] };
    const [file] = shown.files;
    const path = join(folder, 'blobs', (file?.sha256 ?? '').slice(0, 2), file?.sha256 ?? '');
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
    writeFileSync(path, bytes);
    const out = join(scratchFolder(), 'a.pdf');
    const refused = json(['file', 'save', ...p, '--id', file?.id ?? '', '--out', out]);
    expect(refused).toMatchObject({ exit: 1, failure: { code: 'file-damaged' } });
    expect(refused.failure.sentence).toMatch(/Hãy/);
    expect(() => readFileSync(out)).toThrow();
  } finally {
    await axis.stop();
  }
});

test('while the station is open a second one is refused, and the log can still be verified', async () => {
  const folder = join(scratchFolder(), 'profile');
  expect(json(['status', '--profile', folder]).exit).toBe(0);
  const holder = spawn(process.execPath, [fileURLToPath(new URL('../../fakes/station/holder-main.ts', import.meta.url)), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(json(['status', '--profile', folder])).toMatchObject({ exit: 1, failure: { code: 'start.already-open' } });
    expect(json(['audit', 'verify', '--profile', folder])).toMatchObject({ exit: 0 });
  } finally {
    holder.stdin.end();
    await new Promise((resolve) => holder.once('exit', resolve));
  }
  expect(json(['status', '--profile', folder]).exit).toBe(0);
});
