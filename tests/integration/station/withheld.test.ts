import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fail, type Outcome } from '#contract';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { receive } from '../../../electron/services/exchange/inbox.ts';
import { queueStatusWith, type AxisFailureCode, type AxisTransport } from '../../../electron/services/exchange/index.ts';
import { vxpTransport } from '../../../electron/services/exchange/transports/vxp.ts';
import { listWithheld } from '../../../electron/services/exchange/withheld.store.ts';
import { verifyChain } from '../../../electron/services/audit/index.ts';
import { all, sql, type Store } from '../../../electron/store/index.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { noIncident } from '../../fakes/station/no-incident.ts';
import { scratchFolder, storeIn } from '../../unit/store/helpers.ts';

const nothing = (): undefined => undefined;
const start = new Date('2026-11-22T01:00:00.000Z');

let axis: PracticeAxisProcess;
let store: Store;
let now = start;
const clock = { now: () => now };

beforeEach(async () => {
  now = start;
  axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: nothing });
  store = storeIn(scratchFolder());
});
afterEach(async () => {
  await axis.stop();
});

function straight(maxMessageBytes?: number): AxisTransport {
  const { endpoint, systemId, secret } = axis;
  const limit = maxMessageBytes === undefined ? {} : { maxMessageBytes };
  return vxpTransport({ endpoint, systemId, secret, http: httpClient, clock, allowPlainHttp: true, ...limit });
}

/** The real axis, but a misfortune for some messages; counts who was asked for. */
function troubled(
  misfortune: (docId: string) => Promise<Outcome<never, AxisFailureCode> | null> | Outcome<never, AxisFailureCode> | null,
): AxisTransport & { readonly asked: string[] } {
  const real = straight();
  const asked: string[] = [];
  return {
    ...real,
    asked,
    async fetch(docId, write) {
      asked.push(docId);
      return (await misfortune(docId)) ?? real.fetch(docId, write);
    },
  };
}

const poll = (over: AxisTransport): ReturnType<typeof receive> =>
  receive({ store, clock, queueStatus: queueStatusWith(nothing), onStep: nothing, arrived: nothing, incident: noIncident }, over);

const numbers = (): string[] =>
  all<{ code_number: string }>(store.read, sql`SELECT code_number FROM incoming_document ORDER BY id`).map((row) => row.code_number);

async function deliver(...wanted: number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const number of wanted) ids.push(...(await axis.control.deliver(documentMessage({ number: String(number) }))));
  return ids;
}

const cut = (): Outcome<never, AxisFailureCode> => fail('axis-unreachable', { errorCode: 'cut', errorDesc: 'ECONNRESET', outcomeUnknown: 1 });
const dead = (): Outcome<never, AxisFailureCode> => fail('axis-unreachable', { errorCode: 'unreachable', errorDesc: 'ECONNREFUSED', outcomeUnknown: 0 });
const timedOut = (): Outcome<never, AxisFailureCode> => fail('time-out', { errorCode: 'time-out', errorDesc: 'idle', outcomeUnknown: 1 });

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
}

test('documents are stored in the order of the list, however they arrive', async () => {
  const count = 80;
  const ids = await deliver(...Array.from({ length: count }, (_, index) => index + 1));
  const slow = new Map(ids.map((id, index) => [id, index % 6 === 0 ? 40 : (index * 7) % 13]));
  const bumpy = troubled(async (docId) => {
    await sleep(slow.get(docId) ?? 0);
    return null;
  });
  expect(await poll(bumpy)).toMatchObject({ ok: true, value: { received: count } });
  expect(numbers()).toEqual(Array.from({ length: count }, (_, index) => String(index + 1)));
  expect(verifyChain(store.read)).toMatchObject({ entries: count, brokenAt: null });
  const { deliveries } = await axis.control.inspect();
  expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(['done']));
});

test('a message over the limit lets the others through, is counted, and comes when the limit allows it', async () => {
  await deliver(1);
  await axis.control.deliver(documentMessage({ number: '2', files: [{ name: 'a.pdf', bytes: randomBytes(300_000) }] }));
  await deliver(3);
  const narrow = straight(100_000);
  expect(await poll(narrow)).toMatchObject({ ok: true, value: { received: 2 } });
  expect(listWithheld(store.read)).toMatchObject([{ tries: 1, failure: 'too-large', from: ministry.code }]);
  expect(await poll(narrow)).toMatchObject({ ok: true, value: { received: 0 } });
  expect(listWithheld(store.read)).toMatchObject([{ tries: 2, nextTryAt: '2026-11-22T01:05:00.000Z' }]);
  later(300);
  expect(await poll(straight())).toMatchObject({ ok: true, value: { received: 1 } });
  expect(listWithheld(store.read)).toEqual([]);
  expect(numbers()).toEqual(['1', '3', '2']);
});

test('a message that is cut every time is tried in growing distance, after the others, and is not the axis being away', async () => {
  const [bad = ''] = await deliver(1);
  await deliver(2);
  const axisWithOneBad = troubled((docId) => (docId === bad ? cut() : null));
  expect(await poll(axisWithOneBad)).toMatchObject({ ok: true, value: { received: 1 } });
  const distances = [0, 300, 900, 3600, 21_600, 21_600];
  for (const [index, seconds] of distances.entries()) {
    const [item] = listWithheld(store.read);
    expect(item).toMatchObject({ transportId: bad, tries: index + 1, failure: 'cut', detail: 'cut: ECONNRESET', firstFailedAt: start.toISOString() });
    expect(Date.parse(item?.nextTryAt ?? '') - now.getTime()).toBe(seconds * 1000);
    if (seconds > 0) {
      later(seconds - 1);
      axisWithOneBad.asked.length = 0;
      expect(await poll(axisWithOneBad)).toMatchObject({ ok: true });
      expect(axisWithOneBad.asked).toEqual([]);
      later(1);
    }
    expect(await poll(axisWithOneBad)).toMatchObject({ ok: true });
  }
  const [fresh = ''] = await deliver(3);
  later(21_600);
  axisWithOneBad.asked.length = 0;
  await poll(axisWithOneBad);
  expect(axisWithOneBad.asked).toEqual([fresh, bad]);
  later(21_600);
  expect(await poll(straight())).toMatchObject({ ok: true, value: { received: 1 } });
  expect(numbers()).toEqual(['2', '3', '1']);
  const told = all<{ action: string }>(store.read, sql`SELECT action FROM audit_entry WHERE subject_id = ${bad}`);
  expect(told.map((row) => row.action)).toEqual(['message.withheld']);
});

test('a clock that is set back holds no message up', async () => {
  const [bad = ''] = await deliver(1);
  await deliver(2);
  const real = now;
  later(3600);
  for (const _ of [1, 2]) await poll(troubled((docId) => (docId === bad ? cut() : null)));
  expect(listWithheld(store.read)).toMatchObject([{ tries: 2 }]);
  now = real;
  expect(await poll(straight())).toMatchObject({ ok: true, value: { received: 1 } });
});

test('cut the first time and nothing else came: told as the failure it looks like; the second time held against the message', async () => {
  await deliver(1);
  const bad = troubled(cut);
  expect(await poll(bad)).toMatchObject({ ok: false, failure: { code: 'axis-unreachable', params: { errorCode: 'cut' } } });
  expect(await poll(bad)).toEqual({ ok: true, value: { received: 0, duplicates: 0, quarantined: 0 } });
  expect(listWithheld(store.read)).toMatchObject([{ tries: 2 }]);
});

test('when messages time out and the axis cannot be asked either, nothing is held against them', async () => {
  await deliver(1, 2);
  const bad = troubled(timedOut);
  let asked = 0;
  const silent: AxisTransport = { ...bad, list: (type) => ((asked += 1) === 1 ? bad.list(type) : Promise.resolve(timedOut())) };
  expect(await poll(silent)).toMatchObject({ ok: false, failure: { code: 'time-out' } });
  expect(listWithheld(store.read)).toEqual([]);
});

test('several in a row are the connection: the round stops, nothing is held against the messages', async () => {
  await deliver(...Array.from({ length: 30 }, (_, index) => index + 1));
  const bad = troubled(async () => {
    await sleep(5);
    return timedOut();
  });
  expect(await poll(bad)).toMatchObject({ ok: false, failure: { code: 'time-out' } });
  expect(bad.asked.length).toBeLessThanOrEqual(2 * bad.connections);
  expect(listWithheld(store.read)).toEqual([]);
});

test('an axis that goes away ends the round at once; what came whole before is stored and acknowledged later', async () => {
  const ids = await deliver(...Array.from({ length: 50 }, (_, index) => index + 1));
  const from = ids.indexOf(ids[20] ?? '');
  const gone = troubled((docId) => (ids.indexOf(docId) >= from ? dead() : null));
  const cutOff: AxisTransport = { ...gone, acknowledge: () => Promise.resolve(dead()) };
  expect(await poll(cutOff)).toMatchObject({ ok: false, failure: { code: 'axis-unreachable' } });
  expect(gone.asked.length).toBeLessThanOrEqual(from + gone.connections);
  expect(numbers()).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
  expect(listWithheld(store.read)).toEqual([]);
  expect(await poll(straight())).toMatchObject({ ok: true, value: { received: 30, duplicates: 20 } });
  expect(numbers()).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 1)));
  const { deliveries } = await axis.control.inspect();
  expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(['done']));
});

test('a message that the axis refuses hides nobody; when it is listed no more it is forgotten, and the log says so', async () => {
  const [bad = ''] = await deliver(1);
  await deliver(2);
  const refusing = troubled((docId) =>
    docId === bad ? fail('axis-refused', { errorCode: '21', errorDesc: 'Khong tim thay van ban', outcomeUnknown: 0 }) : null,
  );
  for (let round = 0; round < 2; round += 1) expect(await poll(refusing)).toMatchObject({ ok: true });
  expect(listWithheld(store.read)).toMatchObject([{ failure: 'refused', detail: '21: Khong tim thay van ban', tries: 2 }]);
  const empty: AxisTransport = { ...refusing, list: () => Promise.resolve({ ok: true, value: [] }) };
  await poll(empty);
  expect(listWithheld(store.read)).toEqual([]);
  const told = all<{ action: string }>(store.read, sql`SELECT action FROM audit_entry WHERE subject_id = ${bad} ORDER BY seq`);
  expect(told.map((row) => row.action)).toEqual(['message.withheld', 'message.withdrawn']);
});

test('a message listed twice is fetched once', async () => {
  const [id = ''] = await deliver(1);
  const double = troubled(() => null);
  const listed: AxisTransport = {
    ...double,
    list: async (type) => {
      const outcome = await double.list(type);
      return outcome.ok ? { ok: true, value: [...outcome.value, ...outcome.value] } : outcome;
    },
  };
  expect(await poll(listed)).toMatchObject({ ok: true, value: { received: 1, duplicates: 0 } });
  expect(double.asked).toEqual([id]);
});

test('a full disk in the middle ends the round; what was written down before stays, and nothing unfinished is left', async () => {
  await deliver(...Array.from({ length: 50 }, (_, index) => index + 1));
  let left = 40;
  const full: Store = {
    ...store,
    blobs: {
      ...store.blobs,
      put: (bytes) => {
        left -= 1;
        return left < 0 ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : store.blobs.put(bytes);
      },
    },
  };
  const deps = { store: full, clock, queueStatus: queueStatusWith(nothing), onStep: nothing, arrived: nothing, incident: noIncident };
  await expect(receive(deps, straight())).rejects.toMatchObject({ code: 'ENOSPC' });
  // Several are stored at once: which of the last ones found room is chance.
  expect(new Set(numbers()).size).toBe(40);
  expect(await poll(straight())).toMatchObject({ ok: true, value: { received: 10 } });
  expect(new Set(numbers()).size).toBe(50);
});

test('a list that takes too long is left for the next round, and nothing of it is lost', async () => {
  await deliver(...Array.from({ length: 90 }, (_, index) => index + 1));
  const slow = troubled(async () => {
    await sleep(20);
    return null;
  });
  let unfinished = 0;
  const deps = { store, clock, queueStatus: queueStatusWith(nothing), onStep: nothing, arrived: nothing, incident: noIncident, roundMs: 100, unfinished: () => { unfinished += 1; } };
  expect(await receive(deps, slow)).toMatchObject({ ok: true });
  const first = numbers().length;
  expect([first > 0, first < 90, unfinished]).toEqual([true, true, 1]);
  for (let round = 0; round < 90 && unfinished > 0; round += 1) {
    unfinished = 0;
    await receive(deps, slow);
  }
  expect(numbers()).toEqual(Array.from({ length: 90 }, (_, index) => String(index + 1)));
  expect(slow.asked).toHaveLength(90);
});
