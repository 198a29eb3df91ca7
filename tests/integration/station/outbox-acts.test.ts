import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { insertInboxMessage } from '../../../electron/services/exchange/inbox.store.ts';
import { alarmingRecipients } from '../../../electron/services/exchange/recipients.store.ts';
import type { Evidence } from '../../../electron/services/exchange/evidence/evidence.ts';
import { all, sql } from '../../../electron/store/index.ts';
import { recipient, threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

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
const strike = (kind: 'cut' | 'cut-before' | 'missing' | 'refuse', verb: string, times = 1, errorCode = '20'): void => {
  office.axis.fault({ kind, verb, times, delayMs: 0, errorCode, errorDesc: 'thử' });
};
const outbox = (station = ministry) => station.must('exchange', 'outbox', {});
const sentNumbers = (): string[] => office.axis.inspect().deliveries.filter((one) => one.messageType === 'edoc').map((one) => one.notation);

async function queue(number: string, more: Parameters<Station['issue']>[1] = {}, to = ward) {
  const document = await ministry.issue(number, more);
  await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(to)] });
  const item = (await outbox()).find((one) => one.outgoing === document.id);
  return { document, row: item?.id ?? '' };
}

test('a row that has not left can be cancelled with a reason, and the document sent again later', async () => {
  const { document, row } = await queue('1');
  expect(await ministry.must('exchange', 'cancelSend', { id: row, reason: 'Chờ bổ sung phụ lục' })).toMatchObject({ state: 'cancelled' });
  await ministry.sync();
  expect(sentNumbers()).toEqual([]);
  expect(await ministry.must('exchange', 'deliveries', { document: document.id })).toMatchObject([{ sentAt: null, cancelledAt: now.toISOString(), alarm: null }]);
  expect(await ministry.ask('exchange', 'sendNow', { id: row })).toMatchObject({ failure: { code: 'row-cancelled' } });
  await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: [recipient(ward)] });
  await ministry.sync();
  expect(sentNumbers()).toEqual(['1/VP']);
  const trace = await ministry.must('records', 'trace', { id: document.id });
  expect(trace.map((entry) => entry.action)).toEqual(['document.issued', 'document.queued', 'dispatch.cancelled', 'document.queued', 'dispatch.delivered']);
  expect(trace[2]?.detail).toMatchObject({ note: 'Chờ bổ sung phụ lục' });
});

test('urgent goes first, what a person moved up before that, the rest in turn', async () => {
  await queue('1');
  await queue('2');
  await queue('3', { urgency: 3 });
  const { row } = await queue('4');
  expect(await ministry.must('exchange', 'moveUp', { id: row })).toMatchObject({ movedUp: true });
  expect((await outbox()).map((item) => item.about)).toEqual(['4/VP', '3/VP', '1/VP', '2/VP']);
  await ministry.sync();
  expect(sentNumbers()).toEqual(['4/VP', '3/VP', '1/VP', '2/VP']);
});

test('a row that needs a person can be moved up though nothing else waits', async () => {
  const { row } = await queue('1');
  strike('refuse', 'sendEdoc', 1, '18');
  await ministry.ask('exchange', 'receiveNow', {});
  expect(await outbox()).toMatchObject([{ state: 'attention' }]);
  expect(await ministry.must('exchange', 'moveUp', { id: row })).toMatchObject({ state: 'waiting', movedUp: true });
  await ministry.sync();
  expect(sentNumbers()).toEqual(['1/VP']);
});

test('a connection cut after the axis had the document: it is looked up and not sent twice', async () => {
  const { row } = await queue('5');
  strike('cut', 'sendEdoc');
  expect(await ministry.ask('exchange', 'receiveNow', {})).toMatchObject({ ok: false });
  expect(await outbox()).toMatchObject([{ id: row, state: 'waiting', inDoubt: true }]);
  expect(await ministry.ask('exchange', 'cancelSend', { id: row, reason: 'x' })).toMatchObject({ failure: { code: 'in-doubt' } });
  later(1);
  await ministry.sync();
  expect(await outbox()).toMatchObject([{ state: 'delivered', inDoubt: false }]);
  expect(sentNumbers()).toEqual(['5/VP']);
});

test('cut before the axis had it: it is looked up, not found, and sent once', async () => {
  await queue('6');
  strike('cut-before', 'sendEdoc');
  await ministry.ask('exchange', 'receiveNow', {});
  expect(sentNumbers()).toEqual([]);
  later(1);
  await ministry.sync();
  expect(sentNumbers()).toEqual(['6/VP']);
});

test('where the list of sent messages is missing, a person settles the doubt, and nothing goes out before', async () => {
  const [one, two] = [await queue('7'), await queue('8', {}, province)];
  // Cut and then struck: the first after processing, the second before it.
  strike('cut', 'sendEdoc');
  await ministry.ask('exchange', 'receiveNow', {});
  later(1);
  strike('missing', 'getSentEdocList', 50);
  strike('cut-before', 'sendEdoc');
  await ministry.ask('exchange', 'receiveNow', {});
  await ministry.ask('exchange', 'receiveNow', {});
  const doubtful = (await outbox()).filter((item) => item.inDoubt);
  expect(doubtful.map((item) => item.id)).toContain(one.row);
  expect(sentNumbers()).toEqual(['7/VP']);
  await ministry.must('exchange', 'settleDoubt', { id: one.row, sent: true, note: 'Văn thư phường xác nhận qua điện thoại' });
  expect((await outbox()).find((item) => item.id === one.row)).toMatchObject({ state: 'delivered' });
  expect(await ministry.must('exchange', 'deliveries', { document: one.document.id })).toMatchObject([{ sentAt: now.toISOString() }]);
  const second = (await outbox()).find((item) => item.id === two.row);
  if (second?.inDoubt === true) await ministry.must('exchange', 'settleDoubt', { id: two.row, sent: false, note: 'Tỉnh chưa nhận được' });
  later(1);
  await ministry.sync();
  expect(sentNumbers()).toEqual(['7/VP', '8/VP']);
  expect(await ministry.ask('exchange', 'settleDoubt', { id: one.row, sent: true, note: 'x' })).toMatchObject({ failure: { code: 'already-delivered' } });
});

test('a recall may not be sent before its document, and may be cancelled only when the axis refuses it', async () => {
  const { document } = await queue('9');
  strike('cut', 'sendEdoc');
  await ministry.ask('exchange', 'receiveNow', {});
  expect(await ministry.ask('exchange', 'recallDocument', { document: document.id, form: 'message', recipients: null, reason: 'x' })).toMatchObject({
    failure: { code: 'in-doubt' },
  });
  later(1);
  await ministry.sync();
  await ministry.must('exchange', 'recallDocument', { document: document.id, form: 'message', recipients: null, reason: 'x' });
  const recall = (await outbox()).find((item) => item.dispatch === 'recall');
  expect(await ministry.ask('exchange', 'cancelSend', { id: recall?.id ?? '', reason: 'x' })).toMatchObject({ failure: { code: 'not-cancellable' } });
  strike('refuse', 'sendEdoc', 1, '23');
  await ministry.ask('exchange', 'receiveNow', {});
  expect((await outbox()).find((item) => item.id === recall?.id)).toMatchObject({ state: 'attention', lastFailure: 'axis-refused', inDoubt: false });
  expect(await ministry.ask('exchange', 'cancelSend', { id: recall?.id ?? '', reason: 'Đơn vị đã giải thể' })).toMatchObject({ ok: true });
});

test("after a restore from yesterday's backup nothing that was sent is sent again", async () => {
  await queue('20');
  await queue('21', {}, province);
  const { id } = (await ministry.issue('22'));
  await ministry.core.close();
  const backup = scratchFolder();
  cpSync(ministry.folder, backup, { recursive: true });
  await ministry.restart();
  await ministry.sync();
  await ministry.must('exchange', 'sendDocument', { document: id, recipients: [recipient(ward)] });
  await ministry.sync();
  await ward.sync();
  expect(sentNumbers()).toEqual(['20/VP', '21/VP', '22/VP']);

  later(24);
  await ministry.core.close();
  rmSync(ministry.folder, { recursive: true });
  cpSync(backup, ministry.folder, { recursive: true });
  await ministry.restart();
  expect((await outbox()).map((item) => item.state)).toEqual(['waiting', 'waiting']);
  await ministry.sync();
  expect(sentNumbers()).toEqual(['20/VP', '21/VP', '22/VP']);
  expect((await outbox()).map((item) => item.state)).toEqual(['delivered', 'delivered']);
  // What is new goes out, and the ward's receipt notice finds its document.
  await queue('23');
  await ministry.sync();
  expect(sentNumbers().at(-1)).toBe('23/VP');
  expect(await ministry.must('exchange', 'deliveryLines', { alarms: false, before: null, limit: 9 })).toMatchObject({ items: [{ code: '23/VP', sent: 1 }, { code: '21/VP' }, { code: '20/VP', arrived: 1 }] });
});

test('the delivery evidence tells every request and answer in order, holds no secret, and is a sound PDF', async () => {
  const { document } = await queue('30');
  strike('refuse', 'sendEdoc', 1, '20');
  await ministry.ask('exchange', 'receiveNow', {});
  later(1);
  strike('cut', 'sendEdoc');
  await ministry.ask('exchange', 'receiveNow', {});
  later(1);
  await ministry.sync();
  await ward.sync();
  await ministry.sync();
  const { json, pdf } = await ministry.must('exchange', 'makeEvidence', { document: document.id });
  const read = async (id: string): Promise<Buffer> => {
    const part = await ministry.core.readFile(id, 0, 10_000_000);
    if (!part.ok) throw new Error(part.failure.code);
    return Buffer.from(part.value.bytes);
  };
  const text = (await read(json.id)).toString('utf8');
  const evidence = JSON.parse(text) as Evidence;
  const calls = evidence.sends[0]?.calls ?? [];
  expect(calls.map((call) => [call.url.split('/').at(-1), call.status])).toEqual([
    ['sendEdoc', 200],
    // A failure may have been told after the effect.
    ['getSentEdocList', 200],
    ['sendEdoc', null],
    ['getSentEdocList', 200],
  ]);
  expect(calls[2]?.failure).toMatch(/^cut /);
  expect(calls[0]?.answerText).toContain('"ErrorCode":"20"');
  expect(calls.map((call) => call.at)).toEqual(calls.map((call) => call.at).toSorted());
  const message = evidence.messages[0];
  expect(calls[0]?.requestSha256).toBe(message?.sha256);
  expect(evidence.recipients).toMatchObject([{ organId: 'H29.99', statusCode: '01' }]);
  expect(evidence.heard).toMatchObject([{ sender: 'H29.99', type: 'status-01' }]);
  expect(evidence.log.map((entry) => entry.action)).toContain('dispatch.delivered');

  expect(text).not.toContain(ministry.secret);
  const bytes = await read(pdf.id);
  const path = join(scratchFolder(), 'chung-cu.pdf');
  writeFileSync(path, bytes);
  execFileSync('qpdf', ['--check', path]);
  const shown = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  for (const part of ['CHỨNG CỨ GỬI VĂN BẢN ĐIỆN TỬ', 'V/v kiểm thử số 30', document.files[0]?.sha256 ?? '?', message?.sha256 ?? '?', createHash('sha256').update(text).digest('hex'), '(+07:00)']) {
    expect(shown.replaceAll(/\s+/g, ' ')).toContain(part);
  }
});

test('the evidence shows what cannot be drawn as its code; its JSON keeps it as it was', async () => {
  const subject = 'V/v 😀 mời họp \u202efdp.exe';
  const { document } = await queue('31', { subject });
  await ministry.sync();
  const { json, pdf } = await ministry.must('exchange', 'makeEvidence', { document: document.id });
  const bytesOf = async (id: string): Promise<Buffer> => {
    const part = await ministry.core.readFile(id, 0, 10_000_000);
    if (!part.ok) throw new Error(part.failure.code);
    return Buffer.from(part.value.bytes);
  };
  expect((JSON.parse((await bytesOf(json.id)).toString('utf8')) as Evidence).document.subject).toBe(subject);
  const path = join(scratchFolder(), 'chung-cu.pdf');
  writeFileSync(path, await bytesOf(pdf.id));
  execFileSync('qpdf', ['--check', path]);
  expect(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ')).toContain('V/v ‹U+1F600› mời họp ‹U+202E›fdp.exe');
});

test('a kept message that can be read now is filed as if it had just come', async () => {
  await ward.core.close();
  const store = storeIn(ward.folder, ward.key);
  const message = documentMessage({ number: '99' });
  const raw = await store.blobs.put(message);
  const id = store.write((db) =>
    insertInboxMessage(db, {
      transportId: 'cũ',
      messageType: 'edoc',
      state: 'quarantined',
      sender: 'G09',
      senderDocumentId: '',
      businessType: '',
      handedBy: 'G09',
      receivedAt: now.toISOString(),
      ...raw,
      reason: 'invalid-value',
      document: null,
      outgoing: null,
      deviations: [],
    }),
  );
  store.close();
  await ward.restart();
  expect(await ward.must('exchange', 'replay', { id })).toEqual({ filed: true, reason: null });
  expect((await ward.must('exchange', 'quarantine', {})).items).toEqual([]);
  const { items } = await ward.must('records', 'incomingList', { state: 'arrived', before: null, limit: 9 });
  expect(items).toMatchObject([{ codeNumber: '99' }]);
  expect(await ward.ask('exchange', 'replay', { id })).toMatchObject({ failure: { code: 'already-filed' } });
});

test('alarms come with time alone', async () => {
  const { document } = await queue('40');
  await ministry.sync();
  const alarm = async () => (await ministry.must('exchange', 'deliveries', { document: document.id }))[0]?.alarm;
  expect(await alarm()).toBeNull();
  later(25);
  expect(await alarm()).toBe('no-receipt');
  await ward.sync();
  await ministry.sync();
  expect(await alarm()).toBeNull();
  await ministry.must('exchange', 'recallDocument', { document: document.id, form: 'status', recipients: null, reason: 'x' });
  await ministry.sync();
  later(49);
  expect(await alarm()).toBe('no-answer');
  const [row] = await ministry.must('exchange', 'deliveries', { document: document.id });
  await ministry.must('exchange', 'settleAlarm', { delivery: row?.id ?? '', note: 'Đã gọi điện, phường hẹn trả lời' });
  expect(await alarm()).toBeNull();
  expect((await ministry.must('exchange', 'deliveryLines', { alarms: true, before: null, limit: 9 })).items).toEqual([]);
  expect(await ministry.ask('exchange', 'settleAlarm', { delivery: row?.id ?? '', note: 'x' })).toMatchObject({ failure: { code: 'no-alarm' } });
  // What comes after asks again.
  await ward.sync();
  const [there] = (await ward.must('records', 'incomingList', { state: null, before: null, limit: 1 })).items;
  const request = (await ward.must('records', 'incomingGet', { id: there?.id ?? '' })).changeRequests[0]?.id ?? '';
  await ward.must('records', 'decideChange', { request, agree: false, reason: 'Đã thực hiện' });
  await ward.sync();
  await ministry.sync();
  expect(await alarm()).toBe('take-back-refused');
});

test('no row of the outbox is ever removed', async () => {
  const { row } = await queue('50');
  await ministry.must('exchange', 'cancelSend', { id: row, reason: 'x' });
  await ministry.core.close();
  const store = storeIn(ministry.folder, ministry.key);
  expect(all(store.read, sql`SELECT state FROM outbox`)).toEqual([{ state: 'cancelled' }]);
  store.close();
  await ministry.restart();
});

test('what was sent just now is not among those where an alarm may be', async () => {
  const { document } = await queue('60');
  await ministry.sync();
  await ministry.core.close();
  const store = storeIn(ministry.folder, ministry.key);
  const hours = (n: number): Date => new Date(now.getTime() + n * 3_600_000);
  expect([...alarmingRecipients(store.read, hours(1))]).toEqual([]);
  expect([...alarmingRecipients(store.read, hours(25))]).toEqual([[document.id, 1]]);
  store.close();
  await ministry.restart();
});
