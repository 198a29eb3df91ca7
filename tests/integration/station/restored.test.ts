import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { threeAgencies, type Station } from '../../fakes/station/agencies.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

test('a message that was answered but not acknowledged comes again after a restored backup, and is not answered again', async () => {
  let now = new Date('2026-11-22T01:00:00.000Z');
  const office = await threeAgencies({ clock: { now: () => now } });
  const [, ward] = office.stations;
  const backup = join(scratchFolder(), 'backup');
  try {
    await ward.core.close();
    cpSync(ward.folder, backup, { recursive: true });
    await ward.restart();
    await office.axis.deliver(documentMessage({ number: '5' }));
    office.axis.fault({ kind: 'refuse', verb: 'updateStatus', times: 2 });
    await ward.sync();
    expect(office.axis.inspect()).toMatchObject({ sent: [{ messageType: 'status' }], deliveries: [{ state: 'initial' }, {}] });

    now = new Date('2026-11-22T02:00:00.000Z');
    await ward.core.close();
    rmSync(ward.folder, { recursive: true });
    cpSync(backup, ward.folder, { recursive: true });
    await ward.restart();
    expect(await ward.sync()).toMatchObject({ received: 1 });
    expect(office.axis.inspect().sent).toHaveLength(1);
    expect(await ward.must('exchange', 'outbox', {})).toMatchObject([{ statusCode: '01', state: 'delivered' }]);

    // What comes after that is answered as ever.
    await office.axis.deliver(documentMessage({ number: '6' }));
    await ward.sync();
    expect(office.axis.inspect().sent).toHaveLength(2);
  } finally {
    await office.close();
  }
});

/** A ward with a document whose status 01 the axis refused for good, registered since, and a copy of its profile. */
async function refusedReceipt(play: (stage: { ward: Station; said: () => string[]; rows: () => Promise<Record<string, string>>; restore: () => Promise<void>; later: () => void }) => Promise<void>): Promise<void> {
  let now = new Date('2026-11-22T01:00:00.000Z');
  const office = await threeAgencies({ clock: { now: () => now } });
  const [, ward] = office.stations;
  const backup = join(scratchFolder(), 'backup');
  const later = (): void => {
    now = new Date(now.getTime() + 3_600_000);
  };
  try {
    await office.axis.deliver(documentMessage({ number: '5' }));
    office.axis.fault({ kind: 'refuse', verb: 'sendEdoc', errorCode: '18', errorDesc: 'thử' });
    await ward.sync();
    const { items } = await ward.must('records', 'incomingList', { state: 'arrived', before: null, limit: 9 });
    await ward.must('records', 'registerIncoming', { id: items[0]?.id ?? '' });
    await ward.core.close();
    cpSync(ward.folder, backup, { recursive: true });
    await ward.restart();
    await play({
      ward,
      later,
      said: () => office.axis.inspect().sent.map(({ docId }) => /<edXML:StatusCode>(\d+)/.exec(Buffer.from(office.axis.bytesOf(docId) ?? []).toString('utf8'))?.[1] ?? ''),
      rows: async () => Object.fromEntries((await ward.must('exchange', 'outbox', {})).map((row) => [row.statusCode, row.state])),
      restore: async () => {
        later();
        await ward.core.close();
        rmSync(ward.folder, { recursive: true });
        cpSync(backup, ward.folder, { recursive: true });
        await ward.restart();
      },
    });
  } finally {
    await office.close();
  }
}

const idOf = async (ward: Station, code: string): Promise<string> =>
  (await ward.must('exchange', 'outbox', {})).find((row) => row.statusCode === code)?.id ?? '';

test('a status 01 that was refused for good holds back the 03 behind it until a person sends or cancels it', async () => {
  await refusedReceipt(async ({ ward, said, rows }) => {
    await ward.sync();
    expect(said()).toEqual([]);
    expect(await rows()).toEqual({ '01': 'attention', '03': 'waiting' });
    expect(await ward.ask('exchange', 'sendNow', { id: await idOf(ward, '03') })).toMatchObject({ failure: { code: 'not-its-turn' } });
    await ward.must('exchange', 'cancelSend', { id: await idOf(ward, '01'), reason: 'Trục không nhận' });
    await ward.sync();
    expect(said()).toEqual(['03']);
    expect(await rows()).toEqual({ '01': 'cancelled', '03': 'delivered' });
  });
});

test('a refused 01 and its 03 that left after the backup are told apart: neither is sent twice nor missing', async () => {
  await refusedReceipt(async ({ ward, said, rows, restore }) => {
    await ward.sync();
    await ward.must('exchange', 'moveUp', { id: await idOf(ward, '01') });
    await ward.sync();
    expect(said()).toEqual(['01', '03']);
    await restore();
    await ward.sync();
    await ward.must('exchange', 'moveUp', { id: await idOf(ward, '01') });
    await ward.sync();
    expect(said()).toEqual(['01', '03']);
    expect(await rows()).toEqual({ '01': 'delivered', '03': 'delivered' });
  });
});

test('a 01 that left after the backup and is cancelled after it is not taken for the 03 that never left: a person is asked', async () => {
  await refusedReceipt(async ({ ward, said, rows, restore }) => {
    await ward.must('exchange', 'sendNow', { id: await idOf(ward, '01') });
    expect(said()).toEqual(['01']);
    await restore();
    await ward.must('exchange', 'cancelSend', { id: await idOf(ward, '01'), reason: 'Trục không nhận' });
    await ward.sync();
    expect(said()).toEqual(['01']);
    expect((await ward.must('exchange', 'outbox', {})).find((row) => row.statusCode === '03')).toMatchObject({ inDoubt: true, lastFailureDetail: 'several-fit: 5/BNV-VP' });
    await ward.must('exchange', 'settleDoubt', { id: await idOf(ward, '03'), sent: false, note: 'Bộ chưa nhận' });
    await ward.sync();
    expect(said()).toEqual(['01', '03']);
    expect(await rows()).toEqual({ '01': 'cancelled', '03': 'delivered' });
  });
});

test('two documents with one number whose statuses cannot be told apart after a restore: nothing is sent again before a person has asked', async () => {
  let now = new Date('2026-11-22T01:00:00.000Z');
  const office = await threeAgencies({ clock: { now: () => now } });
  const [, ward] = office.stations;
  const backup = join(scratchFolder(), 'backup');
  const later = (): void => {
    now = new Date(now.getTime() + 7 * 24 * 3_600_000);
  };
  const said = (): string[] =>
    office.axis
      .inspect()
      .sent.map(({ docId }) => {
        const text = Buffer.from(office.axis.bytesOf(docId) ?? []).toString('utf8');
        return `${/<edXML:StatusCode>(\d+)/.exec(text)?.[1] ?? ''} ${/<edXML:DocumentId>([^<]+)/.exec(text)?.[1] ?? ''}`;
      })
      .toSorted();
  try {
    for (const documentId of ['one', 'two']) await office.axis.deliver(documentMessage({ number: '5', documentId }));
    await office.axis.deliver(documentMessage({ number: '6', documentId: 'other' }));
    office.axis.fault({ kind: 'refuse', verb: 'sendEdoc', times: 3, errorCode: '20', errorDesc: 'thử' });
    await ward.sync();
    const { items } = await ward.must('records', 'incomingList', { state: 'arrived', before: null, limit: 9 });
    const two = (await Promise.all(items.map(({ id }) => ward.must('records', 'incomingGet', { id })))).find((one) => one.documentId === 'two');
    await ward.must('records', 'registerIncoming', { id: two?.id ?? '' });
    await ward.core.close();
    cpSync(ward.folder, backup, { recursive: true });
    await ward.restart();
    const open = await ward.must('exchange', 'outbox', {});
    for (const row of open.filter((one) => one.statusCode === '01' && one.about === '5/BNV-VP')) await ward.must('exchange', 'sendNow', { id: row.id });
    expect(said()).toEqual(['01 one', '01 two']);

    later();
    await ward.core.close();
    rmSync(ward.folder, { recursive: true });
    cpSync(backup, ward.folder, { recursive: true });
    await ward.restart();
    await ward.sync();
    await ward.restart();
    later();
    await ward.sync();
    // What is about another number goes on.
    expect(said()).toEqual(['01 one', '01 other', '01 two']);
    for (let asked = 0; asked < 5; asked += 1) {
      const row = (await ward.must('exchange', 'outbox', {})).find((one) => one.inDoubt);
      if (row === undefined) break;
      const { documentId } = await ward.must('records', 'incomingGet', { id: row.incoming ?? '' });
      const sent = said().includes(`${row.statusCode} ${documentId}`);
      await ward.must('exchange', 'settleDoubt', { id: row.id, sent, note: 'Bộ xác nhận' });
      later();
      await ward.sync();
    }
    expect(said()).toEqual(['01 one', '01 other', '01 two', '03 two']);
    expect((await ward.must('exchange', 'outbox', {})).map((one) => one.state)).toEqual(Array(4).fill('delivered'));
  } finally {
    await office.close();
  }
});
