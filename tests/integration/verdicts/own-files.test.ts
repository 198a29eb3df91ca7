import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { dossierForPackage } from '../../../electron/services/dossiers/index.ts';
import { all, sql } from '../../../electron/store/index.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { must, openDossiers, people, refusal } from '../../unit/dossiers/office.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { signedWith } from '../verification/world.ts';
import { arrived, bytesOf, known, openDesk, value } from './desk-world.ts';

let pki: TestPki;
let honest: Buffer;
let forged: Buffer;
beforeAll(async () => {
  pki = await testPki();
  honest = signedWith(pki, { signer: 'agency' });
  forged = signedWith(pki, { signer: 'agency', messageDigest: Buffer.alloc(32) });
});

const own = { typeName: 'Biên bản', codeNumber: '', codeNotation: '', issuedDate: '2026-11-13', issuerName: '', subject: 'Biên bản họp', pageAmount: 1 };
const notes = { sheet: '', note: '', origin: '01', autograph: '' } as const;

async function withFiles(files: readonly (readonly [name: string, bytes: Uint8Array])[], letters: readonly Uint8Array[] = []) {
  const office = openDossiers();
  const { dossiers, store } = office;
  const world = openDesk(pki, { store, clock: office.clock });
  for (const bytes of letters) await arrived(store, bytes);
  const { id } = await office.open();
  for (const [name, bytes] of files) await must(dossiers.addFile({ dossier: id, file: { name, mediaType: 'application/pdf', ...(await store.blobs.put(bytes)) }, fields: own, notes }));
  const members = async () => (await must(dossiers.members({ dossier: id, after: 0, limit: 100 }))).items;
  return { ...office, ...world, id, members };
}

test("a dossier's own PDF is looked at like a document's: the queue knows it, its mark follows, what is wrong is a remark, and packages take the verdict along", async () => {
  const { dossiers, desk, told, store, clock, id, members, failures } = await withFiles([['tốt.pdf', honest], ['giả.pdf', forged], ['trơn.pdf', bases()['table'] ?? Buffer.alloc(0)]]);
  expect((await members()).map(({ finding }) => finding)).toEqual(Array.from({ length: 3 }, () => ({ state: 'waiting', indication: null })));
  const remarks = async () => (await must(dossiers.check({ id }))).filter(({ code }) => code.startsWith('verdict-') || code === 'unsigned').map(({ code, ordinal }) => [code, ordinal]);
  expect(await remarks()).toEqual([['verdict-waiting', 1], ['verdict-waiting', 2], ['verdict-waiting', 3]]);
  const [good, bad, bare] = (await members()).map((member) => member.id);
  const found = await known(desk, good ?? '', ({ files }) => files[0]?.result?.online === true);
  expect(found).toMatchObject({ direction: 'dossier', decision: null, alarm: null, returnReason: '', files: [{ state: 'done', result: { verdict: { indication: 'passed' } } }] });
  await known(desk, bad ?? '', ({ files }) => files[0]?.result?.online === true);
  await known(desk, bare ?? '');
  expect(told.flat()).toEqual(expect.arrayContaining([good, bad, bare]));
  expect((await members()).map(({ finding }) => finding)).toEqual([
    { state: 'signed', indication: 'passed' },
    { state: 'signed', indication: 'failed' },
    { state: 'none', indication: 'indeterminate' },
  ]);
  // A paper that is no văn bản need not be signed.
  expect(await remarks()).toEqual([['verdict-failed', 2]]);
  const packaged = dossierForPackage(store.read, clock, id, String);
  expect(packaged?.documents.map(({ content }) => content.file.verdict?.indication)).toEqual(['passed', 'failed', 'none']);
  // What PREMIS wants of a signature comes from what the verdict stands on.
  const [{ written } = {}] = packaged?.documents[0]?.content.file.verdict?.signatures ?? [];
  expect(written?.method).toBe('RSA-SHA256');
  expect(new X509Certificate(Buffer.from(written?.certificate ?? '', 'base64')).subject).toContain('CN=');
  const made = value(await desk.handlers.makeSheet({ document: good ?? '', file: good ?? '' }));
  const path = join(scratchFolder(), 'sheet.pdf');
  writeFileSync(path, await bytesOf(store.blobs.stream(made.sheet.sha256)));
  expect(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })).toContain('Tài liệu trong hồ sơ ngày 13/11/2026');
  expect(value(await desk.handlers.again({ document: bad ?? '' }))).toEqual({ queued: 1 });
  expect(failures).toEqual([]);
  await desk.stop();
});

test('who may not read such a file is told nothing of its signatures; one that was taken out before its turn leaves the queue', async () => {
  const { dossiers, desk, store, id, members, sit } = await withFiles([['a.pdf', honest], ['b.pdf', forged]]);
  const [first, second] = await members();
  const narrower = { dossier: id, member: first?.id ?? '', rule: { named: [{ kind: 'role', role: 'administrator' } as const] } };
  await must(dossiers.saveAccess({ ...narrower, reason: 'Hạn chế', seen: (await must(dossiers.previewAccess(narrower))).seen }));
  await must(dossiers.removeMembers({ id, version: (await must(dossiers.get({ id }))).version, members: [second?.id ?? ''], reason: 'nhầm' }));
  expect((await known(desk, first?.id ?? '')).files[0]?.result).not.toBeNull();
  desk.wake();
  await expect.poll(() => all(store.read, sql`SELECT sha256 FROM verification WHERE state = 'waiting'`)).toEqual([]);
  expect(all(store.read, sql`SELECT sha256 FROM verification`)).toHaveLength(1);
  sit(people.chair);
  expect((await members())[0]).toMatchObject({ hidden: true, finding: null });
  expect(await refusal(desk.handlers.ofDocument({ document: first?.id ?? '' }))).toBe('not-found');
  expect(await refusal(desk.handlers.again({ document: first?.id ?? '' }))).toBe('not-found');
  expect(await refusal(desk.handlers.makeSheet({ document: first?.id ?? '', file: first?.id ?? '' }))).toBe('not-found');
  await desk.stop();
});

test('where a letter has the same content, whoever sent it is whom the signature is expected of', async () => {
  const { desk, members } = await withFiles([['bản lưu.pdf', honest]], [honest]);
  const [copy] = await members();
  const found = await known(desk, copy?.id ?? '', ({ files }) => files[0]?.result?.online === true);
  expect(found.files[0]?.result?.verdict.signatures[0]?.signer?.agency).toEqual({ match: 'yes', by: 'name' });
  await desk.stop();
});
