import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Contract, Delivery, OutgoingDetail, OutputOf } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { ask, exchangeOnce, sendOwn, statusFrom } from '../../e2e/office.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

const parties = ['silent', 'refusing', 'fine', 'not answering', 'keeping', 'cut off', 'refused, then took it'].map((name, index) => ({
  code: `H29.0${String(index + 1)}`,
  name,
}));
const day = 86_400_000;

let axis: PracticeAxisProcess;
let core: Core;
let now = new Date();

beforeEach(async () => {
  axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: parties, log: () => undefined });
  const profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  now = new Date(Date.now() - 3 * day);
  core = await startCore({ ...quietCore(profile), clock: { now: () => now } });
});

afterEach(async () => {
  await core.close();
  await axis.stop();
});

test('each alarm comes when it is due, and only where something is owed', async () => {
  const documents = new Map<string, OutgoingDetail>();
  const say = async (name: string, code: string, at = now): Promise<void> => {
    const from = parties.find((party) => party.name === name);
    const about = documents.get(name);
    if (from === undefined || about === undefined) throw new Error(name);
    await axis.control.deliver(statusFrom({ from, code, about, at }));
    await exchangeOnce(core);
  };
  for (const [index, party] of parties.entries()) {
    if (party.name === 'cut off') await axis.control.fault({ kind: 'refuse', verb: 'sendEdoc', errorCode: '10' });
    documents.set(party.name, await sendOwn(core, { number: String(index + 1), to: [party] }));
    await exchangeOnce(core);
  }
  await say('refusing', '02');
  await say('fine', '01');
  await say('refused, then took it', '02');
  await say('refused, then took it', '01', new Date(now.getTime() + 60_000));
  for (const name of ['not answering', 'keeping']) {
    await say(name, '01');
    await ask(core, 'exchange', 'recallDocument', { document: documents.get(name)?.id, form: 'status', recipients: null, reason: 'Sai' });
    await exchangeOnce(core);
  }
  await say('keeping', '16');

  expect(await alarms()).toEqual({ refusing: 'refused', keeping: 'take-back-refused' });
  now = new Date(now.getTime() + 3 * day);
  expect(await alarms()).toEqual({
    silent: 'no-receipt',
    refusing: 'refused',
    'not answering': 'no-answer',
    keeping: 'take-back-refused',
    'cut off': 'not-sent',
  });

  const some = [documents.get('fine')?.id ?? '', documents.get('silent')?.id ?? ''];
  const named = await lines({ alarms: false, documents: some });
  expect(named.items.map((line) => line.document).sort()).toEqual(some.sort());
});

function lines(page: { readonly alarms: boolean; readonly documents?: readonly string[] }): Promise<OutputOf<Contract['exchange']['deliveryLines']>> {
  return ask(core, 'exchange', 'deliveryLines', { ...page, before: null, limit: 100 });
}

/** Who asks for attention and why, as list and matrix tell it. */
async function alarms(): Promise<Record<string, string | null>> {
  const { items, alarms: sum } = await lines({ alarms: true });
  const found: Record<string, string | null> = {};
  for (const line of items) {
    for (const one of await ask<Delivery[]>(core, 'exchange', 'deliveries', { document: line.document })) found[one.name] = one.alarm;
  }
  expect(sum).toBe(items.length);
  return found;
}
