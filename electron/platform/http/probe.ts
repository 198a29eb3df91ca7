import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate as NodeCertificate, type TLSSocket } from 'node:tls';
import { fail, ok } from '#contract';
import type { LineProbe, PeerCertificate, TlsFailure, TlsFailureCode } from '../../services/exchange/index.ts';
import { bare } from './bypass.ts';
import { authorityOf, proxyFor, serverName } from './route.ts';
import { trusting } from './trust.ts';
import { openTunnel } from './tunnel.ts';

type Shaken = Awaited<ReturnType<LineProbe['handshake']>>;

const tlsCodes: readonly (readonly [RegExp, TlsFailureCode])[] = [
  [/^CERT_HAS_EXPIRED$/, 'expired'],
  [/^CERT_NOT_YET_VALID$/, 'not-yet'],
  [/^(UNABLE_TO_(GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_UNTRUSTED|INVALID_CA)$/, 'unknown-issuer'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'other-name'],
  [/^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL))$/, 'not-spoken'],
];

/** Looks at the way to a server with the means of the machine (see `LineProbe`). */
export const lineProbe: LineProbe = {
  async lookUp(host, timeoutMs) {
    const name = bare(host);
    if (isIP(name) !== 0) return ok([name]);
    const found: ReturnType<LineProbe['lookUp']> = lookup(name, { all: true }).then(
      (rows) => ok(rows.map(({ address }) => address)),
      (error: unknown) => fail('unknown', { detail: codeOf(error) }),
    );
    return within(timeoutMs, found, () => fail('no-answer', { detail: 'time-out' }));
  },

  connect(host, port, timeoutMs) {
    const socket = connectTcp({ host: bare(host), port });
    const outcome = new Promise<Awaited<ReturnType<LineProbe['connect']>>>((resolve) => {
      socket.once('connect', () => {
        resolve(ok(null));
      });
      socket.on('error', (error) => {
        const detail = codeOf(error);
        resolve(fail(detail === 'ECONNREFUSED' ? 'refused' : detail === 'ETIMEDOUT' ? 'no-answer' : 'unreachable', { detail }));
      });
    });
    return within(timeoutMs, outcome, () => fail('no-answer', { detail: 'time-out' })).finally(() => socket.destroy());
  },

  proxyFor,

  async tunnel(proxy, url, timeoutMs) {
    const way = await tunnelTo(proxy, url, timeoutMs);
    if (way.ok) way.value.destroy();
    return way.ok ? ok(null) : way;
  },

  async handshake(url, route, timeoutMs) {
    const started = performance.now();
    const proxy = proxyFor(route, url);
    const way = proxy === null ? null : await tunnelTo(proxy, url, timeoutMs);
    if (way !== null && !way.ok) {
      return { ok: false, failure: { code: 'failed', certificate: null, detail: way.failure.code } };
    }
    const host = bare(url.hostname);
    const port = Number(url.port === '' ? 443 : url.port);
    const socket = connectTls({
      ...(way === null ? { host, port } : { socket: way.value, host }),
      ...serverName(host),
      ...trusting(route.caPem),
    });
    const leftMs = Math.max(0, timeoutMs - (performance.now() - started));
    const late: Shaken = { ok: false, failure: { code: 'no-answer', certificate: null, detail: 'time-out' } };
    return within(leftMs, shaken(socket), () => late).finally(() => socket.destroy());
  },
};

function tunnelTo(
  proxy: Parameters<LineProbe['tunnel']>[0],
  url: URL,
  timeoutMs: number,
): Promise<{ readonly ok: true; readonly value: Socket } | Extract<Awaited<ReturnType<LineProbe['tunnel']>>, { ok: false }>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(fail('proxy-unreachable', { detail: 'time-out' }));
      giveUp();
    }, timeoutMs);
    const giveUp = openTunnel(proxy, authorityOf(url), (fault, socket) => {
      clearTimeout(timer);
      if (socket !== undefined) resolve(ok(socket));
      else resolve(fail(fault?.failure ?? 'proxy-unreachable', { detail: fault?.detail ?? '' }));
    });
  });
}

function shaken(socket: TLSSocket): Promise<Shaken> {
  return new Promise((resolve) => {
    let shown: PeerCertificate | null = null;
    const note = (): void => {
      shown = certificateOf(socket.getPeerCertificate());
    };
    // Before Node judges the certificate and, if it is not good, lets go of it.
    socket.prependListener('secure', note);
    socket.once('secureConnect', () => {
      note();
      if (shown === null) resolve({ ok: false, failure: { code: 'failed', certificate: null, detail: 'no certificate' } });
      else resolve({ ok: true, value: { certificate: shown, protocol: socket.getProtocol() ?? '' } });
    });
    socket.on('error', (error) => {
      const failure: TlsFailure = { code: tlsCode(codeOf(error)), certificate: shown, detail: codeOf(error) };
      resolve({ ok: false, failure });
    });
    socket.on('close', () => {
      resolve({ ok: false, failure: { code: 'failed', certificate: shown, detail: 'closed' } });
    });
  });
}

function tlsCode(code: string): TlsFailureCode {
  return tlsCodes.find(([pattern]) => pattern.test(code))?.[1] ?? 'failed';
}

function certificateOf(certificate: NodeCertificate): PeerCertificate | null {
  // Without one, Node gives an empty object.
  if (Object.keys(certificate).length === 0) return null;
  const { subject, issuer, valid_from: from, valid_to: to, subjectaltname } = certificate;
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validFrom: new Date(from).toISOString(),
    validTo: new Date(to).toISOString(),
    names: (subjectaltname ?? '').slice(0, 300),
  };
}

/** The common name, else the organisation, else all of it. */
function nameOf(name: NodeCertificate['subject']): string {
  const parts = name as unknown as Readonly<Record<string, string | readonly string[] | undefined>>;
  const named = parts['CN'] ?? parts['O'] ?? Object.values(parts).join(', ');
  return (typeof named === 'string' ? named : named.join(', ')).slice(0, 200);
}

async function within<T>(ms: number, work: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => {
      resolve(late());
    }, ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
}
