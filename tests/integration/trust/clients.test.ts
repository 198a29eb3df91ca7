import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { childrenOf, wholeElement } from '../../../electron/services/trust/asn1/read.ts';
import { integer, sequence } from '../../../electron/services/trust/asn1/write.ts';
import { reachable } from '../../../electron/services/trust/clients/addresses.ts';
import { askOcsp, checkTimestamp, type ClientDeps, completePath, fetchIssuer, memoryCache, readTimestamp, requestTimestamp, type TimestampRequest, usualHosts } from '../../../electron/services/trust/index.ts';
import { ocspRequest } from '../../../electron/services/trust/revocation/ocsp.ts';
import { bad, good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { opensslOcsp, opensslTimestamp } from '../../fakes/pki/answers.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { startPkiServers, type PkiServers, type Services } from '../../fakes/pki/servers.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
const day = 86_400_000;

async function opened(services: Services = {}, later = 0): Promise<{ readonly servers: PkiServers; readonly deps: ClientDeps }> {
  const servers = await startPkiServers(pki, services);
  closers.push(servers.close);
  const clock = { now: () => new Date(systemClock.now().getTime() + later) };
  return { servers, deps: { http: httpClient, clock, cache: memoryCache(), hosts: servers.hosts } };
}

describe('an authority for time-stamps', () => {
  const stamped = [randomBytes(300), randomBytes(84)];
  const wanted = (change: Partial<TimestampRequest> = {}): TimestampRequest => ({ url: 'http://tsa.ca.test/', digest: 'sha256', stamped, ...change });

  test.each(['sha256', 'sha384', 'sha512'] as const)('gives a token over %s that OpenSSL verifies and that is bound to the bytes', async (digest) => {
    const { deps } = await opened();
    const { der, token, clockDifferenceMs } = good(await requestTimestamp(deps, wanted({ digest })));
    expect(token).toMatchObject({ policy: '2.16.704.1.1.1.2', accuracyMs: 1500, imprint: { digest } });
    expect(Math.abs(clockDifferenceMs)).toBeLessThan(5000);
    expect(checkTimestamp(token, stamped)).toMatchObject({ imprint: 'match', usage: true, sound: true, check: { bound: 'yes' } });
    expect(checkTimestamp(token, [...stamped, Buffer.of(0)])).toMatchObject({ imprint: 'differs', sound: false });
    const folder = scratchFolder();
    writeFileSync(join(folder, 'token'), der);
    writeFileSync(join(folder, 'data'), Buffer.concat(stamped));
    const judged = openssl(['ts', '-verify', '-token_in', '-in', join(folder, 'token'), '-data', join(folder, 'data'), '-CAfile', pki.path('g2root')]);
    expect(judged.text).toContain('Verification: OK');
  });

  test('is asked by a request that says what is wanted, and gives the policy that was asked for', async () => {
    const { deps, servers } = await opened();
    expect(good(await requestTimestamp(deps, wanted({ policy: '2.16.704.1.1.1.3' }))).token.policy).toBe('2.16.704.1.1.1.3');
    const file = join(scratchFolder(), 'query');
    writeFileSync(file, servers.asked[0]?.body ?? '');
    const { text } = openssl(['ts', '-query', '-in', file, '-text']);
    expect(text).toMatch(/Hash Algorithm: sha256[\s\S]*Policy OID: 2\.16\.704\.1\.1\.1\.3[\s\S]*Nonce: 0x[\s\S]*Certificate required: yes/);
  });

  test('that refuses says why', async () => {
    const { deps } = await opened({ digests: 'sha384' });
    expect(bad(await requestTimestamp(deps, wanted()))).toMatchObject({ code: 'refused', status: 'rejection', reasons: ['badAlg'] });
    expect(bad(await requestTimestamp(deps, wanted({ digest: 'sha384', policy: '1.2.3.4' })))).toMatchObject({ code: 'refused', reasons: ['unacceptedPolicy'] });
  });

  /** TimeStampResp of a token: granted. */
  function granted(token: Uint8Array): Buffer {
    return sequence(sequence(integer(0)), token);
  }

  test('whose token is for other bytes or from before is not believed', async () => {
    const { deps, servers } = await opened();
    const { der } = good(await requestTimestamp(deps, wanted()));
    servers.instead.set('/', () => ({ body: granted(der) }));
    expect(bad(await requestTimestamp(deps, wanted({ stamped: [Buffer.from('khác')] })))).toEqual({ code: 'not-bound', what: 'imprint' });
    expect(bad(await requestTimestamp(deps, wanted()))).toEqual({ code: 'not-bound', what: 'nonce' });
    servers.instead.set('/', () => ({ body: Buffer.from('không phải dấu thời gian') }));
    expect(bad(await requestTimestamp(deps, wanted()))).toMatchObject({ code: 'malformed' });
  });

  test('whose token is damaged, or signed by somebody who is none, is not believed', async () => {
    const { deps, servers } = await opened();
    servers.instead.set('/', ({ body }) => {
      const answer = opensslTimestamp(pki, body);
      answer.writeUInt8(answer.readUInt8(answer.length - 9) ^ 1, answer.length - 9);
      return { body: answer };
    });
    expect(bad(await requestTimestamp(deps, wanted()))).toEqual({ code: 'unsound' });
    servers.instead.set('/', ({ body }) => {
      const token = childrenOf(wholeElement(opensslTimestamp(pki, body)))[1]?.raw ?? new Uint8Array();
      const file = join(scratchFolder(), 'info');
      writeFileSync(file, good(readTimestamp(token)).signed.content ?? '');
      const signer = ['-signer', pki.path('leader'), '-inkey', pki.path('leader').replace('.pem', '.key')];
      const other = openssl(['cms', '-sign', '-binary', '-nodetach', '-cades', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-outform', 'DER', '-in', file, ...signer]);
      return { body: granted(other.stdout) };
    });
    expect(bad(await requestTimestamp(deps, wanted()))).toEqual({ code: 'usage' });
  });

  test('that is late, away, at a loss or talks without end is a failure by name', async () => {
    const { deps, servers } = await opened();
    servers.instead.set('/', () => ({ afterMs: 2000 }));
    expect(bad(await requestTimestamp(deps, wanted({ timeoutMs: 200 })))).toMatchObject({ code: 'no-answer', cause: 'time-out' });
    servers.instead.set('/', () => ({ status: 403 }));
    expect(bad(await requestTimestamp(deps, wanted()))).toEqual({ code: 'http-status', status: 403 });
    servers.instead.set('/', () => ({ body: Buffer.alloc(2 * 1024 * 1024) }));
    expect(bad(await requestTimestamp(deps, wanted()))).toMatchObject({ code: 'no-answer', cause: 'too-large' });
    await servers.close();
    closers.length = 0;
    expect(bad(await requestTimestamp(deps, wanted()))).toMatchObject({ code: 'no-answer', cause: 'unreachable' });
    expect(bad(await requestTimestamp(deps, wanted({ url: 'ldap://tsa.ca.test/' })))).toEqual({ code: 'address', url: 'ldap://tsa.ca.test/' });
  });
});

describe('an OCSP responder', () => {
  const asking = (id: string): { certificate: ReturnType<TestPki['certificate']>; issuer: ReturnType<TestPki['certificate']> } => ({ certificate: pki.certificate(id), issuer: pki.certificate('g2ca') });

  test('says good, revoked with reason, and its answer is kept until its nextUpdate', async () => {
    const { deps, servers } = await opened();
    expect(good(await askOcsp(deps, asking('leader')))).toMatchObject({ kept: false, answer: { status: 'good', authority: 'delegated-no-check' } });
    expect(good(await askOcsp(deps, asking('leader')))).toMatchObject({ kept: true, answer: { status: 'good' } });
    expect(good(await askOcsp(deps, asking('superseded')))).toMatchObject({ answer: { status: 'revoked', revocation: { reason: 'superseded' } } });
    expect(good(await askOcsp(deps, { ...asking('leader'), renew: true, digest: 'sha256' }))).toMatchObject({ kept: false });
    expect(servers.asked.map(({ line }) => line)).toEqual(['POST /g2ca', 'POST /g2ca', 'POST /g2ca']);
    const tomorrow = { ...deps, clock: { now: () => new Date(Date.now() + 3 * day) } };
    expect(bad(await askOcsp(tomorrow, asking('leader')))).toMatchObject({ code: 'ocsp-not-fresh' });
  });

  test('with another clock, or none of its own words about the next answer', async () => {
    const early = await opened({}, -day);
    expect(bad(await askOcsp(early.deps, asking('leader')))).toMatchObject({ code: 'ocsp-not-fresh' });
    const { deps, servers } = await opened({ ocspOptions: [] });
    expect(good(await askOcsp(deps, asking('leader')))).toMatchObject({ answer: { nextUpdate: undefined } });
    await askOcsp(deps, asking('leader'));
    // Nothing says how long it counts, so it is asked again.
    expect(servers.asked).toHaveLength(2);
  });

  test('that answers an older question is found out by the nonce; one that leaves it out is tolerated', async () => {
    const { deps, servers } = await opened();
    const { der } = good(await askOcsp(deps, asking('leader')));
    servers.instead.set('/g2ca', () => ({ body: der }));
    expect(bad(await askOcsp(deps, { ...asking('leader'), renew: true }))).toEqual({ code: 'ocsp-nonce' });
    const withoutNonce = ocspRequest(pki.certificate('leader'), pki.certificate('g2ca'));
    servers.instead.set('/g2ca', () => ({ body: opensslOcsp(pki, 'g2ca', withoutNonce) }));
    expect(good(await askOcsp(deps, { ...asking('leader'), renew: true }))).toMatchObject({ answer: { status: 'good', nonce: undefined } });
  });

  test('that may not speak for the issuer, is broken, or has no address', async () => {
    const stranger = await opened({ responder: 'strangeocsp' });
    expect(bad(await askOcsp(stranger.deps, asking('leader')))).toEqual({ code: 'ocsp-responder', why: 'not-issued' });
    const forged = await opened({ ocspOptions: ['-ndays', '1', '-badsig'] });
    expect(bad(await askOcsp(forged.deps, asking('leader')))).toEqual({ code: 'ocsp-signature', verdict: 'bad' });
    const { deps, servers } = await opened();
    servers.instead.set('/g2ca', () => ({ body: Buffer.from('30030a0103', 'hex') }));
    expect(bad(await askOcsp(deps, asking('leader')))).toEqual({ code: 'ocsp-status', status: 'tryLater' });
    expect(bad(await askOcsp(deps, { ...asking('leader'), urls: [] }))).toEqual({ code: 'no-address' });
  });

  test('a second address is asked when the first fails', async () => {
    const { deps, servers } = await opened();
    servers.instead.set('/first', () => ({ status: 500 }));
    expect(good(await askOcsp(deps, { ...asking('leader'), urls: ['http://ocsp.ca.test/first', 'http://ocsp.ca.test/g2ca'] }))).toMatchObject({ answer: { status: 'good' } });
  });
});

describe('the certificate of an issuer', () => {
  test('is fetched from the address in the certificate, as DER, PEM or p7c, and kept', async () => {
    const { deps, servers } = await opened();
    const path = '/pki/pub/crt/g2ca.crt';
    const fetched = async (): Promise<string> => good(await fetchIssuer({ ...deps, cache: memoryCache() }, pki.certificate('leader'))).sha256;
    expect(await fetched()).toBe(pki.certificate('g2ca').sha256);
    servers.files.set(path, { body: Buffer.from(`Vietnam\n-----BEGIN CERTIFICATE-----\n${pki.der('g2ca').toString('base64')}\n-----END CERTIFICATE-----\n`), etag: '' });
    expect(await fetched()).toBe(pki.certificate('g2ca').sha256);
    const bag = openssl(['crl2pkcs7', '-nocrl', '-certfile', pki.path('g2root'), '-certfile', pki.path('g2ca'), '-outform', 'DER']).stdout;
    servers.files.set(path, { body: bag, etag: '' });
    expect(await fetched()).toBe(pki.certificate('g2ca').sha256);
    const before = servers.asked.length;
    await fetchIssuer(deps, pki.certificate('leader'));
    await fetchIssuer(deps, pki.certificate('clerk'));
    expect(servers.asked.length - before).toBe(1);
  });

  test('that did not sign it is refused, as is what is none', async () => {
    const { deps, servers } = await opened();
    for (const other of ['lookalike', 'fakeca']) {
      servers.files.set('/pki/pub/crt/g2ca.crt', { body: pki.der(other), etag: '' });
      expect(bad(await fetchIssuer(deps, pki.certificate('leader')))).toEqual({ code: 'not-issuer' });
    }
    servers.files.set('/pki/pub/crt/g2ca.crt', { body: Buffer.from('<html>404</html>'), etag: '' });
    expect(bad(await fetchIssuer(deps, pki.certificate('leader')))).toMatchObject({ code: 'malformed' });
    expect(bad(await fetchIssuer(deps, pki.certificate('g2root')))).toEqual({ code: 'no-address' });
  });

  test('completes a path from the signature alone, and a root that was fetched counts by its pin only', async () => {
    const { deps } = await opened();
    const question = { certificate: pki.certificate('leader'), candidates: [], at: new Date(), purpose: 'signing' } as const;
    const whole = await completePath(deps, { ...question, anchors: pki.anchors('g2root') });
    expect(whole).toMatchObject({ result: { state: 'valid' }, failure: undefined });
    expect(whole.fetched.map(({ sha256 }) => sha256)).toEqual(['g2ca', 'g2root'].map((id) => pki.certificate(id).sha256));
    expect(await completePath(deps, { ...question, anchors: pki.anchors('g1root') })).toMatchObject({ result: { state: 'incomplete', untrusted: true } });
  });
});

describe('addresses', () => {
  test('old host names are led elsewhere, and what is not HTTP is left', () => {
    expect(reachable('http://ocsp.ca.ptc/', usualHosts)).toBe('http://ocsp.ca.gov.vn/');
    expect(reachable('http://ocsp.ca.ptc:8080/a', usualHosts)).toBe('http://ocsp.ca.ptc:8080/a');
    expect(reachable('http://ca.gov.vn/pki/pub/crl/rootcag2.crl', usualHosts)).toBe('http://ca.gov.vn/pki/pub/crl/rootcag2.crl');
    expect(reachable('ldap://ca.gov.vn/cn=x', usualHosts)).toBeUndefined();
    expect(reachable('javascript:alert(1)', usualHosts)).toBeUndefined();
  });
});
