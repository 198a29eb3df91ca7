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

async function arrived(code: string) {
  const { items } = await ward.must('records', 'incomingList', { state: null, before: null, limit: 100 });
  const row = items.find((item) => `${item.codeNumber}/${item.codeNotation}` === code);
  return ward.must('records', 'incomingGet', { id: row?.id ?? '' });
}

const replacing = (number: string, documentId: string): Uint8Array =>
  documentMessage({ number, business: { bussinessDocType: '3', bussinessDocReason: 'Ban hành lại', replacements: [{ documentId, organIds: ['H29.99'] }] } });
const notes = async (document: string) =>
  (await ward.must('exchange', 'deviations', { document })).filter((one) => one.rule.startsWith('replaces-')).map((one) => [one.rule, one.value, one.limit]);
const old = 'G09,2026/11/20,1/BNV-VP';

test('a replacement that comes before the document it replaces strikes it when that comes', async () => {
  await office.axis.deliver(replacing('2', old));
  await ward.sync();
  const next = await arrived('2/BNV-VP');
  expect(await notes(next.id)).toEqual([['replaces-not-here', old, 'Ban hành lại']]);

  await office.axis.deliver(documentMessage({ number: '1' }));
  await ward.sync();
  const struck = await arrived('1/BNV-VP');
  expect(struck).toMatchObject({ state: 'replaced', replacedBy: next.id, closedReason: 'Ban hành lại', replaces: [] });
  expect(await arrived('2/BNV-VP')).toMatchObject({ state: 'arrived', replaces: [{ id: struck.id, code: '1/BNV-VP' }] });
  expect(await notes(next.id)).toEqual([]);
  const trace = await ward.must('records', 'trace', { id: struck.id });
  expect(trace.map((entry) => entry.action)).toContain('document.replaced');
  expect(await ward.ask('records', 'registerIncoming', { id: struck.id })).toMatchObject({ failure: { code: 'document-closed' } });
});

test('the same in one round, under the old code of the sender, and in a chain', async () => {
  await office.axis.deliver(replacing('3', 'G09,2026/11/20,2/BNV-VP'));
  await office.axis.deliver(replacing('2', old));
  const bytes = Buffer.from(documentMessage({ number: '1' })).toString('utf8');
  await office.axis.deliver(Buffer.from(bytes.replace('<edXML:From><edXML:OrganId>G09<', '<edXML:From><edXML:OrganId>000.00.00.G09<')));
  await ward.sync();
  const [third, second, first] = [await arrived('3/BNV-VP'), await arrived('2/BNV-VP'), await arrived('1/BNV-VP')];
  expect(second).toMatchObject({ state: 'replaced', replacedBy: third.id });
  expect(first).toMatchObject({ state: 'replaced', replacedBy: second.id });
});

test("a replacement that names another issuer's document is filed, leaves that alone, and says so", async () => {
  const theirs = await province.issue('7');
  await province.must('exchange', 'sendDocument', { document: theirs.id, recipients: [recipient(ward)] });
  await province.sync();
  await ward.sync();
  await office.axis.deliver(replacing('2', theirs.documentId));
  await ward.sync();
  expect(await arrived('7/VP')).toMatchObject({ state: 'arrived', replacedBy: null });
  const next = await arrived('2/BNV-VP');
  expect(next).toMatchObject({ state: 'arrived', replaces: [] });
  expect(await notes(next.id)).toEqual([['replaces-anothers', theirs.documentId, 'H37']]);
});

test("another issuer's document that comes after the replacement that names it is left alone too", async () => {
  const theirs = await province.issue('8');
  await office.axis.deliver(replacing('2', theirs.documentId));
  await ward.sync();
  await province.must('exchange', 'sendDocument', { document: theirs.id, recipients: [recipient(ward)] });
  await province.sync();
  await ward.sync();
  expect(await arrived('8/VP')).toMatchObject({ state: 'arrived' });
  expect(await notes((await arrived('2/BNV-VP')).id)).toEqual([['replaces-anothers', theirs.documentId, 'H37']]);
  // The one that was sent here by the right hand is struck as ever.
  const own = await ministry.issue('9');
  await ministry.must('exchange', 'sendDocument', { document: own.id, recipients: [recipient(ward)] });
  await ministry.sync();
  await office.axis.deliver(replacing('10', own.documentId));
  await ward.sync();
  expect(await arrived('9/VP')).toMatchObject({ state: 'replaced' });
  expect(await notes((await arrived('10/BNV-VP')).id)).toEqual([]);
});

/** A document that the ward has, and one that is to replace it, whose message is in the outbox. */
async function replacementQueued() {
  const before = await ministry.issue('20');
  await ministry.must('exchange', 'sendDocument', { document: before.id, recipients: [recipient(ward)] });
  await office.settle();
  const next = await ministry.issue('21');
  await ministry.must('exchange', 'replaceDocument', { document: next.id, replaces: before.id, reason: 'Ban hành lại' });
  const row = (await ministry.must('exchange', 'outbox', {})).find((item) => item.dispatch === 'replace');
  return { before, next, row: row?.id ?? '' };
}
const ours = (id: string) => ministry.must('records', 'outgoingGet', { id });

test('a replacement that the axis refuses and the clerk cancels leaves the document before it as it was', async () => {
  const { before, next, row } = await replacementQueued();
  expect(await ours(before.id)).toMatchObject({ state: 'issued', replacedBy: next.id, frozenAt: null });
  const acts = { document: before.id, reason: 'x' };
  const answers = [
    await ministry.ask('exchange', 'recallDocument', { ...acts, form: 'status', recipients: null }),
    await ministry.ask('exchange', 'updateDocument', { ...acts, changes: { urgency: 2 }, files: null }),
    await ministry.ask('exchange', 'sendDocument', { document: before.id, recipients: [recipient(province)] }),
    await ministry.ask('exchange', 'replaceDocument', { document: next.id, replaces: before.id, reason: 'x' }),
  ];
  expect(answers.map((answer) => (answer.ok ? '' : answer.failure.code))).toEqual(Array(4).fill('being-replaced'));

  office.axis.fault({ kind: 'refuse', verb: 'sendEdoc', errorCode: '22', errorDesc: 'thử' });
  await ministry.ask('exchange', 'receiveNow', {});
  await ministry.must('exchange', 'cancelSend', { id: row, reason: 'Trục không nhận' });
  expect(await ours(before.id)).toMatchObject({ state: 'issued', replacedBy: null, frozenAt: null });
  expect((await ministry.must('records', 'trace', { id: before.id })).map((entry) => entry.action)).toContain('document.kept');
  await ministry.must('exchange', 'updateDocument', { ...acts, changes: { urgency: 2 }, files: null });
  await ministry.must('exchange', 'replaceDocument', { document: next.id, replaces: before.id, reason: 'Ban hành lại' });
  await office.settle();
  expect(await ours(before.id)).toMatchObject({ state: 'replaced', replacedBy: next.id, frozenReason: 'Ban hành lại' });
  expect(await arrived('20/VP')).toMatchObject({ state: 'replaced' });
});

test('the same when the refused replacement is taken back', async () => {
  const { before, next } = await replacementQueued();
  office.axis.fault({ kind: 'refuse', verb: 'sendEdoc', errorCode: '22', errorDesc: 'thử' });
  await ministry.ask('exchange', 'receiveNow', {});
  await ministry.must('exchange', 'recallDocument', { document: next.id, form: 'status', recipients: null, reason: 'Sai' });
  expect(await ours(before.id)).toMatchObject({ state: 'issued', replacedBy: null });
  expect(await ours(next.id)).toMatchObject({ state: 'recalled' });
});

test('a replacement that may have left keeps its forerunner from every act, and freezes it once that is known', async () => {
  const { before, next, row } = await replacementQueued();
  office.axis.fault({ kind: 'cut', verb: 'sendEdoc' });
  await ministry.ask('exchange', 'receiveNow', {});
  expect(await ministry.ask('exchange', 'cancelSend', { id: row, reason: 'x' })).toMatchObject({ failure: { code: 'in-doubt' } });
  expect(await ministry.ask('exchange', 'recallDocument', { document: before.id, form: 'status', recipients: null, reason: 'x' })).toMatchObject({
    failure: { code: 'being-replaced' },
  });
  await ministry.must('exchange', 'settleDoubt', { id: row, sent: true, note: 'Phường đã nhận' });
  expect(await ours(before.id)).toMatchObject({ state: 'replaced', replacedBy: next.id, frozenReason: 'Ban hành lại' });
});
