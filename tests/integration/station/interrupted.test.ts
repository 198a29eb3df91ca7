import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { startPracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { queueStatusWith } from '../../../electron/services/exchange/index.ts';
import { noteFailed, noteSending } from '../../../electron/services/exchange/outbox-notes.store.ts';
import { findRow, nextDue } from '../../../electron/services/exchange/outbox.store.ts';
import { recordArrival, recordsHandlers } from '../../../electron/services/records/index.ts';
import { arrival } from '../../bench/profile.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

test('a send that broke off inside the running core goes on without a restart, once', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  let broken = false;
  const core = await startCore({
    ...quietCore(profile),
    log: () => undefined,
    onStep: (step) => {
      // The axis has the message, and its delivery cannot be noted: a full disk, a defect.
      if (step !== 'sent' || broken) return;
      broken = true;
      throw new Error('broke off');
    },
  });
  try {
    await axis.control.deliver(documentMessage({ number: '70' }));
    expect(await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window')).toMatchObject({ ok: false });
    expect(await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window')).toMatchObject({ ok: true, value: { sent: 1 } });
    expect((await axis.control.inspect()).sent).toHaveLength(1);
    expect(await core.dispatcher.answer('exchange', 'outbox', {}, 'own-window')).toMatchObject({ value: [{ state: 'delivered' }] });
  } finally {
    await core.close();
    await axis.stop();
  }
});

test('a call that outlasts the closing of the station finds nothing to read or note, and nothing fails for it', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  await axis.control.fault({ kind: 'delay', verb: 'getReceivedEdocList', delayMs: 4_000 });
  const lines: string[] = [];
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  try {
    const core = await startCore({ ...quietCore(profile), background: true, log: (line) => lines.push(line) });
    await vi.waitUntil(async () => (await axis.control.inspect()).struck['delay'] === 1, { timeout: 60_000 });
    await core.close();
    await wait(6_000);
    expect(lines.filter((line) => line.startsWith('incident'))).toEqual([]);
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
    await axis.stop();
  }
});

test('a row that is cancelled while those before it leave is passed over, and the rest leaves', async () => {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  const codes: Promise<unknown>[] = [];
  const core: Core = await startCore({
    ...quietCore(profile),
    onStep: (step) => {
      if (step === 'sent' && codes.length === 0) codes.push(cancelSecond());
    },
  });
  async function cancelSecond(): Promise<unknown> {
    const rows = await core.dispatcher.answer('exchange', 'outbox', {}, 'own-window');
    const second = rows.ok ? (rows.value as { id: string; about: string }[]).find(({ about }) => about.startsWith('72/')) : undefined;
    return core.dispatcher.answer('exchange', 'cancelSend', { id: second?.id, reason: 'thử' }, 'own-window');
  }
  try {
    for (const number of ['71', '72', '73']) await axis.control.deliver(documentMessage({ number }));
    expect(await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window')).toMatchObject({ ok: true, value: { sent: 2 } });
    expect(await codes[0]).toMatchObject({ ok: true });
    expect((await axis.control.inspect()).sent).toHaveLength(2);
  } finally {
    await core.close();
    await axis.stop();
  }
});

test('a status that waits behind an earlier one of its document is not what is due next', () => {
  const store = storeIn(scratchFolder());
  const queued: string[] = [];
  const queueStatus = queueStatusWith((ids) => queued.push(...ids));
  const id = store.write((db) => recordArrival(db, arrival(1), queueStatus, 'UBND'));
  const clock = { now: () => new Date('2026-11-22T01:00:00.000Z') };
  const nobody = (): undefined => undefined;
  void recordsHandlers({ store, clock, queueStatus, changed: nobody, outgoingChanged: nobody, recalled: nobody }).registerIncoming({ id });
  const row = findRow(store.read, queued[0] ?? '');
  if (row === undefined) throw new Error('nothing queued');
  const later = '2026-11-22T01:08:00.000Z';
  store.write((db) => {
    noteSending(db, row.item.id, '2026-11-22T01:00:00.000Z');
    noteFailed(db, row, { state: 'waiting', nextTryAt: later, failure: 'time-out', detail: '', doubtSince: '2026-11-22T01:00:00.000Z', counts: true }, '2026-11-22T01:00:01.000Z');
  });
  expect(nextDue(store.read)).toBe(later);
});
