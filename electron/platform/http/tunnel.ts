import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpProxy, ProxyFailureCode } from '../../services/exchange/ports.ts';

/** The proxy did not let the call through; nothing has reached the other side. */
export class ProxyFault extends Error {
  override readonly name = 'ProxyFault';
  readonly failure: ProxyFailureCode;
  readonly detail: string;

  constructor(failure: ProxyFailureCode, detail: string) {
    super(failure);
    this.failure = failure;
    this.detail = detail;
  }
}

/** The header that names the account at the proxy; none without an account. */
export function proxyAuthorization(proxy: HttpProxy): Readonly<Record<string, string>> {
  if (proxy.user === '') return {};
  const account = Buffer.from(`${proxy.user}:${proxy.password}`, 'utf8').toString('base64');
  return { 'Proxy-Authorization': `Basic ${account}` };
}

/**
 * Asks the proxy for a way to `authority` (`host:port`) and gives `done` the connection, or a `ProxyFault`. Returns what
 * gives up; it may be called at any time, also afterwards.
 */
export function openTunnel(
  proxy: HttpProxy,
  authority: string,
  done: (fault: ProxyFault | null, socket?: Socket) => void,
): () => void {
  const call = request({
    host: proxy.host,
    port: proxy.port,
    method: 'CONNECT',
    path: authority,
    headers: { Host: authority, ...proxyAuthorization(proxy) },
    agent: false,
  });
  let settled = false;
  function settle(fault: ProxyFault | null, socket?: Socket): void {
    if (settled) return;
    settled = true;
    if (fault !== null) call.destroy();
    done(fault, socket);
  }

  call.on('connect', (answer, socket, head) => {
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) {
      socket.destroy();
      settle(faultOf(status, answer.headers['proxy-authenticate']));
      return;
    }
    // The other side speaks second: bytes that came along are not from a TLS server.
    if (head.length > 0) socket.unshift(head);
    settle(null, socket);
  });
  call.on('error', (error: NodeJS.ErrnoException) => {
    settle(new ProxyFault('proxy-unreachable', error.code ?? error.name));
  });
  call.on('close', () => {
    settle(new ProxyFault('proxy-unreachable', 'closed'));
  });
  call.end();
  return () => {
    call.destroy();
  };
}

/** What an answer of the proxy, other than "go ahead", means. */
function faultOf(status: number, challenge: readonly string[] | string | undefined): ProxyFault {
  return status === 407
    ? new ProxyFault('proxy-auth', schemesOf(challenge))
    : new ProxyFault('proxy-refused', `HTTP ${status}`);
}

/** `Basic`, `NTLM`, …: the ways in which a proxy asks for an account. */
export function schemesOf(challenge: readonly string[] | string | undefined): string {
  const rows = typeof challenge === 'string' ? [challenge] : (challenge ?? []);
  const schemes = rows.flatMap((row) => row.match(/(?:^|,\s*)([A-Za-z][A-Za-z0-9-]*)(?=\s|$|,)/g) ?? []);
  return [...new Set(schemes.map((scheme) => scheme.replace(/^,\s*/, '')))].join(', ').slice(0, 100);
}
