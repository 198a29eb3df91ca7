import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formOf, securityStoreOf, viewOf, writeIncrement } from '../../../electron/foundation/pdf/index.ts';
import { complete, levelOf, signFile, type Completed, type SigningRefusal, type SigningWish } from '../../../electron/services/signing/index.ts';
import { storePlan } from '../../../electron/services/signing/long-term/store.ts';
import { opensslTimestamp } from '../../fakes/pki/answers.ts';
import { bad, good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { byQpdf } from '../../unit/foundation/pdf/judges.ts';
import { bases, document, make, opened, page } from '../../unit/foundation/pdf/make.ts';
import { evidenceDeps, publishLists } from './evidence.ts';
import { formFile, onDisk } from './files.ts';
import { judge, type Expected } from './judges.ts';
import { changesSince, judgeStore, keysIn } from './store-judges.ts';
import { signedBy, wishOf } from './signer.ts';

const tsa = 'http://tsa.ca.test/';
const v15 = { kind: 'rsa-v1.5', digest: 'sha256' } as const;
const table = bases()['table'] ?? Buffer.alloc(0);
let pki: TestPki;
let servers: PkiServers;
beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki);
  await publishLists(pki, servers);
});
afterAll(() => servers.close());

/** Signs as a station without network does: level T keeps the room, level B leaves none. */
async function offline(base: Buffer, id: 'clerk' | 'leader' = 'clerk', more: Partial<SigningWish> = {}): Promise<Buffer> {
  const files = onDisk(base);
  const deps = { http: () => Promise.reject(new Error('nobody is asked')), hosts: {}, clock: { now: () => new Date() } };
  good(await signFile(deps, { ...files, tsa: null }, wishOf(pki, id, v15, { level: 'T', ...more }), signedBy(pki, id, v15)));
  return files.signed();
}

type Level = Parameters<typeof complete>[2]['level'];
type Done = { readonly bytes: Buffer; readonly completed: Completed; readonly path: string };

async function completed(base: Buffer, level: Level): Promise<Done> {
  const { folder, source, target } = onDisk(base);
  const result = good(await complete(evidenceDeps(pki, servers), { source, target }, { level, tsa }));
  expect(readFileSync(source).equals(base)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['base.pdf', 'signed.pdf']);
  expect(result.size).toBe(statSync(target).size);
  const bytes = readFileSync(target);
  expectUntouched(base, bytes, result.way === 'signature');
  return { bytes, completed: result, path: target };
}

async function refused(base: Buffer, level: Level, deps = evidenceDeps(pki, servers)): Promise<SigningRefusal> {
  const { folder, source, target } = onDisk(base);
  const failure = bad(await complete(deps, { source, target }, { level, tsa }));
  expect(readdirSync(folder)).toEqual(['base.pdf']);
  expect(readFileSync(source).equals(base)).toBe(true);
  return failure;
}

/** No byte that any signature covers is another one: all are as they were, but for the last gap when the time went in there. */
function expectUntouched(before: Buffer, after: Buffer, mayFillGap: boolean): void {
  const gap = [...before.toString('latin1').matchAll(/\/Contents (<[0-9a-fA-F]{100,}>)/g)].at(-1);
  const from = mayFillGap && gap !== undefined ? gap.index + '/Contents <'.length : before.length;
  const to = mayFillGap && gap !== undefined ? gap.index + gap[0].length - 1 : before.length;
  expect(after.subarray(0, from).equals(before.subarray(0, from))).toBe(true);
  expect(after.subarray(to, before.length).equals(before.subarray(to))).toBe(true);
}

const clerk = (level: 'B' | 'T', field = 'ChuKySo1'): Expected => ({ field, signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level });
const leader = (level: 'B' | 'T', field = 'ChuKySo1'): Expected => ({ field, signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level });
const stamp = (n: number): Expected => ({ field: `DauThoiGian${String(n)}`, kind: 'time-stamp' });

test.each(['table', 'stream, packed', 'hybrid'])('signed offline on a file %s, then completed to T, LT, LTA and renewed', async (name) => {
  const start = bases()[name] ?? Buffer.alloc(0);
  const base = await offline(start);
  expect(good(levelOf(onDiskAt(base), evidenceDeps(pki, servers)))).toMatchObject([{ level: 'B', time: null, lacks: [{ code: 'no-time' }] }]);
  const t = await completed(base, 'T');
  expect(t.completed).toMatchObject({ way: 'signature', level: 'T', missing: null, size: base.length });
  expect(t.completed.levels).toMatchObject([{ level: 'T', timeBy: 'signature', lacks: [{ code: 'status' }, { code: 'status' }, { code: 'status' }] }]);
  judge(pki, t.bytes, start, [clerk('T')]);
  const lt = await completed(t.bytes, 'LT');
  expect(lt.completed).toMatchObject({ way: null, level: 'LT', missing: null });
  judge(pki, lt.bytes, start, [clerk('T')], true);
  expect(judgeStore(pki, lt.bytes, ['clerk']).answers).toEqual(['clerk']);
  expect(await refused(lt.bytes, 'LT')).toEqual({ code: 'level-reached' });
  expect(await refused(lt.bytes, 'T')).toEqual({ code: 'level-reached' });
  const lta = await completed(lt.bytes, 'LTA');
  expect(lta.completed).toMatchObject({ way: null, level: 'LTA', missing: null });
  judge(pki, lta.bytes, start, [clerk('T'), stamp(1)]);
  const renewed = await completed(lta.bytes, 'LTA');
  expect(renewed.completed).toMatchObject({ level: 'LTA', missing: null });
  judge(pki, renewed.bytes, start, [clerk('T'), stamp(1), stamp(2)]);
  // What the first time-stamp of the document rests on is named beside what was there, and its objects serve again.
  const before = judgeStore(pki, lta.bytes, ['clerk']);
  const store = judgeStore(pki, renewed.bytes, ['clerk']);
  expect(store).toMatchObject({ certificates: before.certificates, answers: before.answers, lists: before.lists });
  expect(store.keys).toEqual([...before.keys, keysIn(renewed.bytes)[1]]);
  expect(changesSince(renewed.bytes, 2)).toEqual([['catalog'], ['form', 'page'], ['store'], ['form', 'page']]);
});

function onDiskAt(bytes: Buffer): string {
  return onDisk(bytes).source;
}

test('from B to LTA in one go: time in the signature, one DSS, one time-stamp over it', async () => {
  const made = await completed(await offline(table), 'LTA');
  expect(made.completed).toMatchObject({ way: 'signature', level: 'LTA', missing: null });
  judge(pki, made.bytes, table, [clerk('T'), stamp(1)]);
  expect(opened(made.bytes).revisions.length).toBe(4);
});

test('without room in the signature, or with something appended after it, the time comes as one over the document', async () => {
  const noRoom = await offline(table, 'clerk', { level: 'B' });
  const first = await completed(noRoom, 'T');
  expect(first.completed).toMatchObject({ way: 'document', level: 'T', levels: [{ timeBy: 'document' }] });
  judge(pki, first.bytes, table, [clerk('B'), stamp(1)]);
  const long = await completed(first.bytes, 'LTA');
  expect(long.completed).toMatchObject({ way: null, level: 'LTA', missing: null });
  judge(pki, long.bytes, table, [clerk('B'), stamp(1), stamp(2)]);
  // Two signatures, both with room: a later one covers the room of the first, so neither is written to.
  const two = await offline(await offline(table), 'leader');
  const both = await completed(two, 'LT');
  expect(both.completed).toMatchObject({ way: 'document', level: 'LT', missing: null, levels: [{ level: 'LT', timeBy: 'document' }, { level: 'LT', timeBy: 'document' }] });
  judge(pki, both.bytes, table, [clerk('B'), leader('B', 'ChuKySo2'), stamp(1)], true);
  expect(judgeStore(pki, both.bytes, ['clerk', 'leader']).answers.toSorted()).toEqual(['clerk', 'leader']);
  // Only the first lacks a time; it has room, and the signature after it covers that room.
  const files = onDisk(await offline(table));
  const deps = evidenceDeps(pki, servers);
  good(await signFile(deps, { ...files, tsa }, wishOf(pki, 'leader', v15, { level: 'T' }), signedBy(pki, 'leader', v15)));
  const below = await completed(files.signed(), 'T');
  expect(below.completed).toMatchObject({ way: 'document', level: 'T', levels: [{ timeBy: 'document' }, { timeBy: 'signature' }] });
  judge(pki, below.bytes, table, [clerk('B'), leader('T', 'ChuKySo2'), stamp(1)]);
  // The first has its time already: only the second lacks one, and its room is the end of the file.
  const timed = await completed(await offline(table), 'T');
  const after = await completed(await offline(timed.bytes, 'leader'), 'T');
  expect(after.completed).toMatchObject({ way: 'signature', level: 'T' });
  judge(pki, after.bytes, table, [clerk('T'), leader('T', 'ChuKySo2')]);
});

test('a DSS that another program left is kept, whatever its form, and its objects serve again', async () => {
  const certificate = pki.der('g2root');
  const list = servers.files.get('/pki/pub/crl/g2root.crl')?.body ?? Buffer.alloc(0);
  const stream = (der: Uint8Array): Buffer => Buffer.concat([Buffer.from(`<</Length ${String(der.length)}>>\nstream\n`), der, Buffer.from('\nendstream')]);
  const vri = `/${'AB'.repeat(20)}<</Cert[10 0 R]/TU(D:20200101000000Z)>>`;
  const forms = [
    ['<</Type/Catalog/Pages 2 0 R/DSS<</Certs[10 0 R]/CRLs[11 0 R]/Own(kept)>>>>', '<<>>'],
    ['<</Type/Catalog/Pages 2 0 R/DSS 12 0 R>>', `<</Certs 13 0 R/CRLs[11 0 R]/Own(kept)/VRI<<${vri}>>>>`],
    ['<</Type/Catalog/Pages 2 0 R/DSS 12 0 R>>', '<</Certs 13 0 R/CRLs[11 0 R]/Own(kept)/VRI 14 0 R>>'],
  ] as const;
  for (const [catalog, store] of forms) {
    const start = make({ kind: 'table', objects: [[1, catalog], ...document.slice(1), [10, stream(certificate)], [11, stream(list)], [12, store], [13, '[10 0 R]'], [14, `<<${vri}>>`]] });
    const made = await completed(await offline(start), 'LT');
    expect(made.completed).toMatchObject({ level: 'LT', missing: null });
    judge(pki, made.bytes, start, [clerk('T')], true);
    const found = good(securityStoreOf(viewOf(opened(made.bytes))));
    expect(found).toMatchObject({ certs: [10], crls: [11] });
    expect(found?.ocsps.length).toBe(1);
    expect(found?.vri.size).toBe(catalog.includes('<</Certs') ? 2 : 3);
    if (!catalog.includes('<</Certs')) expect(found?.vri.get('AB'.repeat(20))?.certs).toEqual([10]);
    const written = byQpdf(made.bytes, '--qdf').toString('latin1');
    expect(written).toContain('/Own (kept)');
    if (!catalog.includes('<</Certs')) expect(written).toContain('/TU (D:20200101000000Z)');
  }
});

test('evidence that came after the time-stamp over the document is not archived by it', async () => {
  const deps = evidenceDeps(pki, servers);
  const first = onDisk(await offline(table));
  good(await complete(deps, first, { level: 'T', tsa }));
  const second = onDisk(first.signed());
  good(await signFile({ ...deps, evidence: deps }, { ...second, tsa }, wishOf(pki, 'leader', v15, { level: 'LTA' }), signedBy(pki, 'leader', v15)));
  expect(good(levelOf(second.target, deps))).toMatchObject([{ level: 'T' }, { level: 'LTA' }]);
  const made = await completed(second.signed(), 'LT');
  expect(made.completed.levels).toMatchObject([{ level: 'LT', lacks: [{ code: 'no-archive-time' }] }, { level: 'LTA' }]);
});

test('an entry of the store that is there already gets more, and keeps what else it says', () => {
  const key = 'AB'.repeat(20);
  const stream = (text: string): string => `<</Length ${String(text.length)}>>\nstream\n${text}\nendstream`;
  const start = make({ kind: 'table', objects: [[1, '<</Type/Catalog/Pages 2 0 R/DSS 12 0 R>>'], ...document.slice(1), [10, stream('one')], [12, `<</Certs[10 0 R]/VRI<</${key}<</Cert[10 0 R]/TU(D:2020)>>>>>>`]] });
  const file = opened(start);
  const plan = storePlan(file, [{ key, certificates: [Buffer.from('two')], pieces: [] }]);
  const written = plan === undefined ? Buffer.alloc(0) : good(writeIncrement(file, plan)).bytes;
  expect(written.toString('latin1')).toMatch(/\/TU ?\(D:2020\)/);
  expect(good(securityStoreOf(viewOf(opened(Buffer.concat([start, written])))))?.vri.get(key)?.certs).toEqual([10, 13]);
  expect(storePlan(opened(Buffer.concat([start, written])), [{ key, certificates: [Buffer.from('one'), Buffer.from('two')], pieces: [] }])).toBeUndefined();
});

test('a signature that a later revision took out of form and page is not one that can be completed', async () => {
  const base = await offline(table);
  const file = opened(base);
  const form = good(formOf(viewOf(file)))?.form.holder.number ?? 0;
  const hidden = Buffer.concat([base, good(writeIncrement(file, { objects: [{ number: 3, value: { raw: Buffer.from(page) } }, { number: form, value: { dictionary: { Fields: [] } } }] })).bytes]);
  expect(good(levelOf(onDiskAt(hidden), evidenceDeps(pki, servers)))).toMatchObject([{ level: null, lacks: [{ code: 'unsound' }] }]);
  expect(await refused(hidden, 'T')).toEqual({ code: 'nothing-to-complete' });
});

test('certified without any change allowed, or with every field locked: evidence and time-stamps are none of it, a signature is', async () => {
  const closed = await offline(table, 'clerk', { certify: 1 });
  const made = await completed(closed, 'LTA');
  expect(made.completed).toMatchObject({ way: 'signature', level: 'LTA' });
  judge(pki, made.bytes, table, [clerk('T'), stamp(1)]);
  const locked = await offline(formFile(), 'clerk', { lock: { action: 'All', fields: [] }, field: { kind: 'existing', name: 'CoQuan' } });
  const second = await completed(locked, 'LTA');
  judge(pki, second.bytes, formFile(), [clerk('T', 'CoQuan'), stamp(1)]);
  const files = onDisk(made.bytes);
  const deps = evidenceDeps(pki, servers);
  expect(bad(await signFile(deps, { ...files, tsa }, wishOf(pki, 'leader', v15), signedBy(pki, 'leader', v15)))).toEqual({ code: 'changes-forbidden' });
});

test('what cannot be completed is refused, and nothing is left behind', async () => {
  expect(await refused(table, 'T')).toEqual({ code: 'nothing-to-complete' });
  expect(await refused(Buffer.from('hello'), 'T')).toMatchObject({ code: 'pdf-damaged' });
  const base = await offline(table);
  expect(await refused(base.subarray(0, base.length - 20), 'LT')).toMatchObject({ code: 'pdf-damaged' });
  expect(await refused(byQpdf(base, '--encrypt', '', 'owner', '256', '--'), 'T')).toEqual({ code: 'pdf-encrypted' });
  const spoilt = Buffer.from(base);
  spoilt.write('Vax', spoilt.indexOf('(Van ban)') + 1);
  expect(await refused(spoilt, 'LTA')).toEqual({ code: 'nothing-to-complete' });
  expect(good(levelOf(onDiskAt(spoilt), evidenceDeps(pki, servers)))).toMatchObject([{ level: null, lacks: [{ code: 'unsound' }] }]);
  const { source, target, folder } = onDisk(base);
  writeFileSync(target, 'somebody was here');
  const deps = evidenceDeps(pki, servers);
  expect(bad(await complete(deps, { source, target }, { level: 'T', tsa }))).toEqual({ code: 'target-exists' });
  expect(readFileSync(target, 'utf8')).toBe('somebody was here');
  // Somebody is faster while the authority is asked.
  const race = onDisk(base);
  servers.instead.set('/', () => {
    writeFileSync(race.target, 'somebody was faster');
    return { status: 503 };
  });
  const faster = await complete(deps, race, { level: 'T', tsa });
  servers.instead.set('/', ({ body }) => {
    writeFileSync(race.target, 'somebody was faster');
    return { body: opensslTimestamp(pki, body) };
  });
  rmSync(race.target);
  expect([bad(faster), bad(await complete(deps, race, { level: 'T', tsa }))]).toEqual([{ code: 'not-completed', why: 'unreachable', detail: '503' }, { code: 'target-exists' }]);
  servers.instead.delete('/');
  expect(readFileSync(race.target, 'utf8')).toBe('somebody was faster');
  expect(readdirSync(race.folder).sort()).toEqual(['base.pdf', 'signed.pdf']);
  expect(bad(await complete(deps, { source: join(folder, 'no.pdf'), target: join(folder, 'x.pdf') }, { level: 'T', tsa }))).toEqual({ code: 'file-unreadable', detail: 'ENOENT' });
  expect(bad(await complete(deps, { source, target: join(folder, 'nowhere', 'x.pdf') }, { level: 'T', tsa }))).toEqual({ code: 'target-unwritable', detail: 'ENOENT' });
});
