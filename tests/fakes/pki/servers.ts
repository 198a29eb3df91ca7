import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { HostTable } from '../../../electron/services/trust/index.ts';
import { opensslOcsp, opensslTimestamp } from './answers.ts';
import type { TestPki } from './pki.ts';

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
  /** who answers at `http://ocsp.ca.test/<issuer>`, with which further options of `openssl ocsp` */
  readonly responder?: string;
  readonly ocspOptions?: readonly string[];
  /** what the authority at `http://tsa.ca.test/` accepts */
  readonly digests?: string;
};

/** The government's services on one port of 127.0.0.1: OpenSSL's own `ocsp` and `ts`, lists and certificates as files. */
export async function startPkiServers(pki: TestPki, services: Services = {}): Promise<PkiServers> {
  const asked: Asked[] = [];
  const files: PkiServers['files'] = new Map();
  const instead: PkiServers['instead'] = new Map();
  for (const issuer of ['g1root', 'g1ca', 'g2root', 'g2ca', 'ecca', 'pssca']) files.set(`/pki/pub/crt/${issuer}.crt`, { body: pki.der(issuer), etag: '' });
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
    const { responder, ocspOptions, digests } = services;
    const type = request.headers['content-type'] ?? '';
    if (type === 'application/ocsp-request') return { body: opensslOcsp(pki, pathname.slice(1), one.body, responder, ocspOptions) };
    return type === 'application/timestamp-query' ? { body: opensslTimestamp(pki, one.body, digests) } : file(pathname, one);
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
    },
  };
}
