import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  hashFileAsSdk,
  hexAsSdk,
  vxpHeaders,
  vxpHeadersHold,
  vxpHmac,
  vxpSendBody,
  vxpTimestamp,
  type VxpCall,
} from '../../../electron/services/exchange/transports/vxp-envelope.ts';
import { bytesBody } from '../../../electron/services/exchange/transports/message-body.ts';
import { bytesOfBody } from '../../fakes/exchange/streams.ts';

const call: VxpCall = {
  systemId: '00.21.W00',
  secret: 'bí-mật-thử',
  at: new Date('2026-11-21T20:00:01.173Z'),
  contentType: 'application/json',
  params: [
    ['servicetype', 'eDoc'],
    ['messagetype', 'edoc'],
  ],
};
const signHeader =
  '{"XroadVnpt-systemid":"00.21.W00","XroadVnpt-timestamp":"22112026T030001+0173",' +
  '"XroadVnpt-Content-Type":"application/json","XroadVnpt-servicetype":"eDoc","XroadVnpt-messagetype":"edoc"}';

function lowerCased(headers: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}

describe('header set (axis.md §1.2)', () => {
  test('time in Vietnam, milliseconds padded to 4', () => {
    expect(vxpTimestamp(call.at)).toBe('22112026T030001+0173');
    expect(vxpTimestamp(new Date('2026-01-01T16:59:59.005Z'))).toBe('01012026T235959+0005');
  });

  test('exact headers, key list, JSON; the HMAC as OpenSSL computes it', () => {
    const headers = vxpHeaders(call);
    expect(headers.slice(0, -3)).toEqual([
      ['Content-Type', 'application/json'],
      ['XroadVnpt-systemid', '00.21.W00'],
      ['XroadVnpt-timestamp', '22112026T030001+0173'],
      ['XroadVnpt-Content-Type', 'application/json'],
      ['XroadVnpt-servicetype', 'eDoc'],
      ['XroadVnpt-messagetype', 'edoc'],
      ['XroadVnpt-sign-header-key', 'systemid;timestamp;Content-Type;servicetype;messagetype'],
      ['XroadVnpt-sign-header', signHeader],
    ]);
    expect(headers.slice(-2)).toEqual([
      ['XroadVnpt-version', '3.0.201608'],
      ['User-Agent', 'JAVASDKAgent/1.0.0 XRoad/VPCP'],
    ]);
    const openssl = execFileSync('openssl', ['dgst', '-sha256', '-hmac', call.secret], { input: signHeader }).toString();
    expect(headers.at(-3)).toEqual(['XroadVnpt-hash-header', openssl.trim().split(' ').at(-1)]);
  });

  test('a value outside ASCII is escaped in what is signed', () => {
    const headers = lowerCased(vxpHeaders({ ...call, params: [['from', 'Đ1']] }));
    expect(headers['xroadvnpt-sign-header']).toContain('"XroadVnpt-from":"\\u01101"');
  });

  test('a fresh set each time', () => {
    const later = { ...call, at: new Date(call.at.getTime() + 1) };
    expect(lowerCased(vxpHeaders(later))['xroadvnpt-hash-header']).not.toBe(
      lowerCased(vxpHeaders(call))['xroadvnpt-hash-header'],
    );
  });
});

describe('the receiving side', () => {
  const headers = lowerCased(vxpHeaders(call));

  test('holds for what was signed, also with keys in another order', () => {
    expect(vxpHeadersHold(headers, call.secret)).toBe(true);
    const json = '{"XroadVnpt-messagetype":"edoc","XroadVnpt-systemid":"00.21.W00"}';
    const other = {
      ...headers,
      'xroadvnpt-sign-header-key': 'messagetype;systemid',
      'xroadvnpt-sign-header': json,
      'xroadvnpt-hash-header': vxpHmac(call.secret, json),
    };
    expect(vxpHeadersHold(other, call.secret)).toBe(true);
  });

  test.each([
    ['another secret', {}, 'khác'],
    ['a changed header', { 'xroadvnpt-messagetype': 'status' }, call.secret],
    ['a changed JSON', { 'xroadvnpt-sign-header': signHeader.replace('edoc"', 'status"') }, call.secret],
    ['a shorter key list', { 'xroadvnpt-sign-header-key': 'systemid;timestamp' }, call.secret],
    ['no HMAC', { 'xroadvnpt-hash-header': '' }, call.secret],
    ['no JSON', { 'xroadvnpt-sign-header': '[', 'xroadvnpt-hash-header': vxpHmac(call.secret, '[') }, call.secret],
  ])('does not hold with %s', (_name, change, secret) => {
    expect(vxpHeadersHold({ ...headers, ...change }, secret)).toBe(false);
  });
});

describe('hash-file (axis.md §1.3)', () => {
  test('bytes below 0x10 lose their zero, as measured', () => {
    expect(hexAsSdk(Buffer.from('a9880c453202ca', 'hex'))).toBe('a988c45322ca');
    expect(hexAsSdk(Buffer.from('000510ff', 'hex'))).toBe('0510ff');
  });

  test('over the file without CR LF; a digest with small bytes is shorter than 64', async () => {
    const digest = createHash('sha256').update('tệp').digest();
    expect(hashFileAsSdk(Buffer.from('tệp'))).toBe(hexAsSdk(digest));
    const small = Array.from({ length: 50 }, (_, at) => Buffer.from(`tệp ${at}`)).find(
      (file) => hashFileAsSdk(file).length < 64,
    );
    expect(small).toBeDefined();
    expect((await bytesOfBody(vxpSendBody(bytesBody(Buffer.from('tệp'))))).toString()).toBe('tệp\r\n');
  });
});
