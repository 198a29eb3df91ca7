import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Contract, OutputOf } from '#contract';
import { readMessage } from '../../../electron/services/exchange/store-message.ts';
import { insertInboxMessage } from '../../../electron/services/exchange/inbox.store.ts';
import { noteWithheld } from '../../../electron/services/exchange/withheld.store.ts';
import { bytesSource } from '../../../electron/services/exchange/edxml/read.ts';
import { run, sql, type Blobs } from '../../../electron/store/index.ts';
import { threeAgencies, type Agencies, type Station } from '../../fakes/station/agencies.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { storeIn } from '../../unit/store/helpers.ts';

type Page<M extends 'quarantine' | 'withheld'> = OutputOf<Contract['exchange'][M]>;
let office: Agencies;
let ward: Station;
beforeEach(async () => {
  office = await threeAgencies();
  [, ward] = office.stations;
});
afterEach(() => office.close());

/** Changes the profile behind the program's back, as a defect of another version would. */
async function inProfile(statement: ReturnType<typeof sql>): Promise<void> {
  await ward.core.close();
  const store = storeIn(ward.folder, ward.key);
  store.write((db) => run(db, statement));
  store.close();
  await ward.restart();
}
const unfilable = sql`CREATE TRIGGER defect BEFORE INSERT ON incoming_document WHEN NEW.code_number = '66'
  BEGIN SELECT RAISE(ABORT, 'no such place'); END`;
const states = (): string[] => office.axis.inspect().deliveries.filter((row) => row.messageType === 'edoc').map((row) => row.state);
const numbers = async (): Promise<string[]> =>
  (await ward.must('records', 'incomingList', { state: null, before: null, limit: 9 })).items.map((item) => item.codeNumber).toSorted();

test('a message that cannot be filed is set aside whole with an incident; those before and behind it come in', async () => {
  await inProfile(unfilable);
  for (const number of ['65', '66', '67']) await office.axis.deliver(documentMessage({ number }));
  expect(await ward.sync()).toMatchObject({ received: 2, quarantined: 1 });
  expect(await numbers()).toEqual(['65', '67']);
  expect(states()).toEqual(['done', 'fail', 'done']);
  const { items } = await ward.must('exchange', 'quarantine', { before: null, limit: 10 });
  expect(items).toMatchObject([{ reason: 'filing-failed', from: 'G09', incident: expect.stringMatching(/^[0-9A-F]{8}$/) as string }]);
  const id = items[0]?.id ?? '';
  expect(await ward.core.readFile(id, 0, 100)).toMatchObject({ ok: true });
  expect(await ward.sync()).toMatchObject({ received: 0, quarantined: 0, duplicates: 0 });

  // As long as it cannot be filed, reading it again is an incident of its own and changes nothing.
  expect(await ward.ask('exchange', 'replay', { id })).toMatchObject({ failure: { code: 'internal' } });
  await inProfile(sql`DROP TRIGGER defect`);
  expect(await ward.must('exchange', 'replay', { id })).toEqual({ filed: true, reason: null });
  expect(await numbers()).toEqual(['65', '66', '67']);
});

test('a kept message that cannot be filed when its document comes keeps no poll from going on', async () => {
  await inProfile(sql`CREATE TRIGGER defect BEFORE INSERT ON change_request BEGIN SELECT RAISE(ABORT, 'no such place'); END`);
  await office.axis.deliver(documentMessage({ number: '70', business: { bussinessDocType: '1', bussinessDocReason: 'Sai' } }));
  await ward.sync();
  for (const number of ['70', '71']) await office.axis.deliver(documentMessage({ number }));
  expect(await ward.sync()).toMatchObject({ received: 2, sent: 2 });
  expect(await numbers()).toEqual(['70', '71']);
  await office.axis.deliver(documentMessage({ number: '72' }));
  expect(await ward.sync()).toMatchObject({ received: 1, sent: 1 });
  await inProfile(sql`DROP TRIGGER defect`);
  const [kept] = (await ward.must('exchange', 'quarantine', {})).items;
  expect(kept).toMatchObject({ reason: 'filing-failed', incident: expect.stringMatching(/^[0-9A-F]{8}$/) as string });
  await ward.must('exchange', 'replay', { id: kept?.id ?? '' });
  const { items } = await ward.must('records', 'incomingList', { state: null, openChange: true, before: null, limit: 9 });
  expect(items.map((item) => item.codeNumber)).toEqual(['70']);
});

test('a defect in reading is the message\'s own, a full disk is not', async () => {
  const blobs = (error: Error): Blobs => ({ writer: () => Promise.reject(error) }) as unknown as Blobs;
  const read = (error: Error) => readMessage(bytesSource(documentMessage()), blobs(error));
  const defect = new TypeError('x is not a function');
  expect(await read(defect)).toMatchObject({ message: { ok: false }, thrown: { error: defect } });
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  await expect(read(full)).rejects.toBe(full);
});

test('what was set aside and what is withheld is told in pages, and all of it', async () => {
  await ward.core.close();
  const store = storeIn(ward.folder, ward.key);
  const at = new Date('2026-11-22T01:00:00.000Z');
  store.write((db) => {
    for (let n = 0; n < 620; n += 1) {
      insertInboxMessage(db, {
        transportId: `q${String(n)}`,
        messageType: 'edoc',
        state: 'quarantined',
        sender: 'G09',
        senderDocumentId: '',
        businessType: '',
        handedBy: 'G09',
        receivedAt: at.toISOString(),
        sha256: '0'.repeat(64),
        size: 1,
        reason: 'not-xml',
        document: null,
        outgoing: null,
        deviations: [],
      });
      // Several of one moment: the id is the rest of the order.
      const failed = { item: { docId: `w${String(n)}`, from: 'G09' }, messageType: 'edoc', failure: 'refused', detail: '' } as const;
      noteWithheld(db, failed, 0, new Date(at.getTime() + Math.floor(n / 7)));
    }
  });
  store.close();
  await ward.restart();
  const kept: string[] = [];
  for (let before: string | null = null; ; ) {
    const { items, total }: Page<'quarantine'> = await ward.must('exchange', 'quarantine', { before, limit: 200 });
    expect(total).toBe(620);
    kept.push(...items.map((item) => item.transportId));
    before = items.at(-1)?.id ?? null;
    if (before === null) break;
  }
  expect(kept).toEqual(Array.from({ length: 620 }, (_, n) => `q${String(619 - n)}`));
  const withheld: string[] = [];
  for (let after: { firstFailedAt: string; transportId: string } | null = null; ; ) {
    const { items, total }: Page<'withheld'> = await ward.must('exchange', 'withheld', { after, limit: 200 });
    expect(total).toBe(620);
    withheld.push(...items.map((item) => item.transportId));
    const last: Page<'withheld'>['items'][number] | undefined = items.at(-1);
    if (last === undefined) break;
    after = { firstFailedAt: last.firstFailedAt, transportId: last.transportId };
  }
  expect(new Set(withheld).size).toBe(620);
  expect(withheld).toHaveLength(620);
  expect(withheld[0]).toBe('w0');
});
