import { expect, test, vi } from 'vitest';
import { ok } from '#contract';
import { emptyAgency, emptyStaff } from '../../../electron/services/exchange/edxml/model.ts';
import { writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import { receive } from '../../../electron/services/exchange/inbox.ts';
import { findStored } from '../../../electron/services/exchange/inbox.store.ts';
import type { AxisTransport, MessageType, QueueItem } from '../../../electron/services/exchange/ports.ts';
import { driverOf } from '../../../electron/store/db.ts';
import { all, sql } from '../../../electron/store/index.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { noIncident } from '../../fakes/station/no-incident.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const nothing = (): undefined => undefined;
const unused = (): never => {
  throw new Error('not asked for');
};

type Listed = { readonly docId: string; readonly from?: string; readonly createdTime?: string; readonly bytes: Uint8Array };

/** One round against an axis that lists these, and what it was told of them. */
async function round(store: ReturnType<typeof storeIn>, queues: Partial<Record<MessageType, readonly Listed[]>>, { hears = true, day = 22 } = {}): Promise<string[]> {
  const told: string[] = [];
  let asked: MessageType = 'edoc';
  const axis: AxisTransport = {
    connections: 1,
    list: (messageType) => {
      asked = messageType;
      const rows = (queues[messageType] ?? []).map(({ docId, from = 'G09', createdTime = '2026/11/22 07:59:00' }): QueueItem => ({
        docId, from, createdTime, serviceType: 'eDoc', messageType, to: 'H29.99', status: '', statusDesc: '', updatedTime: '',
      }));
      return Promise.resolve(ok(rows));
    },
    async fetch(docId, write) {
      await write(queues[asked]?.find((one) => one.docId === docId)?.bytes ?? new Uint8Array());
      return ok(null);
    },
    acknowledge: (docId, status) => {
      told.push(`${docId} ${status}`);
      return Promise.resolve(hears ? ok(null) : { ok: false, failure: { code: 'axis-refused' } });
    },
    send: unused,
    sentList: unused,
    agencies: unused,
    agenciesQd20: unused,
    unitChanges: unused,
  };
  const clock = { now: () => new Date(`2026-11-${String(day)}T01:00:00.000Z`) };
  expect(await receive({ store, clock, queueStatus: nothing, arrived: nothing, onStep: nothing, incident: noIncident }, axis)).toMatchObject({ ok: true });
  return told;
}

const filed = (store: ReturnType<typeof storeIn>): unknown[] =>
  all(store.read, sql`SELECT transport_id AS id, message_type AS type, state FROM inbox_message ORDER BY id`).map((row) => Object.values(row as object).join(' '));

function status(): Uint8Array {
  const written = writeStatus({
    from: { ...emptyAgency, organId: 'G09', organName: 'Bộ Nội vụ' },
    responseFor: { organId: 'H29.99', code: '123/BNV-VP', promulgationDate: '2026/11/20', documentId: 'G09,2026/11/20,123/BNV-VP' },
    staff: emptyStaff,
    statusCode: '13',
    description: 'Sai',
    timestamp: '2026/11/22 08:00:00',
  });
  if (!written.ok) throw new Error('not written');
  return written.value;
}

test('two queues that count apart: a status under the id of a document is stored, and acknowledged under its id', async () => {
  const store = storeIn(scratchFolder());
  expect(await round(store, { edoc: [{ docId: '7', bytes: documentMessage() }], status: [{ docId: '7', bytes: status() }] }, { hears: false })).toContain('7 done');
  expect(filed(store)).toEqual(['7 edoc stored', '7 #2 status stored']);
  expect(all(store.read, sql`SELECT kind FROM change_request`)).toEqual([{ kind: 'recall' }]);
  // Nothing was heard of the first words, so both are said again, under the axis' ids.
  expect(await round(store, {})).toEqual([]);
});

test.each([
  ['another agency handed it in', { from: 'H37' }],
  ['the axis made it days after the first had come', { createdTime: '2026/11/25 08:00:00' }],
])('an axis that counts anew: %s, so it is another message and stored', async (_, facts) => {
  const store = storeIn(scratchFolder());
  const first = { docId: '7', bytes: documentMessage() };
  await round(store, { edoc: [first] });
  const second = { docId: '7', bytes: documentMessage({ number: '124' }), ...facts };
  expect(await round(store, { edoc: [second] }, { day: 25 })).toEqual(['7 done']);
  expect(filed(store)).toEqual(['7 edoc stored', '7 #2 edoc stored']);
  // Both are known from here on, whichever is listed.
  await round(store, { edoc: [second] }, { day: 26 });
  await round(store, { edoc: [first] }, { day: 26 });
  expect(filed(store)).toHaveLength(2);
});

test('while our own clock stands days behind, what the axis lists again is not taken again', async () => {
  const store = storeIn(scratchFolder());
  const listed = { edoc: [{ docId: '7', createdTime: '2026/11/30 08:00:00', bytes: documentMessage() }] };
  await round(store, listed, { hears: false });
  await round(store, listed, { hears: false });
  expect(filed(store)).toEqual(['7 edoc stored']);
});

test.each([
  ['edoc', 'status'],
  ['status', 'edoc'],
] as const)('a document that came in the queue "%s" and comes again in the queue "%s" is a second copy', async (first, second) => {
  const store = storeIn(scratchFolder());
  await round(store, { [first]: [{ docId: '7', bytes: documentMessage() }] });
  await round(store, { [second]: [{ docId: '8', bytes: documentMessage() }] });
  expect(filed(store)).toEqual([`7 ${first} stored`, `8 ${second} duplicate`]);
});

test('a document that came earlier is found by an index, however many there are', () => {
  const store = storeIn(scratchFolder());
  const driver = driverOf(store.read);
  const prepared = vi.spyOn(driver, 'prepare');
  expect(findStored(store.read, ['G09', '000.00.00.G09'], 'G09,2026/11/20,123/BNV-VP', '0')).toBeUndefined();
  const texts = prepared.mock.calls.map(([text]) => text);
  prepared.mockRestore();
  expect(texts).toHaveLength(1);
  const values = texts.flatMap((text) => [...text].filter((letter) => letter === '?').map(() => ''));
  const plan = driver.prepare(`EXPLAIN QUERY PLAN ${texts.join('')}`).all(...values).map((row) => (row as { detail: string }).detail);
  expect(plan.filter((step) => step.includes('inbox_message'))).toEqual([
    expect.stringContaining('SEARCH inbox_message USING INDEX inbox_message_once'),
    expect.stringContaining('SEARCH inbox_message USING INDEX inbox_message_same'),
  ]);
});
