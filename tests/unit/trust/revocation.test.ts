import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ocspRequest } from '../../../electron/services/trust/revocation/ocsp.ts';
import { type Crl, type Evidence, type OcspAnswer, readCrl, readOcspAnswer, statusAt } from '../../../electron/services/trust/index.ts';
import { opensslOcsp } from '../../fakes/pki/answers.ts';
import { makeCrl, serialOf, type CrlOptions } from '../../fakes/pki/make.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { bad, good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { scratchFolder } from '../store/helpers.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

const from = '20261120000000Z';
const to = '20261127000000Z';
const now = new Date('2026-11-22T08:00:00Z');
const at = (text: string): Date => new Date(`${text}T00:00:00Z`);

async function listOf(issuer = 'g2ca', options: CrlOptions = {}, times: readonly [string, string] = [from, to]): Promise<Buffer> {
  return makeCrl(pki.folder, issuer, ...times, options);
}
async function crlOf(issuer = 'g2ca', options: CrlOptions = {}, times?: readonly [string, string]): Promise<Crl> {
  return good(readCrl(await listOf(issuer, options, times), pki.certificate(issuer)));
}

describe('a list of revoked certificates', () => {
  test('says who is revoked, since when and why, as OpenSSL wrote it', async () => {
    const { facts, find } = await crlOf('g2ca', { number: 300 });
    expect(facts).toMatchObject({ count: 3, number: '012c', scope: 'all', signedWith: 'rsa-v1.5 sha256', thisUpdate: at('2026-11-20'), nextUpdate: at('2026-11-27') });
    expect(facts.authorityKeyId).toBe(pki.certificate('g2ca').extensions.subjectKeyId);
    const of = (id: string): ReturnType<typeof find> => find(serialOf(id).toLowerCase());
    expect(of('superseded')).toEqual({ at: at('2025-06-01'), reason: 'superseded', invaliditySince: undefined });
    expect(of('stolen')).toEqual({ at: at('2025-06-01'), reason: 'keyCompromise', invaliditySince: at('2025-03-01') });
    expect(of('held')).toMatchObject({ reason: 'certificateHold' });
    expect(of('leader')).toBeUndefined();
  });

  test('may be empty, without entries at all', async () => {
    expect((await crlOf('g2root', { index: '' })).facts).toMatchObject({ count: 0 });
  });

  test('of another issuer, or signed by another key, or changed, is refused', async () => {
    const list = await listOf();
    expect(bad(readCrl(list, pki.certificate('g2root')))).toMatchObject({ code: 'crl-issuer' });
    const forged = await makeCrl(pki.folder, 'lookalike', from, to, { index: '' });
    expect(bad(readCrl(forged, pki.certificate('g2root')))).toEqual({ code: 'crl-signature', verdict: 'bad' });
    const changed = Buffer.from(list);
    changed.write('24', changed.indexOf('250601000000Z'));
    expect(bad(readCrl(changed, pki.certificate('g2ca')))).toEqual({ code: 'crl-signature', verdict: 'bad' });
  });

  test('cut anywhere, or with something behind it, it is refused and never taken for a shorter one', async () => {
    const list = await listOf();
    for (let length = 0; length < list.length; length += 1) expect(bad(readCrl(list.subarray(0, length), pki.certificate('g2ca'))).code).toBe('malformed');
    expect(bad(readCrl(Buffer.concat([list, Buffer.of(0)]), pki.certificate('g2ca')))).toMatchObject({ reason: 'trailing' });
  });

  test('a form that we do not process decides nothing: delta, indirect, some reasons, unknown critical', async () => {
    const forms = [
      ['2.5.29.27=critical,ASN1:INTEGER:1'],
      ['issuingDistributionPoint=critical,@idp', '[idp]', 'indirectCRL=TRUE'],
      ['issuingDistributionPoint=critical,@idp', '[idp]', 'onlysomereasons=keyCompromise'],
      ['1.3.6.1.4.1.99999.2=critical,ASN1:UTF8String:la'],
    ];
    for (const extensions of forms) expect([extensions[0], bad(readCrl(await listOf('g2ca', { extensions }), pki.certificate('g2ca'))).code]).toEqual([extensions[0], 'crl-unsupported-form']);
    const users = await crlOf('g2ca', { extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', 'onlyuser=TRUE'] });
    expect(users.facts.scope).toBe('users');
  });

  test('thousands of entries are found again, each by its own serial number', async () => {
    const serials = Array.from({ length: 3000 }, (_, n) => (n < 1000 ? (n + 1).toString(16).padStart(6, '0') : randomBytes(n % 2 === 0 ? 8 : 20).toString('hex').replace(/^[89a-f]/, '7')).toUpperCase());
    const row = (serial: string, n: number): string => `R\t440101000000Z\t25${String((n % 12) + 1).padStart(2, '0')}01000000Z${n % 3 === 0 ? ',superseded' : ''}\t${serial}\tunknown\t/CN=n${n}\n`;
    const { facts, find } = await crlOf('g2ca', { index: serials.map(row).join('') });
    expect(facts.count).toBe(3000);
    for (const [n, serial] of serials.entries()) {
      expect(find(serial.toLowerCase().replace(/^(00)+/, ''))).toMatchObject({ at: at(`2025-${String((n % 12) + 1).padStart(2, '0')}-01`), reason: n % 3 === 0 ? 'superseded' : 'unspecified' });
    }
    expect(find('0123456789abcdef')).toBeUndefined();
  });
});

function answered(id: string, signer?: string, options?: readonly string[]): Buffer {
  return opensslOcsp(pki, 'g2ca', ocspRequest(pki.certificate(id), pki.certificate('g2ca'), randomBytes(16)), signer, options);
}
const readAnswer = (bytes: Uint8Array, id: string): ReturnType<typeof readOcspAnswer> => readOcspAnswer(bytes, pki.certificate(id), pki.certificate('g2ca'));

describe('an OCSP answer', () => {
  test('of the issuer itself or of one it named', () => {
    expect(good(readAnswer(answered('leader'), 'leader'))).toMatchObject({ status: 'good', authority: 'delegated-no-check', revocation: undefined });
    expect(good(readAnswer(answered('leader', 'checkocsp'), 'leader'))).toMatchObject({ status: 'good', authority: 'delegated' });
    expect(good(readAnswer(answered('leader', 'g2ca', ['-ndays', '1', '-resp_key_id', '-rmd', 'sha512']), 'leader'))).toMatchObject({ status: 'good', authority: 'issuer' });
  });

  test('tells of revocation with its time and reason, and of what it does not know', () => {
    expect(good(readAnswer(answered('superseded'), 'superseded'))).toMatchObject({ status: 'revoked', revocation: { at: at('2025-06-01'), reason: 'superseded' } });
    expect(good(readAnswer(answered('stolen'), 'stolen'))).toMatchObject({ status: 'revoked', revocation: { reason: 'keyCompromise' } });
    const other = answered('leader', 'g2ocsp', ['-ndays', '1']);
    expect(bad(readAnswer(other, 'clerk'))).toEqual({ code: 'ocsp-other' });
    // The same serial number of another issuer.
    const elsewhere = { ...pki.certificate('leader'), issuer: pki.certificate('pssca').subject };
    const mistaken = opensslOcsp(pki, 'pssca', ocspRequest(elsewhere, pki.certificate('pssca')));
    expect(bad(readAnswer(mistaken, 'leader'))).toEqual({ code: 'ocsp-other' });
  });

  test('of somebody who may not speak for the issuer is refused', () => {
    expect(bad(readAnswer(answered('leader', 'strangeocsp'), 'leader'))).toEqual({ code: 'ocsp-responder', why: 'not-issued' });
    expect(bad(readAnswer(answered('leader', 'fakeocsp'), 'leader'))).toEqual({ code: 'ocsp-responder', why: 'not-issued' });
    expect(bad(readAnswer(answered('leader', 'clerk'), 'leader'))).toEqual({ code: 'ocsp-responder', why: 'usage' });
    expect(bad(readAnswer(answered('leader', 'g2ocsp', ['-resp_no_certs']), 'leader'))).toEqual({ code: 'ocsp-responder', why: 'not-found' });
    expect(bad(readAnswer(answered('leader', 'g2ocsp', ['-badsig']), 'leader'))).toEqual({ code: 'ocsp-signature', verdict: 'bad' });
    expect(bad(readAnswer(Buffer.from('30030a0106', 'hex'), 'leader'))).toEqual({ code: 'ocsp-status', status: 'unauthorized' });
  });

  test('our request is one that OpenSSL reads', () => {
    const file = join(scratchFolder(), 'request');
    writeFileSync(file, ocspRequest(pki.certificate('leader'), pki.certificate('g2ca'), Buffer.alloc(16, 7), 'sha256'));
    const { text } = openssl(['ocsp', '-reqin', file, '-req_text']);
    expect(text).toContain(`Serial Number: ${serialOf('leader')}`);
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toMatch(/OCSP Nonce:\s+0410(07){16}/);
  });
});

describe('the status at a time', () => {
  const answer = (change: Partial<OcspAnswer>): Evidence => ({
    kind: 'ocsp',
    answer: { status: 'good', revocation: undefined, thisUpdate: now, nextUpdate: undefined, producedAt: now, archiveCutoff: undefined, responder: pki.certificate('g2ocsp'), authority: 'delegated', nonce: undefined, ...change },
  });
  const status = (id: string, time: Date, evidence: readonly Evidence[]): ReturnType<typeof statusAt> => statusAt({ certificate: pki.certificate(id), at: time, evidence });

  test('revoked counts from its time on; before it the signature of then stands', async () => {
    const evidence: Evidence[] = [{ kind: 'crl', crl: await crlOf() }];
    expect(status('superseded', now, evidence)).toMatchObject({ status: 'revoked', by: 'crl', since: at('2025-06-01') });
    expect(status('superseded', at('2025-06-01'), evidence)).toMatchObject({ status: 'revoked' });
    expect(status('superseded', at('2025-05-31'), evidence)).toMatchObject({ status: 'good', revokedLater: { reason: 'superseded' } });
    expect(status('leader', now, evidence)).toMatchObject({ status: 'good', by: 'crl', revokedLater: undefined });
    expect(status('held', now, evidence)).toMatchObject({ status: 'revoked', revocation: { reason: 'certificateHold' } });
  });

  test('a lost key counts from when it was lost', async () => {
    const evidence: Evidence[] = [{ kind: 'crl', crl: await crlOf() }];
    expect(status('stolen', at('2025-02-28'), evidence)).toMatchObject({ status: 'good' });
    expect(status('stolen', at('2025-03-02'), evidence)).toMatchObject({ status: 'revoked', since: at('2025-03-01') });
  });

  test('nothing, or something stale, is never good', async () => {
    expect(status('leader', now, [])).toEqual({ status: 'unknown', why: ['none'] });
    const old: Evidence = { kind: 'crl', crl: await crlOf('g2ca', {}, ['20261101000000Z', '20261108000000Z']) };
    expect(status('leader', now, [old])).toEqual({ status: 'unknown', why: ['stale'] });
    expect(status('leader', at('2026-11-05'), [old])).toMatchObject({ status: 'good' });
    // What was revoked in an old list is so still.
    expect(status('superseded', now, [old])).toMatchObject({ status: 'revoked' });
    expect(status('leader', now, [answer({ thisUpdate: at('2026-11-20') })])).toEqual({ status: 'unknown', why: ['stale'] });
    expect(status('leader', now, [answer({ status: 'unknown' })])).toEqual({ status: 'unknown', why: ['unknown-to-responder'] });
  });

  test('evidence from after the certificate ran out cannot say good, unless the responder remembers', async () => {
    const evidence: Evidence = { kind: 'crl', crl: await crlOf() };
    expect(status('expired', at('2023-06-01'), [evidence])).toEqual({ status: 'unknown', why: ['after-expiry'] });
    expect(status('expired', at('2023-06-01'), [answer({ archiveCutoff: at('2020-01-01') })])).toMatchObject({ status: 'good' });
  });

  test('a list of another issuer or of other kinds of certificates is out of scope', async () => {
    expect(status('leader', now, [{ kind: 'crl', crl: await crlOf('g2root') }])).toEqual({ status: 'unknown', why: ['out-of-scope'] });
    const authorities = await crlOf('g2ca', { extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', 'onlyCA=TRUE'] });
    expect(status('leader', now, [{ kind: 'crl', crl: authorities }])).toEqual({ status: 'unknown', why: ['out-of-scope'] });
    const partOf = (name: string): Promise<Crl> => crlOf('g2ca', { extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', name] });
    const other = await partOf('fullname=URI:http://ca.test/pki/pub/crl/khac.crl');
    expect(status('leader', now, [{ kind: 'crl', crl: other }])).toEqual({ status: 'unknown', why: ['out-of-scope'] });
    expect(status('superseded', now, [{ kind: 'crl', crl: other }])).toMatchObject({ status: 'revoked' });
    expect(status('leader', now, [{ kind: 'crl', crl: await partOf('fullname=URI:http://ca.test/pki/pub/crl/g2ca.crl') }])).toMatchObject({ status: 'good' });
  });

  test('one that knows of a revocation wins over one that does not', async () => {
    const revocation = { at: at('2026-11-21'), reason: 'superseded', invaliditySince: undefined } as const;
    const evidence: Evidence[] = [{ kind: 'crl', crl: await crlOf() }, answer({ status: 'revoked', revocation })];
    expect(status('leader', now, evidence)).toMatchObject({ status: 'revoked', by: 'ocsp' });
  });

  test('agrees with OpenSSL over a whole chain (-crl_check_all)', async () => {
    const lists = [await listOf(), await listOf('g2root')];
    const file = join(scratchFolder(), 'lists.pem');
    writeFileSync(file, lists.map((list) => `-----BEGIN X509 CRL-----\n${list.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END X509 CRL-----\n`).join(''));
    const [own, above] = [{ kind: 'crl', crl: await crlOf() }, { kind: 'crl', crl: await crlOf('g2root') }] as const;
    for (const time of [now, at('2026-11-26'), at('2026-12-24')]) {
      for (const id of ['leader', 'clerk', 'agency', 'superseded', 'stolen', 'held']) {
        const { ok } = openssl(['verify', '-attime', String(time.getTime() / 1000), '-crl_check_all', '-CRLfile', file, '-trusted', pki.path('g2root'), '-untrusted', pki.path('g2ca'), pki.path(id)]);
        const ours = [status(id, time, [own]), status('g2ca', time, [above])].every((one) => one.status === 'good');
        expect([id, time, ours]).toEqual([id, time, ok]);
      }
    }
  });
});
