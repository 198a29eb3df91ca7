import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { vietnamTime } from '../../../foundation/clock.ts';
import type { StreamBody } from '../ports.ts';
import { framed } from './message-body.ts';

const vxpPrefix = 'XroadVnpt-';
const vxpVersion = '3.0.201608';
const vxpUserAgent = 'JAVASDKAgent/1.0.0 XRoad/VPCP';

export type VxpCall = {
  readonly systemId: string;
  readonly secret: string;
  readonly at: Date;
  readonly contentType: 'application/json' | 'application/octet-stream';
  /** business parameters without prefix, in the order they are to be signed */
  readonly params: readonly (readonly [name: string, value: string])[];
};

/** `ddMMyyyy'T'HHmmss+SSSS`, Vietnam time; what follows the plus are milliseconds padded to 4 (axis.md §1.2). */
export function vxpTimestamp(at: Date): string {
  const iso = vietnamTime(at);
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  return `${day}${month}${year}T${iso.slice(11, 19).replaceAll(':', '')}+${iso.slice(20, 23).padStart(4, '0')}`;
}

/** HMAC-SHA256 of the `sign-header` text, lower-case hex (axis.md §1.2). */
export function vxpHmac(secret: string, signHeader: string): string {
  return createHmac('sha256', secret).update(signHeader, 'utf8').digest('hex');
}

/**
 * A fresh header set for one call (axis.md §1.2). Every `XroadVnpt-` header before the key list is signed, in this
 * order. A value outside ASCII, such as an id with Vietnamese letters, is escaped in the JSON and travels as UTF-8 in its
 * header, like all else that is said to the axis; what it would expect there is not known [I].
 */
export function vxpHeaders(call: VxpCall): readonly (readonly [string, string])[] {
  const signed: readonly (readonly [string, string])[] = [
    ['systemid', call.systemId],
    ['timestamp', vxpTimestamp(call.at)],
    ['Content-Type', call.contentType],
    ...call.params,
  ];
  const signHeader = asciiJson(Object.fromEntries(signed.map(([name, value]) => [`${vxpPrefix}${name}`, value])));
  return [
    ['Content-Type', call.contentType],
    ...signed.map(([name, value]) => [`${vxpPrefix}${name}`, bytesOf(value)] as const),
    [`${vxpPrefix}sign-header-key`, signed.map(([name]) => name).join(';')],
    [`${vxpPrefix}sign-header`, signHeader],
    [`${vxpPrefix}hash-header`, vxpHmac(call.secret, signHeader)],
    [`${vxpPrefix}version`, vxpVersion],
    ['User-Agent', vxpUserAgent],
  ];
}

/** A header's value, one letter for each byte of its UTF-8. */
function bytesOf(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

/** Whether a header can carry this value at all: line breaks and other control letters would end it (RFC 9110 §5.5). */
export function fitsHeader(value: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what it is about
  return !/[\0-\x1f\x7f]/.test(value);
}

function asciiJson(value: Readonly<Record<string, string>>): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * SHA-256 of a file printed the way VNPT's SDK does: each byte in hex without zero padding, so 0x05 becomes `5`
 * (axis.md §1.3). The axis may compare texts, so the flaw is kept.
 */
export function hashFileAsSdk(file: Uint8Array): string {
  return hexAsSdk(createHash('sha256').update(file).digest());
}

/** The printing flaw alone. */
export function hexAsSdk(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16)).join('');
}

/** Body of `/sendEdoc`: the file followed by CR LF, which `hash-file` does not cover (axis.md §1.3). */
export function vxpSendBody(file: StreamBody): StreamBody {
  return framed(new Uint8Array(), file, Buffer.from('\r\n'));
}

/**
 * The receiving side's check, for the practice axis: key list, JSON and headers must tell the same, and the HMAC must
 * fit the JSON as received, whatever its key order. `headers` has lower-case names.
 */
export function vxpHeadersHold(headers: Readonly<Record<string, string>>, secret: string): boolean {
  const prefix = vxpPrefix.toLowerCase();
  const signHeader = headers[`${prefix}sign-header`] ?? '';
  const given = Buffer.from(headers[`${prefix}hash-header`] ?? '');
  const right = Buffer.from(vxpHmac(secret, signHeader));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
  let signed: unknown;
  try {
    signed = JSON.parse(signHeader);
  } catch {
    return false;
  }
  if (typeof signed !== 'object' || signed === null) return false;
  const names = (headers[`${prefix}sign-header-key`] ?? '').split(';');
  const entries = Object.entries(signed);
  if (!names.includes('systemid') || entries.length !== names.length) return false;
  return entries.every(
    ([key, value], at) => key === `${vxpPrefix}${names[at] ?? ''}` && headers[key.toLowerCase()] === bytesOf(String(value)),
  );
}
