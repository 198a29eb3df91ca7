import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startCore } from '../../../electron/hosts/compose.ts';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

test.each([
  ['on its way once', 1, Infinity, { received: 1, quarantined: 0 }, 'done'],
  ['whenever it is downloaded', 9, Infinity, { received: 1, quarantined: 0 }, 'done'],
  ['at the axis itself', 0, 3000, { received: 0, quarantined: 1 }, 'fail'],
] as const)('a message that is cut short %s, as if it were whole, is judged by what comes twice, by either verb', async (_, times, length, tally, state) => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  const core = await startCore(quietCore(profile));
  try {
    await axis.control.deliver(documentMessage({ number: '7' }).subarray(0, length), { to: [ownAgency.code] });
    if (times > 0) await axis.control.fault({ kind: 'truncated', verb: 'downloadEdoc', times });
    expect(await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window')).toMatchObject({ ok: true, value: tally });
    expect((await axis.control.inspect()).deliveries.filter(({ to }) => to === ownAgency.code)).toMatchObject([{ state }]);
  } finally {
    await core.close();
    await axis.stop();
  }
});
