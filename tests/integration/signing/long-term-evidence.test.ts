import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { securityStoreOf, viewOf } from '../../../electron/foundation/pdf/index.ts';
import { complete, levelOf, signFile, type Completed, type EvidenceDeps, type Signed, type SigningRefusal } from '../../../electron/services/signing/index.ts';
import { assess } from '../../../electron/services/signing/long-term/assess.ts';
import type { Result } from '../../../electron/foundation/outcome.ts';
import { opensslOcsp, opensslTimestamp } from '../../fakes/pki/answers.ts';
import { day, makeCrl } from '../../fakes/pki/make.ts';
import { bad, good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { bases, opened } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { evidenceDeps, publishLists } from './evidence.ts';
import { onDisk } from './files.ts';
import { judge } from './judges.ts';
import { judgeStore } from './store-judges.ts';
import { signedBy, wishOf } from './signer.ts';

const tsa = 'http://tsa.ca.test/';
const v15 = { kind: 'rsa-v1.5', digest: 'sha256' } as const;
const table = bases()['table'] ?? Buffer.alloc(0);
let pki: TestPki;
let servers: PkiServers;
beforeAll(async () => {
  pki = await testPki();
});
beforeEach(async () => {
  servers = await startPkiServers(pki);
  await publishLists(pki, servers, ['g2root']);
});
afterEach(() => servers.close());

type Made = { readonly result: Result<Signed, SigningRefusal | { readonly code: 'not-signed'; readonly cause: never }>; readonly path: string; readonly names: readonly string[] };

async function signed(id = 'clerk', level: 'LT' | 'LTA' = 'LT', more: Partial<EvidenceDeps> = {}): Promise<Made> {
  const { folder, source, target } = onDisk(table);
  const deps = evidenceDeps(pki, servers, more);
  const result = await signFile<never>({ ...deps, evidence: deps }, { source, target, tsa }, wishOf(pki, id, v15, { level }), signedBy(pki, id, v15));
  expect(readFileSync(source).equals(table)).toBe(true);
  return { result, path: target, names: readdirSync(folder).sort() };
}

/** Level T with the signature in order, no DSS, and the reason. */
function expectTime(made: Made, missing: unknown): void {
  expect(good(made.result)).toMatchObject({ level: 'T', path: made.path, missing });
  expect(made.names).toEqual(['base.pdf', 'signed.pdf']);
  const bytes = readFileSync(made.path);
  judge(pki, bytes, table, [{ field: 'ChuKySo1', signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'T' }]);
  expect(good(securityStoreOf(viewOf(opened(bytes))))).toBeUndefined();
  expect(good(levelOf(made.path, evidenceDeps(pki, servers)))).toMatchObject([{ level: 'T' }]);
}

const nobody = (): { readonly status: number } => ({ status: 503 });

test('services that do not answer: the signature keeps its time, and what is missing is told', async () => {
  servers.instead.set('/g2ca', nobody);
  expectTime(await signed(), { why: 'status', detail: 'PHÒNG VĂN THƯ: http-status 404' });
  servers.instead.set('/', nobody);
  const { result, path } = await signed('clerk', 'LTA');
  expect(good(result)).toMatchObject({ level: 'B', time: null, missing: { why: 'unreachable' }, path });
  // Completing is refused as long as nothing can be had, and is done when it can.
  const { source, target, folder } = onDisk(readFileSync(path));
  const run = async (): Promise<Result<Completed, SigningRefusal>> => complete(evidenceDeps(pki, servers), { source, target }, { level: 'LTA', tsa });
  expect(bad(await run())).toEqual({ code: 'not-completed', why: 'unreachable', detail: '503' });
  expect(readdirSync(folder)).toEqual(['base.pdf']);
  servers.instead.delete('/');
  expect(bad(await complete(evidenceDeps(pki, servers), { source, target }, { level: 'LT', tsa: null }))).toEqual({ code: 'not-completed', why: 'unreachable', detail: 'no-address' });
  servers.instead.delete('/g2ca');
  expect(good(await run())).toMatchObject({ level: 'LTA', missing: null });
});

test('what could be had is kept: a time without evidence', async () => {
  servers.instead.set('/', nobody);
  const { path } = await signed();
  servers.instead.delete('/');
  servers.instead.set('/g2ca', nobody);
  const { source, target } = onDisk(readFileSync(path));
  const made = good(await complete(evidenceDeps(pki, servers), { source, target }, { level: 'LTA', tsa }));
  expect(made).toMatchObject({ way: 'signature', level: 'T', missing: { why: 'status' } });
  judge(pki, readFileSync(target), table, [{ field: 'ChuKySo1', signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'T' }]);
});

test('an answer of a responder who may not speak, or about somebody else, is not embedded', async () => {
  for (const responder of ['strangeocsp', 'fakeocsp', 'tsa']) {
    servers.instead.set('/g2ca', ({ body }) => ({ body: opensslOcsp(pki, 'g2ca', body, responder) }));
    expectTime(await signed(), { why: 'status' });
  }
  let others: Uint8Array | undefined;
  servers.instead.set('/g2ca', ({ body }) => {
    others ??= opensslOcsp(pki, 'g2ca', body);
    return { body: others };
  });
  good((await signed('leader')).result);
  expectTime(await signed('clerk'), { why: 'status' });
  // With a list to fall back on, the list is what is embedded.
  await publishLists(pki, servers, ['g2ca']);
  const { result, path } = await signed('clerk');
  expect(good(result)).toMatchObject({ level: 'LT', missing: null });
  expect(judgeStore(pki, readFileSync(path), [])).toMatchObject({ answers: [], lists: expect.arrayContaining(['CA phục vụ các cơ quan Thử nghiệm G2']) as string[] });
});

test('a list that has run out, or one of another issuer, is not embedded', async () => {
  servers.instead.set('/g2ca', nobody);
  await publishLists(pki, servers, ['g2ca'], -10, -3);
  expectTime(await signed(), { why: 'status', detail: 'PHÒNG VĂN THƯ: http-status 503' });
  servers.files.set('/pki/pub/crl/g2ca.crl', { body: await makeCrl(pki.folder, 'ecca', day(-1), day(6)), etag: '' });
  expectTime(await signed(), { why: 'status' });
  // The name of the issuer over another key.
  servers.files.set('/pki/pub/crl/g2ca.crl', { body: await makeCrl(pki.folder, 'fakeca', day(-1), day(6), { index: '' }), etag: '' });
  expectTime(await signed(), { why: 'status' });
});

test('a certificate that was revoked is refused by name, whoever says so, and nothing is left', async () => {
  for (const way of ['answer', 'list'] as const) {
    if (way === 'list') {
      servers.instead.set('/g2ca', nobody);
      await publishLists(pki, servers, ['g2ca']);
    }
    const { result, names } = await signed('superseded');
    expect(bad(result)).toEqual({ code: 'certificate-revoked', name: 'Đã Thay', since: '2025-06-01T00:00:00.000Z', reason: 'superseded' });
    expect(names).toEqual(['base.pdf']);
  }
  const index = readFileSync(join(pki.folder, 'g2root.index'), 'utf8').split('\n');
  const lost = index.map((line) => (line.endsWith('/CN=tsa') ? line.replace(/^V\t(\S+)\t/, 'R\t$1\t250601000000Z,keyCompromise') : line));
  servers.files.set('/pki/pub/crl/g2root.crl', { body: await makeCrl(pki.folder, 'g2root', day(-1), day(6), { index: lost.join('\n') }), etag: '' });
  expect(bad((await signed('clerk')).result)).toMatchObject({ code: 'certificate-revoked', name: 'Máy chủ cấp dấu thời gian Thử nghiệm 02' });
});

test('a renewal asks anew about the authority of the time-stamp before it, whose key may have been lost since', async () => {
  const { path } = await signed('clerk', 'LTA');
  const clock = { now: () => new Date(Date.now() + 8 * 86_400_000) };
  const renewed = async (index?: string): Promise<{ readonly result: Result<Completed, SigningRefusal>; readonly path: string }> => {
    servers.files.set('/pki/pub/crl/g2root.crl', { body: await makeCrl(pki.folder, 'g2root', day(7), day(14), index === undefined ? {} : { index }), etag: '' });
    const { source, target } = onDisk(readFileSync(path));
    return { result: await complete(evidenceDeps(pki, servers, { clock }), { source, target }, { level: 'LTA', tsa }), path: target };
  };
  const own = readFileSync(join(pki.folder, 'g2root.index'), 'utf8');
  const revoked = (reason: string): string => own.replace(/^V\t(\S+)\t(.*CN=tsa)$/m, `R\t$1\t${day(1).slice(2)},${reason}$2`);
  expect(bad((await renewed(revoked('keyCompromise'))).result)).toMatchObject({ code: 'certificate-revoked', name: 'Máy chủ cấp dấu thời gian Thử nghiệm 02', reason: 'keyCompromise' });
  for (const index of [undefined, revoked('superseded')]) {
    const again = await renewed(index);
    expect(good(again.result)).toMatchObject({ level: 'LTA', missing: null });
    // The list of that day stands beside the one of the day of signing.
    expect(judgeStore(pki, readFileSync(again.path), ['clerk']).lists).toEqual(['RootCA chuyên dùng Thử nghiệm G2', 'RootCA chuyên dùng Thử nghiệm G2']);
  }
});

test('a delegated responder without nocheck is asked about too, by a list of its issuer', async () => {
  servers.instead.set('/g2ca', ({ body }) => ({ body: opensslOcsp(pki, 'g2ca', body, 'checkocsp') }));
  expectTime(await signed(), { why: 'status', detail: 'OCSP phải kiểm tra: http-status 404' });
  await publishLists(pki, servers, ['g2ca']);
  const { result, path } = await signed();
  expect(good(result)).toMatchObject({ level: 'LT' });
  expect(judgeStore(pki, readFileSync(path), ['clerk'])).toMatchObject({ answers: ['clerk'], lists: expect.arrayContaining(['CA phục vụ các cơ quan Thử nghiệm G2']) as string[] });
});

test('a path that ends at a root that is not pinned, or whose issuer cannot be had, is told', async () => {
  expectTime(await signed('clerk', 'LT', { anchors: pki.anchors('g1root') }), { why: 'untrusted', detail: 'RootCA chuyên dùng Thử nghiệm G2' });
  const { folder, source, target } = onDisk(table);
  const deps = evidenceDeps(pki, servers);
  servers.instead.set('/pki/pub/crt/g2ca.crt', nobody);
  const result = await signFile({ ...deps, evidence: deps }, { source, target, tsa }, wishOf(pki, 'clerk', v15, { level: 'LT', chain: [] }), signedBy(pki, 'clerk', v15));
  expect(good(result)).toMatchObject({ level: 'T', missing: { why: 'issuer', detail: 'PHÒNG VĂN THƯ: http-status 503' } });
  servers.instead.clear();
  const completed = join(folder, 'completed.pdf');
  expect(good(await complete(evidenceDeps(pki, servers), { source: target, target: completed }, { level: 'LT', tsa: null }))).toMatchObject({ level: 'LT', missing: null });
  // The issuer came from its address, and stands in the store for readers without network.
  expect(judgeStore(pki, readFileSync(completed), ['clerk']).certificates).toEqual(['CA phục vụ các cơ quan Thử nghiệm G2', 'RootCA chuyên dùng Thử nghiệm G2']);
});

test('a token larger than the usual room: a document time-stamp gets room for it, a signature keeps its own', async () => {
  const many = join(scratchFolder(), 'many.pem');
  const all = readdirSync(pki.folder).filter((name) => name.endsWith('.pem')).slice(0, 12);
  writeFileSync(many, all.map((name) => readFileSync(join(pki.folder, name), 'utf8')).join('\n'));
  servers.instead.set('/', ({ body }) => ({ body: opensslTimestamp(pki, body, undefined, many) }));
  const { result, path } = await signed();
  expect(good(result)).toMatchObject({ level: 'B', time: null, missing: { why: 'too-large' } });
  const { source, target } = onDisk(readFileSync(path));
  servers.asked.length = 0;
  expect(good(await complete(evidenceDeps(pki, servers), { source, target }, { level: 'T', tsa }))).toMatchObject({ way: 'document', level: 'T', missing: null });
  expect(servers.asked.filter(({ line }) => line === 'POST /').length).toBe(3);
  judge(pki, readFileSync(target), table, [
    { field: 'ChuKySo1', signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'B' },
    { field: 'DauThoiGian1', kind: 'time-stamp' },
  ]);
});

test('a lost key of an authority harms what it stamped, but not what another time-stamp covered before the loss', async () => {
  const own = readFileSync(join(pki.folder, 'g2root.index'), 'utf8');
  const at = new Date(Date.now() - 30 * 86_400_000);
  const judged = async (reason: string, provenAt: Date | undefined): Promise<readonly string[]> => {
    const index = own.replace(/^V\t(\S+)\t(.*CN=tsa)$/m, `R\t$1\t${day(-10).slice(2)},${reason}$2`);
    const der = await makeCrl(pki.folder, 'g2root', day(-1), day(6), { index });
    const material = { certificates: [pki.certificate('g2root')], pieces: [{ kind: 'crl', der } as const] };
    return assess({ purpose: 'time-stamping', certificate: pki.certificate('tsa'), at, provenAt }, material, { anchors: pki.anchors('g2root'), certificates: [] }).lacks.map(({ code }) => code);
  };
  expect(await judged('keyCompromise', undefined)).toEqual(['revoked']);
  expect(await judged('unspecified', undefined)).toEqual(['revoked']);
  expect(await judged('superseded', undefined)).toEqual([]);
  expect(await judged('keyCompromise', new Date(Date.now() - 20 * 86_400_000))).toEqual([]);
  expect(await judged('keyCompromise', new Date(Date.now() - 5 * 86_400_000))).toEqual(['revoked']);
});
