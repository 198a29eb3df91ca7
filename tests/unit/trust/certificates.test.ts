import { beforeAll, describe, expect, test } from 'vitest';
import { agencyCodes, isSignedBy, nameText, readCertificate, unarmoured } from '../../../electron/services/trust/index.ts';
import { childrenOf, inside, wholeElement } from '../../../electron/services/trust/asn1/read.ts';
import { explicit, sequence } from '../../../electron/services/trust/asn1/write.ts';
import { described } from '../../fakes/pki/description.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

/** `-nameopt` that writes a name as we do. */
const oneLine = 'utf8,esc_2253,dn_rev,sep_comma_plus_space,sname';
const usageNames: Readonly<Record<string, string>> = {
  'Digital Signature': 'digitalSignature',
  'Non Repudiation': 'nonRepudiation',
  'Key Encipherment': 'keyEncipherment',
  'Data Encipherment': 'dataEncipherment',
  'Certificate Sign': 'keyCertSign',
  'CRL Sign': 'cRLSign',
};

describe('a certificate', () => {
  test.each(described)('$id: what OpenSSL reads is what we read', ({ id }) => {
    const ours = pki.certificate(id);
    const { text } = openssl(['x509', '-in', pki.path(id), '-noout', '-serial', '-fingerprint', '-sha256', '-dateopt', 'iso_8601', '-startdate', '-enddate', '-subject', '-issuer', '-nameopt', oneLine]);
    const facts = new Map(text.trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    const instant = (date: Date): string => date.toISOString().replace('T', ' ').replace('.000', '');
    expect(facts.get('serial')).toBe(ours.serial.toUpperCase());
    expect(facts.get('sha256 Fingerprint')?.replaceAll(':', '').toLowerCase()).toBe(ours.sha256);
    expect([facts.get('notBefore'), facts.get('notAfter')]).toEqual([instant(ours.notBefore), instant(ours.notAfter)]);
    const named = (name: string | undefined): string | undefined => name?.replaceAll('emailAddress=', 'E=');
    expect([named(facts.get('subject')), named(facts.get('issuer'))]).toEqual([nameText(ours.subject), nameText(ours.issuer)]);

    const whole = openssl(['x509', '-in', pki.path(id), '-noout', '-text']).text;
    const after = (title: string): string => new RegExp(`X509v3 ${title}:.*\\n\\s+(.*)`).exec(whole)?.[1] ?? '';
    expect([...(ours.extensions.keyUsage ?? [])]).toEqual(after('Key Usage').split(', ').flatMap((usage) => usageNames[usage] ?? []));
    expect(ours.extensions.subjectKeyId?.toUpperCase()).toBe(after('Subject Key Identifier').replaceAll(':', ''));
    expect(ours.extensions.authority).toBe(after('Basic Constraints').includes('CA:TRUE'));
    expect(whole).toContain(`Public-Key: (${String(ours.key.bits)} bit)`);
    for (const url of [...ours.extensions.crlUrls, ...ours.extensions.ocspUrls, ...ours.extensions.issuerUrls]) expect(whole).toContain(`URI:${url}`);
    expect(ours.extensions.crlUrls).toHaveLength(whole.includes('CRL Distribution Points') ? 1 : 0);
  });

  test('is signed by its issuer and by nobody else, by SHA-1, SHA-2, PSS and ECDSA', () => {
    for (const { id, issuer } of described) {
      const strangers = ['lookalike', 'g1ca', 'leader'].filter((other) => other !== issuer);
      expect([id, isSignedBy(pki.certificate(id), pki.certificate(issuer))]).toEqual([id, 'good']);
      for (const other of strangers) expect([id, other, isSignedBy(pki.certificate(id), pki.certificate(other))]).not.toContain('good');
    }
  });

  test('names the agency by its budget code and its tax code', () => {
    expect(agencyCodes(pki.certificate('agency').subject)).toEqual({ budget: '9057059', tax: '0109999999' });
    expect(agencyCodes(pki.certificate('leader').subject)).toEqual({ budget: undefined, tax: undefined });
  });

  test('policies, path length, extended usage and unknown critical extensions are read', () => {
    expect(pki.certificate('g2ca').extensions).toMatchObject({ pathLength: 0, policies: ['2.16.704.1.1.1.1.1'] });
    expect(pki.certificate('leader').extensions.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4', '1.3.6.1.4.1.311.20.2.2']);
    expect(pki.certificate('tsa').extensions).toMatchObject({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'], extendedKeyUsageCritical: true });
    expect(pki.certificate('g2ocsp').extensions.ocspNoCheck).toBe(true);
    expect(pki.certificate('strange').extensions.unknownCritical).toEqual(['1.3.6.1.4.1.99999.1']);
    expect(pki.certificate('narrowca').extensions.nameConstraints?.permitted.map(({ kind }) => kind)).toEqual(['directory', 'email']);
  });

  test('a changed octet of the signed part makes the signature bad', () => {
    const der = pki.der('leader');
    const at = der.indexOf(Buffer.from('Nguyễn'));
    der.writeUInt8(der.readUInt8(at) ^ 1, at);
    const read = readCertificate(der);
    expect(read.ok && isSignedBy(read.value, pki.certificate('g2ca'))).toBe('bad');
  });

  test('with another algorithm outside than inside, or an extension twice, is refused', () => {
    const der = pki.der('leader');
    der.writeUInt8(0x0c, der.lastIndexOf(Buffer.from('2a864886f70d01010b', 'hex')) + 8);
    expect(readCertificate(der)).toMatchObject({ failure: { reason: 'value' } });
    const [tbs, ...rest] = childrenOf(wholeElement(pki.der('leader')));
    const fields = tbs === undefined ? [] : childrenOf(tbs);
    const extensions = childrenOf(inside(fields.at(-1) ?? wholeElement(Buffer.of(0x30, 0))));
    const remade = (members: readonly Uint8Array[]): Buffer =>
      sequence(sequence(...fields.slice(0, -1).map(({ raw }) => raw), explicit(3, sequence(...members))), ...rest.map(({ raw }) => raw));
    const members = extensions.map(({ raw }) => raw);
    expect(remade(members)).toEqual(pki.der('leader'));
    expect(readCertificate(remade([...members, ...members.slice(0, 1)]))).toMatchObject({ failure: { reason: 'value' } });
  });

  test('is taken from PEM too, and words are not a certificate', () => {
    expect(unarmoured(pki.der('leader'))).toEqual(pki.der('leader'));
    expect(unarmoured(Buffer.from('xin chào'))).toBeUndefined();
    expect(readCertificate(Buffer.from('xin chào'))).toMatchObject({ ok: false, failure: { code: 'malformed' } });
    expect(readCertificate(Buffer.concat([pki.der('leader'), Buffer.of(0)]))).toMatchObject({ failure: { reason: 'trailing' } });
  });
});
