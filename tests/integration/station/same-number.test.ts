import { afterEach, beforeEach, expect, test } from 'vitest';
import { threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { documentMessage, ministry } from '../../fakes/station/messages.ts';

let office: Agencies;
let ward: Station;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-22T01:00:00.000Z');
  office = await threeAgencies({ clock: { now: () => now } });
  [, ward] = office.stations;
});
afterEach(() => office.close());

const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};

/** Which statuses about which documents the axis has from us. */
function said(): string[] {
  return office.axis
    .inspect()
    .sent.map(({ docId }) => {
      const text = Buffer.from(office.axis.bytesOf(docId) ?? []).toString('utf8');
      return `${/<edXML:StatusCode>(\d+)/.exec(text)?.[1] ?? ''} ${/<edXML:DocumentId>([^<]+)/.exec(text)?.[1] ?? ''}`;
    })
    .toSorted();
}

test('two documents with the same number: a status of one in doubt is not taken for that of the other', async () => {
  for (const documentId of ['one', 'two']) await office.axis.deliver(documentMessage({ number: '5', documentId }));
  // The axis takes the first status, and the answer is lost: only the list of sent messages could tell which it was.
  office.axis.fault({ kind: 'wrong-shape', verb: 'sendEdoc' });
  expect(await ward.ask('exchange', 'receiveNow', {})).toMatchObject({ ok: false });
  expect(said()).toEqual(['01 one']);
  later(1);
  await ward.restart();
  await ward.ask('exchange', 'receiveNow', {});
  later(3600);
  await ward.sync();
  expect(said()).toEqual(['01 one', '01 two']);
  expect((await ward.must('exchange', 'outbox', {})).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
});

test('a status in doubt that needs a person holds back the next about the same document, until the doubt is settled', async () => {
  const { endpoint, systemId, plainHttpHosts, pollSeconds } = (await ward.must('station', 'settings', {})).axis;
  await ward.must('station', 'saveAxis', { kind: 'vxp', endpoint, systemId, secret: null, plainHttpHosts, pollSeconds, maxTries: 1 });
  await office.axis.deliver(documentMessage({ number: '6', documentId: 'six' }));
  office.axis.fault({ kind: 'wrong-shape', verb: 'sendEdoc' });
  await ward.ask('exchange', 'receiveNow', {});
  const [row] = await ward.must('exchange', 'outbox', {});
  expect(row).toMatchObject({ state: 'attention', inDoubt: true, recipients: [{ organId: ministry.code }] });
  const { items } = await ward.must('records', 'incomingList', { state: 'arrived', before: null, limit: 10 });
  await ward.must('records', 'registerIncoming', { id: items[0]?.id ?? '' });
  later(3600);
  await ward.restart();
  await ward.sync();
  expect(said()).toEqual(['01 six']);
  await ward.must('exchange', 'settleDoubt', { id: row?.id ?? '', sent: true, note: 'Bộ xác nhận' });
  await ward.sync();
  expect(said()).toEqual(['01 six', '03 six']);
});
