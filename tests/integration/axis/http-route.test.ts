import { createServer as createTlsServer } from 'node:https';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bypasses } from '../../../electron/platform/http/bypass.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { schemesOf } from '../../../electron/platform/http/tunnel.ts';
import type { HttpProxy, HttpRequest } from '../../../electron/services/exchange/ports.ts';
import { wholeAnswer } from '../../../electron/services/exchange/transports/whole-answer.ts';
import { makeAuthority, type Authority } from '../../fakes/http/certificates.ts';
import { startProxy, type ProxyManners, type TestProxy } from '../../fakes/http/proxy.ts';

let ca: Authority;
beforeAll(() => {
  ca = makeAuthority('CA nội bộ thử nghiệm');
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const answer = (call: IncomingMessage, response: ServerResponse): void => {
  const parts: Buffer[] = [];
  call.on('data', (part: Buffer) => parts.push(part));
  call.on('end', () => {
    response.end(`${call.method ?? ''} ${call.url ?? ''} ${call.headers.host ?? ''} ${String(call.headers['proxy-authorization'])} ${Buffer.concat(parts).toString()}`);
  });
};

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const plainServer = (): Promise<number> => listening(createServer(answer));
const tlsServer = (options: Parameters<Authority['issue']>[0]): Promise<number> =>
  listening(createTlsServer(ca.issue(options), answer));

async function proxied(manners: ProxyManners = {}): Promise<TestProxy> {
  const proxy = await startProxy(manners);
  closers.push(proxy.close);
  return proxy;
}

const through = (proxy: { readonly port: number }, change: Partial<HttpProxy> = {}): HttpProxy => ({
  host: '127.0.0.1',
  port: proxy.port,
  user: '',
  password: '',
  bypass: [],
  ...change,
});

type Asked = Partial<HttpRequest> & { readonly proxy?: HttpProxy | null; readonly caPem?: string };

async function ask(url: string, { proxy = null, caPem = '', ...change }: Asked = {}): Promise<string> {
  const outcome = await wholeAnswer(httpClient, {
    method: 'GET',
    url,
    headers: [],
    body: null,
    timeoutMs: 3000,
    allowPlainHttp: true,
    maxBytes: 10_000,
    route: { proxy, caPem },
    ...change,
  });
  if (outcome.ok) return `${outcome.value.status} ${Buffer.from(outcome.value.body).toString()}`;
  const { code, params } = outcome.failure;
  return `${code} ${String(params?.['detail'] ?? '')}`;
}

describe('an authority of one’s own', () => {
  test('is trusted beside those of the machine, for the right name and time only', async () => {
    const port = await tlsServer({ san: 'IP:127.0.0.1' });
    const url = `https://127.0.0.1:${port}/a`;
    expect(await ask(url)).toMatch(/^tls UNABLE_TO/);
    expect(await ask(url, { caPem: ca.pem })).toMatch(/^200 GET \/a /);
    expect(await ask(url, { caPem: makeAuthority('CA khác').pem })).toMatch(/^tls UNABLE_TO/);
    const other = await tlsServer({ san: 'DNS:truc.test' });
    expect(await ask(`https://127.0.0.1:${other}/`, { caPem: ca.pem })).toBe('tls ERR_TLS_CERT_ALTNAME_INVALID');
    const expired = await tlsServer({ san: 'IP:127.0.0.1', fromDays: -60, untilDays: -2 });
    expect(await ask(`https://127.0.0.1:${expired}/`, { caPem: ca.pem })).toBe('tls CERT_HAS_EXPIRED');
  });

  test('what the environment says does not switch verification off', async () => {
    const port = await tlsServer({ san: 'IP:127.0.0.1' });
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await ask(`https://127.0.0.1:${port}/`)).toMatch(/^tls /);
      expect(await ask(`https://127.0.0.1:${port}/`, { proxy: through(await proxied()) })).toMatch(/^tls /);
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });
});

describe('through a proxy', () => {
  test('plain calls go by absolute address; the account stays with the proxy’s header', async () => {
    const port = await plainServer();
    const proxy = await proxied({ account: 'văn thư:mật khẩu' });
    const account = { user: 'văn thư', password: 'mật khẩu' };
    const said = await ask(`http://127.0.0.1:${port}/a?b=1`, { proxy: through(proxy, account), method: 'POST', body: Buffer.from('thân') });
    expect(said).toContain(`200 POST /a?b=1 127.0.0.1:${port} `);
    expect(said).toContain('thân');
    expect(proxy.seen).toEqual([`POST http://127.0.0.1:${port}/a?b=1`]);
    expect(await ask(`http://127.0.0.1:${port}/`, { proxy: through(proxy) })).toBe('proxy-auth Basic');
    expect(await ask(`http://127.0.0.1:${port}/`, { proxy: through(proxy), allowPlainHttp: false })).toMatch(/^plain-http-not-allowed/);
  });

  test('https goes by CONNECT and is verified against the server itself', async () => {
    const port = await tlsServer({ san: 'IP:127.0.0.1' });
    const proxy = await proxied({ account: 'a:b' });
    const route = { proxy: through(proxy, { user: 'a', password: 'b' }), caPem: ca.pem };
    // The server never sees the proxy's account.
    expect(await ask(`https://127.0.0.1:${port}/x`, route)).toBe(`200 GET /x 127.0.0.1:${port} undefined `);
    expect(proxy.seen).toEqual([`CONNECT 127.0.0.1:${port}`]);
    expect(await ask(`https://127.0.0.1:${port}/x`, { ...route, caPem: '' })).toMatch(/^tls UNABLE_TO/);
    const other = await tlsServer({ san: 'DNS:truc.test' });
    expect(await ask(`https://127.0.0.1:${other}/`, route)).toBe('tls ERR_TLS_CERT_ALTNAME_INVALID');
    const expired = await tlsServer({ san: 'IP:127.0.0.1', fromDays: -60, untilDays: -2 });
    expect(await ask(`https://127.0.0.1:${expired}/`, route)).toBe('tls CERT_HAS_EXPIRED');
  });

  test('what the proxy does is told apart from what the axis does, and nothing of it leaves a doubt', async () => {
    const port = await tlsServer({ san: 'IP:127.0.0.1' });
    const url = `https://127.0.0.1:${port}/`;
    const to = async (manners: ProxyManners): Promise<HttpProxy> => through(await proxied(manners));
    expect(await ask(url, { proxy: await to({ account: 'a:b', ways: ['Negotiate', 'NTLM', 'Basic realm="x, y"'] }) })).toBe('proxy-auth Negotiate, NTLM, Basic');
    expect(await ask(url, { proxy: through(await proxied({ account: 'a:b' }), { user: 'a', password: 'sai' }) })).toBe('proxy-auth Basic');
    expect(await ask(url, { proxy: await to({ refuseWith: 403 }) })).toBe('proxy-refused HTTP 403');
    expect(await ask(url, { proxy: through({ port: 1 }) })).toBe('proxy-unreachable ECONNREFUSED');
    expect(await ask(`http://127.0.0.1:${await plainServer()}/`, { proxy: through({ port: 1 }) })).toBe('proxy-unreachable ECONNREFUSED');
    // The tunnel stands, and the other side goes away.
    const gone = await ask('https://127.0.0.1:1/', { proxy: await to({}) });
    expect(gone).toMatch(/^proxy-unreachable/);
  });

  test('a proxy that hangs ends at the time limit and lets go of its connection', async () => {
    const proxy = await proxied({ hang: true });
    expect(await ask('https://127.0.0.1:1/', { proxy: through(proxy), timeoutMs: 300 })).toBe('proxy-unreachable time-out');
    // Taken in by the proxy: a plain call may have been passed on.
    expect(await ask('http://127.0.0.1:1/', { proxy: through(proxy), timeoutMs: 300 })).toBe('time-out time-out');
    expect(proxy.seen).toHaveLength(2);
  });

  test('hosts of the bypass list are reached straight', async () => {
    const port = await plainServer();
    const proxy = await proxied();
    expect(await ask(`http://127.0.0.1:${port}/`, { proxy: through(proxy, { bypass: ['127.0.0.0/8'] }) })).toMatch(/^200 /);
    expect(proxy.seen).toEqual([]);
  });
});

test('the bypass list knows names, domains, addresses and ranges', () => {
  const list = ['truc.gov.vn', '*.tinh.gov.vn', '.noibo.vn', '10.0.0.0/8', '192.168.1.7', 'fd00::/8'];
  for (const host of ['TRUC.gov.vn', 'a.tinh.gov.vn', 'tinh.gov.vn', 'x.y.noibo.vn', '10.200.3.4', '192.168.1.7', '[fd00::1]']) {
    expect(bypasses(list, host), host).toBe(true);
  }
  for (const host of ['a.truc.gov.vn', 'xtinh.gov.vn', '11.0.0.1', '192.168.1.70', '[fe80::1]', '10.gov.vn']) {
    expect(bypasses(list, host), host).toBe(false);
  }
  expect(bypasses(['*'], 'bất.kỳ')).toBe(true);
  expect(bypasses(['10.0.0.0/99', 'abc/8', '/'], '10.0.0.1')).toBe(false);
});

test('the ways of a 407 are read from one row or several', () => {
  expect(schemesOf(['Negotiate', 'Basic realm="a, b"'])).toBe('Negotiate, Basic');
  expect(schemesOf('Basic realm="x"')).toBe('Basic');
  expect(schemesOf(undefined)).toBe('');
});
