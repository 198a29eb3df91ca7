import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IntlMessageFormat } from 'intl-messageformat';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AxisInput, type ConnectionReport, type ConnectionStep } from '#contract';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { lineProbe } from '../../../electron/platform/http/probe.ts';
import { testConnection, type TestPorts } from '../../../electron/services/exchange/connection-test/run.ts';
import { makeAuthority, type Authority, type Issued } from '../../fakes/http/certificates.ts';
import { startProxy, type ProxyManners } from '../../fakes/http/proxy.ts';
import { accountAt } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';

let axis: PracticeAxisProcess;
let ca: Authority;
beforeAll(async () => {
  axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  await axis.control.deliver(documentMessage({ number: '7' }));
  ca = makeAuthority('CA nội bộ thử nghiệm');
});
afterAll(() => axis.stop());

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await axis.control.clearFaults();
  for (const close of closers.splice(0)) await close();
});

type Change = Readonly<Record<string, unknown>> & {
  readonly secret?: string;
  readonly password?: string;
  readonly organId?: string;
};
type Options = { readonly limits?: Partial<TestPorts['limits']>; readonly aheadSeconds?: number; readonly signal?: AbortSignal };

async function run(change: Change = {}, options: Options = {}): Promise<ConnectionReport> {
  const { organId = ownAgency.code, ...rest } = change;
  const { secret, password, proxyPassword, ...line } = AxisInput.parse({
    ...accountAt(axis, 'vxp'),
    plainHttpHosts: ['127.0.0.1'],
    pollSeconds: 300,
    ...rest,
  });
  const report = await testConnection(
    {
      http: httpClient,
      probe: lineProbe,
      clock: { now: () => new Date(Date.now() + (options.aheadSeconds ?? 0) * 1000) },
      limits: { line: 2000, question: 3000, directory: 3000, ...options.limits },
    },
    { axis: line, secrets: { secret: secret ?? '', password: password ?? '', proxyPassword: proxyPassword ?? '' }, organId },
    () => undefined,
    options.signal ?? new AbortController().signal,
  );
  for (const language of ['vi', 'en']) eachSays(report, language);
  return report;
}

/** Every finding has a sentence whose values are all there, and what is not good a remedy. */
function eachSays(report: ConnectionReport, language: string): void {
  const url = new URL(`../../../resources/locales/${language}.json`, import.meta.url);
  const words = JSON.parse(readFileSync(url, 'utf8')) as Record<string, string>;
  for (const { finding, state, params } of report.steps) {
    const say = (key: string): string => String(new IntlMessageFormat(words[key] ?? '', language).format(params));
    expect(say(`connection.said.${finding}`), finding).not.toBe('');
    if (state === 'failed' || state === 'warning') expect(say(`connection.remedy.${finding}`), finding).not.toBe('');
  }
}

const findings = (report: ConnectionReport): Record<string, string> =>
  Object.fromEntries(report.steps.map(({ step, finding }) => [step, finding]));
const at = (report: ConnectionReport, step: ConnectionStep): ConnectionReport['steps'][number] | undefined =>
  report.steps.find((one) => one.step === step);
/** The first step that is not good, and what was left out behind it. */
const broken = (report: ConnectionReport): unknown[] => {
  const from = report.steps.findIndex(({ state }) => state === 'failed');
  const rest = report.steps.slice(from + 1).filter(({ finding }) => finding !== 'not-reached');
  return [report.steps[from]?.step, report.steps[from]?.finding, rest.map(({ finding }) => finding)];
};

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server that answers every verb with the same. */
const saying = (status: number, body: string, headers: Record<string, string> = {}): Promise<number> =>
  listening(createServer((call, response) => {
    call.resume();
    response.writeHead(status, headers).end(body);
  }));

const secureAxis = (options: Issued): Promise<number> =>
  listening(createTlsServer(ca.issue(options), (call, response) => {
    call.resume();
    response.end('{"status":"OK","ErrorCode":"0","data":[]}');
  }));

describe('against the practice axis', () => {
  test('straight: every step is told, and nothing is sent or acknowledged', async () => {
    const before = await axis.control.inspect();
    const report = await run();
    expect(findings(report)).toEqual({
      address: 'address-good',
      scheme: 'scheme-http-allowed',
      proxy: 'proxy-none',
      name: 'name-is-address',
      tcp: 'tcp-connected',
      tls: 'tls-none',
      http: 'http-answered',
      protocol: 'protocol-spoken',
      account: 'account-accepted',
      clock: 'clock-same',
      directory: 'directory-read',
      agency: 'agency-proved',
      optional: 'optional-asked',
    });
    expect(report.usable).toBe(true);
    expect(at(report, 'optional')?.params).toEqual({ download: 'yes', count: 'yes' });
    expect(at(report, 'directory')?.params).toEqual({ count: 2 });
    expect(await axis.control.inspect()).toEqual(before);
    expect(before.deliveries[0]?.state).toBe('initial');
  });

  test('through the broker: what it gives no way to know is said', async () => {
    const report = await run({ ...accountAt(axis, 'lgsp-rest'), organId: 'H99' });
    expect(report.usable).toBe(true);
    expect(findings(report)).toMatchObject({
      account: 'account-accepted',
      directory: 'directory-unknown-way',
      agency: 'agency-unknowable',
      optional: 'optional-unknown-way',
    });
  });

  test('an agency code: listed, not listed, not set', async () => {
    expect(at(await run({ organId: ministry.code }), 'agency')).toMatchObject({ state: 'ok', finding: 'agency-listed' });
    expect(at(await run({ organId: 'H99.99' }), 'agency')).toMatchObject({ state: 'warning', finding: 'agency-not-listed' });
    expect(at(await run({ organId: '' }), 'agency')).toMatchObject({ state: 'warning', finding: 'agency-not-set' });
  });

  test('a wrong account is refused in the axis’ words; the clock is judged all the same', async () => {
    const report = await run({ secret: 'khóa sai' });
    expect(broken(report)).toEqual(['account', 'account-refused', ['clock-same']]);
    expect(at(report, 'account')?.params).toMatchObject({ errorCode: '15' });
    expect(report.usable).toBe(false);
    expect(broken(await run({ ...accountAt(axis, 'lgsp-rest'), password: 'sai' }))).toEqual(['account', 'account-refused', ['clock-same']]);
    expect(broken(await run({ ...accountAt(axis, 'lgsp-rest'), secret: 'sai' }))).toEqual(['account', 'account-refused', ['clock-same']]);
  });

  test('without its secrets no broker is asked: a wrong login could lock the account', async () => {
    const { password: _password, ...account } = accountAt(axis, 'lgsp-rest');
    const report = await run(account);
    expect(broken(report)).toEqual(['account', 'account-no-secret', []]);
    expect(at(report, 'http')).toMatchObject({ state: 'skipped' });
  });

  test.each([
    ['html', 'protocol-html'],
    ['empty', 'protocol-empty'],
    ['missing', 'protocol-missing'],
    ['cut-before', 'http-cut'],
  ] as const)('an axis that answers with %s', async (kind, finding) => {
    await axis.control.fault({ kind, times: 1 });
    expect(findings(await run())).toMatchObject(finding === 'http-cut' ? { http: finding } : { protocol: finding });
  });

  test('a clock that is off is told in minutes, either way', async () => {
    const ahead = await run({}, { aheadSeconds: 600 });
    expect(at(ahead, 'clock')).toMatchObject({ state: 'warning', finding: 'clock-ahead', params: { minutes: 10 } });
    expect(ahead.usable).toBe(true);
    expect(at(await run({}, { aheadSeconds: -900 }), 'clock')).toMatchObject({ finding: 'clock-behind', params: { minutes: 15 } });
    expect(at(await run({}, { aheadSeconds: 240 }), 'clock')).toMatchObject({ state: 'ok' });
  });

  test('stopping leaves out what was not begun', async () => {
    await axis.control.fault({ kind: 'delay', delayMs: 2000 });
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 300);
    const report = await run({}, { signal: stop.signal });
    expect(findings(report)).toMatchObject({ tcp: 'tcp-connected', http: 'stopped', account: 'stopped', optional: 'stopped' });
    expect(report.usable).toBe(false);
    const late = await run({}, { signal: AbortSignal.timeout(0) });
    expect(['address-good', 'out-of-time']).toContain(at(late, 'address')?.finding);
    expect(at(late, 'optional')?.finding).toBe('out-of-time');
  });
});

describe('a way that is barred', () => {
  test('address and scheme', async () => {
    expect(broken(await run({ endpoint: '' }))).toEqual(['address', 'address-missing', []]);
    expect(broken(await run({ plainHttpHosts: [] }))).toEqual(['scheme', 'scheme-http-not-allowed', []]);
  });

  test('name, port, silence', async () => {
    expect(broken(await run({ endpoint: 'https://khong-co.invalid/' }))).toEqual(['name', 'name-unknown', []]);
    expect(broken(await run({ endpoint: 'https://127.0.0.1:1/' }))).toEqual(['tcp', 'tcp-refused', []]);
    const mute = await listening(createServer(() => undefined));
    const report = await run({ endpoint: `http://127.0.0.1:${mute}/` }, { limits: { question: 300 } });
    expect(broken(report)).toEqual(['http', 'http-no-answer', []]);
  });

  test('an answer of another kind', async () => {
    const to = async (...said: Parameters<typeof saying>): Promise<unknown[]> =>
      broken(await run({ endpoint: `http://127.0.0.1:${await saying(...said)}/x` }));
    expect(await to(302, '', { location: 'https://truc.example.vn/' })).toEqual(['protocol', 'protocol-moved', ['clock-same']]);
    expect(await to(401, '')).toEqual(['protocol', 'account-turned-away', ['clock-same']]);
    expect(await to(200, 'xin chào')).toEqual(['protocol', 'protocol-other', ['clock-same']]);
    expect(await to(200, '[]')).toEqual(['protocol', 'protocol-other', ['clock-same']]);
    expect(await to(200, '{"status":"OK","ErrorCode":"0"}')).toEqual(['account', 'account-unclear', ['clock-same']]);
  });

  test('an answer that quotes a secret does not bring it into the report', async () => {
    const port = await saying(200, JSON.stringify({ status: 'FAIL', ErrorCode: '15', ErrorDesc: 'sai khoa rat-bi-mat' }));
    const report = await run({ endpoint: `http://127.0.0.1:${port}/`, secret: 'rat-bi-mat' });
    expect(at(report, 'account')?.params).toEqual({ errorCode: '15', errorDesc: 'sai khoa ***' });
  });
});

describe('encryption', () => {
  const tls = async (options: Issued, change: Change = {}): Promise<ConnectionReport> =>
    run({ endpoint: `https://127.0.0.1:${await secureAxis(options)}/`, caPem: ca.pem, ...change });

  test('a good certificate is named with its issuer and its last day', async () => {
    const report = await tls({ san: 'IP:127.0.0.1' });
    expect(at(report, 'tls')).toMatchObject({ state: 'ok', params: { subject: 'May chu truc', issuer: 'CA nội bộ thử nghiệm' } });
    expect(at(report, 'tls')?.params['until']).toMatch(/^\d\d\/\d\d\/20\d\d$/);
    expect(at(report, 'account')).toMatchObject({ state: 'ok' });
    expect(at(await tls({ san: 'IP:127.0.0.1', untilDays: 10 }), 'tls')).toMatchObject({ state: 'warning', finding: 'tls-ends-soon' });
  });

  test('a bad one is told for what it is, and whose', async () => {
    const bad = async (options: Issued, change: Change = {}): Promise<unknown> => {
      const report = await tls(options, change);
      expect(broken(report)[2]).toEqual([]);
      const { finding, params } = at(report, 'tls') ?? {};
      return [finding, params?.['subject'], params?.['issuer']];
    };
    const whose = ['May chu truc', 'CA nội bộ thử nghiệm'];
    expect(await bad({ san: 'IP:127.0.0.1', fromDays: -60, untilDays: -2 })).toEqual(['tls-expired', ...whose]);
    expect(await bad({ san: 'IP:127.0.0.1', fromDays: 2 })).toEqual(['tls-not-yet', ...whose]);
    expect(await bad({ san: 'DNS:truc.test' })).toEqual(['tls-other-name', ...whose]);
    expect(await bad({ san: 'IP:127.0.0.1' }, { caPem: '' })).toEqual(['tls-unknown-issuer', ...whose]);
    const plain = await saying(200, '');
    expect(broken(await run({ endpoint: `https://127.0.0.1:${plain}/` }))).toEqual(['tls', 'tls-not-spoken', []]);
  });
});

describe('through a proxy', () => {
  const behind = async (manners: ProxyManners, change: Change = {}): Promise<ConnectionReport> => {
    const proxy = await startProxy(manners);
    closers.push(proxy.close);
    return run({ proxy: 'http', proxyHost: '127.0.0.1', proxyPort: proxy.port, ...change });
  };

  test('plain and encrypted', async () => {
    const plain = await behind({});
    expect(plain.usable).toBe(true);
    expect(findings(plain)).toMatchObject({ proxy: 'proxy-reached', name: 'name-by-proxy', tcp: 'tcp-by-proxy', account: 'account-accepted' });
    const secure = await behind({ account: 'a:b' }, { proxyUser: 'a', proxyPassword: 'b', endpoint: `https://127.0.0.1:${await secureAxis({ san: 'IP:127.0.0.1' })}/`, caPem: ca.pem });
    expect(secure.usable).toBe(true);
    expect(findings(secure)).toMatchObject({ proxy: 'proxy-reached', tcp: 'tcp-through-proxy', tls: 'tls-good' });
    expect(findings(await behind({}, { proxyBypass: ['127.0.0.1'] }))).toMatchObject({ proxy: 'proxy-bypassed', tcp: 'tcp-connected' });
  });

  test('a proxy in the way', async () => {
    const endpoint = 'https://127.0.0.1:1/';
    expect(broken(await behind({ account: 'a:b', ways: ['NTLM'] }, { endpoint }))).toEqual(['proxy', 'proxy-auth', []]);
    expect(broken(await behind({ account: 'a:b' }))).toEqual(['http', 'proxy-auth', []]);
    expect(broken(await behind({ refuseWith: 403 }, { endpoint }))).toEqual(['proxy', 'proxy-refused', []]);
    expect(broken(await behind({ refuseWith: 502 }, { endpoint }))).toEqual(['tcp', 'tcp-proxy-cannot', []]);
    expect(broken(await run({ proxy: 'http', proxyHost: '127.0.0.1', proxyPort: 1 }))).toEqual(['proxy', 'proxy-unreachable', []]);
    const started = performance.now();
    const proxy = await startProxy({ hang: true });
    closers.push(proxy.close);
    const hung = await run({ endpoint, proxy: 'http', proxyHost: '127.0.0.1', proxyPort: proxy.port }, { limits: { line: 300 } });
    expect(broken(hung)).toEqual(['proxy', 'proxy-unreachable', []]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
