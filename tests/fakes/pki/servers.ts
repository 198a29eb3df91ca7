import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { HostTable } from '../../../electron/services/trust/index.ts';
import type { TestPki } from './pki.ts';

const run = promisify(execFile);

export type Reply = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array; readonly afterMs?: number };
/** What was asked: method and path as one line, headers and body. */
export type Asked = { readonly line: string; readonly headers: IncomingMessage['headers']; readonly body: Buffer };

export type PkiServers = {
  /** leads the host names of the certificates here; the product's own table does it */
  readonly hosts: HostTable;
  readonly asked: Asked[];
  /** lists and certificates by path, e.g. `/pki/pub/crl/g2ca.crl` */
  readonly files: Map<string, { readonly body: Uint8Array; readonly etag: string }>;
  /** answers instead of what stands at a path, e.g. `/g2ca` of the OCSP responder */
  readonly instead: Map<string, (asked: Asked) => Reply | Promise<Reply>>;
  readonly close: () => Promise<void>;
};

export type Services = {
  /** who answers for an issuer at `http://ocsp.ca.test/<issuer>`, and with which further options of `openssl ocsp` */
  readonly responder?: string;
  readonly ocspOptions?: readonly string[];
  /** whose certificate signs at `http://tsa.ca.test/` and further lines of its configuration */
  readonly tsa?: string;
  readonly tsaLines?: readonly string[];
};

/** The government's services on one port of 127.0.0.1: OpenSSL's own `ocsp` and `ts`, lists and certificates as files. */
export async function startPkiServers(pki: TestPki, services: Services = {}): Promise<PkiServers> {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-pki-'));
  const asked: Asked[] = [];
  const files: PkiServers['files'] = new Map();
  const instead: PkiServers['instead'] = new Map();
  for (const issuer of ['g1root', 'g1ca', 'g2root', 'g2ca', 'ecca', 'pssca']) files.set(`/pki/pub/crt/${issuer}.crt`, { body: pki.der(issuer), etag: '' });
  const keyOf = (id: string): string => pki.path(id).replace('.pem', '.key');
  let count = 0;

  async function ocsp(issuer: string, body: Buffer): Promise<Reply> {
    const at = join(folder, String((count += 1)));
    const { responder = 'g2ocsp', ocspOptions = ['-ndays', '1'] } = services;
    writeFileSync(`${at}.req`, body);
    await run('openssl', ['ocsp', '-index', join(pki.folder, `${issuer}.index`), '-CA', pki.path(issuer), '-rsigner', pki.path(responder), '-rkey', keyOf(responder), '-reqin', `${at}.req`, '-respout', `${at}.resp`, ...ocspOptions]);
    return { headers: { 'content-type': 'application/ocsp-response' }, body: readFileSync(`${at}.resp`) };
  }

  async function timestamp(body: Buffer): Promise<Reply> {
    const at = join(folder, String((count += 1)));
    const { tsa = 'tsa', tsaLines = [] } = services;
    const lines = ['[tsa]', 'default_tsa=own', '[own]', `serial=${folder}/serial`, 'default_policy=2.16.704.1.1.1.2', 'other_policies=2.16.704.1.1.1.3', 'digests=sha256,sha384,sha512', 'signer_digest=sha256', 'accuracy=secs:1,millisecs:500', 'ess_cert_id_chain=no', 'ess_cert_id_alg=sha256', ...tsaLines];
    writeFileSync(`${at}.cnf`, `${lines.join('\n')}\n`);
    writeFileSync(`${at}.req`, body);
    await run('openssl', ['ts', '-reply', '-config', `${at}.cnf`, '-queryfile', `${at}.req`, '-signer', pki.path(tsa), '-inkey', keyOf(tsa), '-chain', pki.path('g2root'), '-out', `${at}.resp`]);
    return { headers: { 'content-type': 'application/timestamp-reply' }, body: readFileSync(`${at}.resp`) };
  }

  function file(path: string, { headers }: Asked): Reply {
    const found = files.get(path);
    if (found === undefined) return { status: 404 };
    if (found.etag !== '' && headers['if-none-match'] === found.etag) return { status: 304 };
    return { headers: found.etag === '' ? {} : { etag: found.etag }, body: found.body };
  }

  async function replyTo(request: IncomingMessage): Promise<Reply> {
    const { pathname } = new URL(request.url ?? '/', 'http://any');
    const one: Asked = { line: `${request.method ?? ''} ${pathname}`, headers: request.headers, body: await buffer(request) };
    asked.push(one);
    const other = instead.get(pathname);
    if (other !== undefined) return other(one);
    if (request.headers['content-type'] === 'application/ocsp-request') return ocsp(pathname.slice(1), one.body);
    return request.headers['content-type'] === 'application/timestamp-query' ? timestamp(one.body) : file(pathname, one);
  }

  const server = createServer((request, response) => {
    void answer(request, response);
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = await replyTo(request).catch((error: unknown): Reply => ({ status: 500, body: Buffer.from(String(error)) }));
    if (reply.afterMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.afterMs));
    response.writeHead(reply.status ?? 200, reply.headers);
    response.end(reply.body);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    hosts: Object.fromEntries(['ocsp.ca', 'tsa.ca', 'ca'].map((name) => [`${name}.test`, `127.0.0.1:${String(port)}`])),
    asked,
    files,
    instead,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
