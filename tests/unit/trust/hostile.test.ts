import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { attempt } from '../../../electron/services/trust/asn1/fault.ts';
import { childrenOf, elementAt, isDer, wholeElement } from '../../../electron/services/trust/asn1/read.ts';
import { integerHex, oidOf, textOf, timeOf } from '../../../electron/services/trust/asn1/values.ts';
import { boolean, integer, octetString, oid, sequence, tlv, toDer } from '../../../electron/services/trust/asn1/write.ts';
import { assembleSignedData, checkSignedData, isSound, prepareSignature, readCertificate, readCrl, readOcspAnswer, readSignedData, readTimestamp } from '../../../electron/services/trust/index.ts';
import { readCertificateBag } from '../../../electron/services/trust/cms/read-signed-data.ts';
import { opensslOcsp, opensslTimestamp } from '../../fakes/pki/answers.ts';
import { makeCrl } from '../../fakes/pki/make.ts';
import { ocspRequest } from '../../../electron/services/trust/revocation/ocsp.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

/** Every reader of foreign bytes. Each must answer with a value; none may throw or dwell. */
function everyReader(bytes: Uint8Array): { readonly ok: boolean; readonly failure?: { readonly code: string } }[] {
  const [own, issuer] = [pki.certificate('leader'), pki.certificate('g2ca')];
  return [readCertificate(bytes), readSignedData(bytes), readTimestamp(bytes), readCertificateBag(bytes), readOcspAnswer(bytes, own, issuer), readCrl(bytes, issuer)];
}

/** Verifiers are to end within seconds (signing.md §3); these take milliseconds here and hours in readers that fall for them. */
const soonMs = 3000;

const nested = (depth: number, open: string, close: string): Buffer => Buffer.from(open.repeat(depth) + close.repeat(depth), 'hex');
const deep = (depth: number): Buffer => {
  let inner = Buffer.alloc(0);
  for (let n = 0; n < depth; n += 1) inner = Buffer.from(sequence(inner));
  return inner;
};
const inSignedData = (content: Uint8Array): Buffer => sequence(oid('1.2.840.113549.1.7.2'), tlv(0xa0, content));

describe('hostile bytes', () => {
  const attacks: readonly (readonly [name: string, bytes: () => Buffer])[] = [
    ['nothing', () => Buffer.alloc(0)],
    ['one octet', () => Buffer.of(0x30)],
    ['indefinite lengths nested 500 000 deep', () => nested(500_000, '3080', '0000')],
    ['indefinite lengths that never end', () => Buffer.from('3080'.repeat(200_000), 'hex')],
    ['sequences nested 2 000 deep', () => deep(2000)],
    ['sequences nested 2 000 deep inside a SignedData', () => inSignedData(deep(2000))],
    ['a length of 2^47', () => Buffer.from('3086700000000000', 'hex')],
    ['a length of 126 octets', () => Buffer.concat([Buffer.of(0x30, 0xfe), Buffer.alloc(126, 0xff)])],
    ['an object identifier of 254 KB', () => sequence(tlv(0x06, Buffer.alloc(254_000, 0xff)))],
    ['an object identifier of 254 KB as the type of a CMS', () => sequence(tlv(0x06, Buffer.concat([Buffer.alloc(254_000, 0x81), Buffer.of(1)])), tlv(0xa0))],
    ['an integer of 1 MB as a serial number', () => sequence(sequence(tlv(0x02, Buffer.alloc(1_000_000, 0x7f))), sequence(), tlv(0x03, Buffer.of(0)))],
    ['a million empty members', () => inSignedData(sequence(integer(1), tlv(0x31, Buffer.alloc(2_000_000, 0x05).fill(0, 1))))],
    ['half a million empty sequences', () => inSignedData(tlv(0x30, Buffer.from('3000'.repeat(500_000), 'hex')))],
    ['zeros', () => Buffer.alloc(1_000_000)],
    ['ones', () => Buffer.alloc(1_000_000, 0xff)],
    ['a high tag', () => Buffer.from('1f8180800100', 'hex')],
    ['a primitive with indefinite length', () => Buffer.from('04800000', 'hex')],
  ];
  test.each(attacks)('%s: a typed reason, soon', (...[, bytes]) => {
    const given = bytes();
    const from = performance.now();
    for (const answer of everyReader(given)) expect(answer).toMatchObject({ ok: false, failure: { code: expect.any(String) as string } });
    expect(performance.now() - from).toBeLessThan(soonMs);
  });

  test('a key with a modulus of 100 000 bits is not even tried', () => {
    const der = pki.der('leader');
    const spki = Buffer.from(pki.certificate('leader').spki);
    const huge = sequence(sequence(oid('1.2.840.113549.1.1.1'), tlv(0x05)), tlv(0x03, Buffer.of(0), sequence(integer(Buffer.alloc(12_500, 0x7f)), integer(65_537))));
    const body = Buffer.from(pki.certificate('leader').tbs).subarray(4);
    const at = body.indexOf(spki);
    const tbs = sequence(body.subarray(0, at), huge, body.subarray(at + spki.length));
    const rest = der.subarray(4 + pki.certificate('leader').tbs.length);
    const grown = sequence(tbs, rest);
    expect(readCertificate(grown)).toMatchObject({ failure: { reason: 'integer' } });
  });

  test('2 000 changed, cut and mixed-up encodings end in values, and none is sound that was changed where it is signed', async () => {
    const content = Buffer.from('nội dung');
    const way = { kind: 'rsa-v1.5', digest: 'sha256' } as const;
    const prepared = prepareSignature(pki.certificate('clerk'), createHash('sha256').update(content).digest(), way);
    const signature = openssl(['dgst', '-sha256', '-sign', pki.path('clerk').replace('.pem', '.key')], prepared.attributes).stdout;
    const cms = assembleSignedData(prepared, { signature, chain: [pki.certificate('g2ca')] });
    expect(isSound(soundness(cms, content))).toBe(true);
    const list = await makeCrl(pki.folder, 'g2ca', '20261120000000Z', '20261127000000Z');
    const answer = opensslOcsp(pki, 'g2ca', ocspRequest(pki.certificate('leader'), pki.certificate('g2ca')));
    const query = sequence(integer(1), sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octetString(Buffer.alloc(32))), boolean(true));
    const token = Buffer.from(childrenOf(wholeElement(opensslTimestamp(pki, query)))[1]?.raw ?? []);
    const seeds = [cms, pki.der('leader'), list, answer, token];
    // Each is read as it came (what holds certificates by one reader more): to refuse everything would pass the rest.
    expect(seeds.map((seed) => everyReader(seed).filter(({ ok }) => ok).length)).toEqual([2, 1, 1, 1, 3]);
    // A small generator of our own, so that a failure can be played again.
    let state = 20_261_122;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const signedFrom = cms.indexOf(prepared.attributes.subarray(2));
    for (let round = 0; round < 2000; round += 1) {
      const seed = seeds[round % seeds.length] ?? cms;
      const bytes = Buffer.from(seed);
      const touched: number[] = [];
      for (let n = 0; n <= next(4); n += 1) {
        const at = next(bytes.length);
        const value = next(256);
        if (bytes[at] !== value) touched.push(at);
        bytes[at] = value;
      }
      const given = round % 7 === 6 ? Buffer.concat([bytes.subarray(0, next(bytes.length)), seeds[next(seeds.length)] ?? cms]) : bytes;
      everyReader(given);
      if (seed !== cms || given !== bytes) continue;
      const inSigned = touched.some((at) => at >= signedFrom && at < signedFrom + prepared.attributes.length - 2);
      const read = readSignedData(given);
      if (inSigned && read.ok) expect([round, isSound(checkSignedData(read.value, [content]))]).toEqual([round, false]);
    }
  });
});

function soundness(cms: Uint8Array, content: Uint8Array): ReturnType<typeof checkSignedData> {
  const read = readSignedData(cms);
  if (!read.ok) throw new Error(read.failure.code);
  return checkSignedData(read.value, [content]);
}

describe('values', () => {
  const value = <T>(hex: string, read: (element: ReturnType<typeof wholeElement>) => T): T | string => {
    const outcome = attempt('test', () => read(wholeElement(Buffer.from(hex, 'hex'))));
    return outcome.ok ? outcome.value : outcome.failure.reason;
  };
  const time = (tag: string, text: string): unknown => value(`${tag}${text.length.toString(16).padStart(2, '0')}${Buffer.from(text).toString('hex')}`, (element) => timeOf(element).toISOString());

  test('object identifiers, also with arcs beyond 2^53', () => {
    expect(value('06062a864886f70d', oidOf)).toBe('1.2.840.113549');
    expect(value('0603883703', oidOf)).toBe('2.999.3');
    // 2^63 in one arc, as identifiers made from UUIDs have it.
    expect(value('060b6981808080808080808000', oidOf)).toBe('2.25.9223372036854775808');
    expect(value('06022a80', oidOf)).toBe('oid');
    expect(value('0603808001', oidOf)).toBe('oid');
    for (const dotted of ['2.16.704.1.1.1.1.1', '1.3.6.1.4.1.311.20.2.2', '2.5.29.15', '2.999.3']) expect(value(oid(dotted).toString('hex'), oidOf)).toBe(dotted);
  });

  test('integers keep their value whatever they are padded with', () => {
    expect(value('0202008f', integerHex)).toBe('8f');
    expect(value('020100', integerHex)).toBe('00');
    expect(value('0200', integerHex)).toBe('integer');
    expect(integer(128).toString('hex')).toBe('02020080');
    expect(integer(0).toString('hex')).toBe('020100');
    expect(integer(Buffer.from('0000ff', 'hex')).toString('hex')).toBe('020200ff');
  });

  test('times: two digits of a year, offsets, days that do not exist', () => {
    expect(time('17', '491231235959Z')).toBe('2049-12-31T23:59:59.000Z');
    expect(time('17', '500101000000Z')).toBe('1950-01-01T00:00:00.000Z');
    expect(time('18', '20261122150001.25Z')).toBe('2026-11-22T15:00:01.250Z');
    expect(time('17', '261122150000+0700')).toBe('2026-11-22T08:00:00.000Z');
    for (const wrong of ['260230000000Z', '261122150000', '2611221500Zx', '261322000000Z', '20261122000000Z']) expect([wrong, time('17', wrong)]).toEqual([wrong, 'time']);
  });

  test('texts in every kind of string; broken UTF-8 is refused', () => {
    expect(value('0c0542e1bb9920', textOf)).toBe('Bộ ');
    expect(value('1e0400421ed9', textOf)).toBe('Bộ');
    expect(value('1401e9', textOf)).toBe('é');
    expect(value('0c01c3', textOf)).toBe('text');
  });

  test('BER becomes DER: definite, in one piece, in order; and DER stays', () => {
    const indefinite = Buffer.from('31802480040201020401030000020105020100' + '0000', 'hex');
    expect(Buffer.from(toDer(elementAt(indefinite, 0))).toString('hex')).toBe('310b0201000201050403010203');
    expect([isDer(indefinite), isDer(pki.der('leader')), isDer(Buffer.from('308103020101', 'hex'))]).toEqual([false, true, false]);
    expect(toDer(elementAt(pki.der('leader'), 0))).toEqual(pki.der('leader'));
  });
});
