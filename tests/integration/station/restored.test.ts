import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { threeAgencies } from '../../fakes/station/agencies.ts';
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
