import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { openssl } from '../../fakes/pki/openssl.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { cmsOf, tokenOver, type CmsPlan } from './cms.ts';
import { digestOfCovered, placed, short, signedWith, stampedWith, today, verdictOn } from './world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});

/** What poppler says of the last signature; 'none' when it sees none. */
function byPoppler(bytes: Buffer): string {
  const path = join(scratchFolder(), 'a.pdf');
  writeFileSync(path, bytes);
  const { stdout, stderr } = spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' });
  const said = [...`${stdout}${stderr}`.matchAll(/Signature Validation: (.*)/g)].at(-1)?.[1];
  return said === undefined ? 'none' : said === 'Signature is Valid.' ? 'valid' : 'not valid';
}

/** What `openssl cms -verify` says of the CMS over the ranges that the file names, with the test's root and issuers as trust. */
function byOpenssl(bytes: Buffer): string {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  const range = [...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]/g)].at(-1)?.slice(1).map(Number) ?? [];
  const [, length = 0, second = 0, rest = 0] = range;
  writeFileSync(at('cms'), Buffer.from(bytes.toString('latin1', length + 1, second - 1), 'hex'));
  writeFileSync(at('data'), Buffer.concat([bytes.subarray(0, length), bytes.subarray(second, second + rest)]));
  writeFileSync(at('chain'), Buffer.concat(['g2root', 'g2ca', 'ecca'].map((id) => readFileSync(pki.path(id)))));
  const { ok } = openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', at('cms'), '-content', at('data'), '-CAfile', at('chain'), '-purpose', 'any', '-attime', String(today.getTime() / 1000), '-out', at('out')]);
  return ok ? 'valid' : 'not valid';
}

const changed = (): Buffer => {
  const bytes = signedWith(pki, { signer: 'clerk' });
  bytes[300] = (bytes[300] ?? 0) ^ 1;
  return bytes;
};
const appended = (): Buffer => Buffer.concat([signedWith(pki, { signer: 'clerk' }), Buffer.from('% more\n')]);
const plan = (more: Partial<CmsPlan>) => (): Buffer => signedWith(pki, { signer: 'clerk', ...more });

/** The rows of the table in docs/verification.md: what it is, our verdict, poppler's and OpenSSL's. */
const rows: readonly (readonly [what: string, ours: string, poppler: string, byOpenssl: string, make: () => Buffer])[] = [
  ['an honest signature', 'passed', 'valid', 'valid', plan({})],
  ['an honest signature of an elliptic curve, chain sent along', 'passed', 'valid', 'valid', () => placed(pki, (covered) => opensslEc(covered), { signer: 'ec256' })],
  ['one byte changed', 'failed HASH_FAILURE', 'not valid', 'not valid', changed],
  ['a key that is not the certificate’s', 'failed SIG_CRYPTO_FAILURE', 'not valid', 'not valid', () => signedWith(pki, { signer: 'clerk', key: pki.key('leader') })],
  ['bytes behind the file', 'failed FORMAT_FAILURE', 'valid', 'valid', appended],
  ['two signers', 'failed FORMAT_FAILURE', 'valid', 'valid', plan({ signers: 2 })],
  ['junk behind the CMS', 'failed FORMAT_FAILURE', 'valid', 'valid', () => placed(pki, (covered) => Buffer.concat([cmsOf(pki, { signer: 'clerk', messageDigest: digestOfCovered(covered) }), Buffer.from('junk')]))],
  ['content of its own', 'failed FORMAT_FAILURE', 'not valid', 'valid', () => placed(pki, (covered) => cmsOf(pki, { signer: 'clerk', messageDigest: digestOfCovered(covered), content: Buffer.concat(covered) }))],
  ['no reference to its certificate', 'indeterminate SIG_CONSTRAINTS_FAILURE', 'valid', 'valid', plan({ reference: null })],
  ['a reference to another certificate', 'indeterminate NO_SIGNING_CERTIFICATE_FOUND', 'valid', 'valid', plan({ reference: 'held' })],
  ['no signed attributes', 'indeterminate SIG_CONSTRAINTS_FAILURE', 'valid', 'valid', () => placed(pki, (covered) => cmsOf(pki, { signer: 'clerk', messageDigest: undefined, direct: covered }))],
  ['a revoked certificate', 'failed REVOKED', 'valid', 'valid', () => signedWith(pki, { signer: 'superseded' })],
  ['a certificate for encryption', 'indeterminate CHAIN_CONSTRAINTS_FAILURE', 'valid', 'valid', () => signedWith(pki, { signer: 'encipher' })],
  ['a certificate of an unknown root', 'indeterminate NO_CERTIFICATE_CHAIN_FOUND', 'valid', 'not valid', () => signedWith(pki, { signer: 'forged' })],
  ['a certificate that has run out, with a time-stamp from before', 'indeterminate CERTIFICATE_CHAIN_GENERAL_FAILURE', 'valid', 'not valid', () => stampedWith(pki, { signer: 'expired' }, [(value) => tokenOver(pki, 'tsa', [value], new Date('2023-06-01T00:00:00Z'))])],
  ['a time-stamp of something else', 'indeterminate SIG_CONSTRAINTS_FAILURE', 'valid', 'valid', () => stampedWith(pki, { signer: 'clerk' }, [() => tokenOver(pki, 'tsa', [Buffer.from('else')], today)])],
  ['SHA-1 today', 'indeterminate CRYPTO_CONSTRAINTS_FAILURE', 'valid', 'valid', plan({ digest: 'sha1' })],
  ['an unknown form', 'indeterminate GENERIC', 'not valid', 'valid', () => signedWith(pki, { signer: 'clerk' }, { subFilter: 'adbe.x509.rsa_sha1' })],
  ['a file without a signature', 'indeterminate SIGNED_DATA_NOT_FOUND', 'none', 'not valid', () => bases()['table'] ?? Buffer.alloc(0)],
];

function opensslEc(covered: readonly [Buffer, Buffer]): Buffer {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('data'), Buffer.concat(covered));
  const made = openssl(['cms', '-sign', '-binary', '-cades', '-in', at('data'), '-signer', pki.path('ec256'), '-inkey', pki.path('ec256').replace('.pem', '.key'), '-certfile', pki.path('ecca'), '-outform', 'DER', '-out', at('cms'), '-md', 'sha256']);
  if (!made.ok) throw new Error(made.text);
  return readFileSync(at('cms'));
}

test.each(rows)('%s: %s here, %s by poppler, %s by OpenSSL', async (_what, ours, poppler, tool, make) => {
  const bytes = make();
  const verdict = await verdictOn(pki, bytes);
  expect([`${verdict.indication} ${verdict.subIndication ?? ''}`.trim(), byPoppler(bytes), byOpenssl(bytes)]).toEqual([ours, poppler, tool]);
  expect(short(verdict)).toContain(verdict.indication);
});

test('the table of disagreements in the documentation is this one', () => {
  const text = readFileSync(fileURLToPath(new URL('../../../docs/verification.md', import.meta.url)), 'utf8');
  for (const [what, ours, poppler, tool] of rows) expect(text).toContain(`| ${what} | ${ours} | ${poppler} | ${tool} |`);
});
