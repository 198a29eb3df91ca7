import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bytesBody } from '../../../electron/services/exchange/transports/message-body.ts';
import type { Outcome } from '#contract';
import { fetchWhole } from '../../fakes/exchange/streams.ts';
import { valueOf } from '../../unit/exchange/edxml-samples.ts';
import { documentFor, statusFor } from './axis-messages.ts';
import { startAxis, type RunningAxis } from './practice-process.ts';
import { rawCall, type RawAnswer } from './raw-call.ts';

const here = 'H37.02';
const list = { params: [['servicetype', 'eDoc'], ['messagetype', 'edoc']] } as const;
const failed = (outcome: Outcome<unknown, string>): string => (outcome.ok ? 'ok' : outcome.failure.code);

let axis: RunningAxis;
beforeAll(async () => {
  axis = await startAxis();
});
afterEach(() => axis.control.clearFaults());
afterAll(async () => {
  expect(await axis.stop()).toBe(0);
});

async function struck(verb: string): Promise<RawAnswer> {
  return valueOf(await rawCall(axis.port, verb, list));
}

describe('answers that are wrong', () => {
  test('5xx with the status asked for', async () => {
    await axis.control.fault({ kind: 'error-500', httpStatus: 503 });
    expect((await struck('getReceivedEdocList')).status).toBe(503);
  });

  test('a body cut off that claims to be whole', async () => {
    const whole = (await struck('getAgenciesList')).text;
    await axis.control.fault({ kind: 'truncated' });
    const half = await struck('getAgenciesList');
    expect(half.status).toBe(200);
    // The answer may end within a letter of two bytes.
    expect(whole.startsWith(half.text.replace(/\ufffd$/, ''))).toBe(true);
    expect(half.text.length).toBeLessThan(whole.length);
    expect(() => JSON.parse(half.text) as unknown).toThrow(SyntaxError);
  });

  test('no JSON, and JSON of another form', async () => {
    await axis.control.fault({ kind: 'bad-json' });
    const bad = (await struck('getReceivedEdocList')).text;
    expect(() => JSON.parse(bad) as unknown).toThrow(SyntaxError);
    await axis.control.fault({ kind: 'wrong-shape' });
    expect(JSON.parse((await struck('getReceivedEdocList')).text)).toMatchObject({ status: 'OK', data: { items: 1 } });
  });

  test.each(['truncated', 'bad-json', 'wrong-shape'] as const)('%s: the message is there all the same', async (kind) => {
    const before = (await axis.control.inspect()).sent.length;
    await axis.control.fault({ kind, verb: 'sendEdoc' });
    const outcome = await axis.client().send({ from: here, messageType: 'status', body: bytesBody(statusFor(here, 'G22', '04')) });
    expect(failed(outcome)).toBe('axis-answer-unreadable');
    expect((await axis.control.inspect()).sent.length).toBe(before + 1);
    expect(failed(await axis.client().list('edoc'))).toBe('ok');
  });

  test('a signature refused', async () => {
    await axis.control.fault({ kind: 'refuse-signature' });
    expect(await axis.client().list('edoc')).toMatchObject({ failure: { code: 'axis-refused', params: { errorCode: '15' } } });
    expect(failed(await axis.client().list('edoc'))).toBe('ok');
  });
});

describe('messages that go astray', () => {
  test('one message queued twice under two ids, with the same bytes', async () => {
    await axis.control.fault({ kind: 'duplicate', verb: 'sendEdoc' });
    const body = documentFor('G22', here, { documentId: 'đúp' });
    const { docId } = valueOf(await axis.client(1).send({ from: 'G22', messageType: 'edoc', body: bytesBody(body) }));
    const { deliveries, sent } = await axis.control.inspect();
    const mine = deliveries.filter((one) => one.senderDocId === docId);
    expect(new Set(mine.map((one) => one.docId)).size).toBe(2);
    expect(sent.filter((one) => one.docId === docId)).toHaveLength(1);
    for (const one of mine) {
      expect(valueOf(await fetchWhole(axis.client(), one.docId)).equals(body)).toBe(true);
      valueOf(await axis.client().acknowledge(one.docId, 'done'));
    }
    expect(valueOf(await axis.client().list('edoc'))).toEqual([]);
  });

  test('a status that becomes visible later', async () => {
    await axis.control.fault({ kind: 'late', verb: 'deliver', delayMs: 400 });
    const [docId] = await axis.control.deliver(statusFor('G22', here, '03'));
    expect(valueOf(await axis.client().list('status'))).toEqual([]);
    await expect.poll(async () => valueOf(await axis.client().list('status'))[0]?.docId).toBe(docId);
  });
});

test('a clock that is wrong until it is set right', async () => {
  const created = async (): Promise<number> => {
    const [docId = ''] = await axis.control.deliver(documentFor('G22', here));
    const text = (await axis.control.inspect()).deliveries.find((one) => one.docId === docId)?.createdTime ?? '';
    return Math.round((Date.parse(`${text.replaceAll('/', '-').replace(' ', 'T')}+07:00`) - Date.now()) / 60_000) + 0;
  };
  expect(await created()).toBe(0);
  await axis.control.fault({ kind: 'wrong-clock', minutes: -120 });
  expect([await created(), await created()]).toEqual([-120, -120]);
  await axis.control.fault({ kind: 'wrong-clock', minutes: 0 });
  expect(await created()).toBe(0);
});

describe('a restart', () => {
  const open = async (): Promise<boolean> => (await axis.client().list('edoc')).ok;

  test('breaks the call that it strikes, and comes back on the same port', async () => {
    await axis.control.fault({ kind: 'restart', verb: 'sendEdoc', delayMs: 2000 });
    const before = (await axis.control.inspect()).sent.length;
    const outcome = await axis.client().send({ from: here, messageType: 'status', body: bytesBody(statusFor(here, 'G22', '04')) });
    expect(outcome).toMatchObject({ failure: { code: 'axis-unreachable', params: { outcomeUnknown: 1 } } });
    expect(await axis.client().list('edoc')).toMatchObject({ failure: { code: 'axis-unreachable', params: { outcomeUnknown: 0 } } });
    await expect.poll(open).toBe(true);
    expect((await axis.control.inspect()).sent.length).toBe(before);
  });

  test('on request, in the middle of a call of somebody else', async () => {
    await axis.control.fault({ kind: 'delay', verb: 'getReceivedEdocList', delayMs: 3000 });
    const waiting = axis.client().list('edoc');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await axis.control.restart(100);
    // A list goes over a kept connection, and once more over a new one, which is refused.
    expect(await waiting).toMatchObject({ failure: { code: 'axis-unreachable' } });
    await expect.poll(open).toBe(true);
  });

  test('while it is away the process still ends when it is told to', async () => {
    const other = await startAxis();
    await other.control.restart(600_000);
    expect(await other.stop()).toBe(0);
  });
});

test('random misfortunes strike a share of the calls until they are ended', async () => {
  await axis.control.chaos({ seed: 3, rate: 0.5, kinds: ['html', 'cut-before'] });
  const outcomes: string[] = [];
  for (let at = 0; at < 40; at++) outcomes.push(failed(await axis.client().list('status')));
  expect(new Set(outcomes)).toEqual(new Set(['ok', 'axis-answer-unreadable', 'axis-unreachable']));
  await axis.control.chaos(null);
  for (let at = 0; at < 10; at++) expect(failed(await axis.client().list('status'))).toBe('ok');
});
