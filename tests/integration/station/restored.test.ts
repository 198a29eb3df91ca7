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

test('a 01 that left after the backup and is cancelled after it is not taken for the 03 that never left', async () => {
  await refusedReceipt(async ({ ward, said, rows, restore }) => {
    await ward.must('exchange', 'sendNow', { id: await idOf(ward, '01') });
    expect(said()).toEqual(['01']);
    await restore();
    await ward.must('exchange', 'cancelSend', { id: await idOf(ward, '01'), reason: 'Trục không nhận' });
    await ward.sync();
    expect(said()).toEqual(['01', '03']);
    expect(await rows()).toEqual({ '01': 'cancelled', '03': 'delivered' });
  });
});
