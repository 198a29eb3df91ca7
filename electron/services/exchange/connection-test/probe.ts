import type { Outcome } from '#contract';
import type { HttpProxy, HttpRoute, ProxyFailureCode } from '../ports.ts';

/** What a server showed of itself. Names are one line; moments are ISO 8601 UTC. */
export type PeerCertificate = {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** the names it is made out to, as written in it */
  readonly names: string;
};

export type TlsFailureCode =
  | 'expired'
  | 'not-yet'
  | 'unknown-issuer'
  | 'other-name'
  | 'not-spoken'
  | 'no-answer'
  | 'failed';

/** `certificate` when one was shown; `detail` is the system's code, for support. */
export type TlsFailure = {
  readonly code: TlsFailureCode;
  readonly certificate: PeerCertificate | null;
  readonly detail: string;
};

/**
 * The way to a server piece by piece, below HTTP. Nothing is sent but what sets up a connection, each of which is ended
 * at once. Milliseconds bound each call. Failures are told, never thrown.
 */
export type LineProbe = {
  /** The addresses of a name; an address is its own. `detail` of a failure holds the system's code. */
  readonly lookUp: (host: string, timeoutMs: number) => Promise<Outcome<readonly string[], 'unknown' | 'no-answer'>>;
  readonly connect: (
    host: string,
    port: number,
    timeoutMs: number,
  ) => Promise<Outcome<null, 'refused' | 'unreachable' | 'no-answer'>>;
  /** The proxy that is taken for an address; null when it is reached straight. */
  readonly proxyFor: (route: HttpRoute, url: URL) => HttpProxy | null;
  /** Asks the proxy for a way to an https address. */
  readonly tunnel: (proxy: HttpProxy, url: URL, timeoutMs: number) => Promise<Outcome<null, ProxyFailureCode>>;
  /** A TLS handshake along the route, the certificate judged as for a call. */
  readonly handshake: (
    url: URL,
    route: HttpRoute,
    timeoutMs: number,
  ) => Promise<
    | { readonly ok: true; readonly value: { readonly certificate: PeerCertificate; readonly protocol: string } }
    | { readonly ok: false; readonly failure: TlsFailure }
  >;
};
