import { createHash, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import {
  askOcsp,
  assembleSignedData,
  checkSignedData,
  checkTimestamp,
  completePath,
  createCrlClient,
  isSound,
  memoryCache,
  prepareSignature,
  readSignedData,
  readTimestamp,
  requestTimestamp,
  signatureValue,
  signedDataSize,
  statusAt,
  timestampsOf,
  type Evidence,
} from '../../../electron/services/trust/index.ts';
import { makeCrl } from '../../fakes/pki/make.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers } from '../../fakes/pki/servers.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

test.each([
  ['leader', 'rsa-pss', 'g2ca', 'good'],
  ['ec256', 'ecdsa', 'ecca', 'good'],
  ['superseded', 'rsa-v1.5', 'g2ca', 'revoked'],
] as const)('%s signs by %s with a time, and everything that a verifier asks is answered from the CMS and the services', async (id, kind, issuerId, expected) => {
  const servers = await startPkiServers(pki, issuerId === 'ecca' ? { responder: 'ecca' } : {});
  const folder = scratchFolder();
  try {
    const deps = { http: httpClient, clock: systemClock, cache: memoryCache(), hosts: servers.hosts };
    const [certificate, issuer] = [pki.certificate(id), pki.certificate(issuerId)];
    const document = randomBytes(5000);
    const way = { kind, digest: 'sha256' } as const;
    const prepared = prepareSignature(certificate, createHash('sha256').update(document).digest(), way);
    const chain = [issuer, pki.certificate('g2root')];
    const key = pki.key(id);
    const options = kind === 'ecdsa' ? { dsaEncoding: 'ieee-p1363' as const } : kind === 'rsa-pss' ? { padding: 6, saltLength: 32 } : {};
    const signature = sign('sha256', prepared.attributes, { key, ...options });
    const value = signatureValue(way, certificate.key, signature);
    const stamped = good(await requestTimestamp(deps, { url: 'http://tsa.ca.test/', digest: 'sha256', stamped: [value] }));
    const cms = assembleSignedData(prepared, { signature, chain, timestamp: stamped.der });
    expect(cms.length).toBeLessThanOrEqual(signedDataSize(prepared, chain));

    writeFileSync(join(folder, 'cms'), cms);
    writeFileSync(join(folder, 'document'), document);
    const judged = openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', join(folder, 'cms'), '-content', join(folder, 'document'), '-CAfile', pki.path('g2root'), '-purpose', 'any', '-out', join(folder, 'out')]);
    expect(judged.text).toContain('CMS Verification successful');

    const signed = good(readSignedData(cms));
    const check = checkSignedData(signed, [document]);
    expect([isSound(check), check.bound, check.certificate?.sha256]).toEqual([true, 'yes', certificate.sha256]);
    const [token] = timestampsOf(signed);
    const time = good(readTimestamp(token ?? new Uint8Array()));
    const stamp = checkTimestamp(time, [signed.signer.signature]);
    expect(stamp.sound).toBe(true);
    const anchors = pki.anchors('g2root');
    const stamper = await completePath(deps, { certificate: pki.certificate('tsa'), candidates: time.signed.certificates, anchors, at: time.genTime, purpose: 'time-stamping' });
    const path = await completePath(deps, { certificate, candidates: [], anchors, at: time.genTime, purpose: 'signing' });
    expect([stamper.result.state, path.result.state]).toEqual(['valid', 'valid']);

    const today = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
    servers.files.set(`/pki/pub/crl/${issuerId}.crl`, { body: await makeCrl(pki.folder, issuerId, today(-1), today(6)), etag: '' });
    const crl = good(await createCrlClient({ ...deps, folder }).fetch(certificate.extensions.crlUrls[0] ?? '', issuer)).crl;
    const answer = good(await askOcsp(deps, { certificate, issuer })).answer;
    for (const evidence of [{ kind: 'crl', crl }, { kind: 'ocsp', answer }] satisfies Evidence[]) {
      expect(statusAt({ certificate, at: time.genTime, evidence: [evidence] })).toMatchObject({ status: expected, by: evidence.kind });
    }
  } finally {
    await servers.close();
  }
});
