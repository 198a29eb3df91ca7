import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { insertInboxMessage } from '../../../electron/services/exchange/inbox.store.ts';
import { all, run, sql } from '../../../electron/store/index.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const day = 24 * 3_600_000;

let axis: PracticeAxisProcess;
let core: Core;
let profile: { folder: string; keyHex: string };
let aheadMs = 0;
// The axis keeps the true time; only the station's clock is wrong.
const clock = { now: () => new Date(Date.now() + aheadMs) };
const codeOf = async (method: string): Promise<string> => {
  const outcome = await core.dispatcher.answer('exchange', method, {}, 'own-window');
  return outcome.ok ? 'ok' : outcome.failure.code;
};

beforeEach(async () => {
  aheadMs = 0;
  axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  core = await startCore({ ...quietCore(profile), clock });
});
afterEach(async () => {
  await core.close();
  await axis.stop();
});

test.each([
  ['reached', 'cut'],
  ['did not reach', 'cut-before'],
] as const)('what %s the axis while our clock was a day ahead is there once after it was set back, without waiting for that day', async (_, kind) => {
  aheadMs = day;
  await axis.control.deliver(documentMessage({ number: '7' }));
  await axis.control.fault({ kind, verb: 'sendEdoc' });
  expect(await codeOf('receiveNow')).not.toBe('ok');
  aheadMs = 0;
  expect(await codeOf('receiveNow')).toBe('ok');
  expect(await core.dispatcher.answer('exchange', 'outbox', {}, 'own-window')).toMatchObject({ value: [{ state: 'delivered', statusCode: '01' }] });
  expect((await axis.control.inspect()).sent).toHaveLength(1);
});

test('a clock that is still months ahead does not hide a message that left when it was set right for a while', async () => {
  await axis.control.deliver(documentMessage({ number: '8' }));
  await axis.control.fault({ kind: 'cut', verb: 'sendEdoc' });
  expect(await codeOf('receiveNow')).not.toBe('ok');
  aheadMs = 90 * day;
  expect(await codeOf('receiveNow')).toBe('ok');
  expect((await axis.control.inspect()).sent).toHaveLength(1);
});

test('what is written after a restart sorts behind what was written by a clock that was ahead', async () => {
  await core.close();
  const ahead = 'ffff0000-0000-7000-8000-000000000000';
  const store = storeIn(profile.folder, Buffer.from(profile.keyHex, 'hex'));
  store.write((db) => {
    const id = insertInboxMessage(db, {
      transportId: 'x',
      messageType: 'edoc',
      state: 'quarantined',
      sender: '',
      senderDocumentId: '',
      businessType: '',
      handedBy: '',
      receivedAt: '2026-11-22T01:00:00.000Z',
      sha256: '0'.repeat(64),
      size: 0,
      reason: 'not-xml',
      document: null,
      outgoing: null,
      deviations: [],
    });
    run(db, sql`UPDATE inbox_message SET id = ${ahead}, acknowledged_at = '2026-11-22T01:00:00.000Z' WHERE id = ${id}`);
  });
  store.close();
  core = await startCore({ ...quietCore(profile), clock, log: () => undefined });
  await axis.control.deliver(documentMessage({ number: '9' }));
  await codeOf('receiveNow');
  await core.close();
  const after = storeIn(profile.folder, Buffer.from(profile.keyHex, 'hex'));
  const rows = all<{ id: string }>(after.read, sql`SELECT id FROM outbox`);
  expect(rows).toHaveLength(1);
  for (const { id } of rows) expect(id > ahead).toBe(true);
});
