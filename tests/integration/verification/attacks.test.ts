import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { octetString, oid, tlv } from '../../../electron/services/trust/asn1/write.ts';
import { notAnalysed } from '../../../electron/services/verification/index.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { bases, document, make } from '../../unit/foundation/pdf/make.ts';
import { attribute, cmsOf, tokenOver, type CmsPlan } from './cms.ts';
import { allPermitted, codesOf, digestOfCovered, placed, short, signedWith, stampedWith, subFilters, today, verdictOn, type Covered } from './world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

const clerk = { signer: 'clerk' } as const;
type Plan = (covered: Covered) => Partial<CmsPlan>;

/** What of §3 of signing.md concerns the CMS, by what is wrong with it; `subFilter` where the form matters. */
const cmsAttacks: readonly (readonly [what: string, expected: string, plan: Plan, subFilter?: keyof typeof subFilters])[] = [
  ['content of its own, and a digest of that', 'failed FORMAT_FAILURE cms-encapsulated digest-differs', () => ({ content: Buffer.from('own'), messageDigest: digestOfCovered([Buffer.from('own'), Buffer.alloc(0)]) })],
  ['content of its own, and the digest of the file', 'failed FORMAT_FAILURE cms-encapsulated', () => ({ content: Buffer.from('own') })],
  ['content of its own that is the file', 'failed FORMAT_FAILURE cms-encapsulated', (covered) => ({ content: Buffer.concat(covered) }), 'detached'],
  ['a time-stamp as content', 'failed FORMAT_FAILURE cms-encapsulated cms-content-type', (covered) => ({ content: tokenOver(pki, 'tsa', covered, today), contentType: '1.2.840.113549.1.9.16.1.4' })],
  ['two signers', 'failed FORMAT_FAILURE cms-signers', () => ({ signers: 2 })],
  ['no signer', 'failed FORMAT_FAILURE cms-signers', () => ({ signers: 0 })],
  ['the digest of another file', 'failed HASH_FAILURE digest-differs', () => ({ messageDigest: Buffer.alloc(32, 7) })],
  ['a digest of another length', 'failed HASH_FAILURE digest-differs', (covered) => ({ messageDigest: digestOfCovered(covered).subarray(0, 20) })],
  ['no digest', 'failed FORMAT_FAILURE attribute-digest-missing', () => ({ messageDigest: undefined })],
  ['two digests', 'failed FORMAT_FAILURE cms-malformed', (covered) => ({ moreAttributes: [attribute('1.2.840.113549.1.9.4', octetString(digestOfCovered(covered)))] })],
  ['one attribute with two digests', 'failed FORMAT_FAILURE cms-malformed', (covered) => ({ messageDigest: undefined, moreAttributes: [attribute('1.2.840.113549.1.9.4', octetString(digestOfCovered(covered)), octetString(Buffer.alloc(32)))] })],
  ['no content type', 'failed FORMAT_FAILURE attribute-content-type', () => ({ attributeType: null })],
  ['another content type in the attribute', 'failed FORMAT_FAILURE attribute-content-type', () => ({ attributeType: '1.2.840.113549.1.7.3' })],
  ['another content type outside', 'failed FORMAT_FAILURE cms-content-type attribute-content-type', () => ({ contentType: '1.2.840.113549.1.7.3', attributeType: '1.2.840.113549.1.7.1' })],
  ['another content type in both', 'failed FORMAT_FAILURE cms-content-type', () => ({ contentType: '1.2.840.113549.1.7.3' })],
  ['no signed attributes', 'indeterminate SIG_CONSTRAINTS_FAILURE attributes-missing certificate-reference-missing', (covered) => ({ direct: covered })],
  ['no signed attributes, over other bytes', 'failed SIG_CRYPTO_FAILURE signature-bad attributes-missing certificate-reference-missing', () => ({ direct: [Buffer.from('other')] })],
  ['signed attributes passed off as content', 'failed SIG_CRYPTO_FAILURE signature-bad attributes-missing certificate-reference-missing', (covered) => ({ direct: [digestOfCovered(covered)] })],
  ['no certificate', 'indeterminate NO_SIGNING_CERTIFICATE_FOUND certificate-missing', () => ({ certificates: [] })],
  ['somebody else’s certificate', 'indeterminate NO_SIGNING_CERTIFICATE_FOUND certificate-missing', () => ({ certificates: ['leader'] })],
  ['no reference to its certificate', 'indeterminate SIG_CONSTRAINTS_FAILURE certificate-reference-missing', () => ({ reference: null })],
  ['a reference to another certificate of the same key', 'indeterminate NO_SIGNING_CERTIFICATE_FOUND certificate-other', () => ({ reference: 'held' })],
  ['another digest named than used', 'failed HASH_FAILURE digest-differs algorithms-disagree', () => ({ namedDigest: 'sha384' })],
  ['another digest named, and the file’s digest by that', 'failed FORMAT_FAILURE algorithms-disagree digest-weak', (covered) => ({ namedDigest: 'sha1', messageDigest: digestOfCovered(covered, 'sha1') })],
  ['a key that is not the certificate’s', 'failed SIG_CRYPTO_FAILURE signature-bad', () => ({ key: pki.key('leader') })],
  ['Ed25519 in the name of an RSA key', 'indeterminate CRYPTO_CONSTRAINTS_FAILURE signature-unsupported algorithm-not-listed', () => ({ edwards: generateKeyPairSync('ed25519').privateKey })],
  ['SHA-1 of today', 'indeterminate CRYPTO_CONSTRAINTS_FAILURE digest-weak', () => ({ digest: 'sha1' })],
  ['no reference, as the government’s programs leave it', 'passed', () => ({ reference: null }), 'detached'],
];
test.each(cmsAttacks.map(([what, expected, plan, subFilter = 'cades']) => ({ what, expected, plan, subFilter })))('a CMS with $what: $expected', async ({ expected, plan, subFilter }) => {
  for (const base of [bases()['table'], bases()['stream, packed']]) {
    const bytes = placed(pki, (covered) => cmsOf(pki, { messageDigest: digestOfCovered(covered, plan(covered).digest), ...clerk, ...plan(covered) }), { base: base ?? Buffer.alloc(0), subFilter: subFilters[subFilter] });
    expect(short(await verdictOn(pki, bytes))).toBe(expected);
  }
});

const honest = (covered: Covered): Buffer => cmsOf(pki, { ...clerk, messageDigest: digestOfCovered(covered) });

/** What of it concerns the encoding. */
const encodingAttacks: readonly (readonly [what: string, expected: string, spoil: (cms: Buffer) => Buffer, subFilter?: keyof typeof subFilters])[] = [
  ['junk behind it', 'failed FORMAT_FAILURE cms-trailing', (cms) => Buffer.concat([cms, Buffer.from('junk')])],
  ['junk far behind it', 'failed FORMAT_FAILURE cms-trailing', (cms) => Buffer.concat([cms, Buffer.alloc(100), Buffer.from([1])])],
  ['a second CMS behind it', 'failed FORMAT_FAILURE cms-trailing', (cms) => Buffer.concat([cms, cms])],
  // The room is filled up with zeros: they take the place of what is missing.
  ['its end cut off', 'failed SIG_CRYPTO_FAILURE signature-bad', (cms) => cms.subarray(0, cms.length - 20)],
  ['nothing in it', 'failed FORMAT_FAILURE cms-malformed', () => Buffer.alloc(0)],
  ['zeros', 'failed FORMAT_FAILURE cms-malformed', () => Buffer.alloc(64)],
  ['text', 'failed FORMAT_FAILURE cms-malformed', () => Buffer.from('this is signed')],
  ['another kind of content', 'failed FORMAT_FAILURE cms-not-signed-data', (cms) => Buffer.concat([tlv(0x30, oid('1.2.840.113549.1.7.3'), cms.subarray(15))])],
  ['a length of indefinite form without end', 'failed FORMAT_FAILURE cms-malformed', (cms) => Buffer.concat([Buffer.from([0x30, 0x80]), cms.subarray(4), Buffer.from([1])])],
  ['a length of indefinite form', 'indeterminate SIG_CONSTRAINTS_FAILURE cms-not-der', (cms) => Buffer.concat([Buffer.from([0x30, 0x80]), cms.subarray(4), Buffer.alloc(2)])],
  ['a length of indefinite form, as published documents have it', 'passed', (cms) => Buffer.concat([Buffer.from([0x30, 0x80]), cms.subarray(4), Buffer.alloc(2)]), 'detached'],
  ['something more beside the signature', 'failed FORMAT_FAILURE cms-malformed', (cms) => tlv(0x30, cms.subarray(4), tlv(0x04, Buffer.from('more')))],
  ['a length too long', 'failed FORMAT_FAILURE cms-malformed', (cms) => Buffer.concat([Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]), cms.subarray(4)])],
  ['a thousand levels', 'failed FORMAT_FAILURE cms-malformed', () => Buffer.from(`${'3080'.repeat(1000)}${'0000'.repeat(1000)}`, 'hex')],
];
test.each(encodingAttacks.map(([what, expected, spoil, subFilter = 'cades']) => ({ what, expected, spoil, subFilter })))('a CMS with $what: $expected', async ({ expected, spoil, subFilter }) => {
  expect(short(await verdictOn(pki, placed(pki, (covered) => spoil(honest(covered)), { subFilter: subFilters[subFilter] })))).toBe(expected);
});

test('the old form with the digest inside: compared with the bytes, or refused', async () => {
  const sha1 = (covered: Covered): Buffer => digestOfCovered(covered, 'sha1');
  const over = (bytes: Buffer): Buffer => digestOfCovered([bytes, Buffer.alloc(0)]);
  const made = (content: (covered: Covered) => Buffer | undefined): Buffer =>
    placed(pki, (covered) => {
      const inside = content(covered);
      return cmsOf(pki, { ...clerk, messageDigest: over(inside ?? Buffer.alloc(0)), ...(inside === undefined ? {} : { content: inside }) });
    }, { subFilter: subFilters.sha1 });
  // Whatever the CMS digests, SHA-1 alone binds the document.
  expect(short(await verdictOn(pki, made(sha1)))).toBe('indeterminate CRYPTO_CONSTRAINTS_FAILURE digest-weak');
  const then = await verdictOn(pki, made(sha1), { arrivedAt: new Date('2025-05-01T03:00:00Z') });
  expect(short(then)).toBe('passed');
  expect(then.signatures[0]?.trust.remarks.map(({ code }) => code)).toContain('digest-weak-then');
  expect(short(await verdictOn(pki, made(() => Buffer.alloc(20, 1))))).toBe('failed HASH_FAILURE digest-differs digest-weak');
  expect(short(await verdictOn(pki, made(() => undefined)))).toBe('failed FORMAT_FAILURE cms-encapsulated digest-weak');
});

test.each([
  ['a script of the document', '/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>'],
  ['a script when it is opened', '/OpenAction<</S/JavaScript/JS(1)>>'],
  ['a script when it is printed', '/AA<</WP<</S/JavaScript/JS(1)>>>>'],
  ['a form that programs build', '/AcroForm<</Fields[]/XFA[(datasets)4 0 R]>>'],
])('a signed file with %s passes with a word about it', async (_, entries) => {
  const base = make({ kind: 'table', objects: [[1, `<</Type/Catalog/Pages 2 0 R${entries}>>`], ...document.slice(1)] });
  const verdict = await verdictOn(pki, signedWith(pki, clerk, { base }));
  expect(short(verdict)).toBe('passed');
  expect(verdict.signatures[0]?.coverage.remarks).toEqual([{ code: 'content-dynamic', params: {} }]);
});

test('forms that are not known are not judged, and never passed', async () => {
  const bytes = signedWith(pki, clerk, { subFilter: 'adbe.x509.rsa_sha1' });
  expect(short(await verdictOn(pki, bytes))).toBe('indeterminate GENERIC subfilter-unknown');
  const stamp = placed(pki, honest, { subFilter: subFilters.stamp });
  const verdict = await verdictOn(pki, stamp);
  expect(verdict).toMatchObject({ state: 'unknown', indication: 'indeterminate' });
  expect(codesOf(verdict.signatures[0]).cryptography).toEqual(['timestamp-malformed']);
  const token = placed(pki, (covered) => tokenOver(pki, 'tsa', covered, today), { subFilter: subFilters.detached });
  expect(short(await verdictOn(pki, token))).toContain('failed FORMAT_FAILURE cms-encapsulated');
});

test('a CMS taken from one file into another fails by its digest, time-stamp and all', async () => {
  let taken: Buffer = Buffer.alloc(0);
  const stamp = (value: Uint8Array): Buffer => tokenOver(pki, 'tsa', [value], today);
  placed(pki, (covered) => (taken = honest(covered)));
  const other = placed(pki, () => taken, { base: bases()['stream'] ?? Buffer.alloc(0) });
  expect(short(await verdictOn(pki, other))).toBe('failed HASH_FAILURE digest-differs');
  const stamped = stampedWith(pki, { ...clerk, messageDigest: Buffer.alloc(32) }, [stamp]);
  expect(short(await verdictOn(pki, stamped))).toBe('failed HASH_FAILURE digest-differs');
});

test('every covered byte counts', async () => {
  const bytes = signedWith(pki, clerk);
  const text = bytes.toString('latin1');
  const from = text.search(/<[0-9a-f]{1000}/);
  const to = text.indexOf('>', from) + 1;
  expect(from).toBeGreaterThan(0);
  for (let at = 0; at < bytes.length; at += 29) {
    if (at >= from && at < to) continue;
    const spoilt = Buffer.from(bytes);
    spoilt[at] = (spoilt[at] ?? 0) ^ 0x01;
    expect((await verdictOn(pki, spoilt)).indication, `byte ${String(at)}`).not.toBe('passed');
  }
});

test('a second signature leaves the first one whole, and both are told', async () => {
  const first = signedWith(pki, clerk, { wish: { certify: 2 } });
  const second = signedWith(pki, { signer: 'leader' }, { base: first });
  const verdict = await verdictOn(pki, second);
  expect(verdict.signatures.map((one) => [one.indication, one.coverage.reasons.map(({ code }) => code), one.coversFile, one.isCertification])).toEqual([
    ['passed', [], false, true],
    ['passed', [], true, false],
  ]);
  expect(verdict.signatures[0]?.changes.every((one) => one.class === 'permitted')).toBe(true);
  // Where nothing analyses, nothing passes by omission.
  expect(short(await verdictOn(pki, second, { differences: notAnalysed }))).toContain('changes-suspicious');
  const forbidden = await verdictOn(pki, second, { differences: () => ({ ok: true, value: { overall: 'forbidden', changes: [{ class: 'forbidden', code: 'page-added', rule: 'pages', revision: 2, page: 2 }] } }) });
  expect(forbidden.signatures.map(({ indication, subIndication }) => `${indication} ${subIndication ?? ''}`)).toEqual(['failed FORMAT_FAILURE', 'passed ']);
  expect(forbidden).toMatchObject({ indication: 'failed', subIndication: 'FORMAT_FAILURE' });
  const unread = await verdictOn(pki, second, { differences: () => ({ ok: false, failure: { code: 'too-long', at: 3 } }) });
  expect(short(unread)).toBe('indeterminate FORMAT_FAILURE changes-unread');
});

test('a signature that calls itself a time-stamp of the document is judged as a signature', async () => {
  const first = signedWith(pki, clerk, { wish: { certify: 2 } });
  const second = placed(pki, ([before, after]) => {
    const honestType = '/Type /Sig\n/Filter /Adobe.PPKLite';
    before.write('/Type /DocTimeStamp'.padEnd(honestType.length), before.lastIndexOf(honestType), 'latin1');
    return honest([before, after]);
  }, { base: first });
  expect(second.includes('/Type /DocTimeStamp')).toBe(true);
  const verdict = await verdictOn(pki, second);
  expect(verdict.signatures.map(({ indication, kind }) => `${indication} ${kind}`)).toEqual(['passed signature', 'passed signature']);
  expect(verdict.signatures[0]?.changes.map(({ code }) => code)).toEqual(['form-extended', 'signature-not-seen']);
});

test('the analysis of changes is told which other signatures are sound, and whose they are', async () => {
  const first = signedWith(pki, { signer: 'agency' });
  const second = signedWith(pki, { ...clerk, key: pki.key('leader') }, { base: first });
  const seen: unknown[] = [];
  await verdictOn(pki, second, {
    differences: (file, revision, context) => {
      seen.push([revision, context.current.fields, context.signatures.map(({ fields, isSound, revision: own, organization, budgetCode }) => [fields, isSound, own, organization, budgetCode])]);
      return allPermitted(file, revision, context);
    },
  });
  expect(seen).toEqual([[1, ['ChuKySo1'], [[['ChuKySo1'], true, 1, 'BỘ THỬ NGHIỆM', '9057059'], [['ChuKySo2'], false, 2, 'BỘ THỬ NGHIỆM', '']]]]);
});

test('a file without a signature, one with the remains of one, and what is no PDF', async () => {
  expect(await verdictOn(pki, bases()['table'] ?? Buffer.alloc(0))).toMatchObject({ state: 'none', indication: 'indeterminate', subIndication: 'SIGNED_DATA_NOT_FOUND', reasons: [] });
  const signed = signedWith(pki, clerk);
  const orphan = Buffer.from(signed.toString('latin1').replaceAll('/V ', '/W '), 'latin1');
  expect(await verdictOn(pki, orphan)).toMatchObject({ state: 'unknown', indication: 'indeterminate', reasons: [{ code: 'signature-remains' }] });
  // Found by spoilt files: its ranges renamed as well.
  const renamed = Buffer.from(signed.toString('latin1').replaceAll('/V ', '/W ').replaceAll('/ByteRange', '/ByteRangg'), 'latin1');
  expect(await verdictOn(pki, renamed)).toMatchObject({ state: 'unknown', indication: 'indeterminate', reasons: [{ code: 'signature-remains' }] });
  const named = make({ kind: 'table', objects: [...document.slice(1), [1, '<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 6 0 R>>>>'], [6, '<</Type/Sig>>']] });
  expect(await verdictOn(pki, named)).toMatchObject({ state: 'unknown', indication: 'indeterminate', reasons: [{ code: 'signature-remains' }] });
  expect(await verdictOn(pki, Buffer.from('no pdf'))).toMatchObject({ state: 'unknown', indication: 'indeterminate', reasons: [{ code: 'not-a-pdf' }] });
  expect(await verdictOn(pki, Buffer.alloc(0))).toMatchObject({ state: 'unknown', reasons: [{ code: 'not-a-pdf' }] });
  const cut = await verdictOn(pki, signed.subarray(0, signed.length - 40));
  expect(cut).toMatchObject({ state: 'signed', indication: 'failed' });
  expect(short(cut)).toContain('file-repaired');
});

test.each([
  ['a remark of a mail gateway', '\n% scanned by gateway 7\n', 'none', []],
  ['zeros of a scanner', '\0'.repeat(512), 'none', []],
  ['an object', '\n9 0 obj<</Type/Sig>>endobj\n', 'unknown', ['file-distrusted']],
  ['a table', '\nxref\n0 1\n0000000000 65535 f \n', 'unknown', ['file-distrusted']],
  ['another end', '\nstartxref\n9\n%%EOF\n', 'unknown', ['file-damaged']],
  ['what is left of a signature', '\n% /ByteRange\n', 'unknown', ['signature-remains']],
  ['more than anybody leaves', ' x'.repeat(40_000), 'unknown', ['file-damaged']],
] as const)('behind the end of a file without a signature, %s', async (_, tail, state, codes) => {
  for (const base of Object.values(bases())) {
    const verdict = await verdictOn(pki, Buffer.concat([base, Buffer.from(tail, 'latin1')]));
    expect([verdict.state, verdict.reasons.map(({ code }) => code)]).toEqual([state, codes]);
  }
});
