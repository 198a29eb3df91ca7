import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Contract, OutboxItem, OutputOf } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { accountAt, preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { documentMessage, ministry, ownAgency } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

/** The ways to the axis, each the whole of what follows, over real HTTP. */
const ways = [
  { way: 'straight to the axis', kind: 'vxp', skin: {}, listVerb: 'getReceivedEdocList' },
  { way: 'through a broker that says "code"', kind: 'lgsp-rest', skin: { lgspWrapper: 'code' }, listVerb: 'syncReceivedEdocList' },
  { way: 'through a broker that says "success"', kind: 'lgsp-rest', skin: { lgspWrapper: 'success' }, listVerb: 'syncReceivedEdocList' },
] as const;

describe.each(ways)('$way', ({ kind, skin, listVerb }) => {
  let axis: PracticeAxisProcess;
  let core: Core;
  let profile: { folder: string; keyHex: string };
  let now = new Date('2026-11-22T01:00:00.000Z');
  const clock = { now: () => now };

  async function ask<T>(domain: string, method: string, input: unknown): Promise<T> {
    const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
    if (!outcome.ok) throw new Error(outcome.failure.code);
    return outcome.value as T;
  }

  async function failureOf(domain: string, method: string, input: unknown): Promise<string> {
    const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
    return outcome.ok ? 'ok' : outcome.failure.code;
  }

  const receive = (): Promise<OutputOf<Contract['exchange']['receiveNow']>> => ask('exchange', 'receiveNow', {});
  const outbox = (): Promise<OutboxItem[]> => ask('exchange', 'outbox', {});
  const list = (): Promise<OutputOf<Contract['records']['incomingList']>> =>
    ask('records', 'incomingList', { state: null, before: null, limit: 100 });

  async function reported(): Promise<string[]> {
    const { sent } = await axis.control.inspect();
    return Promise.all(
      sent.map(async ({ docId }) => {
        const text = Buffer.from(await axis.control.bytesOf(docId)).toString('utf8');
        return `${/<edXML:Code>([^<]*)/.exec(text)?.[1] ?? ''} ${/<edXML:StatusCode>(\d+)/.exec(text)?.[1] ?? ''}`;
      }),
    );
  }

  async function pointAt(endpoint: string): Promise<void> {
    await ask('station', 'saveAxis', { ...accountAt(axis, kind), endpoint, plainHttpHosts: ['127.0.0.1'], pollSeconds: 300 });
  }

  function later(seconds: number): void {
    now = new Date(now.getTime() + seconds * 1000);
  }

  beforeEach(async () => {
    now = new Date('2026-11-22T01:00:00.000Z');
    axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], lgspSkin: skin, log: () => undefined });
    profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
    preparedProfile({ ...profile, axis: accountAt(axis, kind) });
    core = await startCore({ ...quietCore(profile), clock });
  });

  afterEach(async () => {
    await core.close();
    await axis.stop();
  });

  test('a document comes in with every field and its file, is registered, and its sender hears of both', async () => {
    const pdf = randomBytes(700_000);
    await axis.control.deliver(documentMessage({ number: '7816', notation: 'BNV-TCBC', files: [{ name: 'Công văn số 7816.pdf', bytes: pdf }] }));
    expect(await receive()).toEqual({ received: 1, duplicates: 0, quarantined: 0, sent: 1 });
    const { items, counts } = await list();
    expect(counts).toMatchObject({ arrived: 1, registered: 0 });
    expect(items[0]).toMatchObject({
      state: 'arrived',
      arrivalNumber: null,
      arrivalSuffix: '',
      codeNumber: '7816',
      codeNotation: 'BNV-TCBC',
      issuedDate: '2026-11-20',
      typeName: 'Công văn',
      issuerName: 'Bộ Nội vụ',
      urgency: 1,
      dueDate: '2026-12-05',
    });
    const id = items[0]?.id ?? '';
    const detail = await ask<OutputOf<Contract['records']['incomingGet']>>('records', 'incomingGet', { id });
    expect(detail.files).toMatchObject([{ name: 'Công văn số 7816.pdf', size: 700_000 }]);
    const bytes = await core.readFile(detail.files[0]?.id ?? '', 0, 1_000_000);
    expect(bytes.ok && Buffer.from(bytes.value.bytes).equals(pdf)).toBe(true);

    expect(await ask('records', 'registerIncoming', { id })).toEqual({ id, arrivalNumber: 1, arrivalSuffix: '', arrivalYear: 2026 });
    expect(await failureOf('records', 'registerIncoming', { id })).toBe('already-registered');
    expect(await receive()).toMatchObject({ received: 0, sent: 1 });
    expect(await reported()).toEqual(['7816/BNV-TCBC 01', '7816/BNV-TCBC 03']);
    const trace = await ask<{ action: string }[]>('records', 'trace', { id });
    expect(trace.map((entry) => entry.action)).toEqual([
      'document.arrived',
      'status.delivered',
      'document.registered',
      'status.delivered',
    ]);
  });

  test('the same document a second time is acknowledged and not stored again; with other content it is set aside', async () => {
    await axis.control.deliver(documentMessage({ number: '5' }));
    await receive();
    await axis.control.deliver(documentMessage({ number: '5' }));
    expect(await receive()).toMatchObject({ received: 0, duplicates: 1, quarantined: 0 });
    await axis.control.deliver(documentMessage({ number: '5', files: [{ name: 'khac.pdf', bytes: Buffer.from('%PDF-1.4 other') }] }));
    expect(await receive()).toMatchObject({ received: 0, duplicates: 0, quarantined: 1 });
    expect((await list()).total).toBe(1);
    expect(await ask('exchange', 'quarantine', {})).toMatchObject({ items: [{ reason: 'same-id-other-content' }] });
    const { deliveries } = await axis.control.inspect();
    expect(deliveries.filter(({ to }) => to === ownAgency.code).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  test.each([
    ['not XML', Buffer.from('Kính gửi: các đơn vị'), 'not-xml'],
    ['a DOCTYPE', Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><edXML/>'), 'doctype'],
    ['another root', Buffer.from('<hello xmlns="urn:x"/>'), 'wrong-root'],
    ['cut off in the middle', Buffer.from(documentMessage()).subarray(0, 1500), 'truncated'],
  ])('a message that is %s is kept, told as failed, and does not stop the next', async (_, bytes, reason) => {
    await axis.control.deliver(bytes, { from: ministry.code, to: [ownAgency.code], messageType: 'edoc' });
    await axis.control.deliver(documentMessage({ number: '9' }));
    expect(await receive()).toMatchObject({ received: 1, quarantined: 1 });
    expect(await ask('exchange', 'quarantine', {})).toMatchObject({ items: [{ reason, size: bytes.length, from: ministry.code }] });
    const { deliveries } = await axis.control.inspect();
    expect(deliveries.filter(({ to }) => to === ownAgency.code).map(({ state }) => state)).toEqual(['fail', 'done']);
  });

  test('a recall of what is not here is kept whole, and filed when the document has come', async () => {
    await axis.control.deliver(documentMessage({ business: { bussinessDocType: '1', bussinessDocReason: 'sai thể thức' } }));
    expect(await receive()).toMatchObject({ received: 0, quarantined: 1 });
    expect(await ask('exchange', 'quarantine', {})).toMatchObject({ items: [{ reason: 'unknown-document' }] });
    await axis.control.deliver(documentMessage());
    expect(await receive()).toMatchObject({ received: 1 });
    expect(await ask('exchange', 'quarantine', {})).toEqual({ items: [], total: 0 });
    expect((await list()).items).toMatchObject([{ openChange: 'recall' }]);
  });

  test('without the axis the clerk goes on; what waits goes out by itself when it is back, once', async () => {
    await axis.control.deliver(documentMessage({ number: '77' }));
    await receive();
    await pointAt('http://127.0.0.1:9/khong-ai-nghe');
    const [item] = (await list()).items;
    await ask('records', 'registerIncoming', { id: item?.id });
    expect(await failureOf('exchange', 'receiveNow', {})).toBe('axis-unreachable');
    expect((await outbox())[0]).toMatchObject({ state: 'waiting', statusCode: '03', attempts: 0 });
    await pointAt(accountAt(axis, kind).endpoint);
    expect(await receive()).toMatchObject({ sent: 1 });
    expect(await reported()).toEqual(['77/BNV-VP 01', '77/BNV-VP 03']);
  });

  test('a connection cut after the axis took the message does not send it twice', async () => {
    await axis.control.deliver(documentMessage({ number: '88' }));
    await axis.control.fault({ kind: 'cut', verb: 'sendEdoc' });
    expect(await failureOf('exchange', 'receiveNow', {})).not.toBe('ok');
    expect((await outbox())[0]).toMatchObject({ state: 'waiting', attempts: 1 });
    later(31);
    await receive();
    expect(await reported()).toEqual(['88/BNV-VP 01']);
    expect((await outbox())[0]).toMatchObject({ state: 'delivered', lastFailure: null });
  });

  test('a connection cut before the axis took it sends it again', async () => {
    await axis.control.deliver(documentMessage({ number: '89' }));
    await axis.control.fault({ kind: 'cut-before', verb: 'sendEdoc' });
    expect(await failureOf('exchange', 'receiveNow', {})).not.toBe('ok');
    later(31);
    await receive();
    expect(await reported()).toEqual(['89/BNV-VP 01']);
  });

  test('while the list of sent messages cannot be read, nothing in doubt is sent again', async () => {
    await axis.control.deliver(documentMessage({ number: '90' }));
    await axis.control.fault({ kind: 'cut', verb: 'sendEdoc' });
    await failureOf('exchange', 'receiveNow', {});
    later(31);
    await axis.control.fault({ kind: 'html', verb: 'getSentEdocList' });
    expect(await failureOf('exchange', 'receiveNow', {})).toBe('axis-answer-unreadable');
    later(3600);
    await receive();
    expect(await reported()).toEqual(['90/BNV-VP 01']);
  });

  test('a permanent refusal needs a person and stays; "send now" tries it again', async () => {
    await axis.control.deliver(documentMessage({ number: '91' }));
    await axis.control.fault({ kind: 'refuse', verb: 'sendEdoc', errorCode: '18', errorDesc: 'Don vi nhan khong ton tai' });
    await receive();
    const [row] = await outbox();
    expect(row).toMatchObject({ state: 'attention', lastFailure: 'axis-refused', lastFailureDetail: '18: Don vi nhan khong ton tai' });
    later(86_400);
    expect(await receive()).toMatchObject({ sent: 0 });
    expect(await ask('exchange', 'sendNow', { id: row?.id })).toMatchObject({ state: 'delivered' });
    expect(await failureOf('exchange', 'sendNow', { id: row?.id })).toBe('already-delivered');
  });

  test('what keeps failing becomes "needs attention" after the last interval and is never dropped', async () => {
    await axis.control.deliver(documentMessage({ number: '92' }));
    await axis.control.fault({ kind: 'refuse', verb: 'sendEdoc', times: 20 });
    for (let round = 0; round < 8; round += 1) {
      await receive();
      later(500);
    }
    expect((await outbox())[0]).toMatchObject({ state: 'attention', attempts: 6 });
  });

  test.each(['empty', 'html', 'error-500'] as const)('a list answered with %s is a failure, not "nothing new"', async (fault) => {
    await axis.control.fault({ kind: fault, verb: listVerb });
    expect(await failureOf('exchange', 'receiveNow', {})).toBe('axis-answer-unreadable');
  });

  test('statuses of one document go out in order', async () => {
    await axis.control.deliver(documentMessage({ number: '93' }));
    await axis.control.fault({ kind: 'refuse', verb: 'sendEdoc' });
    await receive();
    const [item] = (await list()).items;
    await ask('records', 'registerIncoming', { id: item?.id });
    expect(await receive()).toMatchObject({ sent: 0 });
    later(31);
    expect(await receive()).toMatchObject({ sent: 2 });
    expect(await reported()).toEqual(['93/BNV-VP 01', '93/BNV-VP 03']);
  });
});
