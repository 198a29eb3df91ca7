import { beforeAll, expect, test } from 'vitest';
import { readCrl } from '../../../electron/services/trust/index.ts';
import { ocspRequest } from '../../../electron/services/trust/revocation/ocsp.ts';
import type { EvidenceSource } from '../../../electron/services/verification/index.ts';
import { opensslOcsp } from '../../fakes/pki/answers.ts';
import { makeCrl, serialOf } from '../../fakes/pki/make.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { tokenOver } from './cms.ts';
import { allPermitted, codesOf, currentCrl, listEvidence, placed, short, signedWith, stampedWith, subFilters, today, verdictOn } from './world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

const at = (text: string): Date => new Date(`${text}T03:00:00Z`);
const stampedAt = (text: string, authority = 'tsa') => (value: Uint8Array): Buffer => tokenOver(pki, authority, [value], at(text));

test('a signature of a known person under a known root passes, and says who, when and by what', async () => {
  const verdict = await verdictOn(pki, stampedWith(pki, { signer: 'agency' }, [stampedAt('2026-11-20')]), { expected: { budgetCode: '9057059' } });
  expect(short(verdict)).toBe('passed');
  expect(verdict).toMatchObject({ state: 'signed', subIndication: null, checkedAt: '2026-11-22T09:00:00+07:00' });
  expect(verdict.signatures[0]).toMatchObject({
    kind: 'signature',
    level: 'T',
    coversFile: true,
    algorithm: 'rsa-v1.5 sha256 RSA-4096',
    signer: { name: 'BỘ THỬ NGHIỆM', organization: 'BỘ THỬ NGHIỆM', budgetCode: '9057059', taxCode: '0109999999', capacity: 'agency', agency: { match: 'yes', by: 'budget' } },
    time: { at: '2026-11-20T10:00:00+07:00', source: 'timestamp', claimedInFile: '2026-11-22T09:00:00+07:00' },
    timestamps: [{ kind: 'signature', isValid: true, authority: 'Máy chủ cấp dấu thời gian Thử nghiệm 02' }],
  });
  expect(verdict.signatures[0]?.chain.map(({ sha256 }) => sha256)).toEqual(['agency', 'g2ca', 'g2root'].map((id) => pki.certificate(id).sha256));
  expect(verdict.signatures[0]?.evidence.map(({ kind, from }) => `${kind} ${from}`)).toEqual(['crl outside', 'crl outside', 'crl outside']);
});

const noStamp: readonly (readonly [id: string, expected: string])[] = [
  ['clerk', 'passed'],
  ['leader', 'passed'],
  ['expired', 'indeterminate OUT_OF_BOUNDS_NO_POE certificate-expired-no-proof status-after-expiry'],
  ['future', 'failed NOT_YET_VALID certificate-not-yet-valid'],
  ['encipher', 'indeterminate CHAIN_CONSTRAINTS_FAILURE chain-problem'],
  ['strange', 'indeterminate CHAIN_CONSTRAINTS_FAILURE chain-problem'],
  ['webserver', 'indeterminate CHAIN_CONSTRAINTS_FAILURE chain-problem'],
  ['byshort', 'indeterminate CRYPTO_CONSTRAINTS_FAILURE key-short'],
  ['superseded', 'failed REVOKED revoked'],
  ['held', 'failed REVOKED revoked'],
  ['forged', 'indeterminate NO_CERTIFICATE_CHAIN_FOUND chain-incomplete'],
  ['deep', 'indeterminate NO_CERTIFICATE_CHAIN_FOUND chain-incomplete'],
];
test.each(noStamp)('without a time-stamp, %s: %s', async (id, expected) => {
  expect(short(await verdictOn(pki, signedWith(pki, { signer: id })))).toBe(expected);
});

test('a path through a certificate that may not issue is told, and one to a root of the same name that is not pinned', async () => {
  const deep = signedWith(pki, { signer: 'deep', certificates: ['deep', 'deepca'] });
  expect(codesOf((await verdictOn(pki, deep)).signatures[0]).trust).toContain('chain-problem');
  const forged = signedWith(pki, { signer: 'forged', certificates: ['forged', 'lookalike'] });
  expect(short(await verdictOn(pki, forged))).toBe('indeterminate NO_CERTIFICATE_CHAIN_FOUND chain-untrusted');
  const byPerson = signedWith(pki, { signer: 'byperson', certificates: ['byperson', 'clerk'] });
  expect((await verdictOn(pki, byPerson)).indication).not.toBe('passed');
});

const withStamp: readonly (readonly [what: string, id: string, stamp: string, claimed: string, expected: string])[] = [
  ['before the certificate ran out', 'expired', '2023-06-01', '2023-06-01', 'passed'],
  ['after it ran out', 'expired', '2024-06-01', '2023-06-01', 'indeterminate OUT_OF_BOUNDS_NO_POE certificate-expired-no-proof status-unknown'],
  ['before the revocation', 'superseded', '2025-05-01', '2025-05-01', 'passed'],
  ['after the revocation, claimed before it', 'superseded', '2025-07-01', '2025-05-01', 'indeterminate REVOKED_NO_POE revoked-no-proof'],
  ['after the revocation, claimed after it', 'superseded', '2025-07-01', '2025-07-01', 'failed REVOKED revoked'],
  ['before the key was lost', 'stolen', '2025-02-01', '2025-02-01', 'passed'],
  ['after the key was lost and before that was known', 'stolen', '2025-04-01', '2025-04-01', 'failed REVOKED revoked'],
  ['before the certificate began', 'clerk', '2023-12-01', '2024-06-01', 'failed NOT_YET_VALID certificate-not-yet-valid'],
];
test.each(withStamp)('a time-stamp %s (%s)', async (_what, id, stamp, claimed, expected) => {
  const more = id === 'expired' ? { evidence: await evidenceOf('g2ca', '20230601000000Z', '20230615000000Z') } : {};
  expect(short(await verdictOn(pki, stampedWith(pki, { signer: id }, [stampedAt(stamp)], { wish: { at: at(claimed) } }), more))).toBe(expected);
});

/** What was had when certificates that have run out since were still in the lists of their issuer. */
async function evidenceOf(id: string, from: string, to: string): Promise<ReturnType<typeof listEvidence>> {
  const own = listEvidence(pki);
  const issuer = pki.certificate(id);
  const old = good(readCrl(await makeCrl(pki.folder, id, from, to), issuer));
  return {
    ...own,
    status: async (certificate, one) => {
      const now = await own.status(certificate, one);
      return one.sha256 === issuer.sha256 ? { ...now, crls: [...now.crls, { crl: old, path: 'old' }] } : now;
    },
  };
}

test('what this station itself received before the certificate ran out or was revoked is proven by that', async () => {
  const superseded = signedWith(pki, { signer: 'superseded' }, { wish: { at: at('2025-05-01') } });
  expect(short(await verdictOn(pki, superseded))).toBe('indeterminate REVOKED_NO_POE revoked-no-proof');
  const verdict = await verdictOn(pki, superseded, { arrivedAt: at('2025-05-20') });
  expect(short(verdict)).toBe('passed');
  expect(verdict.signatures[0]?.trust.remarks.map(({ code }) => code)).toEqual(['revoked-later', 'time-claimed-only']);
  expect(short(await verdictOn(pki, superseded, { arrivedAt: at('2025-06-20') }))).toBe('indeterminate REVOKED_NO_POE revoked-no-proof');
});

test('a signature that covers an older time-stamp was made after it: a revoked one is proven to be too late', async () => {
  const first = stampedWith(pki, { signer: 'clerk' }, [stampedAt('2025-07-01')]);
  const second = signedWith(pki, { signer: 'superseded' }, { base: first, wish: { at: at('2025-05-01') } });
  const verdict = await verdictOn(pki, second, { differences: allPermitted });
  expect(verdict.signatures.map(({ indication, subIndication }) => `${indication} ${subIndication ?? ''}`)).toEqual(['passed ', 'failed REVOKED']);
});

test('nothing known of a certificate is never good, and offline says so', async () => {
  const bytes = signedWith(pki, { signer: 'clerk' });
  expect(short(await verdictOn(pki, bytes, { evidence: listEvidence(pki, ['g2ca']) }))).toBe('indeterminate TRY_LATER status-unknown');
  expect(short(await verdictOn(pki, bytes, { evidence: listEvidence(pki, ['g2root']) }))).toBe('indeterminate TRY_LATER status-unknown');
  expect(short(await verdictOn(pki, bytes, { at: at('2027-03-01') }))).toBe('indeterminate TRY_LATER status-unknown');
  expect(short(await verdictOn(pki, bytes, { anchors: new Map() }))).toBe('indeterminate NO_CERTIFICATE_CHAIN_FOUND chain-untrusted');
});

test('the part of a list that other certificates belong to says nothing, whoever sends it along', async () => {
  const part = (url: string): Promise<Buffer> => makeCrl(pki.folder, 'g2ca', '20261120000000Z', '20261220000000Z', { index: '', extensions: ['issuingDistributionPoint=critical,@idp', '[idp]', `fullname=URI:${url}`] });
  const evidence = listEvidence(pki, ['g2ca']);
  const withPart = async (url: string, signer: string): Promise<string> => short(await verdictOn(pki, signedWith(pki, { signer, crls: [await part(url)] }), { evidence }));
  expect(await withPart('http://ca.test/pki/pub/crl/khac.crl', 'superseded')).toBe('indeterminate TRY_LATER status-unknown');
  expect(await withPart('http://ca.test/pki/pub/crl/g2ca.crl', 'clerk')).toBe('passed');
});

test('a responder that its issuer has revoked vouches for nobody', async () => {
  const [clerk, issuer] = [pki.certificate('clerk'), pki.certificate('g2ca')];
  const answer = opensslOcsp(pki, 'g2ca', ocspRequest(clerk, issuer), 'checkocsp');
  const signed = signedWith(pki, { signer: 'clerk' });
  const root = listEvidence(pki, ['g2ca']);
  const withList = async (index: string | undefined): Promise<string> => {
    const old = index === undefined ? [] : [{ crl: good(readCrl(await makeCrl(pki.folder, 'g2ca', '20240601000000Z', '20240701000000Z', { index }), issuer)), path: 'old' }];
    const evidence: EvidenceSource = { ...root, status: async (certificate, one) => (one.sha256 === issuer.sha256 ? { ocsps: [answer], crls: old } : root.status(certificate, one)) };
    return short(await verdictOn(pki, signed, { evidence, at: new Date() }));
  };
  const row = (reason: string): string => `R\t440101000000Z\t240501000000Z,${reason}\t${serialOf('checkocsp')}\tunknown\t/CN=x\n`;
  expect(await withList(undefined)).toBe('passed');
  expect(await withList(row('keyCompromise'))).toBe('indeterminate TRY_LATER status-unknown');
  expect(await withList(row('superseded'))).toBe('indeterminate TRY_LATER status-unknown');
});

test('a leaf alone is completed from the certificates of the station', async () => {
  const bytes = signedWith(pki, { signer: 'clerk', certificates: ['clerk'] });
  expect(short(await verdictOn(pki, bytes))).toBe('passed');
  expect(short(await verdictOn(pki, bytes, { certificates: [] }))).toBe('indeterminate NO_CERTIFICATE_CHAIN_FOUND chain-incomplete');
  const evidence = { ...listEvidence(pki), issuers: () => Promise.resolve([pki.certificate('g2ca'), pki.certificate('g2root')]) };
  expect(short(await verdictOn(pki, bytes, { certificates: [], evidence }))).toBe('passed');
});

test('evidence inside the CMS decides where there is no other', async () => {
  const crls = await Promise.all(['g2ca', 'g2root'].map((id) => currentCrl(pki, id)));
  const nothing = listEvidence(pki, ['g2ca', 'g2root']);
  const signed = signedWith(pki, { signer: 'clerk', crls });
  const verdict = await verdictOn(pki, signed, { evidence: nothing });
  expect(short(verdict)).toBe('passed');
  expect(verdict.signatures[0]?.evidence.map(({ from }) => from)).toEqual(['file', 'file']);
});

test('the two generations of roots in one signature: signer under the new, time-stamp under the old', async () => {
  expect(short(await verdictOn(pki, stampedWith(pki, { signer: 'clerk' }, [stampedAt('2026-11-20', 'tsa1')])))).toBe('passed');
  const without = await verdictOn(pki, stampedWith(pki, { signer: 'clerk' }, [stampedAt('2026-11-20', 'tsa1')]), { anchors: pki.anchors('g2root') });
  expect(short(without)).toBe('indeterminate NO_POE timestamp-untrusted');
});

test('SHA-1 of 2018 with proof of its time is old, without it weak, and never called forged', async () => {
  const plan = { signer: 'old', digest: 'sha1', reference: null } as const;
  const place = { subFilter: subFilters.detached, wish: { at: at('2018-09-01') } };
  const old = await evidenceOf('g1ca', '20180901000000Z', '20181001000000Z');
  const then = await verdictOn(pki, stampedWith(pki, plan, [stampedAt('2018-09-01', 'tsa1')], place), { evidence: old });
  expect(short(then)).toBe('passed');
  expect(then.signatures[0]?.trust.remarks.map(({ code }) => code)).toEqual(['certificate-expired-since', 'digest-weak-then']);
  const now = await verdictOn(pki, signedWith(pki, plan, place), { evidence: old });
  expect(now.indication).toBe('indeterminate');
  expect(now.signatures[0]?.cryptography.indication).toBe('passed');
  expect(codesOf(now.signatures[0]).trust).toContain('digest-weak');
});

test('what the clocks said is told: seven hours ahead, or minutes off', async () => {
  const plan = { signer: 'clerk', signingTime: new Date('2026-11-20T10:13:00Z') };
  const place = { wish: { at: new Date('2026-11-20T03:13:00Z') } };
  const { signatures } = await verdictOn(pki, stampedWith(pki, plan, [stampedAt('2026-11-20')], place));
  expect(signatures[0]?.trust.remarks).toEqual([
    { code: 'claimed-seven-hours', params: { claimed: '2026-11-20T17:13:00+07:00', at: '2026-11-20T10:00:00+07:00' } },
    { code: 'clock-differs', params: { minutes: 13, claimed: '2026-11-20T10:13:00+07:00', at: '2026-11-20T10:00:00+07:00' } },
  ]);
  const alone = (await verdictOn(pki, signedWith(pki, plan, place))).signatures[0];
  expect(alone?.time).toMatchObject({ at: '2026-11-20T10:13:00+07:00', source: 'claimed', claimedInSignature: '2026-11-20T17:13:00+07:00' });
  expect(alone?.trust.remarks.map(({ code }) => code)).toEqual(['time-claimed-only', 'claimed-seven-hours']);
});

test('whether it is the agency that was expected: codes decide, names only agree', async () => {
  const bytes = signedWith(pki, { signer: 'agency' });
  const match = async (expected: Parameters<typeof verdictOn>[2]): Promise<unknown> => (await verdictOn(pki, bytes, expected)).signatures[0]?.signer?.agency;
  expect(await match({})).toEqual({ match: 'undetermined', by: 'nothing' });
  expect(await match({ expected: { budgetCode: '1' } })).toEqual({ match: 'no', by: 'budget' });
  expect(await match({ expected: { taxCode: '0109999999' } })).toEqual({ match: 'yes', by: 'tax' });
  expect(await match({ expected: { names: ['Bộ  Thử nghiệm'] } })).toEqual({ match: 'yes', by: 'name' });
  expect(await match({ expected: { names: ['Sở Khác'] } })).toEqual({ match: 'undetermined', by: 'nothing' });
  const capacity = async (signer: string): Promise<unknown> => (await verdictOn(pki, signedWith(pki, { signer }))).signatures[0]?.signer?.capacity;
  expect(await Promise.all(['agency', 'clerk', 'leader', 'old'].map(capacity))).toEqual(['agency', 'unit', 'person', 'portal']);
});

const stamps: readonly (readonly [what: string, expected: string, make: () => readonly ((value: Uint8Array) => Buffer)[]])[] = [
  ['copied from another signature', 'indeterminate SIG_CONSTRAINTS_FAILURE timestamp-other-data', () => [() => tokenOver(pki, 'tsa', [Buffer.from('another')], at('2026-11-20'))]],
  ['by somebody who is no authority', 'indeterminate SIG_CONSTRAINTS_FAILURE timestamp-usage', () => [stampedAt('2026-11-20', 'leader')]],
  ['by a stranger', 'indeterminate SIG_CONSTRAINTS_FAILURE timestamp-unsound', () => [(value) => tokenOver(pki, 'tsa', [value], at('2026-11-20'), { certificates: ['clerk'] })]],
  ['of tomorrow', 'indeterminate TIMESTAMP_ORDER_FAILURE timestamp-future', () => [stampedAt('2026-11-24')]],
  ['that is no token', 'indeterminate SIG_CONSTRAINTS_FAILURE timestamp-malformed', () => [() => Buffer.from('300302010000', 'hex').subarray(0, 5)]],
  ['twice', 'passed', () => [stampedAt('2026-11-20'), stampedAt('2026-11-20')]],
];
test.each(stamps)('a time-stamp %s: %s', async (what, expected, make) => {
  const verdict = await verdictOn(pki, stampedWith(pki, { signer: 'clerk' }, make()));
  expect(short(verdict)).toBe(expected);
  expect(verdict.signatures[0]?.cryptography.indication).toBe('passed');
  expect(verdict.signatures[0]?.trust.remarks.some(({ code }) => code === 'timestamp-duplicate')).toBe(what === 'twice');
});

test('a document time-stamp protects what is older, when it stands in order', async () => {
  const stamped = (base: Buffer, when: string, authority = 'tsa'): Buffer => placed(pki, (covered) => tokenOver(pki, authority, covered, at(when)), { base, subFilter: subFilters.stamp });
  const signed = stampedWith(pki, { signer: 'superseded' }, [stampedAt('2025-05-01')], { wish: { at: at('2025-05-01') } });
  const archived = stamped(signed, '2025-05-02');
  const verdict = await verdictOn(pki, archived, { differences: allPermitted });
  expect(verdict.signatures.map(({ kind, indication }) => `${kind} ${indication}`)).toEqual(['signature passed', 'document-timestamp passed']);
  // Alone it proves the time of a signature that has none of its own.
  const bare = signedWith(pki, { signer: 'superseded' }, { wish: { at: at('2025-05-01') } });
  expect((await verdictOn(pki, stamped(bare, '2025-05-02'), { differences: allPermitted })).signatures[0]?.indication).toBe('passed');
  const late = await verdictOn(pki, stamped(bare, '2025-07-02'), { differences: allPermitted });
  expect(late.signatures[0]?.subIndication).toBe('REVOKED_NO_POE');
  // It covers a time-stamp that claims to be younger.
  const turned = await verdictOn(pki, stamped(signed, '2025-04-01'), { differences: allPermitted });
  expect(turned.signatures.flatMap(({ trust }) => trust.reasons.map(({ code }) => code))).toContain('timestamp-order');
  expect(turned.indication).toBe('indeterminate');
  // Of another file, or over other bytes.
  const other = placed(pki, () => tokenOver(pki, 'tsa', [Buffer.from('else')], at('2025-05-02')), { base: bare, subFilter: subFilters.stamp });
  const copied = await verdictOn(pki, other, { differences: allPermitted });
  expect(copied.signatures.map(({ subIndication }) => subIndication)).toEqual(['REVOKED_NO_POE', 'HASH_FAILURE']);
});

test('a file with nothing but a document time-stamp is not signed', async () => {
  const bytes = placed(pki, (covered) => tokenOver(pki, 'tsa', covered, today), { subFilter: subFilters.stamp });
  const verdict = await verdictOn(pki, bytes);
  expect(verdict).toMatchObject({ state: 'none', indication: 'indeterminate' });
  expect(verdict.signatures[0]?.indication).toBe('passed');
});
