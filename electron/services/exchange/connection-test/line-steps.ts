import { vietnamDay } from '../../../foundation/clock.ts';
import { shownDay } from '../../records/index.ts';
import type { HttpProxy, HttpRoute } from '../ports.ts';
import { allowsPlainHttp, type AxisLine } from '../transports/axis-transports.ts';
import { bad, good, left, warn, type Found } from './found.ts';
import type { LineProbe, TlsFailureCode } from './probe.ts';

/** A server's certificate is renewed by people: a month's notice. */
const endsSoonMs = 30 * 24 * 3_600_000;

/** The address of the settings, already known to be one by the contract. */
export function addressStep(axis: AxisLine): Found {
  if (axis.endpoint === '') return bad('address-missing');
  const url = new URL(axis.endpoint);
  return good('address-good', { host: url.hostname, port: portOf(url) });
}

/** Whether the scheme may be used for this host; plain http only where it was allowed by name. */
export function schemeStep(axis: AxisLine): Found {
  const url = new URL(axis.endpoint);
  if (url.protocol === 'https:') return good('scheme-https');
  const host = url.hostname;
  return allowsPlainHttp(axis) ? warn('scheme-http-allowed', { host }) : bad('scheme-http-not-allowed', { host });
}

type Reached = { readonly found: Found; readonly proxy: HttpProxy | null; readonly tunnel: Found | null };

/** The proxy, and for https the way through it, which is told as the step `tcp`. */
export async function proxyStep(probe: LineProbe, url: URL, route: HttpRoute, timeoutMs: number): Promise<Reached> {
  const proxy = probe.proxyFor(route, url);
  if (proxy === null) {
    const found = route.proxy === null ? left('proxy-none') : left('proxy-bypassed', { host: url.hostname });
    return { found, proxy, tunnel: null };
  }
  const at = { host: proxy.host, port: proxy.port };
  const reached = good('proxy-reached', at);
  const unreachable = (detail: string): Reached => ({ found: bad('proxy-unreachable', { ...at, detail }), proxy, tunnel: null });
  const connected = await probe.connect(proxy.host, proxy.port, timeoutMs);
  if (!connected.ok) return unreachable(detailOf(connected.failure));
  if (url.protocol === 'http:') return { found: reached, proxy, tunnel: left('tcp-by-proxy') };
  const way = await probe.tunnel(proxy, url, timeoutMs);
  if (way.ok) return { found: reached, proxy, tunnel: good('tcp-through-proxy', { host: url.hostname, port: portOf(url) }) };
  const detail = detailOf(way.failure);
  // A gateway trouble is the proxy's word on the other side; everything else is about us and the proxy.
  if (way.failure.code === 'proxy-refused' && /^HTTP 5/.test(detail)) {
    return { found: reached, proxy, tunnel: bad('tcp-proxy-cannot', { host: url.hostname, detail }) };
  }
  if (way.failure.code === 'proxy-auth') return { found: bad('proxy-auth', { ways: detail }), proxy, tunnel: null };
  if (way.failure.code === 'proxy-refused') return { found: bad('proxy-refused', { ...at, detail }), proxy, tunnel: null };
  return unreachable(detail);
}

/** The name of the host, unless the proxy looks it up. */
export async function nameStep(probe: LineProbe, url: URL, proxy: HttpProxy | null, timeoutMs: number): Promise<Found> {
  const host = url.hostname;
  if (proxy !== null) return left('name-by-proxy');
  const found = await probe.lookUp(host, timeoutMs);
  if (!found.ok) return bad(found.failure.code === 'unknown' ? 'name-unknown' : 'name-no-answer', { host });
  const addresses = found.value.slice(0, 4).join(', ');
  return addresses === host.replace(/^\[|\]$/g, '') ? left('name-is-address') : good('name-resolved', { host, addresses });
}

/** A connection to the host, straight. */
export async function tcpStep(probe: LineProbe, url: URL, timeoutMs: number): Promise<Found> {
  const at = { host: url.hostname, port: portOf(url) };
  const connected = await probe.connect(url.hostname, portOf(url), timeoutMs);
  if (connected.ok) return good('tcp-connected', at);
  const { code } = connected.failure;
  if (code === 'refused') return bad('tcp-refused', at);
  return code === 'no-answer'
    ? bad('tcp-no-answer', { ...at, seconds: Math.round(timeoutMs / 1000) })
    : bad('tcp-unreachable', { ...at, detail: detailOf(connected.failure) });
}

const tlsFindings = {
  expired: 'tls-expired',
  'not-yet': 'tls-not-yet',
  'unknown-issuer': 'tls-unknown-issuer',
  'other-name': 'tls-other-name',
  'not-spoken': 'tls-not-spoken',
  'no-answer': 'tls-no-answer',
  failed: 'tls-failed',
} as const satisfies Record<TlsFailureCode, string>;

/** The certificate of the host, judged as for every call. `now` is ours. */
export async function tlsStep(probe: LineProbe, url: URL, route: HttpRoute, timeoutMs: number, now: Date): Promise<Found> {
  if (url.protocol === 'http:') return left('tls-none');
  const shaken = await probe.handshake(url, route, timeoutMs);
  const certificate = shaken.ok ? shaken.value.certificate : shaken.failure.certificate;
  const facts = {
    host: url.hostname,
    subject: certificate?.subject ?? '–',
    issuer: certificate?.issuer ?? '–',
    from: certificate === null ? '–' : shownDay(vietnamDay(new Date(certificate.validFrom))),
    until: certificate === null ? '–' : shownDay(vietnamDay(new Date(certificate.validTo))),
    names: certificate === null || certificate.names === '' ? '–' : certificate.names,
  };
  if (!shaken.ok) return bad(tlsFindings[shaken.failure.code], { ...facts, detail: shaken.failure.detail });
  const endsSoon = Date.parse(shaken.value.certificate.validTo) - now.getTime() < endsSoonMs;
  const params = { ...facts, protocol: shaken.value.protocol };
  return endsSoon ? warn('tls-ends-soon', params) : good('tls-good', params);
}

function portOf(url: URL): number {
  return Number(url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port);
}

function detailOf(failure: { readonly params?: Readonly<Record<string, string | number>> }): string {
  return String(failure.params?.['detail'] ?? '');
}
