import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { serveLoopback } from '../../../electron/platform/http/serve-loopback.ts';
import type { HttpRequest } from '../../../electron/services/exchange/ports.ts';
import { wholeAnswer } from '../../../electron/services/exchange/transports/whole-answer.ts';
import { valueOf } from '../../unit/exchange/edxml-samples.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A server that does one thing with each connection, below HTTP. */
function raw(onConnection: (socket: Socket) => void): Promise<number> {
  return listening(
    createServer((socket) => {
      socket.on('error', () => undefined);
      onConnection(socket);
    }),
  );
}

function request(url: string, change: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: [], body: null, timeoutMs: 2000, allowPlainHttp: true, maxBytes: 1000, ...change };
}

const codeOf = async (wanted: HttpRequest): Promise<string> => {
  const outcome = await wholeAnswer(httpClient, wanted);
  return outcome.ok ? `HTTP ${outcome.value.status}` : outcome.failure.code;
};

describe('httpClient', () => {
  test.each([
    ['before an answer', ''],
    ['in the middle of one', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nmột nửa'],
  ])('a call that nobody waits for any more ends at once, %s', async (_when, said) => {
    let isEnded: () => void;
    const ended = new Promise<void>((resolve) => {
      isEnded = resolve;
    });
    const given = new AbortController();
    const port = await raw((socket) => {
      socket.on('close', () => { isEnded(); });
      socket.on('data', () => {
        socket.write(said, () => setTimeout(() => { given.abort(); }, 50));
      });
    });
    const wanted = { signal: given.signal, repeatable: true, timeoutMs: 60_000, idleMs: 60_000 };
    expect(await codeOf(request(`http://127.0.0.1:${port}/`, wanted))).toBe('cut');
    await ended;
    expect(await codeOf(request(`http://127.0.0.1:${port}/`, wanted))).toBe('cut');
  });

  test('header names travel in the case given, body and length with them', async () => {
    let seen = '';
    const port = await raw((socket) =>
      socket.on('data', (part) => {
        seen += part.toString();
        if (seen.endsWith('xin chào')) socket.end('HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 2\r\n\r\nok');
      }),
    );
    const answer = valueOf(
      await wholeAnswer(
        httpClient,
        request(`http://127.0.0.1:${port}/a/b?c=1`, {
          method: 'POST',
          headers: [['XroadVnpt-systemid', 'x'], ['User-Agent', 'JAVASDKAgent/1.0.0 XRoad/VPCP']],
          body: Buffer.from('xin chào'),
        }),
      ),
    );
    expect(seen).toContain('POST /a/b?c=1 HTTP/1.1\r\n');
    expect(seen).toContain('\r\nXroadVnpt-systemid: x\r\nUser-Agent: JAVASDKAgent/1.0.0 XRoad/VPCP\r\n');
    expect(seen).toContain('Content-Length: 9\r\n');
    expect(answer.headers['x-a']).toBe('1, 2');
    expect(Buffer.from(answer.body).toString()).toBe('ok');
  });

  /** Counts connections; each answers `answers` requests and then does `after` with the next. */
  async function counted(answers: number, after: (socket: Socket) => void): Promise<{ port: number; connections: () => number }> {
    let connections = 0;
    const port = await raw((socket) => {
      connections += 1;
      let left = answers;
      socket.on('data', () => {
        left -= 1;
        if (left >= 0) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else after(socket);
      });
    });
    return { port, connections: () => connections };
  }

  test('what may be repeated shares a connection; everything else has one of its own', async () => {
    const { port, connections } = await counted(100, (socket) => socket.destroy());
    const url = `http://127.0.0.1:${port}/`;
    for (let n = 0; n < 5; n += 1) expect(await codeOf(request(url, { repeatable: true }))).toBe('HTTP 200');
    expect(connections()).toBe(1);
    for (let n = 0; n < 3; n += 1) expect(await codeOf(request(url))).toBe('HTTP 200');
    expect(connections()).toBe(4);
  });

  test('a kept connection that turns out dead is replaced once, by a new one', async () => {
    const { port, connections } = await counted(1, (socket) => socket.destroy());
    const url = `http://127.0.0.1:${port}/`;
    for (let n = 0; n < 4; n += 1) expect(await codeOf(request(url, { repeatable: true }))).toBe('HTTP 200');
    expect(connections()).toBeGreaterThan(1);
  });

  test('a new connection that is cut is told, not tried again', async () => {
    const { port, connections } = await counted(0, (socket) => socket.destroy());
    expect(await codeOf(request(`http://127.0.0.1:${port}/`, { repeatable: true }))).toBe('cut');
    expect(connections()).toBe(1);
  });

  test('an answer cut in its middle is told, also over a kept connection', async () => {
    const { port } = await counted(1, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf', () => socket.destroy());
    });
    const url = `http://127.0.0.1:${port}/`;
    expect(await codeOf(request(url, { repeatable: true }))).toBe('HTTP 200');
    expect(await codeOf(request(url, { repeatable: true }))).toBe('cut');
  });

  test('a redirect is an answer, not followed', async () => {
    const port = await raw((socket) => socket.once('data', () => socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n')));
    expect(await codeOf(request(`http://127.0.0.1:${port}/`))).toBe('HTTP 302');
  });

  test('what was surely not processed is unreachable', async () => {
    expect(await codeOf(request('http://127.0.0.1:1/'))).toBe('unreachable');
    expect(await codeOf(request('http://khong-co.invalid/'))).toBe('unreachable');
    expect(await codeOf(request('ftp://127.0.0.1/'))).toBe('unreachable');
    expect(await codeOf(request('không phải url'))).toBe('unreachable');
    expect(await codeOf(request('http://127.0.0.1:1/', { headers: [['A', 'xuống\ndòng']] }))).toBe('unreachable');
  });

  test('cut before, within and at the end of the answer', async () => {
    const silent = await raw((socket) => socket.once('data', () => socket.destroy()));
    expect(await codeOf(request(`http://127.0.0.1:${silent}/`))).toBe('cut');
    const half = await raw((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc')));
    expect(await codeOf(request(`http://127.0.0.1:${half}/`))).toBe('cut');
    const nonsense = await raw((socket) => socket.once('data', () => socket.end('xin chào\r\n\r\n')));
    expect(await codeOf(request(`http://127.0.0.1:${nonsense}/`))).toBe('cut');
  });

  test('time-out counts the whole call, also a dripping answer', async () => {
    const mute = await raw(() => undefined);
    expect(await codeOf(request(`http://127.0.0.1:${mute}/`, { timeoutMs: 200 }))).toBe('time-out');
    const dripping = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n');
      const timer = setInterval(() => socket.write('.'), 20);
      socket.on('close', () => {
        clearInterval(timer);
      });
    });
    expect(await codeOf(request(`http://127.0.0.1:${dripping}/`, { timeoutMs: 300 }))).toBe('time-out');
  });

  test('an answer above the limit is not gathered', async () => {
    const port = await raw((socket) => socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(5000)}`)));
    expect(await codeOf(request(`http://127.0.0.1:${port}/`))).toBe('too-large');
  });

  test('plain http must be allowed; a certificate nobody vouches for is refused', async () => {
    expect(await codeOf(request('http://127.0.0.1:1/', { allowPlainHttp: false }))).toBe('plain-http-not-allowed');
    const folder = mkdtempSync(join(tmpdir(), 'tls-'));
    closers.push(() => {
      rmSync(folder, { recursive: true });
    });
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=127.0.0.1'],
      { stdio: 'ignore' },
    );
    let asked = false;
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
      asked = true;
      response.end();
    });
    const port = await listening(server);
    expect(await codeOf(request(`https://127.0.0.1:${port}/`))).toBe('tls');
    expect(asked).toBe(false);
    const plain = await raw((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n')));
    expect(await codeOf(request(`https://127.0.0.1:${plain}/`))).toBe('tls');
  });
});

describe('serveLoopback', () => {
  test('hands requests over and answers; limits bodies; survives a handler that throws', async () => {
    const server = await serveLoopback(
      async (got) => {
        await Promise.resolve();
        if (got.path === '/throw') throw new Error('hỏng');
        return { status: 201, headers: { 'x-b': got.headers['x-a'] ?? '' }, body: got.body };
      },
      { maxBytes: 10 },
    );
    closers.push(server.close);
    const base = `http://127.0.0.1:${server.port}`;
    const post = (path: string, body: string): HttpRequest =>
      request(`${base}${path}`, { method: 'POST', headers: [['X-A', 'b']], body: Buffer.from(body) });
    const answer = valueOf(await wholeAnswer(httpClient, post('/', 'ngắn')));
    expect([answer.status, answer.headers['x-b'], Buffer.from(answer.body).toString()]).toEqual([201, 'b', 'ngắn']);
    expect(await codeOf(post('/throw', ''))).toBe('HTTP 500');
    expect(await codeOf(post('/', 'dài quá mười byte'))).toBe('HTTP 413');
  });
});
