import { expect, test } from 'vitest';
import { DossierState, type DossierAct, type DossierDetail } from '#contract';
import { dossierActs, dossierLife } from '../../../electron/services/dossiers/life.ts';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { readableOwnFile } from '../../../electron/services/dossiers/index.ts';
import { all, changeOne, run, sql } from '../../../electron/store/index.ts';
import { fields, must, openDossiers, people, refusal } from './office.ts';

const page = { catalog: null, plan: null, entry: null, state: null, unit: null, person: null, retention: null, words: '', before: null, limit: 50 };
const incoming = (id: string): { readonly kind: 'incoming'; readonly id: string } => ({ kind: 'incoming', id });
const outgoing = (id: string): { readonly kind: 'outgoing'; readonly id: string } => ({ kind: 'outgoing', id });
const notes = { sheet: '', note: '', origin: '01', autograph: '' } as const;
const own = { typeName: '', codeNumber: '', codeNotation: '', issuedDate: null, issuerName: '', subject: 'Ảnh hiện trường', pageAmount: null };
const at = ({ id, version }: DossierDetail): { readonly id: string; readonly version: number } => ({ id, version });

test('what may be done to a dossier is the table, for every pair of state and act', () => {
  const may: Readonly<Record<DossierState, readonly DossierAct[]>> = {
    open: ['change', 'close', 'lock', 'discard', 'access'],
    closed: ['reopen', 'lock', 'access'],
    locked: ['unlock', 'access'],
    discarded: [],
  };
  for (const state of DossierState.options) expect(dossierActs({ state, members: 0, handedOver: false, destroyed: false }), state).toEqual(may[state]);
  expect(dossierActs({ state: 'open', members: 1, handedOver: false, destroyed: false })).not.toContain('discard');
  expect(dossierActs({ state: 'closed', members: 1, handedOver: true, destroyed: false })).toEqual(['lock', 'access']);
  expect(dossierActs({ state: 'closed', members: 1, handedOver: true, destroyed: true })).toEqual(['access']);
  expect(Object.keys(dossierLife)).toHaveLength(7);
});

test('one document stands in many dossiers by its own id, and its bytes are there once', async () => {
  const { dossiers, arrive, issued, open, store } = openDossiers();
  const [letter, answer] = [await arrive({ issuedDate: '2026-11-10' }), await issued({ issuedDate: '2026-11-20' }, ['trả lời'])];
  const first = await open({}, [outgoing(answer), incoming(letter)]);
  const second = await open({}, [outgoing(answer)]);
  const blobs = all(store.read, sql`SELECT DISTINCT sha256 FROM outgoing_file`).length;
  const { items, total } = await must(dossiers.members({ dossier: first.id, after: 0, limit: 10 }));
  expect(total).toBe(2);
  expect(items.map(({ ordinal, kind, document, issuedDate }) => [ordinal, kind, document, issuedDate])).toEqual([[1, 'incoming', letter, '2026-11-10'], [2, 'outgoing', answer, '2026-11-20']]);
  expect(items[1]?.files).toMatchObject([{ name: 'trả lời.txt' }]);
  expect((await must(dossiers.ofDocument({ document: answer }))).map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(await must(dossiers.addDocuments({ dossier: first.id, documents: [outgoing(answer)] }))).toMatchObject({ added: 0, already: 1 });
  expect(all(store.read, sql`SELECT DISTINCT sha256 FROM outgoing_file`)).toHaveLength(blobs);
  expect(all(store.read, sql`SELECT 1 FROM dossier_member WHERE sha256 IS NOT NULL`)).toEqual([]);
});

test('what is not in the register does not come in; codes are not taken twice; an old version is refused', async () => {
  const { dossiers, arrive, open } = openDossiers();
  const waiting = await arrive({ registered: false });
  const made = await open({ notation: '07.TC' });
  expect(await refusal(dossiers.addDocuments({ dossier: made.id, documents: [incoming(waiting)] }))).toBe('document-not-registered');
  expect(await refusal(dossiers.addDocuments({ dossier: made.id, documents: [outgoing(waiting)] }))).toBe('not-found');
  expect(await refusal(dossiers.open({ entry: null, fields: { ...fields, notation: '07.TC' }, documents: [] }))).toBe('notation-taken');
  expect(await refusal(dossiers.open({ entry: null, fields: { ...fields, notation: '08', startDate: '2026-05-01', endDate: '2026-04-01' }, documents: [] }))).toBe('end-before-start');
  const saved = await must(dossiers.save({ ...at(made), fields: { ...made.fields, title: 'Tên mới' } }));
  expect(saved).toMatchObject({ title: 'Tên mới', version: made.version + 1 });
  expect(await refusal(dossiers.save({ ...at(made), fields: made.fields }))).toBe('dossier-changed');
});

test('order by time finds each its place; by hand it stays as it was put, and going back to time arranges anew', async () => {
  const { dossiers, issued, open, file } = openDossiers();
  const days = ['2026-11-03', '2026-11-01', '2026-11-02'];
  const ids = await Promise.all(days.map((issuedDate) => issued({ issuedDate })));
  let made = await open({}, ids.map(outgoing));
  const order = async (): Promise<readonly (string | null)[]> => (await must(dossiers.members({ dossier: made.id, after: 0, limit: 50 }))).items.map(({ issuedDate }) => issuedDate);
  expect(await order()).toEqual(days.toSorted());
  const { items } = await must(dossiers.members({ dossier: made.id, after: 0, limit: 50 }));
  made = await must(dossiers.moveMembers({ ...at(made), members: [items[2]?.id ?? ''], to: 1 }));
  expect(made.arranged).toBe('hand');
  expect(await order()).toEqual(['2026-11-03', '2026-11-01', '2026-11-02']);
  made = await must(dossiers.addFile({ dossier: made.id, file: await file('ảnh'), fields: { ...own, issuedDate: '2026-10-01' }, notes }));
  expect(await order()).toEqual(['2026-11-03', '2026-11-01', '2026-11-02', '2026-10-01']);
  made = await must(dossiers.arrange({ ...at(made), by: 'time' }));
  expect(await order()).toEqual(['2026-10-01', '2026-11-01', '2026-11-02', '2026-11-03']);
  expect(made).toMatchObject({ firstDay: '2026-10-01', lastDay: '2026-11-03', members: 4, pages: 6 });
});

test('a remark that nobody has seen keeps a dossier open; seen, it is closed, and then nothing in it changes until it is opened again', async () => {
  const { dossiers, arrive, open, store } = openDossiers();
  const letter = await arrive({ dueDate: '2026-12-01', issuedDate: '2026-11-10' });
  let made = await open({ retention: { ...fields.retention, basis: '' } }, [incoming(letter)]);
  const remarks = await must(dossiers.check({ id: made.id }));
  expect(remarks.map(({ code }) => code)).toEqual(expect.arrayContaining(['basis-missing', 'work-open', 'answer-missing']));
  const close = (seen: readonly string[], endDate = '2026-11-30') => dossiers.close({ ...at(made), endDate, seen: [...seen] });
  expect(await refusal(close([]))).toBe('remarks-unseen');
  expect(await refusal(close(remarks.slice(1).map(({ key }) => key)))).toBe('remarks-unseen');
  expect(await refusal(close(remarks.map(({ key }) => key), '2026-11-05'))).toBe('remarks-unseen');
  made = await must(close(remarks.map(({ key }) => key)));
  expect(made).toMatchObject({ state: 'closed', startDate: '2026-11-10', endDate: '2026-11-30', keepUntil: 2036, may: ['reopen', 'lock', 'access'] });
  expect(await refusal(dossiers.save({ ...at(made), fields: made.fields }))).toBe('dossier-step');
  expect(await refusal(dossiers.addDocuments({ dossier: made.id, documents: [incoming(letter)] }))).toBe('dossier-step');
  made = await must(dossiers.lock({ ...at(made), reason: 'Thanh tra' }));
  expect(await refusal(dossiers.reopen({ ...at(made), reason: 'x' }))).toBe('dossier-step');
  made = await must(dossiers.unlock({ ...at(made), reason: 'Xong thanh tra' }));
  expect(made.state).toBe('closed');
  store.write((db) => { changeOne(db, sql`UPDATE dossier SET handed_over_at = '2026-12-01T00:00:00.000Z' WHERE id = ${made.id}`); });
  expect(await refusal(dossiers.reopen({ ...at(made), reason: 'x' }))).toBe('dossier-handed-over');
  store.write((db) => { changeOne(db, sql`UPDATE dossier SET handed_over_at = NULL WHERE id = ${made.id}`); });
  store.write((db) => run(db, sql`UPDATE dossier SET disposal = 'review', disposal_at = 'x' WHERE id = ${made.id}`));
  expect(await refusal(dossiers.reopen({ ...at(made), reason: 'x' }))).toBe('dossier-in-disposal');
  store.write((db) => run(db, sql`UPDATE dossier SET disposal = NULL, disposal_at = NULL WHERE id = ${made.id}`));
  made = await must(dossiers.reopen({ ...at(made), reason: 'Bổ sung văn bản' }));
  expect(made.state).toBe('open');
  const acts = await must(dossiers.history({ id: made.id }));
  expect(acts.map(({ act, reason }) => [act, reason])).toEqual([['opened', ''], ['documents-added', ''], ['closed', ''], ['locked', 'Thanh tra'], ['unlocked', 'Xong thanh tra'], ['reopened', 'Bổ sung văn bản']]);
  expect(all<{ action: string }>(store.read, sql`SELECT action FROM audit_entry WHERE subject_id = ${made.id} ORDER BY seq`).map(({ action }) => action)).toEqual(acts.map(({ act }) => `dossier.${act}`));
  expect(verifyChain(store.read).brokenAt).toBeNull();
});

test('an empty dossier is given up, one with documents is not; a member taken out stays on record', async () => {
  const { dossiers, issued, open, store } = openDossiers();
  let made = await open({}, [outgoing(await issued())]);
  expect(await refusal(dossiers.discard({ ...at(made), reason: 'Nhầm' }))).toBe('dossier-not-empty');
  const { items } = await must(dossiers.members({ dossier: made.id, after: 0, limit: 5 }));
  made = await must(dossiers.removeMembers({ ...at(made), members: items.map(({ id }) => id), reason: 'Để nhầm hồ sơ' }));
  expect(all(store.read, sql`SELECT removed_reason FROM dossier_member WHERE dossier = ${made.id}`)).toEqual([{ removed_reason: 'Để nhầm hồ sơ' }]);
  expect(await must(dossiers.discard({ ...at(made), reason: 'Nhầm' }))).toMatchObject({ state: 'discarded', may: [] });
});

test('lists are filtered, found by words with and without accents, and paged by the last id', async () => {
  const { dossiers, open } = openDossiers();
  const a = await open({ title: 'Tuyển dụng viên chức', catalog: 2025 });
  const b = await open({ title: 'Dự toán chi', retention: { kind: 'permanent', years: 3, basis: 'x', scheduleRow: null } });
  const c = await open({ title: 'Tuyên dương khen thưởng', maker: { unit: people.culture, unitName: '', person: null, personName: '' } });
  const found = async (change: Partial<typeof page> | Record<string, unknown>): Promise<readonly string[]> => (await must(dossiers.list({ ...page, ...change }))).items.map(({ id }) => id);
  expect(await found({})).toEqual([c.id, b.id, a.id]);
  expect(await found({ limit: 1, before: c.id })).toEqual([b.id]);
  expect(await found({ catalog: 2025 })).toEqual([a.id]);
  expect(b.retention).toMatchObject({ kind: 'permanent', years: null });
  expect([await found({ retention: 0 }), await found({ retention: 10 })]).toEqual([[b.id], [c.id, a.id]]);
  expect([await found({ unit: people.culture }), await found({ person: people.officer })]).toEqual([[c.id], [b.id, a.id]]);
  expect([await found({ words: 'tuyen dung' }), await found({ words: 'vien tuyển' }), await found({ words: 'văn hóa' }), await found({ words: '"*' })]).toEqual([[a.id], [a.id], [c.id], [c.id, b.id, a.id]]);
  expect((await must(dossiers.list({ ...page, catalog: 2026 }))).counts).toEqual({ open: 2, closed: 0, locked: 0, discarded: 0 });
});

test('who may not read a dossier is told so, it is in no list of his, and a member for others alone shows its place only', async () => {
  const office = openDossiers();
  const { dossiers, issued, open, file, store, addPerson, sit } = office;
  const [archivist, clerk] = ['01980000-0000-7000-8000-0000000000a1', '01980000-0000-7000-8000-0000000000a2'];
  addPerson(archivist, 'Vũ Lưu Trữ', null, ['archivist']);
  addPerson(clerk, 'Ngô Văn Thư', people.culture, ['clerk']);
  let made = await open({}, [outgoing(await issued())]);
  made = await must(dossiers.addFile({ dossier: made.id, file: await file('nhân sự'), fields: own, notes }));
  const [, secret] = (await must(dossiers.members({ dossier: made.id, after: 0, limit: 5 }))).items;

  const rule = { named: [{ kind: 'unit', id: people.finance }] } as const;
  const preview = await must(dossiers.previewAccess({ dossier: made.id, member: null, rule: { named: [...rule.named] } }));
  expect(preview.loses.map(({ name }) => name).toSorted()).toEqual(['Lê Thị Chủ Tịch', 'Ngô Văn Thư']);
  expect(preview.wins).toEqual([]);
  const save = (seen: string) => dossiers.saveAccess({ dossier: made.id, member: null, rule: { named: [...rule.named] }, reason: 'Nhân sự', seen });
  expect(await refusal(save('khác'))).toBe('access-unseen');
  // Somebody comes meanwhile, who would lose the right as well: what was shown holds no longer.
  addPerson('01980000-0000-7000-8000-0000000000a3', 'Người Mới', people.culture, ['officer']);
  expect(await refusal(save(preview.seen))).toBe('access-unseen');
  const anew = await must(dossiers.previewAccess({ dossier: made.id, member: null, rule: { named: [...rule.named] } }));
  expect(await must(save(anew.seen))).toMatchObject({ access: 'named' });
  const narrower = { dossier: made.id, member: secret?.id ?? '', rule: { named: [{ kind: 'person' as const, id: people.chair }] } };
  await must(dossiers.saveAccess({ ...narrower, reason: 'Hạn chế', seen: (await must(dossiers.previewAccess(narrower))).seen }));

  sit(clerk);
  expect(await refusal(dossiers.get({ id: made.id }))).toBe('no-access');
  expect(await refusal(dossiers.members({ dossier: made.id, after: 0, limit: 5 }))).toBe('no-access');
  expect(await refusal(dossiers.save({ ...at(made), fields: made.fields }))).toBe('no-access');
  expect((await must(dossiers.list(page))).items).toEqual([]);
  expect(readableOwnFile(store.read, secret?.id ?? '')).toBeUndefined();
  const second = '01980000-0000-7000-8000-0000000000a4';
  addPerson(second, 'Đồng Nghiệp', people.finance, ['officer']);
  sit(second);
  const seen = (await must(dossiers.members({ dossier: made.id, after: 0, limit: 5 }))).items;
  expect(seen.map(({ hidden, subject, files }) => [hidden, subject, files.length])).toEqual([[false, 'V/v trả lời', 1], [true, '', 0]]);
  expect(readableOwnFile(store.read, secret?.id ?? '')).toBeUndefined();
  expect((await must(dossiers.check({ id: made.id }))).filter(({ member }) => member === secret?.id)).toMatchObject([{ code: 'date-missing', ordinal: 2, params: { code: '…' } }]);
  sit(archivist);
  expect((await must(dossiers.members({ dossier: made.id, after: 0, limit: 5 }))).items.every(({ hidden }) => !hidden)).toBe(true);
  expect(readableOwnFile(store.read, secret?.id ?? '')).toMatchObject({ name: 'nhân sự.txt' });
});
