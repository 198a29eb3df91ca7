import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPng } from '../../../electron/services/signing/appearance/png.ts';
import { good } from '../../fakes/pki/pki.ts';
import { stored } from '../../fakes/station/drafts.ts';
import { callsOf, hasCompiler, pin } from '../../token/soft-token.ts';
import { standstillOfStarting, watchStandstill } from '../../token/stood-still.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { bytesOf, checkedDraft, deskOffice, leftIn, numbered, signed } from './desk-office.ts';
import { judge } from './judges.ts';
import { signature, signedAs } from './office.ts';
import { paperOfToday } from './papers.ts';

const office = deskOffice();
const byLeader = { field: 'NguoiKy', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'T' } as const;
const byAgency = { field: 'CoQuan', signer: 'BỘ THỬ NGHIỆM', kind: 'rsa-v1.5', level: 'T' } as const;

test('a draft is planned, signed by its leader, numbered, sealed and issued; every judge calls both signatures valid', async () => {
  const station = await office.open();
  const { must } = station;
  const draft = await checkedDraft(station);
  const planned = await must('signing', 'plan', { role: 'person', ids: [draft.id] });
  expect(planned.items).toMatchObject([{ id: draft.id, version: 1, refusal: null, signatures: 1, attachments: [], signerName: 'Nguyễn Thị Thử' }]);
  expect(planned.items[0]?.previews).toMatchObject([{ page: 1, confidence: 'sure', marks: [{ kind: 'picture', picture: planned.pictures[0]?.id }] }]);
  expect(planned.pictures[0]?.source.startsWith('data:image/png;base64,')).toBe(true);
  expect(good(readPng(Buffer.from(planned.pictures[0]?.source.split(',')[1] ?? '', 'base64'))).hasAlpha).toBe(true);
  expect(leftIn(station)).toEqual([]);

  const led = await signed(station, 'person', [draft]);
  expect(led).toMatchObject({ role: 'person', done: 1, failed: 0, token: null, signer: 'Nguyễn Thị Thử', items: [{ id: draft.id, state: 'done', level: 'T', missing: null }] });
  const signedDraft = await must('drafting', 'get', { id: draft.id });
  expect(signedDraft).toMatchObject({ state: 'signed', version: 2 });
  expect(signedDraft.acts.at(-1)).toMatchObject({ act: 'sign', person: 'Nguyễn Thị Thử', actor: 'Trần Thị Văn Thư', signed: { form: 'program', continues: true, signatures: 1 } });

  const [document = ''] = await numbered(station, [draft.id]);
  const toSeal = await must('signing', 'plan', { role: 'agency', ids: [document] });
  expect(toSeal.items).toMatchObject([{ code: '01/UBND-VP', refusal: null, signatures: 1, mayPoint: false }]);
  expect(toSeal.items[0]?.previews.flatMap(({ marks }) => marks.map((mark) => (mark.kind === 'text' ? mark.text : 'seal')))).toHaveLength(4);
  const sealed = await signed(station, 'agency', [{ id: document, version: 0 }]);
  expect(sealed.items).toMatchObject([{ id: document, code: '01/UBND-VP', state: 'done', level: 'T', missing: null }]);
  await must('drafting', 'issue', { document, send: false });
  const row = await must('records', 'outgoingGet', { id: document });
  expect(row.state).toBe('issued');
  const bytes = await bytesOf(station, row.files[0]?.id ?? '');
  judge(office.pki(), bytes, draft.main, [byLeader, byAgency]);
  expect(leftIn(station)).toEqual([]);
});

test('an attachment in a file of its own gets the agency’s text in the same pass; what is no PDF goes along unsigned and is named', async () => {
  const station = await office.open({ settings: { level: 'LT' } });
  const { must } = station;
  const annex = await paperOfToday({ symbol: ' ' });
  const others = [
    { ...(await stored(station.core, 'phu-luc.pdf', annex)), role: 'attachment' as const },
    { ...(await stored(station.core, 'bieu.xlsx', Buffer.from('PK bieu'))), role: 'attachment' as const },
  ];
  const draft = await checkedDraft(station, { others });
  expect((await signed(station, 'person', [draft])).items).toMatchObject([{ state: 'done', level: 'LT', missing: null }]);
  const [document = ''] = await numbered(station, [draft.id]);
  const { items } = await must('signing', 'plan', { role: 'agency', ids: [document] });
  expect(items).toMatchObject([{ refusal: null, attachments: [{ name: 'phu-luc.pdf' }], unsigned: [{ name: 'bieu.xlsx' }] }]);
  const corner = items[0]?.previews.find(({ file }) => file === items[0]?.attachments[0]?.id);
  expect(corner?.marks.map((mark) => (mark.kind === 'text' ? mark.text : '')).join('; ')).toMatch(/^Số: 01\/UBND-VP; \d\d\/\d\d\/\d{4}; \d\d:\d\d:\d\d \+07:00$/);
  const end = await signed(station, 'agency', [{ id: document, version: 0 }]);
  expect(end.items).toMatchObject([{ state: 'done', level: 'LT', missing: null }]);
  const { files } = await must('records', 'outgoingGet', { id: document });
  expect(files.map(({ name }) => name)).toEqual(['cong-van.pdf', 'phu-luc.pdf', 'bieu.xlsx']);
  const [main, attachment, sheet] = await Promise.all(files.map(({ id }) => bytesOf(station, id)));
  judge(office.pki(), main ?? Buffer.alloc(0), draft.main, [byLeader, byAgency], true);
  judge(office.pki(), attachment ?? Buffer.alloc(0), annex, [{ ...byAgency, field: 'ChuKySo1' }], true);
  expect(sheet).toEqual(Buffer.from('PK bieu'));
  for (const { id } of files.slice(0, 2)) expect((await must('signing', 'levels', { file: id })).map(({ level }) => level)).toEqual(expect.not.arrayContaining(['T', 'B', null]));
  expect(await must('signing', 'complete', { ids: [document] })).toMatchObject([{ outcome: 'nothing-lacks' }]);
});

test('a file that came signed from another program gets number, day, month and seal as four signatures of one login', async () => {
  const station = await office.open();
  const { must } = station;
  const base = await paperOfToday({ symbol: '/UBND-VP' });
  const draft = await checkedDraft(station, { bytes: base });
  const led = await signedAs(office.pki(), base, 'leader', { show: { role: 'leader', picture: signature } });
  await must('drafting', 'sign', { id: draft.id, version: 1, form: 'file', file: await stored(station.core, 'da-ky.pdf', led) });
  const [document = ''] = await numbered(station, [draft.id]);
  expect((await must('signing', 'plan', { role: 'agency', ids: [document] })).items).toMatchObject([{ refusal: null, signatures: 4, mayPoint: true }]);
  expect(await signed(station, 'agency', [{ id: document, version: 0 }])).toMatchObject({ items: [{ state: 'done', level: 'T', missing: null }] });
  const { files } = await must('records', 'outgoingGet', { id: document });
  const fields = ['SoVanBan', 'NgayBanHanh', 'ThangBanHanh', 'ChuKySo2'].map((field) => ({ ...byAgency, field }));
  judge(office.pki(), await bytesOf(station, files[0]?.id ?? ''), base, [{ ...byLeader, field: 'ChuKySo1', level: 'B' }, ...fields]);
});

test('where the text does not tell the place, somebody points; the file of a scan without gaps is refused before a PIN is asked', async () => {
  const station = await office.open();
  const { must } = station;
  const nameless = await checkedDraft(station, { bytes: await paperOfToday({ symbol: '/UBND-VP', name: 'Lê Văn Khác' }) });
  const blank = await checkedDraft(station, { bytes: bases()['table'] ?? Buffer.alloc(0) });
  const { items, pictures } = await must('signing', 'plan', { role: 'person', ids: [nameless.id, blank.id] });
  expect(items).toMatchObject([
    { refusal: { code: 'sign-place-unknown', params: { what: 'signer' } }, mayPoint: true, previews: [] },
    { refusal: { code: 'sign-place-unknown', params: { what: 'number' } }, mayPoint: false },
  ]);
  expect(pictures).toEqual([]);
  const place = { page: 1, x: 420, y: 300 };
  const pointed = await must('signing', 'preview', { role: 'person', id: nameless.id, place });
  const shown = pointed.item.previews[0]?.shown ?? { left: 0, bottom: 0, width: 0, height: 0 };
  expect([pointed.item.refusal, pointed.item.previews[0]?.confidence]).toEqual([null, 'asked']);
  expect([shown.left + shown.width / 2, shown.bottom + shown.height / 2].map(Math.round)).toEqual([420, 300]);
  const end = await signed(station, 'person', [{ ...nameless, place }, blank]);
  expect(end).toMatchObject({ done: 1, failed: 1, token: null, items: expect.arrayContaining([expect.objectContaining({ id: blank.id, cause: { code: 'sign-place-unknown', params: { what: 'number' } } })]) as unknown });
});

test.skipIf(!hasCompiler)('twenty drafts with one PIN and one login; nothing keeps the core from answering (needs gcc)', async () => {
  process.env['HOSTILE_PIN'] = pin;
  const log = join(scratchFolder(), 'calls.log');
  process.env['HOSTILE_LOG'] = log;
  const station = await office.open({ module: office.badModule() });
  const drafts: Awaited<ReturnType<typeof checkedDraft>>[] = [];
  for (let n = 0; n < 20; n += 1) drafts.push(await checkedDraft(station, { fields: { subject: `việc số ${String(n)}` } }));
  await station.must('signing', 'plan', { role: 'person', ids: drafts.map(({ id }) => id) });
  const still = watchStandstill();
  const end = await signed(station, 'person', drafts);
  const longest = still.end();
  expect(end).toMatchObject({ total: 20, done: 20, failed: 0, token: null });
  expect(end.items.every(({ level, missing }) => level === 'T' && missing === null)).toBe(true);
  expect(callsOf(log).filter((line) => `${line} `.startsWith('C_Login '))).toHaveLength(1);
  // A busy machine holds every program up: what it does to one that starts as many is not the core's.
  expect(longest).toBeLessThan(200 + (await standstillOfStarting(5)));
  const states = station.told.flatMap(({ items }) => items.filter(({ id }) => id === drafts[0]?.id).map(({ state }) => state));
  expect([...new Set(states)]).toEqual(['waiting', 'preparing', 'at-token', 'time-stamping', 'noting', 'done']);
  expect(leftIn(station)).toEqual([]);
  delete process.env['HOSTILE_LOG'];
});
