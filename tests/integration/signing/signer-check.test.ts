import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SignerCheck } from '#contract';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { signerChecksOf } from '../../../electron/services/signing/index.ts';
import type { SigningOfficeDeps } from '../../../electron/services/signing/index.ts';
import { diskCache } from '../../../electron/services/trust/index.ts';
import { ocspRequest } from '../../../electron/services/trust/revocation/ocsp.ts';
import { openStore, type Store } from '../../../electron/store/index.ts';
import { driverOf } from '../../../electron/store/db.ts';
import { startProxy } from '../../fakes/http/proxy.ts';
import { opensslOcsp } from '../../fakes/pki/answers.ts';
import { makeCrl } from '../../fakes/pki/make.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers, type Services } from '../../fakes/pki/servers.ts';
import { change, hostsOf, officeOver, tableOf, type TestOffice } from '../../fakes/signing/office.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Desk = { readonly servers: PkiServers; readonly store: Store; readonly office: TestOffice; readonly folder: string; readonly key: Buffer };

function storeAt(folder: string, key: Buffer): Store {
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  closers.push(opened.value.close);
  return opened.value;
}

async function desk(services: Services = {}, more: Partial<SigningOfficeDeps> = {}, folder = scratchFolder()): Promise<Desk> {
  const servers = await startPkiServers(pki, services);
  closers.push(servers.close);
  const key = randomBytes(32);
  const store = storeAt(folder, key);
  const office = officeOver(store, folder, { shipped: tableOf(pki, 'g2root'), limitMs: 4000, ...more });
  await change(office, { hosts: hostsOf(servers.hosts) });
  // What speaks of the issuing authority is the root's list.
  await publish(servers, 'g2root');
  return { servers, store, office, folder, key };
}

async function publish(servers: PkiServers, issuer: string, from = -1, to = 6): Promise<void> {
  const day = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  servers.files.set(`/pki/pub/crl/${issuer}.crl`, { body: await makeCrl(pki.folder, issuer, day(from), day(to)), etag: '' });
}

const checked = async (office: TestOffice, id: string): Promise<SignerCheck> => (await office.check(pki.certificate(id))).check;
/** Aspect by aspect what was found, in one line. */
const said = ({ findings }: SignerCheck): string => findings.map(({ code, state }) => (state === 'good' ? code : `${code}!${state}`)).join(' ');
const allGood = 'good good good good good good';

describe('a certificate is looked at before it signs', () => {
  test('its path is found from the certificate alone, its authorities are asked, and what they said is kept as evidence', async () => {
    const { office, store } = await desk();
    const result = await office.check(pki.certificate('leader'));
    const { check } = result;
    expect(said(check)).toBe(allGood);
    expect(check).toMatchObject({ result: 'good', online: 'now', status: 'good', lastGoodAt: check.at });
    expect(check.path.map(({ sha256 }) => sha256)).toEqual(['leader', 'g2ca', 'g2root'].map((id) => pki.certificate(id).sha256));
    expect(check.evidence.map(({ kind }) => kind)).toEqual(['certificate', 'certificate', 'certificate', 'ocsp', 'crl']);
    const document = '019ab000-0000-7000-8000-000000000001';
    const id = await office.keep(result, 'Trần Thị Văn Thư', document);
    expect(signerChecksOf(store.read, document)).toEqual([{ ...check, id, by: 'Trần Thị Văn Thư' }]);
    for (const { sha256, size } of check.evidence) expect(await store.blobs.verify(sha256)).toEqual({ sha256, size });
    expect(signerChecksOf(store.read, 'another')).toEqual([]);
  });

  test.each([
    ['superseded', 'refuse', 'good good good good good revoked!refuse'],
    ['stolen', 'refuse', 'good good good good good revoked!refuse'],
    ['held', 'refuse', 'good good good good good suspended!refuse'],
    ['expired', 'refuse', 'good expired!refuse good good good status-unknown!warning'],
    ['future', 'refuse', 'good not-yet-valid!refuse good good good good'],
    ['encipher', 'refuse', 'good good key-usage!refuse good good good'],
    ['deep', 'refuse', 'good good good good path-refused!refuse not-checked-online!warning'],
    ['strange', 'refuse', 'good good good good path-refused!refuse good'],
    ['forged', 'refuse', 'good good good good path-untrusted!refuse not-checked-online!warning'],
    ['g2ca', 'refuse', 'good good key-usage!refuse good good good'],
  ] as const)('%s: %s', async (id, result, findings) => {
    const { office, servers } = await desk();
    for (const issuer of ['lookalike', 'deepca']) servers.files.set(`/pki/pub/crt/${issuer}.crt`, { body: pki.der(issuer), etag: '' });
    const check = await checked(office, id);
    expect([check.result, said(check)]).toEqual([result, findings]);
  });

  test('the first generation, signed with SHA-1 all the way, is a warning; the office may refuse it', async () => {
    const { office } = await desk({}, { shipped: tableOf(pki, 'g1root'), clock: { now: () => new Date('2018-06-01T00:00:00Z') } });
    expect(said(await checked(office, 'old'))).toMatch(/^good good good sha1-in-path!warning good not-checked-online!warning/);
    await change(office, { policy: { 'sha1-in-path': 'refuse' } });
    expect(await checked(office, 'old')).toMatchObject({ result: 'refuse' });
  });

  test('what runs out soon is told with its days', async () => {
    const { office } = await desk({}, { clock: { now: () => new Date('2043-12-12T00:00:00Z') } });
    const { findings } = await checked(office, 'leader');
    expect(findings.find(({ aspect }) => aspect === 'validity')).toMatchObject({ code: 'expires-soon', state: 'warning', params: { days: 20 } });
  });
});

describe('where the responder does not say', () => {
  test('the list is asked; a revoked one is found in it', async () => {
    const { office, servers } = await desk();
    servers.instead.set('/g2ca', () => ({ status: 503 }));
    await publish(servers, 'g2ca');
    expect(said(await checked(office, 'leader'))).toBe(allGood);
    const check = await checked(office, 'superseded');
    expect([check.online, said(check)]).toEqual(['now', 'good good good good good revoked!refuse']);
    expect(check.evidence.filter(({ kind }) => kind === 'crl')).toHaveLength(2);
  });

  test('a responder that is silent leaves time for the list', async () => {
    const { office, servers } = await desk({}, { limitMs: 1500 });
    servers.instead.set('/g2ca', () => ({ afterMs: 20_000 }));
    await publish(servers, 'g2ca');
    const started = performance.now();
    expect([(await checked(office, 'leader')).online, performance.now() - started < 3000]).toEqual(['now', true]);
  });

  test('somebody who may not answer is not believed, whatever he says', async () => {
    const { office } = await desk({ responder: 'strangeocsp' });
    const check = await checked(office, 'superseded');
    expect([check.online, said(check)]).toEqual(['none', 'good good good good good not-checked-online!warning']);
  });

  test('a certificate that the responder does not know is not good', async () => {
    const { office } = await desk({ ocspOptions: ['-ndays', '1', '-index', join(pki.folder, 'ecca.index')] });
    const check = await checked(office, 'leader');
    expect([check.online, check.status, said(check)]).toEqual(['now', 'unknown', 'good good good good good status-unknown!warning']);
  });

  test('an answer without a nonce that is older than what is kept does not hide it', async () => {
    const { office, servers } = await desk();
    const certificate = pki.certificate('superseded');
    const index = join(scratchFolder(), 'index');
    writeFileSync(index, readFileSync(join(pki.folder, 'g2ca.index'), 'utf8').replaceAll(/^R\t(\d+Z)\t\S+/gm, 'V\t$1\t'));
    const old = opensslOcsp(pki, 'g2ca', ocspRequest(certificate, pki.certificate('g2ca')), 'g2ocsp', ['-ndays', '1', '-index', index]);
    servers.instead.set('/g2ca', () => ({ body: old }));
    expect(said(await checked(office, 'superseded'))).toBe(allGood);
    servers.instead.clear();
    // Answers tell their time in seconds.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(said(await checked(office, 'superseded'))).toContain('revoked!refuse');
    servers.instead.set('/g2ca', () => ({ body: old }));
    expect(said(await checked(office, 'superseded'))).toContain('revoked!refuse');
  });
});

describe('without a network', () => {
  test('the first time nothing is known, and that is said in time', async () => {
    const { office, servers } = await desk({}, { limitMs: 500 });
    for (const path of ['/pki/pub/crt/g2ca.crt', '/g2ca']) servers.instead.set(path, () => ({ status: 200, afterMs: 20_000 }));
    const started = performance.now();
    const check = await checked(office, 'leader');
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(check).toMatchObject({ result: 'warning', online: 'none', status: 'unknown', lastGoodAt: null });
    expect(said(check)).toBe('good good good good path-incomplete!warning not-checked-online!warning');
  });

  test('what was answered before counts as long as it says, after a restart too; then it is stale', async () => {
    let now = new Date();
    const { office, servers, store, folder, key } = await desk({}, { clock: { now: () => now } });
    await publish(servers, 'g2ca');
    await office.keep(await office.check(pki.certificate('leader')), 'A', null);
    servers.instead.set('/g2ca', () => ({ status: 503 }));
    await checked(office, 'clerk');
    await servers.close();
    office.close();
    store.close();

    const again = officeOver(storeAt(folder, key), folder, { shipped: tableOf(pki, 'g2root'), clock: { now: () => now }, limitMs: 4000 });
    const check = await checked(again, 'leader');
    expect([check.online, check.result, said(check)]).toEqual(['kept', 'warning', 'good good good good good kept-evidence!warning']);
    expect(check.lastGoodAt).not.toBeNull();
    // Its answer was never had, but the list knows it.
    expect(said(await checked(again, 'superseded'))).toContain('revoked!refuse');

    now = new Date(now.getTime() + 20 * 86_400_000);
    const stale = await checked(again, 'leader');
    expect([stale.online, stale.status]).toEqual(['kept', 'unknown']);
    expect(said(stale)).toContain('not-checked-online!warning');
    expect(stale.findings.find(({ code }) => code === 'not-checked-online')?.params).toEqual({ why: 'stale' });
    expect(stale.lastGoodAt).toBe(check.lastGoodAt);
    expect(again.failures).toEqual([]);
  });

  test('what was changed on the disk is not believed', async () => {
    const { office, servers, store, folder } = await desk();
    servers.instead.set('/g2ca', () => ({ status: 503 }));
    await publish(servers, 'g2ca');
    await checked(office, 'leader');
    driverOf(store.read).exec("UPDATE trust_answer SET bytes = x'3003020101' WHERE key NOT LIKE 'crl:%'; UPDATE trust_issuer SET der = 'AAAA'");
    for (const { sha256 } of (await checked(office, 'leader')).evidence.filter(({ kind }) => kind === 'crl')) writeFileSync(join(folder, 'revocation-lists', `${sha256}.idx`), 'khác');
    await servers.close();
    const fresh = officeOver(store, folder, { shipped: tableOf(pki, 'g2root'), limitMs: 1000 });
    driverOf(store.read).exec("UPDATE trust_answer SET bytes = x'3003020101' WHERE key NOT LIKE 'crl:%'; UPDATE trust_issuer SET der = 'AAAA'");
    expect(said(await checked(fresh, 'leader'))).toBe('good good good good path-incomplete!warning not-checked-online!warning');
  });
});

test('lists that no row names, and those beyond the bound, are cleared at the start; an older one is refused nonetheless', async () => {
  const { office, servers, store, folder } = await desk();
  servers.instead.set('/g2ca', () => ({ status: 503 }));
  await publish(servers, 'g2ca');
  await checked(office, 'leader');
  const lists = join(folder, 'revocation-lists');
  const before = readdirSync(lists).toSorted();
  expect(before).toHaveLength(4);
  writeFileSync(join(lists, `${'ab'.repeat(32)}.crl`), 'không ai gọi');
  const cache = { store, clock: systemClock, folder: lists, log: () => undefined };
  diskCache(cache);
  expect(readdirSync(lists).toSorted()).toEqual(before);
  diskCache({ ...cache, mostListBytes: 10 });
  expect(readdirSync(lists)).toEqual([]);
  await publish(servers, 'g2ca', -3, 6);
  const again = officeOver(store, folder, { shipped: tableOf(pki, 'g2root') });
  expect(said(await checked(again, 'leader'))).toContain('not-checked-online!warning');
  await publish(servers, 'g2ca');
  expect(said(await checked(again, 'leader'))).toBe(allGood);
});

describe('the clock', () => {
  test('one that is behind is noticed by what the authorities say', async () => {
    const { office } = await desk({}, { clock: { now: () => new Date(Date.now() - 3 * 86_400_000) } });
    const check = await checked(office, 'leader');
    expect(check.findings[0]).toEqual({ aspect: 'clock', code: 'clock-doubtful', state: 'warning', params: { minutes: 4320, direction: 'behind' } });
    expect(check.status).toBe('unknown');
  });

  test('when others say so, a certificate that is current by ours alone is refused', async () => {
    const year = 365 * 86_400;
    const { office } = await desk({}, { clock: { now: () => new Date('2023-12-01T00:00:00Z') }, clockAhead: () => -year });
    expect(said(await checked(office, 'expired'))).toMatch(/^clock-doubtful!warning validity-uncertain!refuse/);
  });
});

test('the office’s proxy is used for everything that is asked', async () => {
  const proxy = await startProxy();
  closers.push(proxy.close);
  const route = { caPem: '', proxy: { host: '127.0.0.1', port: proxy.port, user: '', password: '', bypass: [] } };
  const { office } = await desk({}, { http: (request) => httpClient({ ...request, route }) });
  expect(said(await checked(office, 'leader'))).toBe(allGood);
  expect(proxy.seen.map((line) => line.replace(/:\d+/, '')).toSorted()).toEqual([
    'GET http://127.0.0.1/pki/pub/crl/g2root.crl',
    'GET http://127.0.0.1/pki/pub/crt/g2ca.crt',
    'GET http://127.0.0.1/pki/pub/crt/g2root.crt',
    'POST http://127.0.0.1/g2ca',
    'POST http://127.0.0.1/g2root',
  ]);
});

test('on a full disk the check goes on in memory, says so in the log once, and takes to the disk again later (needs root to mount a small disk)', async ({ skip }) => {
  const disk = join(scratchFolder(), 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    skip();
  }
  closers.push(() => execFileSync('umount', [disk]));
  const { office, servers, store } = await desk({}, {}, join(disk, 'profile'));
  const ballast = join(disk, 'ballast');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  // Room that the log of the database has of its own is used up first.
  for (const id of ['clerk', 'agency', 'superseded', 'held', 'stolen', 'expired']) await checked(office, id);
  const check = await checked(office, 'leader');
  expect([check.online, said(check)]).toEqual(['now', allGood]);
  expect(office.logged).toEqual(['trust cache: disk-full; answers are kept in memory until the program ends']);
  expect(await office.handlers.evidence({})).toMatchObject({ ok: true, value: { memoryOnly: true } });
  servers.instead.set('/g2ca', () => ({ status: 503 }));
  expect(await checked(office, 'leader')).toMatchObject({ online: 'kept', status: 'good' });
  rmSync(ballast);
  servers.instead.clear();
  await checked(office, 'agency');
  expect(await office.handlers.evidence({})).toMatchObject({ ok: true, value: { memoryOnly: false } });
  expect(store.read).toBeDefined();
});
