import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetServer, wholeBody, type AssetResponse, type Serve } from '../../../electron/hosts/shell/assets.ts';
import type { FileOutcome } from '../../../electron/hosts/shell/core-protocol.ts';
import { fileHeaders, parseRange } from '../../../electron/hosts/shell/headers.ts';

let folder: string;
let serve: Serve;
const content = Buffer.from(Array.from({ length: 10_000_000 }, (_, index) => (index * 7) & 0xff));
const asked: [number, number][] = [];

function readFile(fileId: string, start: number, length: number): Promise<FileOutcome> {
  asked.push([start, length]);
  if (fileId === 'empty') return Promise.resolve({ ok: true, value: { size: 0, mediaType: 'application/pdf', name: 'a.pdf', bytes: new Uint8Array() } });
  if (fileId === 'broken') return Promise.resolve({ ok: false, failure: { code: 'file-damaged' } });
  if (fileId !== 'big') return Promise.resolve({ ok: false, failure: { code: 'not-found' } });
  const bytes = content.subarray(Math.min(start, content.length), start + length);
  return Promise.resolve({ ok: true, value: { size: content.length, mediaType: 'application/pdf', name: 'Công văn.pdf', bytes } });
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<AssetResponse> {
  return serve({ method, path, headers });
}

beforeAll(() => {
  const parent = mkdtempSync(join(tmpdir(), 'tvt-assets-'));
  folder = join(parent, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(parent, 'secret.txt'), 'bí mật');
  writeFileSync(join(folder, 'index.html'), '<style nonce="__NONCE__"></style><link nonce="__NONCE__">');
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'x');
  writeFileSync(join(folder, 'assets/phông chữ.ttf'), 'x');
  serve = assetServer({ rendererDir: folder, readFile });
});
afterAll(() => { rmSync(join(folder, '..'), { recursive: true, force: true }); });

describe('built files', () => {
  it('come with a policy whose nonce is new for each load and stands in the page', async () => {
    const pages = await Promise.all([get('/'), get('/index.html?x=1')]);
    const nonces = await Promise.all(
      pages.map(async (page) => {
        expect(page.status).toBe(200);
        const nonce = /'nonce-([A-Za-z0-9+/=]+)'/.exec(page.headers['Content-Security-Policy'] ?? '')?.[1] ?? '';
        expect(Buffer.from(nonce, 'base64').length).toBe(18);
        const text = Buffer.from(await wholeBody(page.body)).toString();
        expect(text).toBe(`<style nonce="${nonce}"></style><link nonce="${nonce}">`);
        expect(page.headers['Content-Length']).toBe(String(text.length));
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(pages[0]?.headers['Content-Security-Policy']?.replace(/nonce-[^']+/, 'nonce-<n>')).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-<n>'; img-src 'self' data: blob:; " +
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it.each([
    ['/assets/app-1a2b.js', 'text/javascript; charset=utf-8'],
    ['/assets/ph%C3%B4ng%20ch%E1%BB%AF.ttf', 'font/ttf'],
  ])('%s has its type and is closed to others', async (path, type) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'Content-Type': type,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    });
  });

  it.each(['/../secret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets', '/assets/', '//index.html',
    '/index.html/', '/assets\\app-1a2b.js', '/__proto__', '/constructor', '/index.html%00', '/files/', '/files/../index.html', '/FILES/big', ''])(
    'do not answer to %j',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('do not answer to a broken address or another method', async () => {
    expect((await get('/%E0%A4%A')).status).toBe(400);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'get']) expect((await get('/', {}, method)).status).toBe(405);
  });

  it('give a head without a body', async () => {
    const head = await get('/', {}, 'HEAD');
    expect([head.status, (await wholeBody(head.body)).length]).toEqual([200, 0]);
  });

  it('never give anything but known files, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webPath(), async (path) => {
        const { status } = await get(path);
        expect([404, 400]).toContain(path === '/' || path === '' ? 404 : status);
      }),
      { numRuns: 200 },
    );
  });
});

describe('stored files', () => {
  it('stream whole, in pieces of at most 4 MiB', async () => {
    asked.length = 0;
    const answer = await get('/files/big');
    expect([answer.status, answer.headers['Content-Length'], answer.headers['Accept-Ranges']]).toEqual([200, '10000000', 'bytes']);
    expect(Buffer.compare(Buffer.from(await wholeBody(answer.body)), content)).toBe(0);
    expect(asked.map(([, length]) => length)).toEqual([4_194_304, 4_194_304, 1_611_392]);
  });

  it('are read only as far as somebody takes them', async () => {
    asked.length = 0;
    const { body } = await get('/files/big');
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.cancel();
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, 9_999_999],
    ['bytes=-500', 9_999_500, 9_999_999],
    ['bytes=-20000000', 0, 9_999_999],
    ['bytes=4194303-4194305', 4_194_303, 4_194_305],
    ['bytes=9999999-20000000', 9_999_999, 9_999_999],
  ])('give the range %s', async (range, first, last) => {
    const answer = await get('/files/big', { range });
    expect([answer.status, answer.headers['Content-Range'], answer.headers['Content-Length']]).toEqual([
      206,
      `bytes ${first}-${last}/10000000`,
      String(last - first + 1),
    ]);
    expect(Buffer.compare(Buffer.from(await wholeBody(answer.body)), content.subarray(first, last + 1))).toBe(0);
  });

  it.each(['bytes=10000000-', 'bytes=-0'])('refuse the range %s', async (range) => {
    const answer = await get('/files/big', { range });
    expect([answer.status, answer.headers['Content-Range']]).toEqual([416, 'bytes */10000000']);
  });

  it.each(['bytes=5-1', 'bytes=0-1,5-6', 'items=0-1', 'bytes=-', 'bytes=a-b'])('give all for the range %s, which they do not know', async (range) => {
    expect((await get('/files/big', { range })).status).toBe(200);
  });

  it('answer an empty file, a damaged one and none', async () => {
    const empty = await get('/files/empty');
    expect([empty.status, (await wholeBody(empty.body)).length]).toEqual([200, 0]);
    expect((await get('/files/broken')).status).toBe(500);
    expect((await get('/files/none')).status).toBe(404);
  });

  it('answer a head with the size', async () => {
    const head = await get('/files/big', {}, 'HEAD');
    expect([head.status, head.headers['Content-Length'], (await wholeBody(head.body)).length]).toEqual([200, '10000000', 0]);
  });
});

describe('how a file may be shown', () => {
  it.each([
    ['application/pdf', 'inline', 'application/pdf'],
    ['image/png', 'inline', 'image/png'],
    ['Application/PDF; x=1', 'inline', 'application/pdf'],
    ['text/html', 'attachment', 'application/octet-stream'],
    ['image/svg+xml', 'attachment', 'application/octet-stream'],
    ['application/javascript', 'attachment', 'application/octet-stream'],
    ['', 'attachment', 'application/octet-stream'],
  ])('%s: %s', (type, disposition, shown) => {
    const headers = fileHeaders(type, 'a');
    expect(headers['Content-Disposition']).toContain(`${disposition};`);
    expect(headers['Content-Type']).toBe(shown);
  });

  it.each([
    ['Công văn số 12.pdf', `filename="Cong van so 12.pdf"; filename*=UTF-8''C%C3%B4ng%20v%C4%83n%20s%E1%BB%91%2012.pdf`],
    ['../../etc/passwd', `filename="passwd"; filename*=UTF-8''passwd`],
    ['C:\\a\\b.pdf', `filename="b.pdf"; filename*=UTF-8''b.pdf`],
    ['..', `filename="tep"; filename*=UTF-8''tep`],
    ['', `filename="tep"; filename*=UTF-8''tep`],
    ['a"; x="\r\nSet-Cookie: b', `filename="a_; x=_Set-Cookie: b"`],
    ['\u202efdp.exe', `filename="fdp.exe"`],
  ])('the name %j is safe', (name, expected) => {
    expect(fileHeaders('application/pdf', name)['Content-Disposition']).toContain(expected.replaceAll('; x', '_ x'));
  });

  it('any name and type makes headers that a header may be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (type, name) => {
        const value = Object.values(fileHeaders(type, name)).join('');
        expect(value).toMatch(/^[\x20-\x7e]*$/);
        expect(() => new Headers({ ...fileHeaders(type, name) })).not.toThrow();
      }),
    );
  });

  it('a range is always within the file', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^bytes=\d{0,6}-\d{0,6}$/), fc.nat(100_000), (header, size) => {
        const range = parseRange(header, size);
        if (typeof range !== 'object') return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
        expect(range.last).toBeLessThan(size);
      }),
    );
  });
});
