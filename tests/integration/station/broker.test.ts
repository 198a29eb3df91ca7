import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { OutboxItem } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess, type PracticeAxisStart } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { accountAt, preparedProfile, quietCore, type AxisAccount } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

let axis: PracticeAxisProcess;
let core: Core;
let now = new Date();

async function start(change: Partial<AxisAccount> = {}, lgspSkin: PracticeAxisStart['lgspSkin'] = {}): Promise<void> {
  now = new Date('2026-11-22T01:00:00.000Z');
  axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], lgspSkin, log: () => undefined });
  const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { ...accountAt(axis, 'lgsp-rest'), ...change } });
  core = await startCore({ ...quietCore(profile), clock: { now: () => now } });
}

afterEach(async () => {
  await core.close();
  await axis.stop();
});

async function receive(): Promise<string> {
  const outcome = await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window');
  return outcome.ok ? 'ok' : outcome.failure.code;
}

async function outbox(): Promise<OutboxItem[]> {
  const outcome = await core.dispatcher.answer('exchange', 'outbox', {}, 'own-window');
  return outcome.ok ? (outcome.value as OutboxItem[]) : [];
}

const sent = async (): Promise<number> => (await axis.control.inspect()).sent.length;

test('a token that the broker ended before its time is replaced without anybody noticing', async () => {
  await start();
  await axis.control.deliver(documentMessage({ number: '1' }));
  expect(await receive()).toBe('ok');
  await axis.control.expireLogins();
  await axis.control.deliver(documentMessage({ number: '2' }));
  expect(await receive()).toBe('ok');
  expect(await sent()).toBe(2);
});

test('a broker without a list of sent messages: what is in doubt is never sent again by itself, and a person is told', async () => {
  await start({}, { lgspSentList: false });
  await axis.control.deliver(documentMessage({ number: '3' }));
  await axis.control.fault({ kind: 'cut-before', verb: 'sendEdoc' });
  expect(await receive()).toBe('axis-unreachable');
  for (let round = 0; round < 8; round += 1) {
    now = new Date(now.getTime() + 500_000);
    await receive();
  }
  expect(await outbox()).toMatchObject([{ state: 'attention', lastFailure: 'axis-answer-unreadable' }]);
  expect(await sent()).toBe(0);
});

test('a password that is wrong is a refusal; nothing is sent, and the password is nowhere to be read', async () => {
  await start({ password: 'mật khẩu sai' });
  await axis.control.deliver(documentMessage({ number: '4' }));
  expect(await receive()).toBe('axis-refused');
  const shown = await core.dispatcher.answer('station', 'settings', {}, 'own-window');
  expect(shown).toMatchObject({ ok: true, value: { axis: { kind: 'lgsp-rest', username: 'luyen.tap', hasSecret: true, hasPassword: true } } });
  expect(JSON.stringify(shown)).not.toContain('mật khẩu sai');
  expect(await sent()).toBe(0);
});

test('a login cut off uses up no try and leaves nothing in doubt', async () => {
  await start();
  await axis.control.deliver(documentMessage({ number: '5' }));
  await axis.control.fault({ kind: 'refuse', verb: 'sendEdoc' });
  expect(await receive()).toBe('ok');
  expect(await outbox()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  now = new Date(now.getTime() + 3_600_000);
  await axis.control.fault({ kind: 'cut', verb: 'login' });
  expect(await receive()).toBe('axis-unreachable');
  expect(await outbox()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  expect(await receive()).toBe('ok');
  expect(await outbox()).toMatchObject([{ state: 'delivered' }]);
  expect(await sent()).toBe(1);
});
