import { constants, createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { assembleSignedData, checkSignedData, digestLength, isSound, prepareSignature, readCrl, readSignedData, signatureValue, signedDataSize, type SigningDigest, type SigningKind, type SigningWay } from '../../../electron/services/trust/index.ts';
import { childrenOf, wholeElement } from '../../../electron/services/trust/asn1/read.ts';
import { explicit, octetString, oid, sequence, setOf } from '../../../electron/services/trust/asn1/write.ts';
import { described } from '../../fakes/pki/description.ts';
import { largeSerial, writeLargeCrl } from '../../fakes/pki/large-crl.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { bad, good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder } from '../store/helpers.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

/** As a token would: RSA over the attributes, ECDSA as r and s side by side. */
function tokenSignature(key: KeyObject, { kind, digest }: SigningWay, attributes: Uint8Array): Buffer {
  if (kind === 'rsa-pss') return sign(digest, attributes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digestLength[digest] });
  if (kind === 'ecdsa') return sign(digest, attributes, { key, dsaEncoding: 'ieee-p1363' });
  return sign(digest, attributes, { key, padding: constants.RSA_PKCS1_PADDING });
}

function signedBy(id: string, way: SigningWay, content: Uint8Array, chain: readonly string[] = []): { readonly der: Buffer; readonly room: number } {
  const prepared = prepareSignature(pki.certificate(id), createHash(way.digest).update(content).digest(), way);
  expect(prepared.toSign).toEqual(createHash(way.digest).update(prepared.attributes).digest());
  const certificates = chain.map(pki.certificate);
  const signature = tokenSignature(pki.key(id), way, prepared.attributes);
  return { der: assembleSignedData(prepared, { signature, chain: certificates }), room: signedDataSize(prepared, certificates, 0) };
}

const signers: readonly (readonly [id: string, kind: SigningKind])[] = [
  ['clerk', 'rsa-v1.5'],
  ['leader', 'rsa-v1.5'],
  ['agency', 'rsa-v1.5'],
  ['clerk', 'rsa-pss'],
  ['leader', 'rsa-pss'],
  ['agency', 'rsa-pss'],
  ['ec256', 'ecdsa'],
  ['ec384', 'ecdsa'],
];
const digests: readonly SigningDigest[] = ['sha256', 'sha384', 'sha512'];
const ways = signers.flatMap(([id, kind]) => digests.map((digest) => ({ id, kind, digest })));

describe('a CMS that we write', () => {
  test.each(ways)('$id $kind $digest: OpenSSL verifies it and so do we', ({ id, kind, digest }) => {
    const folder = scratchFolder();
    const content = randomBytes(1000);
    const issuer = described.find((one) => one.id === id)?.issuer ?? '';
    const { der, room } = signedBy(id, { kind, digest }, content, [issuer]);
    writeFileSync(join(folder, 'cms'), der);
    writeFileSync(join(folder, 'content'), content);
    const judged = openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', join(folder, 'cms'), '-content', join(folder, 'content'), '-CAfile', pki.path('g2root'), '-purpose', 'any', '-out', join(folder, 'out')]);
    expect(judged.text).toContain('CMS Verification successful');

    const read = good(readSignedData(der));
    expect(read).toMatchObject({ encoding: 'der', after: 'nothing', contentType: '1.2.840.113549.1.7.1', content: undefined });
    expect(read.certificates.map(({ sha256 }) => sha256).toSorted()).toEqual([id, issuer].map((one) => pki.certificate(one).sha256).toSorted());
    expect([...(read.signer.signed?.values.keys() ?? [])].toSorted()).toEqual(['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4']);
    const check = checkSignedData(read, [content.subarray(0, 400), content.subarray(400)]);
    expect(check).toMatchObject({ digest: 'match', contentType: 'match', signature: 'good', bound: 'yes', algorithmsAgree: true, encapsulated: false });
    expect(isSound(check)).toBe(true);

    content.writeUInt8(content.readUInt8(17) ^ 1, 17);
    expect(isSound(checkSignedData(read, [content]))).toBe(false);
    writeFileSync(join(folder, 'content'), content);
    expect(openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', join(folder, 'cms'), '-content', join(folder, 'content'), '-CAfile', pki.path('g2root'), '-purpose', 'any', '-out', join(folder, 'out')]).ok).toBe(false);
    expect(der.length).toBeLessThanOrEqual(room);
    expect(room - der.length).toBeLessThan(8);
  });

  test('names its algorithms with the parameters that the standards ask for', () => {
    const parsed = (id: string, kind: SigningKind, digest: SigningDigest): string =>
      openssl(['asn1parse', '-inform', 'DER', '-i'], signedBy(id, { kind, digest }, Buffer.of(1)).der).text.replaceAll(/^ *\d+:d=\d+ +hl=\d l= *\d+ /gm, '');
    const pss = parsed('leader', 'rsa-pss', 'sha384');
    expect(pss).toMatch(/OBJECT +:rsassaPss[\s\S]*cont \[ 0 \][\s\S]*OBJECT +:sha384[\s\S]*NULL[\s\S]*cont \[ 1 \][\s\S]*OBJECT +:mgf1[\s\S]*OBJECT +:sha384[\s\S]*cont \[ 2 \][\s\S]*INTEGER +:30/);
    expect(parsed('leader', 'rsa-v1.5', 'sha256')).toMatch(/OBJECT +:sha256WithRSAEncryption\s+prim: +NULL\s+prim: +OCTET STRING[^\n]*\n*$/);
    expect(parsed('ec256', 'ecdsa', 'sha256')).toMatch(/OBJECT +:ecdsa-with-SHA256\s+prim: +OCTET STRING[^\n]*\n*$/);
    expect(parsed('leader', 'rsa-v1.5', 'sha256')).not.toContain('signingTime');
  });

  test('an ECDSA signature is turned into DER, also when it begins with zeros', () => {
    const key = pki.certificate('ec256').key;
    const way = { kind: 'ecdsa', digest: 'sha256' } as const;
    const raw = Buffer.concat([Buffer.alloc(2), Buffer.alloc(30, 0x81), Buffer.alloc(31), Buffer.of(5)]);
    const der = Buffer.from(signatureValue(way, key, raw));
    expect(der.toString('hex')).toBe(`3024021f00${'81'.repeat(30)}020105`);
    expect(signatureValue(way, key, der)).toBe(der);
    expect(() => signatureValue(way, key, Buffer.alloc(63))).toThrow('63 octets');
  });

  test('a key that cannot sign so, or another digest, is refused before a token is asked', () => {
    const digest = Buffer.alloc(32);
    expect(() => prepareSignature(pki.certificate('leader'), digest, { kind: 'ecdsa', digest: 'sha256' })).toThrow('cannot sign');
    expect(() => prepareSignature(pki.certificate('leader'), digest, { kind: 'rsa-pss', digest: 'sha512' })).toThrow('not a sha512 digest');
  });

  test('the room that is reserved holds a real token', () => {
    const prepared = prepareSignature(pki.certificate('leader'), Buffer.alloc(32), { kind: 'rsa-pss', digest: 'sha256' });
    const chain = ['g2ca', 'g2root'].map(pki.certificate);
    const signature = Buffer.alloc(384);
    const whole = assembleSignedData(prepared, { signature, chain, timestamp: Buffer.concat([Buffer.from('30820ea0', 'hex'), Buffer.alloc(3744)]) });
    expect(whole.length).toBeLessThan(signedDataSize(prepared, chain));
    expect(signedDataSize(prepared, chain)).toBeLessThan(16_384);
  });
});

describe('a CMS of somebody else', () => {
  /** OpenSSL signs; `words` choose how. */
  function opensslCms(content: Uint8Array, ...words: readonly string[]): Buffer {
    const file = join(scratchFolder(), 'content');
    writeFileSync(file, content);
    const signer = ['-signer', pki.path('leader'), '-inkey', pki.path('leader').replace('.pem', '.key')];
    const made = openssl(['cms', '-sign', '-binary', '-outform', 'DER', '-in', file, ...(words.includes('-signer') ? [] : signer), ...words]);
    expect(made.ok, made.text).toBe(true);
    return made.stdout;
  }
  const content = Buffer.from('Kính gửi: Bộ Thử nghiệm');

  test('detached, with and without signed attributes, by key identifier, by PSS', () => {
    for (const words of [[], ['-cades'], ['-noattr'], ['-keyid'], ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:digest'], ['-md', 'sha512'], ['-md', 'sha3-256']]) {
      const read = good(readSignedData(opensslCms(content, ...words)));
      const check = checkSignedData(read, [content]);
      expect([words, isSound(check)]).toEqual([words, true]);
      expect(isSound(checkSignedData(read, [Buffer.from('khác')]))).toBe(false);
      expect(check.bound).toBe(words.includes('-cades') ? 'yes' : 'no-reference');
    }
  });

  test('in BER with indefinite lengths, before padding, is read and told apart', () => {
    const file = join(scratchFolder(), 'content');
    writeFileSync(file, content);
    const signer = ['-signer', pki.path('leader'), '-inkey', pki.path('leader').replace('.pem', '.key')];
    const ber = openssl(['cms', '-sign', '-binary', '-stream', '-nodetach', '-outform', 'DER', '-in', file, ...signer]).stdout;
    expect(ber.subarray(0, 2).toString('hex')).toBe('3080');
    const read = good(readSignedData(Buffer.concat([ber, Buffer.alloc(500)])));
    expect(read).toMatchObject({ encoding: 'ber', length: ber.length, after: 'zeros' });
    expect(Buffer.from(read.content ?? [])).toEqual(content);
    expect(good(readSignedData(Buffer.concat([ber, Buffer.from('rác')]))).after).toBe('junk');
  });

  test('content inside is never taken for the bytes of the document', () => {
    const read = good(readSignedData(opensslCms(content, '-nodetach')));
    expect(checkSignedData(read, [Buffer.from('văn bản bị sửa')])).toMatchObject({ digest: 'differs', encapsulated: true });
  });

  test('with a long list of revoked ones inside is read like any other', () => {
    const folder = scratchFolder();
    writeLargeCrl(join(folder, 'list'), pki, 'g2ca', 120_000);
    const list = readFileSync(join(folder, 'list'));
    const cms = opensslCms(content, '-cades', '-certfile', pki.path('g2ca'));
    const signedData = childrenOf(childrenOf(wholeElement(cms))[1] ?? wholeElement(cms))[0];
    const parts = signedData === undefined ? [] : childrenOf(signedData).map(({ raw }) => raw);
    const carrying = sequence(oid('1.2.840.113549.1.7.2'), explicit(0, sequence(...parts.slice(0, -1), explicit(1, list), ...parts.slice(-1))));
    writeFileSync(join(folder, 'cms'), carrying);
    writeFileSync(join(folder, 'content'), content);
    const judged = openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', join(folder, 'cms'), '-content', join(folder, 'content'), '-CAfile', pki.path('g2root'), '-purpose', 'any', '-out', join(folder, 'out')]);
    expect(judged.text).toContain('CMS Verification successful');
    const read = good(readSignedData(carrying));
    expect([read.encoding, isSound(checkSignedData(read, [content]))]).toEqual(['der', true]);
    const { facts, find } = good(readCrl(read.crls[0] ?? new Uint8Array(), pki.certificate('g2ca')));
    expect(facts.count).toBe(120_000);
    expect(find(largeSerial(77_777).toString('hex'))).toMatchObject({ at: new Date('2025-06-01T00:00:00Z'), reason: 'unspecified' });
    expect(openssl(['crl', '-inform', 'DER', '-in', join(folder, 'list'), '-noout', '-CAfile', pki.path('g2ca')]).text).toContain('verify OK');
  });

  test('two signers are refused, and so is one without', () => {
    const both = ['leader', 'clerk'].flatMap((id) => ['-signer', pki.path(id), '-inkey', pki.path(id).replace('.pem', '.key')]);
    expect(bad(readSignedData(opensslCms(content, ...both)))).toEqual({ code: 'signers', count: 2 });
    const bag = openssl(['crl2pkcs7', '-nocrl', '-certfile', pki.path('leader'), '-outform', 'DER']).stdout;
    expect(bad(readSignedData(bag))).toEqual({ code: 'signers', count: 0 });
  });

  test('without its certificate it is checked with one from elsewhere', () => {
    const read = good(readSignedData(opensslCms(content, '-nocerts')));
    expect(checkSignedData(read, [content]).signature).toBe('no-certificate');
    expect(isSound(checkSignedData(read, [content], [pki.certificate('clerk'), pki.certificate('leader')]))).toBe(true);
  });

  test('an exchanged certificate of the same name, serial and key is noticed by the reference', () => {
    const der = opensslCms(content, '-cades');
    const certificate = pki.der('leader');
    const at = der.indexOf(certificate);
    // The validity is in no signature that this check looks at.
    const year = certificate.indexOf(Buffer.from('440101000000Z'));
    der.write('45', at + year);
    const check = checkSignedData(good(readSignedData(der)), [content]);
    expect(check).toMatchObject({ digest: 'match', signature: 'good', bound: 'other-certificate' });
    expect(isSound(check)).toBe(false);
  });

  test('two algorithms that disagree are noticed, though each part holds', () => {
    const prepared = prepareSignature(pki.certificate('clerk'), createHash('sha384').update(content).digest(), { kind: 'rsa-v1.5', digest: 'sha384' });
    const signature = sign('sha256', prepared.attributes, pki.key('clerk'));
    const cms = assembleSignedData({ ...prepared, way: { kind: 'rsa-v1.5', digest: 'sha256' } }, { signature, chain: [] });
    const sha256 = Buffer.from('300b0609608648016503040201', 'hex');
    for (let at = cms.indexOf(sha256); at >= 0; at = cms.indexOf(sha256)) cms[at + sha256.length - 1] = 2;
    const check = checkSignedData(good(readSignedData(cms)), [content]);
    expect(check).toMatchObject({ digest: 'match', contentType: 'match', signature: 'good', bound: 'yes', algorithmsAgree: false });
    expect(isSound(check)).toBe(false);
  });

  test('an attribute with two values is refused: two programs could read two', () => {
    const prepared = prepareSignature(pki.certificate('clerk'), createHash('sha256').update(content).digest(), { kind: 'rsa-v1.5', digest: 'sha256' });
    const twice = setOf(...childrenOf(wholeElement(prepared.attributes)).map(({ raw }) => raw), sequence(oid('1.2.840.113549.1.9.4'), setOf(octetString(Buffer.alloc(32)))));
    const cms = assembleSignedData({ ...prepared, attributes: twice }, { signature: sign('sha256', twice, pki.key('clerk')), chain: [] });
    expect(bad(readSignedData(cms))).toMatchObject({ code: 'malformed', reason: 'value' });
  });
});
