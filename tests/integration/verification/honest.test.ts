import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { catalogOf, edited, nextNumber, viewOf, writeIncrement } from '../../../electron/foundation/pdf/index.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { signFile, type SigningWish } from '../../../electron/services/signing/index.ts';
import { memoryCache, type SigningWay } from '../../../electron/services/trust/index.ts';
import { clientEvidence, noEvidence, noNetwork } from '../../../electron/services/verification/index.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { makeCrl } from '../../fakes/pki/make.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { bases, opened } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { formFile, onDisk } from '../signing/files.ts';
import { signedBy, wishOf } from '../signing/signer.ts';
import { tokenOver } from './cms.ts';
import { allPermitted, currentCrl, depsOf, placed, short, signedWith, stampedWith, subFilters, today, verdictOn, type Covered } from './world.ts';

const now = (): Date => new Date();
let pki: TestPki;
let servers: PkiServers;
beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki);
  for (const issuer of ['g1root', 'g2root', 'g2ca', 'ecca']) servers.files.set(`/pki/pub/crl/${issuer}.crl`, { body: await makeCrl(pki.folder, issuer, '20261101000000Z', '20361101000000Z'), etag: '' });
});
afterAll(() => servers.close());

async function signed(base: Buffer, id: string, way: SigningWay, more: Partial<SigningWish> = {}): Promise<Buffer> {
  const { source, target } = onDisk(base);
  const deps = { http: httpClient, clock: systemClock, hosts: servers.hosts };
  const tsa = more.level === 'T' ? 'http://tsa.ca.test/' : null;
  good(await signFile(deps, { source, target, tsa }, wishOf(pki, id, way, more), signedBy(pki, id, way)));
  return readFileSync(target);
}

const v15 = { kind: 'rsa-v1.5', digest: 'sha256' } as const;
const ways: readonly (readonly [string, SigningWay])[] = [
  ['clerk', v15],
  ['clerk', { kind: 'rsa-pss', digest: 'sha256' }],
  ['leader', { kind: 'rsa-v1.5', digest: 'sha384' }],
  ['leader', { kind: 'rsa-pss', digest: 'sha512' }],
  ['ec256', { kind: 'ecdsa', digest: 'sha256' }],
];
const cases = [...Object.keys(bases()), 'with a form'].flatMap((file) => ways.flatMap(([id, way]) => (['B', 'T'] as const).map((level) => ({ file, id, level, ...way }))));

test.each(cases)('level $level on a file $file, $id by $kind and $digest passes', async ({ file, id, level, kind, digest }) => {
  const base = file === 'with a form' ? formFile() : (bases()[file] ?? Buffer.alloc(0));
  const field = file === 'with a form' ? { kind: 'existing' as const, name: 'Ký ten' } : { kind: 'new' as const, page: 1 };
  const verdict = await verdictOn(pki, await signed(base, id, { kind, digest }, { level, field }), { at: now() });
  expect(short(verdict)).toBe('passed');
  expect(verdict.signatures).toMatchObject([{ level, coversFile: true, time: { source: level === 'T' ? 'timestamp' : 'claimed' } }]);
});

test('twenty signatures of three persons, one after the other, at every level of two', async () => {
  let bytes = bases()['stream'] ?? Buffer.alloc(0);
  const signers = ['ec256', 'leader', 'clerk'] as const;
  for (let n = 0; n < 20; n += 1) {
    const id = signers[n % 3] ?? 'clerk';
    bytes = await signed(bytes, id, id === 'ec256' ? { kind: 'ecdsa', digest: 'sha256' } : v15, { level: n % 5 === 0 ? 'T' : 'B', ...(n === 0 ? { certify: 2 as const } : {}) });
  }
  const verdict = await verdictOn(pki, bytes, { at: now(), differences: allPermitted });
  expect(short(verdict)).toBe('passed');
  expect(verdict.signatures.map(({ revision }) => revision)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  expect(verdict.signatures.filter(({ coversFile }) => coversFile)).toHaveLength(1);
});

/** `openssl cms` signs the covered bytes; `options` beside the usual ones. */
function byOpenssl(covered: Covered, id: string, options: readonly string[]): Buffer {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('data'), Buffer.concat(covered));
  const made = openssl(['cms', '-sign', '-binary', '-in', at('data'), '-signer', pki.path(id), '-inkey', pki.path(id).replace('.pem', '.key'), '-certfile', pki.path('g2ca'), '-outform', 'DER', '-out', at('cms'), '-md', 'sha256', ...options]);
  if (!made.ok) throw new Error(made.text);
  return readFileSync(at('cms'));
}

const byTool: readonly (readonly [what: string, options: readonly string[], subFilter: string, expected: string])[] = [
  ['as it is', [], subFilters.detached, 'passed'],
  ['with a reference to its certificate', ['-cades'], subFilters.cades, 'passed'],
  ['without one where one must be', [], subFilters.cades, 'indeterminate SIG_CONSTRAINTS_FAILURE certificate-reference-missing'],
  ['with PSS', ['-cades', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:32'], subFilters.cades, 'passed'],
  ['with its content inside', ['-nodetach'], subFilters.detached, 'failed FORMAT_FAILURE cms-encapsulated'],
  ['by key identifier', ['-cades', '-keyid'], subFilters.cades, 'passed'],
  ['without attributes', ['-noattr'], subFilters.detached, 'indeterminate SIG_CONSTRAINTS_FAILURE attributes-missing'],
  ['without its certificate', ['-nocerts'], subFilters.detached, 'indeterminate NO_SIGNING_CERTIFICATE_FOUND certificate-missing'],
];
test.each(byTool)('a CMS that OpenSSL makes %s', async (_what, options, subFilter, expected) => {
  const bytes = placed(pki, (covered) => byOpenssl(covered, 'clerk', options), { subFilter, wish: { at: now() } });
  expect(short(await verdictOn(pki, bytes, { at: now() }))).toBe(expected);
});

/** Appends a security store with these streams (EN 319 142-1 §5.4). */
function withStore(base: Buffer, certs: readonly Uint8Array[], ocsps: readonly Uint8Array[], crls: readonly Uint8Array[]): Buffer {
  const file = opened(base);
  const catalog = good(catalogOf(viewOf(file)));
  let number = nextNumber(file);
  const objects: { number: number; value: { dictionary: object; stream: Uint8Array } }[] = [];
  const refer = (all: readonly Uint8Array[]): { reference: number }[] =>
    all.map((stream) => {
      objects.push({ number, value: { dictionary: {}, stream } });
      number += 1;
      return { reference: number - 1 };
    });
  const store = { dictionary: { Certs: refer(certs), OCSPs: refer(ocsps), CRLs: refer(crls) } };
  const made = good(writeIncrement(file, { objects: [...(objects as never[]), { number: catalog.holder.number, value: edited(catalog, { DSS: store }) }] }));
  return Buffer.concat([base, made.bytes]);
}

test('a long-term file proves itself with nothing but itself and the root, and says its level', async () => {
  const stamp = (value: Uint8Array): Buffer => tokenOver(pki, 'tsa', [value], today);
  const first = stampedWith(pki, { signer: 'clerk' }, [stamp]);
  const crls = await Promise.all(['g2ca', 'g2root'].map((id) => currentCrl(pki, id)));
  const stored = withStore(first, ['clerk', 'g2ca', 'g2root'].map((id) => pki.der(id)), [], crls);
  const bare = { certificates: [], evidence: noEvidence, differences: allPermitted };
  const verdict = await verdictOn(pki, stored, bare);
  expect(short(verdict)).toBe('passed');
  expect(verdict.signatures[0]?.level).toBe('LT');
  expect((await verdictOn(pki, first, { ...bare, certificates: depsOf(pki).certificates })).signatures[0]).toMatchObject({ subIndication: 'TRY_LATER', level: 'B' });
  const archived = placed(pki, (covered) => tokenOver(pki, 'tsa', covered, today), { base: stored, subFilter: subFilters.stamp });
  const last = await verdictOn(pki, archived, bare);
  expect(short(last)).toBe('passed');
  expect(last.signatures.map(({ level }) => level)).toEqual(['LTA', null]);
  // Years later: the signer's certificate has run out and nobody answers any more.
  expect((await verdictOn(pki, archived, { ...bare, at: new Date('2045-01-01T00:00:00Z') })).signatures[0]?.indication).toBe('passed');
});

test('what is broken in a security store helps nobody and harms nobody', async () => {
  const junk = [Buffer.from('junk'), Buffer.alloc(0), pki.der('clerk')];
  const bytes = withStore(signedWith(pki, { signer: 'clerk' }), junk, junk, junk);
  expect(short(await verdictOn(pki, bytes, { differences: allPermitted }))).toBe('passed');
  expect(short(await verdictOn(pki, bytes, { differences: allPermitted, evidence: noEvidence }))).toBe('indeterminate TRY_LATER status-unknown');
});

test.each([['clerk', 'passed'], ['superseded', 'failed'], ['forged', 'indeterminate'], ['expired', 'indeterminate']])('%s: the verdict offline with the cache is the verdict online', async (id, indication) => {
  const bytes = placed(pki, (covered) => byOpenssl(covered, id, []), { subFilter: subFilters.detached, signer: id });
  const cache = memoryCache();
  const folder = scratchFolder();
  const deps = { clock: systemClock, cache, hosts: servers.hosts, folder };
  const at = now();
  const bare = { at, certificates: [] };
  const nothing = await verdictOn(pki, bytes, { ...bare, evidence: clientEvidence({ ...deps, cache: memoryCache(), folder: scratchFolder(), http: noNetwork }) });
  expect(nothing.indication).toBe('indeterminate');
  const asked = servers.asked.length;
  const online = await verdictOn(pki, bytes, { ...bare, evidence: clientEvidence({ ...deps, http: httpClient }) });
  expect(online.indication).toBe(indication);
  expect(servers.asked.length).toBeGreaterThan(asked);
  const before = servers.asked.length;
  const offline = await verdictOn(pki, bytes, { ...bare, evidence: clientEvidence({ ...deps, http: noNetwork }) });
  expect(offline).toEqual(online);
  expect(servers.asked.length).toBe(before);
});
