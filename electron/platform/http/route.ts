import type { RequestOptions } from 'node:http';
import { isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { HttpFailureCode, HttpProxy, HttpRoute } from '../../services/exchange/ports.ts';
import { bare, bypasses } from './bypass.ts';
import { trusting } from './trust.ts';
import { openTunnel, proxyAuthorization } from './tunnel.ts';

export type Way = {
  /** for `http.request` or `https.request`, over those of the address */
  readonly options: RequestOptions;
  /** headers for the proxy itself */
  readonly headers: Readonly<Record<string, string>>;
  /** who could not be reached when no connection stands yet */
  readonly beforeConnected: () => HttpFailureCode;
  /** a plain call that the proxy answers in the other side's place with 407 */
  readonly throughProxy: boolean;
  /** Gives up what is under way before the call has a connection. */
  readonly abort: () => void;
};

/** The proxy for an address; null when it is reached straight. */
export function proxyFor(route: HttpRoute | undefined, url: URL): HttpProxy | null {
  const proxy = route?.proxy ?? null;
  return proxy === null || bypasses(proxy.bypass, url.hostname) ? null : proxy;
}

/** Where the connection of a call goes first, and how. */
export function wayTo(url: URL, route: HttpRoute | undefined): Way {
  const secure = url.protocol === 'https:';
  const proxy = proxyFor(route, url);
  const tls = secure ? trusting(route?.caPem ?? '') : {};
  const straight: Way = {
    options: { agent: false, ...tls },
    headers: {},
    beforeConnected: () => 'unreachable',
    throughProxy: false,
    abort: () => undefined,
  };
  if (proxy === null) return straight;
  if (secure) return tunnelled(url, proxy, route?.caPem ?? '');
  return {
    ...straight,
    options: {
      agent: false,
      // The address' own name would win over `host`.
      hostname: proxy.host,
      port: proxy.port,
      path: `${url.origin}${url.pathname}${url.search}`,
    },
    headers: { Host: url.host, ...proxyAuthorization(proxy) },
    beforeConnected: () => 'proxy-unreachable',
    throughProxy: true,
  };
}

/** TLS to the other side itself, through a tunnel: the proxy sees its name and nothing more. */
function tunnelled(url: URL, proxy: HttpProxy, caPem: string): Way {
  const host = bare(url.hostname);
  let stands = false;
  let giveUp = (): void => undefined;
  const createConnection: NonNullable<RequestOptions['createConnection']> = (_options, oncreate) => {
    giveUp = openTunnel(proxy, authorityOf(url), (fault, socket) => {
      if (socket === undefined) {
        // The callback's type wants a connection beside an error; Node itself gives none.
        oncreate(fault, undefined as never);
        return;
      }
      stands = true;
      giveUp = () => socket.destroy();
      oncreate(null, connectTls({ socket, host, ...serverName(host), ...trusting(caPem) }));
    });
    return undefined;
  };
  return {
    options: { createConnection },
    headers: {},
    beforeConnected: () => (stands ? 'unreachable' : 'proxy-unreachable'),
    throughProxy: false,
    abort: () => {
      giveUp();
    },
  };
}

/** `host:port` for CONNECT. */
export function authorityOf(url: URL): string {
  return `${url.hostname}:${url.port === '' ? '443' : url.port}`;
}

/** The name for SNI; an address has none (RFC 6066 §3). */
export function serverName(host: string): { readonly servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}
