import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { certificatesIn } from '../../../electron/services/settings/index.ts';
import { makeAuthority, type Authority } from '../../fakes/http/certificates.ts';

describe('the certificates trusted in addition', () => {
  let ca: Authority;
  beforeAll(() => {
    ca = makeAuthority('CA nội bộ');
  });

  test('are shown with name, time and fingerprint, whatever stands around them', () => {
    const { fingerprint256, validToDate } = new X509Certificate(ca.pem);
    const read = certificatesIn(`subject=abc\r\n${ca.pem.replaceAll('\n', '\r\n')}\nx\n${ca.pem}`);
    const facts = { subject: 'O=Thu, CN=CA nội bộ', issuer: 'O=Thu, CN=CA nội bộ', fingerprint: fingerprint256, validTo: validToDate.toISOString() };
    expect(read).toMatchObject({ ok: true, value: [facts, facts] });
    expect(certificatesIn(' \n')).toEqual({ ok: true, value: [] });
  });

  test('are refused when they cannot do what they are for', () => {
    const { cert } = ca.issue({ san: 'DNS:truc.test' });
    const codeOf = (pem: string): string => {
      const read = certificatesIn(pem);
      return read.ok ? 'ok' : read.failure.code;
    };
    expect(codeOf(cert)).toBe('ca-not-authority');
    expect(codeOf(`${ca.pem}${cert}`)).toBe('ca-not-authority');
    expect(codeOf('xin chào')).toBe('ca-unreadable');
    expect(codeOf(ca.pem.replace(/[A-Za-z0-9]{40}/, ''))).toBe('ca-unreadable');
    expect(codeOf(`${ca.pem}${ca.keyPem}`)).toBe('ca-private-key');
  });
});
