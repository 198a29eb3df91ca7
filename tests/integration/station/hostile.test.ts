import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyAgency, emptyStaff } from '../../../electron/services/exchange/edxml/model.ts';
import { writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import { all, sql } from '../../../electron/store/index.ts';
import { recipient, threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { storeIn } from '../../unit/store/helpers.ts';

let office: Agencies;
let ministry: Station;
let ward: Station;
let province: Station;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-22T01:00:00.000Z');
  office = await threeAgencies({ clock: { now: () => now } });
  [ministry, ward, province] = office.stations;
});
afterEach(() => office.close());

const later = (hours: number): void => {
  now = new Date(now.getTime() + hours * 3_600_000);
};
const outbox = (station = ministry) => station.must('exchange', 'outbox', {});
const matrix = (document: string) => ministry.must('exchange', 'deliveries', { document });

async function only(station: Station) {
  const { items } = await station.must('records', 'incomingList', { state: null, before: null, limit: 9 });
  expect(items).toHaveLength(1);
  return station.must('records', 'incomingGet', { id: items[0]?.id ?? '' });
}

const settle = (): Promise<void> => office.settle();

async function send(number: string, to: readonly Station[] = [ward]) {
  const document = await ministry.issue(number);
  await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: to.map(recipient) });
  return document;
}

function statusOf(from: Station, statusCode: string, about: { documentId: string; code: string }, description = '', timestamp = '2026/11/22 08:00:00'): Uint8Array {
  const written = writeStatus({
    from: { ...emptyAgency, organId: from.agency.code, organName: from.agency.name },
    responseFor: { organId: 'G09', code: about.code, promulgationDate: '2026/11/20', documentId: about.documentId },
    staff: emptyStaff,
    statusCode,
    description,
    timestamp,
  });
  if (!written.ok) throw new Error(JSON.stringify(written.failure));
  return written.value;
}

/** An update of document 123 as another version of the issuer's software would write it. */
function update(subject: string, bytes: string): Uint8Array {
  return documentMessage({
    subject,
    business: { bussinessDocType: '2', bussinessDocReason: 'Sửa', documentId: 'G09,2026/11/20,123/BNV-VP' },
    files: [{ name: 'sua.pdf', bytes: Buffer.from(`%PDF-1.4 ${bytes}`) }],
  });
}

const recallMessage = (): Uint8Array =>
  documentMessage({ business: { bussinessDocType: '1', bussinessDocReason: 'Sai', documentId: 'G09,2026/11/20,123/BNV-VP' }, files: [] });

/** Hashes of everything that was ever taken in about the one document and whose bytes are still there. */
async function left(station: Station): Promise<string[]> {
  await station.core.close();
  const store = storeIn(station.folder, station.key);
  const hashes = all<{ sha256: string }>(
    store.read,
    sql`SELECT sha256 FROM incoming_file UNION SELECT sha256 FROM inbox_message
        UNION SELECT json_extract(f.value, '$.sha256') FROM change_request AS c,
          json_each(iif(c.content = '', '{}', c.content), '$.files') AS f WHERE f.type = 'object'`,
  );
  const found = [];
  for (const { sha256 } of hashes) {
    const there = await store.blobs.verify(sha256).then(() => true, () => false);
    if (there) found.push(sha256);
  }
  store.close();
  await station.restart();
  return found;
}

describe('an update and a recall of one document', () => {
  test('agreed to the recall: the open update ends with it, cannot be agreed to, and its files are destroyed too', async () => {
    await office.axis.deliver(documentMessage());
    await ward.sync();
    await office.axis.deliver(update('V/v đã sửa', 'sửa'));
    await office.axis.deliver(recallMessage());
    await ward.sync();
    const { changeRequests } = await only(ward);
    const [recall, change] = ['recall', 'update'].map((kind) => changeRequests.find((one) => one.kind === kind)?.id ?? '');
    await ward.must('records', 'decideChange', { request: recall ?? '', agree: true, reason: '' });
    expect(await ward.ask('records', 'decideChange', { request: change ?? '', agree: true, reason: '' })).toMatchObject({ failure: { code: 'already-decided' } });
    expect(await only(ward)).toMatchObject({ state: 'recalled', openChange: null, filesDestroyed: true, files: [{ name: 'cong-van.pdf' }] });
    expect(await left(ward)).toEqual([]);
  });

  test('what comes about a recalled document leaves nothing on the disk, and an update is answered with 16', async () => {
    const original = documentMessage();
    await office.axis.deliver(original);
    await office.axis.deliver(recallMessage());
    await ward.sync();
    await ward.must('records', 'decideChange', { request: (await only(ward)).changeRequests[0]?.id ?? '', agree: true, reason: '' });
    await office.axis.deliver(original);
    await office.axis.deliver(update('V/v đã sửa', 'muộn'));
    await ward.sync();
    expect(await only(ward)).toMatchObject({ state: 'recalled', openChange: null, changeRequests: [{ kind: 'update', state: 'refused' }, {}] });
    expect((await outbox(ward)).map((row) => row.statusCode).sort()).toEqual(['01', '15', '16']);
    expect(await left(ward)).toEqual([]);
  });

  test('a file that an open update of another document carries is not destroyed with a recalled one', async () => {
    await office.axis.deliver(documentMessage({ files: [{ name: 'chung.pdf', bytes: Buffer.from('%PDF-1.4 chung') }] }));
    await office.axis.deliver(documentMessage({ number: '200' }));
    await ward.sync();
    await office.axis.deliver(
      documentMessage({
        number: '200',
        business: { bussinessDocType: '2', bussinessDocReason: 'Sửa', documentId: 'G09,2026/11/20,200/BNV-VP' },
        files: [{ name: 'chung.pdf', bytes: Buffer.from('%PDF-1.4 chung') }],
      }),
    );
    await office.axis.deliver(recallMessage());
    await ward.sync();
    const { items } = await ward.must('records', 'incomingList', { state: null, openChange: true, before: null, limit: 9 });
    const of = async (number: string) => ward.must('records', 'incomingGet', { id: items.find((item) => item.codeNumber === number)?.id ?? '' });
    await ward.must('records', 'decideChange', { request: (await of('123')).changeRequests[0]?.id ?? '', agree: true, reason: '' });
    await ward.restart();
    const updated = await ward.must('records', 'decideChange', { request: (await of('200')).changeRequests[0]?.id ?? '', agree: true, reason: '' });
    expect(await ward.core.readFile(updated.files[0]?.id ?? '', 0, 100)).toMatchObject({ ok: true });
  });

  test("what the register said before an update stands in the document's log", async () => {
    await office.axis.deliver(documentMessage());
    await ward.sync();
    const { id } = await only(ward);
    await ward.must('records', 'registerIncoming', { id });
    await office.axis.deliver(update('V/v đã sửa', 'sửa'));
    await ward.sync();
    await ward.must('records', 'decideChange', { request: (await only(ward)).changeRequests[0]?.id ?? '', agree: true, reason: '' });
    const trace = await ward.must('records', 'trace', { id });
    expect(trace.find((entry) => entry.action === 'document.update-agreed')?.detail['changes']).toContainEqual({
      field: 'subject',
      before: 'V/v hướng dẫn công tác văn thư số 123',
      after: 'V/v đã sửa',
    });
  });

  test('consent to an update is none to a recall that was asked for meanwhile, and a refusal after it is seen', async () => {
    const document = await send('1');
    await settle();
    await ministry.must('exchange', 'updateDocument', { document: document.id, changes: { urgency: 1 }, files: null, reason: 'Khẩn' });
    await ministry.must('exchange', 'recallDocument', { document: document.id, form: 'status', recipients: null, reason: 'Sai' });
    await settle();
    const { changeRequests } = await only(ward);
    const [recall, change] = ['recall', 'update'].map((kind) => changeRequests.find((one) => one.kind === kind)?.id ?? '');
    await ward.must('records', 'decideChange', { request: change ?? '', agree: true, reason: '' });
    await settle();
    expect(await matrix(document.id)).toMatchObject([{ takeBack: 'asked' }]);
    await ward.must('records', 'decideChange', { request: recall ?? '', agree: false, reason: 'Đã thi hành' });
    await settle();
    expect(await matrix(document.id)).toMatchObject([{ takeBack: 'refused', alarm: 'take-back-refused' }]);
  });
});

describe('a second message under one DocumentId', () => {
  test.each([
    ['another number', { number: '124', documentId: 'G09,2026/11/20,123/BNV-VP' }],
    ['another subject', { subject: 'V/v khác hẳn' }],
  ])('with %s is no second copy: a person must look at it', async (_, facts) => {
    const files = [{ name: 'a.pdf', bytes: Buffer.from('%PDF-1.4 như nhau') }];
    await office.axis.deliver(documentMessage({ files }));
    await office.axis.deliver(documentMessage({ files, ...facts }));
    expect(await ward.sync()).toMatchObject({ received: 1, duplicates: 0, quarantined: 1 });
    expect((await ward.must('exchange', 'quarantine', {})).items).toMatchObject([{ reason: 'same-id-other-content' }]);
  });

  test('the very message again after an update was agreed to is a second copy', async () => {
    const original = documentMessage();
    await office.axis.deliver(original);
    await office.axis.deliver(update('V/v đã sửa', 'sửa'));
    await ward.sync();
    await ward.must('records', 'decideChange', { request: (await only(ward)).changeRequests[0]?.id ?? '', agree: true, reason: '' });
    await office.axis.deliver(original);
    expect(await ward.sync()).toMatchObject({ duplicates: 1, quarantined: 0 });
  });
});

describe('rows of the outbox that depend on each other', () => {
  const updateOf = (document: string) => ministry.must('exchange', 'updateDocument', { document, changes: { subject: 'V/v mới' }, files: null, reason: 'Sửa' });

  test('a document cancelled before it left takes its update with it', async () => {
    const document = await send('1');
    await updateOf(document.id);
    const row = (await outbox()).find((item) => item.dispatch === 'new');
    await ministry.must('exchange', 'cancelSend', { id: row?.id ?? '', reason: 'Chưa gửi' });
    await ministry.sync();
    expect(office.axis.inspect().sent).toEqual([]);
    expect((await outbox()).map((item) => item.state)).toEqual(['cancelled', 'cancelled']);
  });

  test('so does one that is recalled before it left', async () => {
    const document = await send('1');
    await updateOf(document.id);
    await ministry.must('exchange', 'recallDocument', { document: document.id, form: 'message', recipients: null, reason: 'Sai' });
    await ministry.sync();
    expect(office.axis.inspect().sent).toEqual([]);
  });

  test('an update does not go to those whose document the axis refused', async () => {
    office.axis.fault({ kind: 'refuse', verb: 'sendEdoc', times: 1, delayMs: 0, errorCode: '18', errorDesc: 'thử' });
    const document = await send('1');
    await ministry.ask('exchange', 'receiveNow', {});
    await updateOf(document.id);
    await ministry.ask('exchange', 'receiveNow', {});
    expect(office.axis.inspect().sent).toEqual([]);
    const row = (await outbox()).find((item) => item.dispatch === 'new');
    expect(row).toMatchObject({ state: 'attention' });
    await ministry.must('exchange', 'sendNow', { id: row?.id ?? '' });
    await settle();
    expect(await only(ward)).toMatchObject({ subject: 'V/v kiểm thử số 1', openChange: 'update' });
  });

  test('a replacement recalled before it left still leaves, as its forerunner is struck for good', async () => {
    const old = await send('1');
    await settle();
    const next = await ministry.issue('2');
    await ministry.must('exchange', 'replaceDocument', { document: next.id, replaces: old.id, reason: 'Ban hành lại' });
    await ministry.must('exchange', 'recallDocument', { document: next.id, form: 'message', recipients: null, reason: 'Sai' });
    await settle();
    const { items } = await ward.must('records', 'incomingList', { state: null, before: null, limit: 9 });
    expect(items.map((item) => [item.codeNumber, item.state, item.openChange])).toEqual([['2', 'arrived', 'recall'], ['1', 'replaced', null]]);
  });

  test('one recipient whose recall the axis does not take keeps nobody else from theirs', async () => {
    const document = await send('1', [ward, province]);
    await settle();
    office.axis.fault({ kind: 'refuse', verb: 'sendEdoc', times: 1, delayMs: 0, errorCode: '99', errorDesc: 'thử' });
    await ministry.must('exchange', 'recallDocument', { document: document.id, form: 'status', recipients: null, reason: 'Sai' });
    await ministry.ask('exchange', 'receiveNow', {});
    expect((await outbox()).filter((row) => row.statusCode === '13').map((row) => row.state).sort()).toEqual(['delivered', 'waiting']);
  });
});

test('the same document asked to be sent twice at once goes once, and the second asking is answered', async () => {
  const document = await ministry.issue('1');
  const input = { document: document.id, recipients: [recipient(ward)] };
  const answers = await Promise.all([ministry.ask('exchange', 'sendDocument', input), ministry.ask('exchange', 'sendDocument', input)]);
  expect(answers.map((answer) => (answer.ok ? 'sent' : answer.failure.code)).sort()).toEqual(['already-sent', 'sent']);
  await ministry.sync();
  expect(office.axis.inspect().sent).toHaveLength(1);
});

test('a recall by number alone that overtakes its document is filed when that comes', async () => {
  const say = Buffer.from(statusOf(ministry, '13', { documentId: 'X', code: '123/BNV-VP' }, 'Sai')).toString('utf8');
  const bare = say.replace('>X</', '></').replace('<edXML:OrganId>G09</edXML:OrganId><edXML:Code>', '<edXML:OrganId>H29.99</edXML:OrganId><edXML:Code>');
  await office.axis.deliver(Buffer.from(bare), { to: ['H29.99'] });
  await ward.sync();
  expect((await ward.must('exchange', 'quarantine', {})).items).toMatchObject([{ reason: 'unknown-document' }]);
  await office.axis.deliver(documentMessage());
  await ward.sync();
  expect((await ward.must('exchange', 'quarantine', {})).items).toEqual([]);
  expect(await only(ward)).toMatchObject({ openChange: 'recall' });
});

describe('the status matrix', () => {
  test('a receiver whose clock is years ahead cannot hide that it refused later', async () => {
    const document = await send('1');
    await ministry.sync();
    const about = { documentId: document.documentId, code: '1/VP' };
    await office.axis.deliver(statusOf(ward, '01', about, '', '2099/01/01 00:00:00'));
    await ministry.sync();
    later(1);
    await office.axis.deliver(statusOf(ward, '02', about, 'Nhầm', '2026/11/22 09:00:00'));
    await ministry.sync();
    expect(await matrix(document.id)).toMatchObject([{ statusCode: '02', alarm: 'refused' }]);
  });

  test('an agency whose code holds the letters of a centre is none', async () => {
    const document = await send('1');
    await ministry.sync();
    await office.axis.deliver(statusOf(ward, '02', { documentId: document.documentId, code: '1/VP' }, 'giả'), { from: 'Z01XW00A' });
    await ministry.sync();
    expect((await ministry.must('exchange', 'quarantine', {})).items).toMatchObject([{ reason: 'not-a-party' }]);
    expect(await matrix(document.id)).toMatchObject([{ statusCode: '' }]);
  });
});

test('a reason of a million letters stops neither the matrix nor the evidence; the whole stays in the message', { timeout: 180_000 }, async () => {
  const document = await send('1');
  await ministry.sync();
  await office.axis.deliver(statusOf(ward, '02', { documentId: document.documentId, code: '1/VP' }, 'Z'.repeat(1_000_000)));
  await ministry.sync();
  const [row] = await matrix(document.id);
  expect(row).toMatchObject({ statusCode: '02', alarm: 'refused' });
  expect(row?.statusNote).toHaveLength(2001);
  expect(await ministry.ask('exchange', 'makeEvidence', { document: document.id })).toMatchObject({ ok: true });
});

test('two thousand recipients are checked, asked back and sent to in reasonable time', { timeout: 180_000 }, async () => {
  const document = await ministry.issue('1');
  const recipients = Array.from({ length: 2000 }, (_, at) => ({ organId: `H29.${String(at)}`, name: `Phường ${String(at)}` }));
  // 4 million comparisons with the directory each would keep the station busy for most of a minute.
  await ministry.must('exchange', 'sendDocument', { document: document.id, recipients });
  const twice = { document: document.id, recipients: [...recipients.slice(0, 1999), { organId: ' h29.0 ', name: 'hai lần' }] };
  expect(await ministry.ask('exchange', 'sendDocument', twice)).toMatchObject({ failure: { code: 'recipient-twice', params: { organId: 'h29.0' } } });
  const named = recipients.slice(0, 1000).map((one) => one.organId);
  await ministry.must('exchange', 'recallDocument', { document: document.id, form: 'status', recipients: named, reason: 'Sai' });
  expect((await matrix(document.id)).filter((row) => row.takeBack === 'asked')).toHaveLength(1000);
});

