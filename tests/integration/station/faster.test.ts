import { afterEach, beforeEach, expect, test } from 'vitest';
import { recipient, threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { documentMessage } from '../../fakes/station/messages.ts';

let office: Agencies;
let ministry: Station;
let ward: Station;
let province: Station;
beforeEach(async () => {
  office = await threeAgencies();
  [ministry, ward, province] = office.stations;
});
afterEach(() => office.close());

type Answer = { readonly ok: true } | { readonly ok: false; readonly failure: { readonly code: string } };
/** The acts at the same moment, as from several windows; answers how each ended. */
async function both(...acts: readonly Promise<Answer>[]): Promise<string[]> {
  const answers = await Promise.all(acts);
  return answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code));
}

/** The same where chance says whose message is written first: how they ended, in the order of the alphabet. */
const ended = async (...acts: readonly Promise<Answer>[]): Promise<string[]> => (await both(...acts)).toSorted();

const outbox = (station = ministry) => station.must('exchange', 'outbox', {});
const to = (...stations: Station[]) => stations.map(recipient);
async function queued(number: string, ...stations: Station[]) {
  const document = await ministry.issue(number);
  await ministry.must('exchange', 'sendDocument', { document: document.id, recipients: to(...stations) });
  const row = (await outbox()).find((item) => item.outgoing === document.id);
  return { document: document.id, row: row?.id ?? '' };
}
async function sent(number: string, ...stations: Station[]) {
  const found = await queued(number, ...stations);
  await office.settle();
  return found;
}
const there = async (station: Station) => (await station.must('records', 'incomingList', { state: null, before: null, limit: 1 })).items[0]?.id ?? '';
const recall = (document: string, form: 'status' | 'message', recipients: string[] | null = null) =>
  ministry.ask('exchange', 'recallDocument', { document, form, recipients, reason: 'Sai' });
const update = (document: string, subject: string) => ministry.ask('exchange', 'updateDocument', { document, changes: { subject }, files: null, reason: 'Sửa' });
const send = (document: string, ...stations: Station[]) => ministry.ask('exchange', 'sendDocument', { document, recipients: to(...stations) });

async function askedBack(): Promise<{ id: string; request: string }> {
  const { document } = await sent('1', ward);
  await recall(document, 'status');
  await office.settle();
  const id = await there(ward);
  return { id, request: (await ward.must('records', 'incomingGet', { id })).changeRequests[0]?.id ?? '' };
}

test('a document is registered, refused and its recall decided at the same moment: one act stands, the others are told', async () => {
  const { id, request } = await askedBack();
  const decide = () => ward.ask('records', 'decideChange', { request, agree: true, reason: '' });
  const register = () => ward.ask('records', 'registerIncoming', { id });
  expect(await both(decide(), register(), decide(), ward.ask('records', 'refuseIncoming', { id, reason: 'x' }), register())).toEqual([
    'ok',
    'document-closed',
    'already-decided',
    'document-closed',
    'document-closed',
  ]);
  await office.settle();
});

test('the same the other way round: what is registered may still be given back', async () => {
  const { id, request } = await askedBack();
  const register = () => ward.ask('records', 'registerIncoming', { id });
  expect(await both(register(), ward.ask('records', 'refuseIncoming', { id, reason: 'x' }), ward.ask('records', 'decideChange', { request, agree: true, reason: '' }), register())).toEqual([
    'ok',
    'already-registered',
    'ok',
    'document-closed',
  ]);
  await office.settle();
});

test.each(['status', 'message'] as const)('two recalls by %s at once', async (form) => {
  const { document } = await sent('1', ward, province);
  const codes = await ended(recall(document, form), recall(document, form));
  // A recipient may be reminded by status at any time.
  expect(codes).toEqual(form === 'status' ? ['ok', 'ok'] : ['ok', 'overtaken']);
  await office.settle();
});

test('two recalls from different recipients at once by message: the second is not carried out by halves', async () => {
  const { document } = await sent('1', ward, province);
  expect(await ended(recall(document, 'message', ['H29.99']), recall(document, 'message', ['H37']))).toEqual(['ok', 'overtaken']);
  expect(await both(recall(document, 'message'))).toEqual(['ok']);
  await office.settle();
});

test('recalled by message while a row is cancelled, moved up or sent', async () => {
  const one = await queued('1', ward);
  await queued('2', ward);
  expect(await both(recall(one.document, 'message'), ministry.ask('exchange', 'cancelSend', { id: one.row, reason: 'x' }))).toEqual(['ok', 'row-cancelled']);
  const two = await queued('3', ward);
  await sent('4', province);
  await send(two.document, province);
  const again = await both(recall(two.document, 'message'), ministry.ask('exchange', 'moveUp', { id: two.row }), ministry.ask('exchange', 'cancelSend', { id: two.row, reason: 'x' }));
  expect(again).not.toContain('internal');
  const three = await queued('5', ward);
  await send(three.document, province);
  await ministry.must('exchange', 'cancelSend', { id: three.row, reason: 'x' });
  await office.settle();
});

test('a row is sent and cancelled while its recall is being written', async () => {
  const { document, row } = await sent('1', ward);
  await send(document, province);
  const [open] = (await outbox()).filter((item) => item.state === 'waiting');
  expect(row).not.toBe('');
  expect(await both(recall(document, 'message'), ministry.ask('exchange', 'cancelSend', { id: open?.id ?? '', reason: 'x' }))).toEqual(['overtaken', 'ok']);
  await send(document, province);
  const [next] = (await outbox()).filter((item) => item.state === 'waiting');
  expect((await both(ministry.ask('exchange', 'sendNow', { id: next?.id ?? '' }), recall(document, 'message'))).filter((code) => code !== 'overtaken')).toEqual(['ok']);
  await office.settle();
});

test('two updates at once: the second does not undo the first', async () => {
  const { document } = await sent('1', ward);
  const change = (changes: { subject: string } | { urgency: number }) => ministry.ask('exchange', 'updateDocument', { document, changes, files: null, reason: 'Sửa' });
  expect(await ended(change({ subject: 'V/v một' }), change({ urgency: 2 }))).toEqual(['ok', 'overtaken']);
  const { subject, urgency } = await ministry.must('records', 'outgoingGet', { id: document });
  expect([subject === 'V/v một', urgency === 2].filter(Boolean)).toHaveLength(1);
});

test('sent on while it is updated or taken back: nobody gets what is out of date, and nobody is forgotten', async () => {
  const one = await sent('1', ward);
  expect(await ended(update(one.document, 'V/v mới'), send(one.document, province))).toEqual(['ok', 'overtaken']);
  const three = await sent('3', ward);
  expect(await ended(send(three.document, province), recall(three.document, 'message'))).toEqual(['ok', 'overtaken']);
  const four = await sent('4', ward);
  expect(await both(recall(four.document, 'status'), send(four.document, province))).toEqual(['ok', 'document-frozen']);
  await office.settle();
});

test('replaced twice, or replaced and taken back or updated, at once', async () => {
  const old = await sent('1', ward);
  const [a, b] = [await ministry.issue('2'), await ministry.issue('3')];
  const replace = (document: string, replaces: string) => ministry.ask('exchange', 'replaceDocument', { document, replaces, reason: 'x' });
  expect(await ended(replace(a.id, old.document), replace(b.id, old.document), replace(a.id, old.document))).toEqual(['ok', 'overtaken', 'overtaken']);
  const also = await sent('6', ward);
  const d = await ministry.issue('7');
  expect(await ended(replace(d.id, also.document), update(also.document, 'V/v x'), recall(also.document, 'message'))).toEqual(['ok', 'overtaken', 'overtaken']);
  const other = await sent('4', ward);
  const c = await ministry.issue('5');
  expect(await both(recall(other.document, 'status'), replace(c.id, other.document))).toEqual(['ok', 'document-frozen']);
  await office.settle();
});

test('a number given twice at once, and two numbers that are written alike', async () => {
  const { files, ...document } = await ministry.issue('1');
  const { id: _, ...file } = files[0] ?? { id: '', name: '', mediaType: '', size: 0, sha256: '' };
  const { codeNotation, issuedDate, place, typeName, subject, urgency, dueDate, signerName, signerPosition, signerCompetence, toPlaces, pageAmount, paper } = document;
  const fields = { codeNotation, issuedDate, place, typeName, subject, urgency, dueDate, signerName, signerPosition, signerCompetence, toPlaces, pageAmount, paper };
  const record = (codeNumber: string, notation: string) =>
    ministry.ask('records', 'recordOutgoing', { ...fields, codeNumber, codeNotation: notation, files: [file], repliesTo: null });
  expect(await ended(record('2', 'VP'), record('2', 'VP'))).toEqual(['number-taken', 'ok']);
  expect(await ended(record('3/4', 'VP'), record('3', '4/VP'))).toEqual(['number-taken', 'ok']);
});

test('a row is sent, cancelled, moved up and settled at the same moment', async () => {
  const { row } = await queued('1', ward);
  const act = (method: 'sendNow' | 'moveUp') => ministry.ask('exchange', method, { id: row });
  const cancel = () => ministry.ask('exchange', 'cancelSend', { id: row, reason: 'x' });
  expect(await both(act('sendNow'), cancel(), act('moveUp'), cancel())).toEqual(['row-cancelled', 'ok', 'row-cancelled', 'row-cancelled']);

  const two = await queued('2', ward);
  office.axis.fault({ kind: 'delay', verb: 'sendEdoc', delayMs: 3000 });
  const sending = ministry.ask('exchange', 'sendNow', { id: two.row });
  await expect.poll(async () => (await outbox()).find(({ id }) => id === two.row)?.state).toBe('sending');
  const answers = await both(
    ministry.ask('exchange', 'moveUp', { id: two.row }),
    ministry.ask('exchange', 'cancelSend', { id: two.row, reason: 'x' }),
    ministry.ask('exchange', 'settleDoubt', { id: two.row, sent: true, note: 'x' }),
    recall(two.document, 'message'),
    sending,
  );
  expect(answers).toEqual(['sending-now', 'sending-now', 'sending-now', 'ok', 'ok']);

  const three = await queued('3', ward);
  office.axis.fault({ kind: 'cut', verb: 'sendEdoc' });
  await ministry.ask('exchange', 'sendNow', { id: three.row });
  const settle = (found: boolean) => ministry.ask('exchange', 'settleDoubt', { id: three.row, sent: found, note: 'x' });
  expect(await both(settle(true), settle(false), ministry.ask('exchange', 'sendNow', { id: three.row }))).toEqual(['ok', 'already-delivered', 'already-delivered']);
  await office.settle();
});

test('a kept message is read again twice at once, and the evidence made twice', async () => {
  const { document } = await sent('1', ward);
  const evidence = () => ministry.ask('exchange', 'makeEvidence', { document });
  expect(await both(evidence(), evidence())).toEqual(['ok', 'ok']);
  const bytes = documentMessage({ number: '5', business: { bussinessDocType: '1' } });
  await office.axis.deliver(bytes);
  await ward.sync();
  const [kept] = (await ward.must('exchange', 'quarantine', {})).items;
  const replay = () => ward.ask('exchange', 'replay', { id: kept?.id ?? '' });
  expect(await both(replay(), replay())).toEqual(['ok', 'ok']);
});

test('who has given a document back may be sent it once more', async () => {
  const { document } = await sent('1', ward, province);
  await recall(document, 'status', ['H29.99']);
  await office.settle();
  const id = await there(ward);
  const request = (await ward.must('records', 'incomingGet', { id })).changeRequests[0]?.id ?? '';
  await ward.must('records', 'decideChange', { request, agree: true, reason: '' });
  await office.settle();
  expect(await ended(send(document, ward), send(document, ward))).toEqual(['already-sent', 'ok']);
  const rows = await ministry.must('exchange', 'deliveries', { document });
  expect(rows.find((row) => row.organId === 'H29.99')).toMatchObject({ takeBack: null, sentAt: null });
});
