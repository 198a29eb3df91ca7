import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { all, one, run, sql } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';
import { addMember, addOwnFile, closeDossier, decided, decisionNumber, given, officeOver, putDossier, putIncoming, refused } from '../../fakes/keeping/archive.ts';

test('what was decided is destroyed for good: bytes, texts, index; what others hold, names and hashes stay', async () => {
  const folder = join(scratchFolder(), 'profile');
  const store = storeIn(folder);
  const office = officeOver(store);
  const { handlers, host } = office.keeping;
  const one1 = putDossier(store, { notation: '01.VP', years: 5, endedOn: '2019-05-06' });
  const two = putDossier(store, { notation: '02.VP', years: 5, endedOn: '2019-05-06' });
  const kept = putDossier(store, { notation: '03.VP', years: 20, endedOn: '2019-05-06' });
  const alone = await putIncoming(store, '101', 'Nội dung bímậtvôgiá duy nhất một nơi');
  const shared = await putIncoming(store, '102', 'Nội dung còn cần');
  const twin = await putIncoming(store, '103', 'Nội dung trùng');
  const twinElsewhere = await putIncoming(store, '104', 'Nội dung trùng');
  addMember(store, one1, alone.id);
  addMember(store, one1, shared.id);
  addMember(store, kept, shared.id);
  addMember(store, one1, twin.id);
  addMember(store, kept, twinElsewhere.id);
  addMember(store, two, alone.id);
  const own = await addOwnFile(store, two, 'ghi-chep.txt', 'ghi chép riêng của hồ sơ');
  for (const dossier of [one1, two, kept]) closeDossier(store, dossier);
  office.search.finish();
  const find = async (text: string): Promise<number> =>
    (await given(office.search.handlers.find({ question: { text, order: 'newest', filters: { register: null, kinds: [], standings: [], urgencies: [], sources: [], issued: { from: null, to: null }, arrived: { from: null, to: null }, issuer: '', holder: '', due: null } }, after: null, limit: 10 } as never))).items.length;
  expect(await find('bímậtvôgiá')).toBe(1);

  const disposal = await decided(office, store, [one1, two]);
  const preview = await given(handlers.disposalPreview({ disposal }));
  expect(preview).toMatchObject({ dossiers: 2, documents: 3, stays: [{ document: shared.id, because: 'other-dossier' }], staysCount: 1 });
  expect(await refused(handlers.destroy({ disposal, number: 'khác' }))).toBe('decision-number');
  await given(handlers.destroy({ disposal, number: decisionNumber }));
  await host.destroyed();
  expect(office.failures).toEqual([]);

  expect((await given(handlers.disposal({ disposal }))).state).toBe('destroyed');
  for (const gone of [alone.sha256, alone.message, own]) expect(store.blobs.has(gone), gone).toBe(false);
  for (const still of [shared.sha256, shared.message, twinElsewhere.sha256]) expect((await store.blobs.verify(still)).sha256).toBe(still);
  expect(all(store.read, sql`SELECT sha256 FROM file_text WHERE sha256 = ${alone.sha256}`)).toEqual([]);
  expect(await find('bímậtvôgiá')).toBe(0);
  expect(all(store.read, sql`SELECT notation, disposal FROM dossier ORDER BY notation`)).toEqual([
    { notation: '01.VP', disposal: 'destroyed' },
    { notation: '02.VP', disposal: 'destroyed' },
    { notation: '03.VP', disposal: null },
  ]);
  // The register and the trace stay.
  expect(one(store.read, sql`SELECT subject FROM incoming_document WHERE id = ${alone.id}`)).toEqual({ subject: 'Về việc số 101' });
  const { items } = await given(handlers.destroyed({ disposal, after: null, limit: 100 }));
  expect(items.map(({ name, sha256, contentStays }) => `${name} ${sha256 === twin.sha256 ? 'twin' : ''} ${String(contentStays)}`).toSorted()).toEqual([
    'ghi-chep.txt  false', 't-101.edxml  false', 't-103.edxml  true', 'vb-101.pdf  false', 'vb-103.pdf twin true',
  ]);
  expect(verifyChain(store.read).brokenAt).toBeNull();
  expect(await refused(handlers.addDossiers({ disposal: (await given(handlers.createDisposal({ title: 'Nữa', expired: false }))).id, dossiers: [one1], reason: 'expired' }))).toBe('dossier-destroyed');
});

test('nothing of a destroyed text is left in the file of the database', async () => {
  const folder = join(scratchFolder(), 'profile');
  const store = storeIn(folder, randomBytes(32));
  const office = officeOver(store);
  const dossier = putDossier(store, { notation: '01.VP', years: 5, endedOn: '2019-05-06' });
  const long = Array.from({ length: 3000 }, (_, at) => `từriêng${String(at)}`).join(' ');
  const document = await putIncoming(store, '101', long);
  addMember(store, dossier, document.id);
  closeDossier(store, dossier);
  office.search.finish();
  const parts = (): number => one<{ n: number }>(store.read, sql`SELECT SUM(length(block)) AS n FROM search_body_data`)?.n ?? 0;
  expect(parts()).toBeGreaterThan(10_000);
  const disposal = await decided(office, store, [dossier]);
  await given(office.keeping.handlers.destroy({ disposal, number: decisionNumber }));
  await office.keeping.host.destroyed();
  expect(office.failures).toEqual([]);
  // The index is one part without the words of the destroyed text, and the write-ahead log is empty.
  expect(parts()).toBeLessThan(2000);
  expect(readFileSync(join(folder, 'station.db-wal')).length).toBeLessThan(200_000);
});

test('a permanent dossier, an open one and one whose term runs are never listed, and the database itself refuses them', async () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const { handlers } = officeOver(store).keeping;
  const permanent = putDossier(store, { notation: '01.VP', years: null, endedOn: '2001-01-01' });
  const running = putDossier(store, { notation: '02.VP', years: 10, endedOn: '2019-01-01' });
  const open = putDossier(store, { notation: '03.VP', years: 5, endedOn: '2001-01-01' });
  const over = putDossier(store, { notation: '04.VP', years: 5, endedOn: '2001-01-01' });
  const locked = putDossier(store, { notation: '05.VP', years: 5, endedOn: '2001-01-01' });
  const leaving = putDossier(store, { notation: '06.VP', years: 5, endedOn: '2001-01-01' });
  for (const dossier of [permanent, running, over, locked, leaving]) closeDossier(store, dossier);
  store.write((db) => {
    run(db, sql`INSERT INTO handover_batch (id, office, state, version, title, turn, archive_name, archive_code, fields, created_at, created_by)
      SELECT 'b', office, 'draft', 1, 'Đợt 1', 1, 'Lưu trữ tỉnh', 'H', '{}', 'a', 'A' FROM dossier WHERE id = ${leaving}`);
    run(db, sql`INSERT INTO handover_item (id, batch, ordinal, dossier, file_code, title, permanent, documents) VALUES ('i', 'b', 1, ${leaving}, 'm', 't', 0, 0)`);
    for (const state of ['checked', 'packaging']) run(db, sql`UPDATE handover_batch SET state = ${state} WHERE id = 'b'`);
  });
  store.write((db) => run(db, sql`UPDATE dossier SET state = 'locked', locked_from = 'closed', locked_at = 'a', locked_by = 'A', locked_reason = 'r' WHERE id = ${locked}`));
  const list = await given(handlers.createDisposal({ title: 'Hết hạn', expired: true }));
  expect((await given(handlers.items({ disposal: list.id, after: null, limit: 10 }))).items.map(({ dossier }) => dossier)).toEqual([over]);
  const add = (dossier: string, reason: 'expired' | 'duplicate' = 'expired'): Promise<string> => refused(handlers.addDossiers({ disposal: list.id, dossiers: [dossier], reason }));
  expect(await add(permanent)).toBe('dossier-permanent');
  expect(await add(permanent, 'duplicate')).toBe('dossier-permanent');
  expect(await add(running)).toBe('dossier-not-expired');
  expect(await add(running, 'duplicate')).toBe('done');
  expect(await add(open)).toBe('dossier-not-closed');
  expect(await add(locked)).toBe('dossier-frozen');
  expect(await add(leaving)).toBe('dossier-in-handover');
  expect(await add(over)).toBe('dossier-listed');
  expect(() => {
    store.write((db) => run(db, sql`INSERT INTO disposal_item (id, disposal, dossier, reason, state) VALUES ('x', ${list.id}, ${permanent}, 'expired', 'proposed')`));
  }).toThrow(/never destroyed/);
  expect(() => {
    store.write((db) => run(db, sql`UPDATE disposal SET state = 'destroying' WHERE id = ${list.id}`));
  }).toThrow(/no such step|CHECK/);
});

test('a list goes its way step by step, back with a reason, and is given up whole', async () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const { handlers } = officeOver(store).keeping;
  const dossier = putDossier(store, { notation: '01.VP', years: 5, endedOn: '2019-05-06' });
  closeDossier(store, dossier);
  const { id: disposal } = await given(handlers.createDisposal({ title: 'Thử', expired: false }));
  expect(await refused(handlers.submit({ disposal }))).toBe('disposal-empty');
  await given(handlers.addDossiers({ disposal, dossiers: [dossier], reason: 'expired' }));
  expect(await refused(handlers.destroy({ disposal, number: '' }))).toBe('disposal-state');
  await given(handlers.submit({ disposal }));
  const members = [{ name: 'A', position: '', part: 'chair' as const }];
  const conclude = { disposal, members, metOn: '2026-11-18', conclusion: 'Đồng ý', file: null };
  expect(await refused(handlers.conclude(conclude))).toBe('opinions-missing');
  const [item] = (await given(handlers.items({ disposal, after: null, limit: 5 }))).items;
  await given(handlers.giveOpinion({ items: [item?.id ?? ''], opinion: 'keep', note: 'x', by: 'A' }));
  expect(await refused(handlers.conclude(conclude))).toBe('nothing-to-destroy');
  await given(handlers.giveOpinion({ items: [item?.id ?? ''], opinion: 'destroy', note: '', by: 'A' }));
  expect(await refused(handlers.conclude({ ...conclude, metOn: '2027-01-01' }))).toBe('day-in-future');
  await given(handlers.conclude(conclude));
  await given(handlers.saveRetentionSettings({ ...(await given(handlers.retentionSettings({}))).settings, depositsToHistorical: true }));
  const file = { name: 'qd.pdf', mediaType: 'application/pdf', ...(await store.blobs.put(Buffer.from('qd'))) };
  const decide = { disposal, decision: { number: '1/QĐ', day: '2026-11-19', signer: 'B', signerPosition: '' }, file };
  expect(await refused(handlers.decide(decide))).toBe('appraisal-missing');
  await given(handlers.appraise({ disposal, agency: 'Sở Nội vụ', number: '9/SNV', day: '2026-11-19', opinion: 'Đồng ý', file: null }));
  expect(await refused(handlers.decide({ ...decide, decision: { ...decide.decision, day: '2026-11-01' } }))).toBe('decision-early');
  await given(handlers.decide(decide));
  expect(await refused(handlers.cancelDisposal({ disposal, reason: 'r' }))).toBe('disposal-state');
  await given(handlers.revoke({ disposal, reason: 'sai căn cứ' }));
  await given(handlers.sendBack({ disposal, reason: 'xem lại' }));
  expect((await given(handlers.disposal({ disposal }))).counts.open).toBe(1);
  await given(handlers.cancelDisposal({ disposal, reason: 'thôi' }));
  expect(one(store.read, sql`SELECT disposal FROM dossier`)).toEqual({ disposal: null });
  expect((await given(handlers.disposal({ disposal }))).steps.map(({ act }) => act)).toEqual(['create', 'submit', 'conclude', 'appraise', 'decide', 'revoke', 'send-back', 'cancel']);
});
