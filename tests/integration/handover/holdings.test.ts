import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InputOf, Contract, ReceivedPackage } from '#contract';
import { readablePackage } from '../../../electron/services/handover/holdings/of-package.ts';
import { checkPackage } from '../../../electron/services/packages/index.ts';
import { namedFiles } from '../../../electron/services/transfer/files.store.ts';
import { seat } from '../../../electron/services/people/session.ts';
import { all, blobsBeside, openStore, run, sql, type Store } from '../../../electron/store/index.ts';
import { openProfile, taker, type Profile } from '../../fakes/handover/profile.ts';
import { decided, decisionNumber, given, officeOver } from '../../fakes/keeping/archive.ts';
import { laidThere, submittedFields } from '../../fakes/handover/submitted.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let root: string;
let place: string;
let profile: Profile;

beforeEach(async () => {
  root = scratchFolder();
  place = join(root, 'place');
  mkdirSync(place);
  profile = await openProfile(join(root, 'archive'), taker, { place });
});
afterEach(async () => {
  await profile.core.close();
});

/** Takes packages of so many documents each into the holdings. */
async function taken(documents: readonly number[], archive: boolean, head = {}): Promise<readonly ReceivedPackage[]> {
  const packages = join(root, 'packages');
  mkdirSync(packages);
  for (const [index, count] of documents.entries()) await laidThere(packages, index, { documents: count, bytes: 500, head });
  const begun = await profile.must('handover', 'startReceipt', { fields: submittedFields });
  const checked = await profile.core.handover.takeFrom(begun.id, [packages]);
  if (!checked.ok) throw new Error(JSON.stringify(checked.failure));
  const decided = await profile.must('handover', 'decide', { id: begun.id, version: checked.value.version, packages: null, decision: null, reason: '' });
  const done = await profile.must('handover', 'conclude', { id: decided.id, version: decided.version, number: '1/BB', archive });
  expect(done).toMatchObject({ state: 'concluded', held: documents.length, archived: archive ? documents.length : 0 });
  return profile.must('handover', 'packages', { receipt: begun.id, after: 0, limit: 10 });
}

type Wanted = InputOf<Contract['holdings']['makeUseCopy']>;
const wanted = (one: ReceivedPackage, more: Partial<Wanted> = {}): Wanted => ({
  package: one.id,
  request: { id: 'YC-1', day: '2026-11-20', purpose: '02', content: 'Tra cứu', payer: '', topic: '', description: '' },
  recipient: { name: 'Nguyễn Văn Đọc', id: '001' },
  validUntil: null,
  documents: null,
  certification: null,
  output: 'folder',
  drive: null,
  ...more,
});

/** The profile's store, while its core is closed. */
function opened(): Store {
  const store = openStore({ folder: profile.folder, key: Buffer.from(profile.key), programVersion: '0.1.0', mayCreate: false });
  if (!store.ok) throw new Error(store.failure.code);
  return store.value;
}

/** Lays what is kept of an AIP out of the file store, past the program. */
async function laidOut(id: string): Promise<string> {
  const { read, blobAccess, close } = opened();
  const blobs = blobsBeside(blobAccess);
  const [head] = all<{ folder: string }>(read, sql`SELECT folder FROM archived_package WHERE package = ${id}`);
  const folder = join(root, 'laid', head?.folder ?? '');
  for (const { path, sha256 } of all<{ path: string; sha256: string }>(read, sql`SELECT path, sha256 FROM archived_file WHERE package = ${id}`)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const pieces: Buffer[] = [];
    for await (const piece of blobs.pieces(sha256)) pieces.push(Buffer.from(piece));
    writeFileSync(join(folder, path), Buffer.concat(pieces));
  }
  close();
  return folder;
}

test('a receipt’s packages are kept as AIP that the validator passes, with what was found and decided of them, and nothing of it lies open', async () => {
  const [one] = await taken([3, 2], true);
  const archived = await profile.must('holdings', 'archived', { package: one?.id ?? '' });
  expect(archived).toMatchObject({ form: 'AIP_hoso', dossier: one?.dossier });
  expect((await profile.must('dossiers', 'history', { id: one?.dossier ?? '' })).map(({ act }) => act)).toEqual(['received', 'archived']);
  expect(existsSync(join(profile.folder, 'open-packages'))).toBe(false);
  await profile.core.close();
  const folder = await laidOut(one?.id ?? '');
  const report = await checkPackage(folder);
  expect([report.findings.filter(({ level }) => level === 'must'), report.profile, report.objectId]).toEqual([[], 'tt05-aip-hoso', archived?.objectId]);
  const premis = readFileSync(join(folder, 'metadata/preservation/PREMIS.xml'), 'utf8');
  for (const words of ['<premis:eventType>validation</premis:eventType>', '<premis:eventType>accession</premis:eventType>', 'mã đăng ký 01.G09.1.2026', `Lập từ gói nộp ${one?.objectId ?? ''}`]) expect(premis).toContain(words);
  const kept = readdirSync(join(folder, 'documentation/goi-nop'));
  expect(kept.some((name) => name.endsWith('METS.xml'))).toBe(true);
  expect(kept.some((name) => name.endsWith('danh-muc-tep.csv'))).toBe(true);
});

test('left out, an AIP is made later of what is held, though the package is gone; a use copy waits for it', async () => {
  const [one] = await taken([2], false);
  if (one === undefined) throw new Error('one was taken');
  rmSync(join(root, 'packages'), { recursive: true });
  expect(await profile.must('holdings', 'archived', { package: one.id })).toBeNull();
  expect(await profile.refusal('holdings', 'makeUseCopy', wanted(one))).toBe('not-archived');
  const made = await profile.must('holdings', 'archive', { package: one.id });
  expect(await profile.must('holdings', 'archive', { package: one.id })).toEqual(made);
  expect(await profile.must('holdings', 'makeUseCopy', wanted(one))).toMatchObject({ made: { fit: true, documents: 2 } });
});

test('a use copy holds what was chosen, passes the validator, answers its request, and stays on record; one without a reason is not made', async () => {
  const [one] = await taken([3], true);
  if (one === undefined) throw new Error('one was taken');
  const documents = await profile.must('holdings', 'documents', { package: one.id, after: 0, limit: 10 });
  expect(documents.map(({ codeNumber }) => codeNumber)).toEqual(['1', '2', '3']);
  expect(await profile.refusal('holdings', 'makeUseCopy', wanted(one, { request: { ...wanted(one).request, content: '' } }))).toBe('request-incomplete');
  expect(await profile.refusal('holdings', 'makeUseCopy', wanted(one, { documents: ['none.of.them'] }))).toBe('packages-nothing');
  expect(await profile.must('holdings', 'useCopies', { package: one.id, before: null, limit: 10 })).toEqual([]);
  const { copy, made } = await profile.must('holdings', 'makeUseCopy', wanted(one, { documents: [documents[1]?.docCode ?? ''] }));
  const report = await checkPackage(join(place, made.path));
  expect([report.fit, report.profile, report.described.filter(({ kind }) => kind !== 'package').length]).toEqual([true, 'tt05-dip', 1]);
  const data = join(place, made.path, 'representations/rep1/data');
  expect(readdirSync(data)).toHaveLength(1);
  expect(report.described.find(({ kind }) => kind === 'package')?.fields).toMatchObject({ requestID: 'YC-1', purposeContent: 'Tra cứu' });
  expect(await profile.must('holdings', 'useCopies', { package: one.id, before: null, limit: 10 })).toEqual([copy]);
  expect(copy).toMatchObject({ whole: false, documents: 1, fit: true, recipient: { name: 'Nguyễn Văn Đọc', id: '001' } });
  expect(readdirSync(join(place, 'goi-tin'))).toHaveLength(1);
  const history = await profile.must('dossiers', 'history', { id: one.dossier ?? '' });
  expect(history.slice(-2).map(({ act, detail }) => [act, detail['recipient']])).toEqual([['use-copy-begun', 'Nguyễn Văn Đọc'], ['use-copy', 'Nguyễn Văn Đọc']]);
});

test('damage in the file store is told, and no use copy is made of it', async () => {
  const [one] = await taken([1], true);
  if (one === undefined) throw new Error('one was taken');
  const [file] = (await profile.must('handover', 'files', { package: one.id, after: '', limit: 100 })).filter(({ path }) => path.endsWith('.pdf'));
  const blobs = join(profile.folder, 'blobs');
  const blob = readdirSync(blobs, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(file?.sha256 ?? 'none')) ?? '';
  cpSync(join(blobs, blob), join(root, 'aside'));
  rmSync(join(blobs, blob));
  expect(await profile.refusal('holdings', 'makeUseCopy', wanted(one))).toBe('file-damaged');
  expect(await profile.must('holdings', 'useCopies', { package: one.id, before: null, limit: 10 })).toEqual([]);
  cpSync(join(root, 'aside'), join(blobs, blob));
  expect(await profile.must('holdings', 'makeUseCopy', wanted(one))).toMatchObject({ copy: { fit: true } });
});

test('of a dossier that is kept from them, or of which one document is, administrators get nothing; archivists do', async () => {
  const [one] = await taken([2], true);
  if (one === undefined) throw new Error('one was taken');
  await profile.core.close();
  const store = opened();
  store.write((db) => {
    for (const role of ['administrator', 'archivist']) {
      run(db, sql`INSERT INTO person (id, name, position) VALUES (${role}, ${role}, '')`);
      run(db, sql`INSERT INTO person_role (person, role) VALUES (${role}, ${role})`);
      run(db, sql`INSERT INTO account (person, salt, hash, cost, set_at, to_change, used_at) VALUES (${role}, x'00', x'00', 1, 'z', 0, 'z')`);
    }
  });
  const askedBy = (person: string): unknown => {
    seat(store.read, { person, locked: false });
    const found = readablePackage(store.read, one.id);
    return found.ok ? 'told' : found.failure.code;
  };
  expect([askedBy('administrator'), askedBy('archivist')]).toEqual(['told', 'told']);
  store.write((db) => { run(db, sql`UPDATE dossier_member SET access = 'named' WHERE id = (SELECT MAX(id) FROM dossier_member)`); });
  expect([askedBy('administrator'), askedBy('archivist')]).toEqual(['no-access', 'told']);
  store.write((db) => {
    run(db, sql`UPDATE dossier_member SET access = 'dossier'`);
    run(db, sql`UPDATE dossier SET access = 'named' WHERE id = ${one.dossier}`);
  });
  expect([askedBy('administrator'), askedBy('archivist')]).toEqual(['no-access', 'told']);
  store.close();
});

test('a dossier that is destroyed after a decision takes along all that came in its package, and the AIP; the trace stays', async () => {
  const [gone, kept] = await taken([2, 2], true, { maintenance: '06', startDate: '2010-01-06', endDate: '2010-12-30' });
  if (gone === undefined || kept === undefined) throw new Error('two were taken');
  await profile.core.close();
  const store = opened();
  const contents = (id: string): string[] =>
    all<{ sha256: string }>(store.read, sql`SELECT sha256 FROM received_file WHERE package = ${id} UNION SELECT sha256 FROM archived_file WHERE package = ${id}`).map(({ sha256 }) => sha256);
  const stay = new Set(contents(kept.id));
  const go = contents(gone.id).filter((sha256) => !stay.has(sha256));
  expect(go.length).toBeGreaterThan(10);
  for (const sha256 of go) expect(store.blobs.has(sha256)).toBe(true);
  const office = officeOver(store);
  const disposal = await decided(office, store, [gone.dossier ?? '']);
  await given(office.keeping.handlers.destroy({ disposal, number: decisionNumber }));
  await office.keeping.host.destroyed();
  expect(office.failures).toEqual([]);
  expect(go.filter((sha256) => store.blobs.has(sha256))).toEqual([]);
  for (const sha256 of stay) expect(store.blobs.has(sha256)).toBe(true);
  const needed = new Map([...namedFiles(store.read)].flat().map((file) => [file.sha256, file.needed]));
  expect(go.map((sha256) => needed.get(sha256) ?? 0)).toEqual(go.map(() => 0));
  const { items } = await given(office.keeping.handlers.destroyed({ disposal, after: null, limit: 1000 }));
  expect(items.map(({ name }) => name)).toContain('METS.xml');
  store.close();
  profile = await openProfile(profile.folder, taker, { place, key: profile.key });
  expect(await profile.refusal('holdings', 'makeUseCopy', wanted(gone))).toBe('not-found');
  expect(await profile.must('holdings', 'makeUseCopy', wanted(kept))).toMatchObject({ copy: { fit: true } });
});
