import { beforeAll, describe, expect, test } from 'vitest';
import type { SigningProgress } from '#contract';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { serveLoopback } from '../../../electron/platform/http/serve-loopback.ts';
import { practiceAxis } from '../../../electron/services/practice/index.ts';
import { all, openStore, sql } from '../../../electron/store/index.ts';
import { stored } from '../../fakes/station/drafts.ts';
import { hasCompiler, pin } from '../../token/soft-token.ts';
import { bytesOf, checkedDraft, deskOffice, keyHex, leftIn, numbered, signed, signItems } from './desk-office.ts';
import { deviceOf, typed, type DeskStation } from './desk-station.ts';
import { judge } from './judges.ts';

const office = deskOffice();
beforeAll(() => {
  process.env['HOSTILE_PIN'] = pin;
});

const stateOf = async ({ must }: DeskStation, id: string): Promise<[string, number]> => {
  const { state, version } = await must('drafting', 'get', { id });
  return [state, version];
};

describe('what may not be signed', () => {
  test('unopened documents, unseen warnings and a second batch refuse, and no PIN is asked', async () => {
    const station = await office.open();
    const { ask, must } = station;
    const draft = await checkedDraft(station, { fields: { signerName: 'Lê Văn Khác' } });
    expect(await signItems(station, 'person', [{ ...draft, opened: false }])).toMatchObject({ failure: { code: 'signing-not-opened', params: { count: 1 } } });
    expect(await signItems(station, 'person', [draft, draft])).toMatchObject({ failure: { code: 'signing-twice' } });
    const device = await deviceOf(station, 'Lãnh đạo');
    const { check, warnings } = await must('signing', 'check', { role: 'person', ids: [draft.id], ...device });
    expect(check).toMatchObject({ result: 'good', online: 'now', status: 'good' });
    expect(warnings).toMatchObject([{ code: 'signer-name-differs', params: { certificate: 'Nguyễn Thị Thử', signer: 'Lê Văn Khác' }, ids: [draft.id] }]);
    const given = typed();
    const start = { role: 'person', items: [{ id: draft.id, version: 1, place: null, opened: true }], ...device, pin: given, seen: [] } as const;
    expect(await ask('signing', 'start', { ...start, items: [...start.items], seen: [] })).toMatchObject({ failure: { code: 'signing-warning-not-seen' } });
    expect(await ask('signing', 'start', { ...start, items: [...start.items], seen: [], device: 'not there' })).toMatchObject({ failure: { code: 'token-absent' } });
    const sealDevice = await deviceOf(station, 'Cơ quan');
    expect((await must('signing', 'check', { role: 'person', ids: [draft.id], ...sealDevice })).warnings.map(({ code }) => code).toSorted()).toEqual(['certificate-of-agency', 'signer-name-differs']);
    expect(station.progress()).toBeNull();
    const other = await checkedDraft(station);
    expect(await signItems(station, 'person', [other])).toMatchObject({ ok: true });
    expect(await signItems(station, 'person', [other])).toMatchObject({ failure: { code: 'signing-busy' } });
    await station.ended();
  });

  test('a certificate that the check refuses is refused by the core, whatever the window says was seen', async () => {
    const station = await office.open();
    const { must, ask } = station;
    const settings = await must('signingSettings', 'settings', {});
    await must('signingSettings', 'saveSettings', { ...settings, policy: { 'status-unknown': 'refuse', 'not-checked-online': 'refuse', 'kept-evidence': 'refuse' }, hosts: settings.hosts.map((one) => ({ ...one, to: '127.0.0.1:9' })) });
    const draft = await checkedDraft(station);
    const device = await deviceOf(station, 'Lãnh đạo');
    const { check, warnings } = await must('signing', 'check', { role: 'person', ids: [draft.id], ...device });
    expect(check.result).toBe('refuse');
    const start = { role: 'person' as const, items: [{ id: draft.id, version: 1, place: null, opened: true }], ...device, pin: typed(), seen: warnings.map(({ key }) => key) };
    expect(await ask('signing', 'start', start)).toMatchObject({ failure: { code: 'signing-certificate-refused' } });
    expect(await stateOf(station, draft.id)).toEqual(['form-checked', 1]);
  });

  test('the leader signs drafts, the clerk seals: neither does the other’s', async () => {
    const station = await office.open();
    const { ask, must } = station;
    const password = 'Mật-khẩu số 1';
    const person = async (name: string, role: 'leader' | 'clerk' | 'administrator'): Promise<string> =>
      (await must('people', 'savePerson', { id: null, name, position: '', standing: 'staff', unit: null, roles: [role], validFrom: null, since: null })).id;
    const clerk = await person('Trần Văn Thư', 'clerk');
    const admin = await person('Lê Quản Trị', 'administrator');
    await must('people', 'setPassword', { person: admin, password });
    await must('people', 'signIn', { person: admin, password });
    await must('people', 'setPassword', { person: clerk, password });
    expect(await ask('signing', 'plan', { role: 'person', ids: ['018f0000-0000-7000-8000-000000000000'] })).toMatchObject({ failure: { code: 'not-allowed' } });
    await must('people', 'signOut', {});
    await must('people', 'signIn', { person: clerk, password });
    await must('people', 'changePassword', { old: password, password: `${password} mới` });
    const start = { role: 'person' as const, items: [{ id: '018f0000-0000-7000-8000-000000000000', version: 1, place: null, opened: true }], device: 'x', certificate: 'ab'.repeat(32), pin: typed(), seen: [] };
    expect(await ask('signing', 'start', start)).toMatchObject({ failure: { code: 'not-allowed', params: { roles: 'leader' } } });
    expect(await ask('signing', 'start', { ...start, role: 'agency' })).toMatchObject({ failure: { code: 'token-absent' } });
  });
});

describe('a draft that changes', () => {
  test('before its turn is refused by its version; while it is signed it keeps what somebody made of it, and the signature is not used', async () => {
    const station = await office.open();
    const { must } = station;
    const draft = await checkedDraft(station);
    const { fields, files } = await must('drafting', 'get', { id: draft.id });
    office.servers().instead.set('/', async () => {
      const plain = files.map(({ id: _, ...file }) => file);
      await must('drafting', 'save', { id: draft.id, version: 1, fields: { ...fields, subject: 'khác hẳn' }, files: plain });
      return { status: 503 };
    });
    const end = await signed(station, 'person', [draft]);
    expect(end.items).toMatchObject([{ state: 'failed', cause: { code: 'sign-changed-meanwhile' } }]);
    const after = await must('drafting', 'get', { id: draft.id });
    expect([after.state, after.version, after.fields.subject, after.files[0]?.sha256]).toEqual(['draft', 2, 'khác hẳn', files[0]?.sha256]);
    expect(leftIn(station)).toEqual([]);
    await must('drafting', 'submit', { id: draft.id, comment: '' });
    await must('drafting', 'checkContent', { id: draft.id, version: 2, person: 'A', comment: '' });
    await must('drafting', 'checkForm', { id: draft.id, version: 2, person: 'B', comment: '', hints: [] });
    expect((await signed(station, 'person', [draft])).items).toMatchObject([{ state: 'failed', cause: { code: 'draft-changed' } }]);
    expect(await stateOf(station, draft.id)).toEqual(['form-checked', 2]);
  });
});

describe.skipIf(!hasCompiler)('a token that fails (needs gcc)', () => {
  const failing: readonly (readonly [string, string, string, string, number])[] = [
    ['a wrong PIN', '', '975310', 'token-pin-wrong', 0],
    ['a token taken out in the middle', 'fail=C_Sign:0x32:3', pin, 'token-removed', 2],
    ['a driver that crashes in the middle', 'crash=C_Sign:3', pin, 'token-module-crashed', 2],
  ];
  test.each(failing)('%s ends the batch with its cause; what was signed is noted, the rest is as it was and is signed by a new start', async (_, how, given, code, done) => {
    const station = await office.open({ module: office.badModule() });
    const drafts = [];
    for (let n = 0; n < 5; n += 1) drafts.push(await checkedDraft(station));
    // The driver reads its orders when its process starts.
    await station.must('tokens', 'forget', {});
    process.env['HOSTILE'] = how;
    const end = await signed(station, 'person', drafts, { pin: typed(given) });
    expect(end).toMatchObject({ done, failed: 5 - done, token: { code } });
    expect(end.items.filter(({ state }) => state === 'failed').every(({ cause }) => cause?.code === code)).toBe(true);
    for (const { id, state } of end.items) expect(await stateOf(station, id)).toEqual(state === 'done' ? ['signed', 2] : ['form-checked', 1]);
    expect(leftIn(station)).toEqual([]);
    process.env['HOSTILE'] = '';
    await station.must('tokens', 'forget', {});
    const left = drafts.filter(({ id }) => end.items.some((one) => one.id === id && one.state === 'failed'));
    expect(await signed(station, 'person', left)).toMatchObject({ done: 5 - done, failed: 0, token: null });
  });

  test('cancelled between documents: what the token has begun is noted, the rest waits', async () => {
    const station = await office.open({ module: office.badModule() });
    const drafts = [];
    for (let n = 0; n < 8; n += 1) drafts.push(await checkedDraft(station));
    await station.must('tokens', 'forget', {});
    process.env['HOSTILE'] = 'slow=C_Sign:150';
    const outcome = await signItems(station, 'person', drafts);
    const batch = outcome.ok ? outcome.value.batch : '';
    while (!station.told.some(({ items }) => items.some(({ state }) => state === 'done'))) await new Promise((resolve) => setTimeout(resolve, 10));
    await station.must('signing', 'cancel', { batch });
    const end = await station.ended();
    expect(end.cancelled).toBeGreaterThan(0);
    expect([end.cancelling, end.done + end.cancelled, end.failed, end.token]).toEqual([true, 8, 0, null]);
    for (const { id, state } of end.items) expect(await stateOf(station, id)).toEqual(state === 'done' ? ['signed', 2] : ['form-checked', 1]);
  });

  test('a kept login signs the next batch without a PIN, and refuses one when it is gone', async () => {
    const station = await office.open();
    const [one, two, three] = [await checkedDraft(station), await checkedDraft(station), await checkedDraft(station)];
    await signed(station, 'person', [one]);
    const kept = { pin: { kind: 'kept' } as never };
    expect(await signed(station, 'person', [two], kept)).toMatchObject({ done: 1, token: null });
    await station.must('tokens', 'forget', {});
    expect(await signed(station, 'person', [three], kept)).toMatchObject({ done: 0, token: { code: 'token-pin-needed' } });
  });
});

describe('without network', () => {
  test('it is signed with an honest label and completed later; what was sent stays as it is; every signature is in the log', async () => {
    const station = await office.open();
    const { must } = station;
    const fields = { paperRecipients: [{ name: 'Lưu trữ', copies: 1 }] };
    const drafts = [await checkedDraft(station, { fields }), await checkedDraft(station, { fields })];
    office.servers().instead.set('/', () => ({ status: 503 }));
    const end: SigningProgress = await signed(station, 'person', drafts);
    expect(end.items).toMatchObject([0, 1].map(() => ({ state: 'done', level: 'B', missing: { why: 'unreachable' } })));
    const documents = await numbered(station, drafts.map(({ id }) => id));
    await signed(station, 'agency', documents.map((id) => ({ id, version: 0 })));
    const [kept = '', sent = ''] = documents;
    const main = async (id: string): Promise<Buffer> => bytesOf(station, (await must('records', 'outgoingGet', { id })).files[0]?.id ?? '');
    const file = (await must('records', 'outgoingGet', { id: kept })).files[0]?.id ?? '';
    expect(await must('signing', 'levels', { file })).toMatchObject([0, 1].map(() => ({ level: 'B', time: null, lacks: [{ code: 'no-time' }] })));
    for (const document of documents) await must('drafting', 'issue', { document, send: false });
    expect(await must('signing', 'complete', { ids: [kept] })).toMatchObject([{ outcome: 'partly', missing: { why: 'unreachable' } }]);

    const before = await main(sent);
    await must('drafting', 'paperSent', { document: sent, note: '' });
    office.servers().instead.clear();
    expect(await must('signing', 'complete', { ids: [kept, sent] })).toMatchObject([
      { id: kept, outcome: 'completed', missing: null },
      { id: sent, outcome: 'already-sent' },
    ]);
    expect((await main(sent)).equals(before)).toBe(true);
    const after = await main(kept);
    judge(office.pki(), after, drafts[0]?.main ?? Buffer.alloc(0), [
      { field: 'NguoiKy', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'B' },
      { field: 'CoQuan', signer: 'BỘ THỬ NGHIỆM', kind: 'rsa-v1.5', level: 'B' },
      { field: 'DauThoiGian1', kind: 'time-stamp' },
    ]);
    const completedFile = (await must('records', 'outgoingGet', { id: kept })).files[0]?.id ?? '';
    expect((await must('signing', 'levels', { file: completedFile })).map(({ level }) => level)).toEqual(['T', 'T']);

    await station.core.close();
    const log = logOf(station);
    const detail = log.find(({ action, subject_id: id }) => action === 'draft.signed' && id === drafts[0]?.id)?.detail ?? '{}';
    expect(JSON.parse(detail)).toMatchObject({ form: 'program', certificate: office.pki().certificate('leader').sha256, by: 'Nguyễn Thị Thử', level: 'B', missing: { why: 'unreachable' }, files: [{ name: 'cong-van.pdf' }] });
    expect(log.filter(({ action }) => action === 'document.sealed')).toHaveLength(2);
    expect(log.filter(({ action }) => action === 'document.signature-completed')).toHaveLength(1);
    expect(log.filter(({ detail: text }) => text.includes(pin))).toEqual([]);
  });

  test('what lacks something is completed by itself when something out there answers again', async () => {
    const systems = [{ systemId: '00.00.W00', secret: 'khoa-thu', agencies: [{ code: 'G09', name: 'Bộ Thử nghiệm' }] }];
    const axis = await serveLoopback(practiceAxis({ systems, clock: systemClock }).handle, { maxBytes: 1024 * 1024 });
    const station = await office.open({ axis: { endpoint: `http://127.0.0.1:${String(axis.port)}/XrdAdapter/adapter`, systemId: '00.00.W00', secret: 'khoa-thu' } });
    const draft = await checkedDraft(station);
    office.servers().instead.set('/', () => ({ status: 503 }));
    await signed(station, 'person', [draft]);
    expect(await stateOf(station, draft.id)).toEqual(['signed', 2]);
    office.servers().instead.clear();
    await station.must('exchange', 'receiveNow', {});
    await axis.close();
    while ((await stateOf(station, draft.id))[1] === 2) await new Promise((resolve) => setTimeout(resolve, 20));
    const { files, state } = await station.must('drafting', 'get', { id: draft.id });
    expect(state).toBe('signed');
    expect((await station.must('signing', 'levels', { file: files[0]?.id ?? '' })).map(({ level }) => level)).toEqual(['T']);
  });
});

test('a picture that is none, and none at all, refuse in words before anything else', async () => {
  const station = await office.open();
  const { must } = station;
  const draft = await checkedDraft(station);
  const [seal] = (await must('signingSettings', 'pictures', { ended: false })).filter(({ kind }) => kind === 'signature');
  await must('signingSettings', 'endPicture', { id: seal?.file.id ?? '', reason: 'Đổi' });
  expect((await must('signing', 'plan', { role: 'person', ids: [draft.id] })).items).toMatchObject([{ refusal: { code: 'sign-picture-missing', params: { kind: 'signature', name: 'Nguyễn Thị Thử' } } }]);
  const file = await stored(station.core, 'a.png', Buffer.from('not a picture'));
  expect(await station.ask('signingSettings', 'savePicture', { kind: 'seal', person: null, widthMm: 36, reason: 'r', file })).toMatchObject({ failure: { code: 'picture-not-png' } });
});

function logOf({ folder }: DeskStation): { action: string; subject_id: string; detail: string }[] {
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const log = all<{ action: string; subject_id: string; detail: string }>(opened.value.read, sql`SELECT action, subject_id, detail FROM audit_entry ORDER BY seq`);
  opened.value.close();
  return log;
}
