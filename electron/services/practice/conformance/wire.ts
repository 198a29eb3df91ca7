import { createHash, createHmac } from 'node:crypto';

/**
 * The envelope of axis.md §1.2 once more, written apart from the station's own transport: a mistake in that one must
 * not be taken for the rule.
 */

export type Account = { readonly systemId: string; readonly secret: string };

export const wirePrefix = 'XroadVnpt-';
export const wireVersion = '3.0.201608';
export const wireUserAgent = 'JAVASDKAgent/1.0.0 XRoad/VPCP';

export type WireCall = {
  readonly account: Account;
  readonly at: Date;
  readonly contentType: string;
  readonly params: readonly (readonly [name: string, value: string])[];
  /** order of the signed headers; default: as they come */
  readonly order?: (names: readonly string[]) => readonly string[];
};

/** All headers of a call, rightly signed; a case spoils them afterwards. */
export function signedHeaders({ account, at, contentType, params, order }: WireCall): [string, string][] {
  const values = new Map([
    ['systemid', account.systemId],
    ['timestamp', wireTimestamp(at)],
    ['Content-Type', contentType],
    ...params,
  ]);
  const names = (order ?? ((all) => all))([...values.keys()]);
  const json = `{${names.map((name) => `${JSON.stringify(wirePrefix + name)}:${JSON.stringify(values.get(name) ?? '')}`).join(',')}}`;
  return [
    ['Content-Type', contentType],
    ...names.map((name): [string, string] => [wirePrefix + name, values.get(name) ?? '']),
    [`${wirePrefix}sign-header-key`, names.join(';')],
    [`${wirePrefix}sign-header`, json],
    [`${wirePrefix}hash-header`, wireHmac(account.secret, json)],
    [`${wirePrefix}version`, wireVersion],
    ['User-Agent', wireUserAgent],
  ];
}

/** Lower-case hex. */
export function wireHmac(secret: string, json: string): string {
  return createHmac('sha256', secret).update(json, 'utf8').digest('hex');
}

/** Vietnam time, milliseconds padded to four behind the plus. */
function wireTimestamp(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const there = new Date(at.getTime() + 7 * 3_600_000);
  const day = two(there.getUTCDate()) + two(there.getUTCMonth() + 1) + String(there.getUTCFullYear());
  const time = two(there.getUTCHours()) + two(there.getUTCMinutes()) + two(there.getUTCSeconds());
  return `${day}T${time}+${String(there.getUTCMilliseconds()).padStart(4, '0')}`;
}

/** The instant of such a text; null when it is none. */
export function instantOfTimestamp(text: string): Date | null {
  const found = /^(\d\d)(\d\d)(\d{4})T(\d\d)(\d\d)(\d\d)\+0(\d{3})$/.exec(text);
  if (found === null) return null;
  const [, day, month, year, hour, minute, second, ms] = found;
  const at = new Date(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.${ms ?? ''}+07:00`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** SHA-256 as the vendor's SDK prints it: bytes below 0x10 lose their zero (axis.md §1.3). */
export function sdkHash(bytes: Uint8Array): string {
  let text = '';
  for (const byte of createHash('sha256').update(bytes).digest()) text += byte.toString(16);
  return text;
}

/** SHA-256 in correct hex. */
export function plainHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
