import { expect, test } from 'vitest';
import { startCore } from '../../../electron/hosts/compose.ts';
import { restored } from '../../fakes/backup/restore.ts';
import { backedUp, backupDisk, must, setUp } from '../../fakes/backup/station.ts';
import { threeAgencies } from '../../fakes/station/agencies.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { documentMessage } from '../../fakes/station/messages.ts';

test('what left after the backup is not sent again by the restored station, what had not left is, and what waits on the axis comes', async () => {
  let now = new Date('2026-11-22T01:00:00.000Z');
  const later = (): void => {
    now = new Date(now.getTime() + 3_600_000);
  };
  const clock = { now: () => now };
  const office = await threeAgencies({ clock });
  const [ministry, ward] = office.stations;
  const disk = backupDisk();
  const sentTypes = (): string[] => office.axis.inspect().sent.map(({ messageType, docId }) => `${messageType} ${/<edXML:StatusCode>(\d+)/.exec(Buffer.from(office.axis.bytesOf(docId) ?? []).toString('utf8'))?.[1] ?? ''}`);
  try {
    await office.axis.deliver(documentMessage({ number: '5' }));
    await ward.sync();
    const { items } = await ward.must('records', 'incomingList', { state: 'arrived', before: null, limit: 9 });
    await ward.must('records', 'registerIncoming', { id: items[0]?.id ?? '' });
    // A document of ours and its status wait in the outbox when the backup is made.
    const issued = await ward.issue('17');
    await ward.must('exchange', 'sendDocument', { document: issued.id, recipients: [{ organId: ministry.agency.code, name: ministry.agency.name }] });
    await setUp(ward.core, disk);
    await backedUp(ward.core);

    // They leave; one more comes and is acknowledged; and the machine is lost.
    later();
    await ward.sync();
    const before = sentTypes();
    expect(before.toSorted()).toEqual(['edoc ', 'status 01', 'status 03']);
    await office.axis.deliver(documentMessage({ number: '6' }));
    await ward.core.close();

    later();
    const profile = await restored(disk);
    ward.core = await startCore({ ...quietCore(profile), clock });
    // Nothing at all before somebody says that it takes over.
    expect(await ward.ask('exchange', 'receiveNow', {})).toMatchObject({ failure: { code: 'restored-to-confirm' } });
    expect(sentTypes()).toEqual(before);
    await must(ward.core, 'backup', 'confirmRestored', { numbersChecked: true, oldStopped: true });
    expect(await ward.sync()).toMatchObject({ received: 1 });
    later();
    await ward.sync();
    expect(sentTypes().toSorted()).toEqual(['edoc ', 'status 01', 'status 01', 'status 03']);
    expect((await ward.must('exchange', 'outbox', {})).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
    await ministry.sync();
    expect((await ministry.must('records', 'incomingList', { state: 'arrived', before: null, limit: 9 })).items).toHaveLength(1);
  } finally {
    await office.close();
  }
});
