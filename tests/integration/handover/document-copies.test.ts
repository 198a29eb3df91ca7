import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Contract, DocumentCopy, InputOf } from '#contract';
import { dossierOf } from '../../fakes/handover/copy-office.ts';
import { openProfile, taker, type Profile } from '../../fakes/handover/profile.ts';
import { laidThere, submittedFields } from '../../fakes/handover/submitted.ts';
import { stored } from '../../fakes/station/drafts.ts';
import { pagesOf } from '../../unit/practice/pdf-tools.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { bytesOf, deskOffice, leftIn, signed } from '../signing/desk-office.ts';
import { judge } from '../signing/judges.ts';
import { paper } from '../signing/papers.ts';
import { isBlack, isRed, pageAsSeen } from '../signing/seen.ts';
import { signedWith } from '../verification/world.ts';

const office = deskOffice();
const byAgency = { field: 'ChuKySo1', signer: 'BỘ THỬ NGHIỆM', kind: 'rsa-v1.5', level: 'T' } as const;
let profile: Profile | undefined;

afterEach(async () => {
  await profile?.core.close();
  profile = undefined;
});

type Order = InputOf<Contract['copies']['make']>;
const order = (dossier: string, members: readonly string[], more: Partial<Order> = {}): Order => ({
  dossier,
  members: [...members],
  kind: 'plain',
  recipient: { name: 'Nguyễn Thị Bình', id: '079184001234' },
  request: { id: 'YC-2026-11', day: '2026-11-02', purpose: '01', content: 'Bổ sung hồ sơ hưởng chế độ' },
  approvedOn: '2026-11-03',
  approver: '',
  ...more,
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('a copy of a signed document shows what it shows and can be checked no more; who got it, what for and until when is written down', async () => {
  const station = await office.open();
  const { core, must, ask } = station;
  const original = signedWith(office.pki(), { signer: 'leader' }, { signer: 'leader', base: await paper() });
  const { dossier, members } = await dossierOf(must, [await stored(core, 'quyet-dinh.pdf', original), await stored(core, 'ban-ve.docx', Buffer.from('PK')), { ...(await stored(core, 'ghi-am.mp3', Buffer.from('ID3'))), mediaType: 'audio/mpeg' }]);
  const { copy, refused } = await must('copies', 'make', order(dossier.id, members));
  expect(refused.map(({ name, code }) => [name, code])).toEqual([['ban-ve.docx', 'copies-file-format'], ['ghi-am.mp3', 'copies-file-media']]);
  expect(copy).toMatchObject({
    kind: 'plain', madeBy: 'Trần Thị Văn Thư', recipient: { name: 'Nguyễn Thị Bình', id: '079184001234' }, approvedOn: '2026-11-03', downloadUntil: '2026-11-18', removeOn: '2026-11-23',
    files: [{ state: 'ready', codeNumber: '1', codeNotation: 'QĐ-UBND', source: { name: 'quyet-dinh.pdf', sha256: sha256(original) }, pages: 1, signed: null }],
  });
  const file = copy?.files[0]?.file;
  expect(file?.name).toBe('Bản sao 1-QĐ-UBND quyet-dinh.pdf');
  const bytes = await bytesOf(station, file?.id ?? '');
  expect([bytes.length, sha256(bytes)]).toEqual([file?.size, file?.sha256]);
  judge(office.pki(), bytes, bytes, []);
  expect(pagesOf(bytes)[0]).toMatch(/BẢN SAO.*Bộ Thử nghiệm|Bộ Thử nghiệm.*BẢN SAO/u);
  // The original is where and what it was.
  const { items } = await must('dossiers', 'members', { dossier: dossier.id, after: 0, limit: 10 });
  expect(items[0]?.files[0]?.sha256).toBe(sha256(original));
  expect((await bytesOf(station, items[0]?.files[0]?.id ?? '')).equals(original)).toBe(true);
  const history = await must('dossiers', 'history', { id: dossier.id });
  expect(history.at(-1)).toMatchObject({ act: 'document-copy', by: 'Trần Thị Văn Thư', reason: 'Nguyễn Thị Bình. Bổ sung hồ sơ hưởng chế độ', detail: { copy: copy?.id, kind: 'plain', recipientId: '079184001234', request: 'YC-2026-11', files: [{ document: '1/QĐ-UBND', original: sha256(original), sha256: file?.sha256, pages: 1 }] } });
  expect(await must('copies', 'list', { dossier: dossier.id, before: null, limit: 10 })).toEqual([copy]);
  expect(await must('copies', 'waiting', {})).toEqual([]);
  expect(leftIn(station)).toEqual([]);
  expect(await ask('copies', 'discard', { file: file?.id ?? '', reason: 'Thử' })).toMatchObject({ ok: false, failure: { code: 'copies-step' } });
});

test('a certified copy waits for the agency, is signed at the desk with the words “BẢN SAO”, and every judge finds that one signature', async () => {
  const station = await office.open();
  const { core, must } = station;
  const original = signedWith(office.pki(), { signer: 'leader' }, { signer: 'leader', base: await paper({ turn: 90 }) });
  const { dossier, members } = await dossierOf(must, [await stored(core, 'a.pdf', original), await stored(core, 'b.pdf', await paper())]);
  const { copy } = await must('copies', 'make', order(dossier.id, members, { kind: 'certified' }));
  expect(copy?.files.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  const waiting = await must('copies', 'waiting', {});
  expect(waiting).toMatchObject([{ kind: 'copy', dossier: dossier.id, code: '1/QĐ-UBND', recipient: 'Nguyễn Thị Bình' }, { code: '2/QĐ-UBND' }]);
  const ids = waiting.map(({ id }) => id);
  const [first = '', second = ''] = ids;
  const base = await bytesOf(station, first);
  expect(pagesOf(base).join(' ')).not.toContain('BẢN SAO');

  const planned = await must('signing', 'plan', { role: 'agency', ids });
  expect(planned.items).toMatchObject([{ id: first, paper: { kind: 'copy', dossier: dossier.id, recipient: 'Nguyễn Thị Bình' }, code: '1/QĐ-UBND', refusal: null, signatures: 1, mayPoint: false }, { id: second, refusal: null }]);
  expect(planned.items[0]?.previews).toMatchObject([{ page: 1, marks: [{ kind: 'text', text: 'BẢN SAO', face: 'regular', size: 10 }] }]);
  expect((await must('signing', 'plan', { role: 'person', ids })).items).toEqual([]);
  const done = await signed(station, 'agency', ids.map((id) => ({ id, version: 0 })));
  expect(done.items).toMatchObject([{ state: 'done', level: 'T', paper: { kind: 'copy' } }, { state: 'done' }]);

  const [now] = await must('copies', 'list', { dossier: dossier.id, before: null, limit: 10 });
  expect(now?.files).toMatchObject([{ state: 'ready', signed: { by: 'BỘ THỬ NGHIỆM', level: 'T' } }, { state: 'ready' }]);
  const bytes = await bytesOf(station, first);
  judge(office.pki(), bytes, base, [byAgency]);
  // What is seen of the signature are the words, upright top right of a page that is shown turned.
  const corner = { left: 105, top: 0, right: 210, bottom: 10 };
  expect(pageAsSeen(base).edgesOf(isBlack, corner)).toBeUndefined();
  const words = pageAsSeen(bytes).edgesOf(isBlack, corner);
  expect(words?.right).toBeCloseTo(194.8, 0);
  expect((words?.right ?? 0) - (words?.left ?? 0)).toBeCloseTo(16.2, -0.5);
  expect((words?.bottom ?? 99) - (words?.top ?? 0)).toBeLessThan(4);
  expect(await must('copies', 'waiting', {})).toEqual([]);
  const history = await must('dossiers', 'history', { id: dossier.id });
  // Two on their way at once end in any order.
  const signings = history.slice(-2).toSorted((a, b) => String(a.detail['document']).localeCompare(String(b.detail['document'])));
  expect(signings).toMatchObject([{ act: 'document-copy-signed', detail: { by: 'BỘ THỬ NGHIỆM', document: '1/QĐ-UBND', level: 'T', sha256: sha256(bytes) } }, { act: 'document-copy-signed', detail: { document: '2/QĐ-UBND' } }]);
  expect(leftIn(station)).toEqual([]);
  // It is signed once: the desk has no step for it any more.
  expect((await must('signing', 'plan', { role: 'agency', ids: [first] })).items).toMatchObject([{ refusal: { code: 'wrong-step' } }]);
});

test('a copy that waits survives the end of the program, can be thrown away with a reason, and is signed no more then', async () => {
  const station = await office.open();
  const { dossier, members } = await dossierOf(station.must, [await stored(station.core, 'a.pdf', await paper())]);
  const { copy } = await station.must('copies', 'make', order(dossier.id, members, { kind: 'certified' }));
  await station.core.close();
  const again = await office.open({ folder: station.folder });
  const [waiting] = await again.must('copies', 'waiting', {});
  const bytes = await bytesOf(again, waiting?.id ?? '');
  expect(sha256(bytes)).toBe(copy?.files[0]?.file?.sha256);
  const after = await again.must('copies', 'discard', { file: waiting?.id ?? '', reason: 'Người yêu cầu rút' });
  expect(after).toMatchObject({ term: 'none', files: [{ state: 'discarded', file: null }] });
  expect((await again.core.readFile(waiting?.id ?? '', 0, 10)).ok).toBe(false);
  expect((await again.must('dossiers', 'history', { id: dossier.id })).at(-1)).toMatchObject({ act: 'document-copy-discarded', reason: 'Người yêu cầu rút' });
  expect((await again.must('signing', 'plan', { role: 'agency', ids: [waiting?.id ?? ''] })).items).toMatchObject([{ refusal: { code: 'wrong-step' } }]);
});

test('nothing is deleted by itself: when its days are over a person deletes the files, and what was given stays on record', async () => {
  profile = await openProfile(join(scratchFolder(), 'archive'), taker);
  const { must, refusal, core, store } = profile;
  const { dossier, members } = await dossierOf(must, [await store('a.pdf', 'application/pdf', await paper())]);
  const today = new Date(Date.now() + 7 * 3_600_000);
  const before = (days: number): string => new Date(today.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  const made = async (days: number): Promise<DocumentCopy> => {
    const { copy } = await must('copies', 'make', order(dossier.id, members, { approvedOn: before(days) }));
    if (copy === null) throw new Error('one was made');
    return copy;
  };
  const [open, over, due] = [await made(15), await made(16), await made(20)];
  expect([open, over, due].map(({ term }) => term)).toEqual(['open', 'over', 'due']);
  expect(await must('copies', 'due', {})).toEqual([{ copy: due.id, dossier: dossier.id, recipient: 'Nguyễn Thị Bình', removeOn: due.removeOn }]);
  expect(await refusal('copies', 'remove', { copy: open.id })).toBe('copies-not-over');
  const removed = await must('copies', 'remove', { copy: due.id });
  expect(removed).toMatchObject({ term: 'none', recipient: { name: 'Nguyễn Thị Bình' }, files: [{ state: 'removed', file: null, source: { name: 'a.pdf' } }] });
  expect(await must('copies', 'due', {})).toEqual([]);
  // The others have the same bytes or not; what is still given out can be read.
  expect((await core.readFile(over.files[0]?.id ?? '', 0, 10)).ok).toBe(true);
  expect((await core.readFile(due.files[0]?.id ?? '', 0, 10)).ok).toBe(false);
  expect(await refusal('copies', 'remove', { copy: due.id })).toBe('copies-step');
  expect((await must('dossiers', 'history', { id: dossier.id })).at(-1)).toMatchObject({ act: 'document-copy-removed' });
  const { rules, downloadDays, removeDays } = await must('copies', 'rules', {});
  expect([downloadDays, removeDays, rules.find(({ key }) => key === 'capitals')?.confidence]).toEqual([15, 5, 'K']);
});

test('what is no archive yet, lacks a purpose or an approval, or is somebody else’s is refused; a file that cannot be copied says why', async () => {
  profile = await openProfile(join(scratchFolder(), 'archive'), taker);
  const { must, refusal, store } = profile;
  const file = await store('a.pdf', 'application/pdf', await paper());
  const open = await dossierOf(must, [file], { open: true, notation: '01.MO' });
  expect(await refusal('copies', 'make', order(open.dossier.id, open.members))).toBe('copies-dossier-open');
  const folder = scratchFolder();
  writeFileSync(join(folder, 'a.pdf'), await paper());
  execFileSync('qpdf', ['--encrypt', 'mật', 'khẩu', '256', '--', join(folder, 'a.pdf'), join(folder, 'locked.pdf')]);
  const locked = readFileSync(join(folder, 'locked.pdf'));
  const { dossier, members } = await dossierOf(must, [await store('khoa.pdf', 'application/pdf', locked), await store('hong.pdf', 'application/pdf', Buffer.from('%PDF-1.7\nkhông'))], { useMode: 'conditional' });
  expect(await refusal('copies', 'make', order(dossier.id, members))).toBe('copies-approver-missing');
  const asked = order(dossier.id, members, { approver: 'Chủ tịch Trần Văn Chủ Tịch' });
  expect(await refusal('copies', 'make', { ...asked, request: { ...asked.request, content: '' } })).toBe('copies-why-missing');
  expect(await refusal('copies', 'make', { ...asked, approvedOn: '2199-01-01' })).toBe('copies-day-wrong');
  expect(await refusal('copies', 'make', { ...asked, members: [open.members[0] ?? ''] })).toBe('not-found');
  expect(await refusal('copies', 'make', { ...asked, dossier: members[0] ?? '' })).toBe('not-found');
  const { copy, refused } = await must('copies', 'make', asked);
  expect([copy, refused.map(({ name, code }) => [name, code])]).toEqual([null, [['khoa.pdf', 'copies-pdf-encrypted'], ['hong.pdf', 'copies-pdf-damaged']]]);
  expect(await must('copies', 'list', { dossier: dossier.id, before: null, limit: 10 })).toEqual([]);
});

test('the text that certifies a use copy is signed at the desk, its seal in its room; then the copy takes it along', async () => {
  const place = join(scratchFolder(), 'place');
  const packages = join(scratchFolder(), 'packages');
  for (const one of [place, packages]) mkdirSync(one, { recursive: true });
  const station = await office.open({ options: { exportPlace: place } });
  const { core, must, ask } = station;
  await laidThere(packages, 1, { documents: 1, bytes: 500 });
  const begun = await must('handover', 'startReceipt', { fields: submittedFields });
  const checked = await core.handover.takeFrom(begun.id, [packages]);
  if (!checked.ok) throw new Error(JSON.stringify(checked.failure));
  const decided = await must('handover', 'decide', { id: begun.id, version: checked.value.version, packages: null, decision: null, reason: '' });
  await must('handover', 'conclude', { id: decided.id, version: decided.version, number: '1/BB', archive: true });
  const [held] = await must('handover', 'packages', { receipt: begun.id, after: 0, limit: 10 });
  const wish = {
    package: held?.id ?? '', recipient: { name: 'Nguyễn Thị Bình', id: '079184001234' }, validUntil: null, documents: null,
    request: { id: 'YC-2026-07', day: '2026-11-20', purpose: '01', content: 'Bổ sung hồ sơ hưởng chế độ', payer: '', topic: '', description: '' },
  } as const;
  const made = await must('holdings', 'makeCertification', { ...wish, certification: { archive: 'historical', copies: 1 } });
  const base = await bytesOf(station, made.id);
  const planned = await must('signing', 'plan', { role: 'agency', ids: [made.id] });
  expect(planned.items).toMatchObject([{ id: made.id, paper: { kind: 'certification', dossier: held?.dossier, recipient: 'Nguyễn Thị Bình' }, code: made.code, refusal: null, signatures: 1, mayPoint: false }]);
  expect(planned.items[0]?.previews[0]?.marks).toMatchObject([{ kind: 'picture', picture: planned.pictures[0]?.id }]);
  expect((await signed(station, 'agency', [{ id: made.id, version: 0 }])).items).toMatchObject([{ state: 'done', level: 'T', paper: { kind: 'certification' } }]);
  expect(await must('holdings', 'certifications', { package: wish.package })).toMatchObject([{ id: made.id, state: 'signed', signed: { by: 'BỘ THỬ NGHIỆM', way: 'here', level: 'T' } }]);
  const bytes = await bytesOf(station, made.id);
  judge(office.pki(), bytes, base, [byAgency]);
  // The seal in true size, on the right half under the agency's name, above the margin.
  const seal = pageAsSeen(bytes).edgesOf(isRed);
  expect([(seal?.right ?? 0) - (seal?.left ?? 0), seal?.left].map((one) => Math.round(one ?? 0))).toEqual([36, expect.any(Number) as number]);
  expect((seal?.left ?? 0)).toBeGreaterThan(105);
  expect((seal?.bottom ?? 999)).toBeLessThan(297 - 15);
  expect(pageAsSeen(base).edgesOf(isRed)).toBeUndefined();
  const { copy } = await must('holdings', 'makeUseCopy', { ...wish, certification: made.id, output: 'folder', drive: null });
  expect(copy).toMatchObject({ fit: true, certified: { code: made.code, signer: expect.stringContaining('BỘ THỬ NGHIỆM') as string, indication: 'passed' } });
  expect(await ask('holdings', 'discardCertification', { id: made.id, reason: 'x' })).toMatchObject({ ok: false, failure: { code: 'certification-ended' } });
  const history = await must('dossiers', 'history', { id: held?.dossier ?? '' });
  expect(history.slice(-4).map(({ act }) => act)).toEqual(['certification-made', 'certification-signed', 'use-copy-begun', 'use-copy']);
  expect(leftIn(station)).toEqual([]);
});

test('with accounts the archivist makes and the clerk signs; who keeps the seal sees what waits, of a dossier with named readers too, and no more of it', async () => {
  const station = await office.open();
  const { core, must, ask } = station;
  const password = 'Mật-khẩu số 1';
  const person = async (name: string, role: 'administrator' | 'archivist' | 'clerk' | 'officer') => (await must('people', 'savePerson', { id: null, name, position: '', standing: 'staff', unit: null, roles: [role], validFrom: null, since: null })).id;
  const made = await dossierOf(must, [await stored(core, 'a.pdf', await paper()), await stored(core, 'b.pdf', await paper())]);
  const change = { dossier: made.dossier.id, member: null, rule: { named: [] } };
  const { seen } = await must('dossiers', 'previewAccess', change);
  await must('dossiers', 'saveAccess', { ...change, seen, reason: 'Hạn chế' });
  const ids = { admin: await person('Lê Quản Trị', 'administrator'), archivist: await person('Phạm Lưu Trữ', 'archivist'), clerk: await person('Trần Văn Thư', 'clerk'), officer: await person('Võ Chuyên Viên', 'officer') };
  for (const one of Object.values(ids)) {
    await must('people', 'setPassword', { person: one, password });
    if (one === ids.admin) await must('people', 'signIn', { person: one, password });
  }
  const known = new Set<string>();
  const asPerson = async (one: string): Promise<void> => {
    await must('people', 'signOut', {});
    const fresh = `${password} của ${one.slice(-4)}`;
    await must('people', 'signIn', { person: one, password: known.has(one) ? fresh : password });
    if (!known.has(one)) await must('people', 'changePassword', { old: password, password: fresh });
    known.add(one);
  };
  await asPerson(ids.archivist);
  const { copy } = await must('copies', 'make', order(made.dossier.id, made.members, { kind: 'certified' }));
  const [first = '', second = ''] = copy?.files.map(({ id }) => id) ?? [];
  expect((await core.readFile(first, 0, 5)).ok).toBe(true);
  expect(await ask('signing', 'plan', { role: 'agency', ids: [first] })).toMatchObject({ ok: false, failure: { code: 'not-allowed' } });
  await asPerson(ids.officer);
  expect(await ask('copies', 'waiting', {})).toMatchObject({ ok: false, failure: { code: 'not-allowed' } });
  expect((await core.readFile(first, 0, 5)).ok).toBe(false);
  await asPerson(ids.clerk);
  for (const method of ['list', 'make', 'discard', 'remove'] as const) {
    const inputs = { list: { dossier: made.dossier.id, before: null, limit: 5 }, make: order(made.dossier.id, made.members), discard: { file: second, reason: 'x' }, remove: { copy: copy?.id ?? '' } };
    expect(await ask('copies', method, inputs[method] as never)).toMatchObject({ ok: false, failure: { code: 'not-allowed' } });
  }
  expect(await must('copies', 'waiting', {})).toMatchObject([{ id: first, code: '1/QĐ-UBND', recipient: 'Nguyễn Thị Bình', madeBy: 'Phạm Lưu Trữ' }, { id: second }]);
  expect((await core.readFile(first, 0, 5)).ok).toBe(true);
  expect((await signed(station, 'agency', [{ id: first, version: 0 }])).items).toMatchObject([{ state: 'done' }]);
  // Signed, it is the archive's to give out; what waits is still his to see.
  expect([(await core.readFile(first, 0, 5)).ok, (await core.readFile(second, 0, 5)).ok]).toEqual([false, true]);
  await asPerson(ids.archivist);
  expect((await core.readFile(first, 0, 5)).ok).toBe(true);
  expect((await must('dossiers', 'history', { id: made.dossier.id })).at(-1)).toMatchObject({ act: 'document-copy-signed', by: 'Trần Văn Thư' });
});
