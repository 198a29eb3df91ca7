import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '#contract';
import { writeDocument, writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { bytesBody } from '../../../electron/services/exchange/transports/message-body.ts';
import { wholeAnswer } from '../../../electron/services/exchange/transports/whole-answer.ts';
import { fetchWhole } from '../../fakes/exchange/streams.ts';
import { documentOf, readBack, sampleDocument, sampleStatus, statusOf, valueOf } from '../../unit/exchange/edxml-samples.ts';
import { startAxis, systems, type RunningAxis } from './practice-process.ts';

const here = 'H37.02';
const newUuid = (): string => '00000000-0000-4000-8000-000000000001';
const toUs = { ...sampleDocument.header, to: [{ ...sampleDocument.header.from, organId: here, organName: 'Sở Thử nghiệm' }] };

function incoming(subject = 'thử'): Uint8Array {
  const file = { contentId: 'a', name: 'văn bản.pdf', description: '', bytes: Buffer.from('%PDF-1.7 thử') };
  return valueOf(writeDocument({ ...sampleDocument, header: { ...toUs, subject } }, [file], { newUuid }));
}

function status(code = '03', to = 'G22'): Uint8Array {
  const responseFor = { ...sampleStatus.responseFor, organId: to };
  return valueOf(writeStatus({ ...sampleStatus, from: { ...sampleStatus.from, organId: here }, responseFor, statusCode: code }));
}

const failed = (outcome: Outcome<unknown, string>): readonly unknown[] =>
  outcome.ok ? ['ok'] : [outcome.failure.code, outcome.failure.params?.['outcomeUnknown'], outcome.failure.params?.['errorCode']];

let axis: RunningAxis;
beforeAll(async () => {
  axis = await startAxis();
});
afterEach(() => axis.control.clearFaults());
afterAll(async () => {
  expect(await axis.stop()).toBe(0);
});

describe('receiving', () => {
  test('list, get, acknowledge; done leaves the list; bytes as they were handed in', async () => {
    const bytes = incoming('nhận');
    const [docId = ''] = await axis.control.deliver(bytes);
    const client = axis.client();
    const listed = valueOf(await client.list('edoc'));
    expect(listed).toContainEqual(expect.objectContaining({ docId, from: 'G22', to: here, status: 'initial' }));
    expect(valueOf(await client.list('status'))).toEqual([]);
    const fetched = valueOf(await fetchWhole(client, docId));
    expect(Buffer.from(fetched).equals(Buffer.from(bytes))).toBe(true);
    expect(documentOf((await readBack(fetched)).outcome).header.subject).toBe('nhận');
    valueOf(await client.acknowledge(docId, 'processing'));
    expect(valueOf(await client.list('edoc')).find((item) => item.docId === docId)?.status).toBe('processing');
    valueOf(await client.acknowledge(docId, 'done'));
    expect(valueOf(await client.list('edoc')).some((item) => item.docId === docId)).toBe(false);
  });

  test('a message that is no XML can be handed in and travels as it is', async () => {
    const bytes = Buffer.from('123<rác>');
    const [docId = ''] = await axis.control.deliver(bytes, { to: [here], from: 'G22' });
    expect(Buffer.from(valueOf(await fetchWhole(axis.client(), docId))).equals(bytes)).toBe(true);
    valueOf(await axis.client().acknowledge(docId, 'fail'));
    expect(valueOf(await axis.client().list('edoc')).some((item) => item.docId === docId)).toBe(false);
  });

  test("another centre's message cannot be fetched or acknowledged", async () => {
    const [docId = ''] = await axis.control.deliver(incoming());
    expect(failed(await fetchWhole(axis.client(1), docId))).toEqual(['axis-refused', 0, '21']);
    expect(failed(await axis.client(1).acknowledge(docId, 'done'))).toEqual(['axis-refused', 0, '21']);
  });
});

describe('sending', () => {
  test('a status reaches its receiver byte for byte and shows in the sent list', async () => {
    const body = status('03');
    const { docId } = valueOf(await axis.client().send({ from: here, messageType: 'status', body: bytesBody(body) }));
    const { sent } = await axis.control.inspect();
    expect(sent.find((item) => item.docId === docId)).toMatchObject({ from: here, to: ['G22'], messageType: 'status' });
    expect(Buffer.from(await axis.control.bytesOf(docId)).equals(Buffer.from(body))).toBe(true);

    const theirs = axis.client(1);
    const item = valueOf(await theirs.list('status')).find((one) => one.from === here);
    expect(statusOf((await readBack(valueOf(await fetchWhole(theirs, item?.docId ?? '')))).outcome).statusCode).toBe('03');
    valueOf(await theirs.acknowledge(item?.docId ?? '', 'done'));
    const rows = valueOf(await axis.client().sentList({ messageType: 'status' }));
    expect(rows.find((row) => row.senderDocId === docId)).toMatchObject({ toCode: 'G22', receiveStatus: 'done' });
  });

  test('a document goes to each receiver', async () => {
    const header = { ...sampleDocument.header, from: { ...sampleDocument.header.from, organId: here } };
    const body = valueOf(writeDocument({ ...sampleDocument, header }, [], { newUuid }));
    valueOf(await axis.client().send({ from: here, messageType: 'edoc', body: bytesBody(body) }));
    const theirs = valueOf(await axis.client(1).list('edoc'));
    expect(theirs.filter((item) => item.from === here).map((item) => item.to)).toEqual(['G12', '000.00.00.G12']);
  });

  test('a digest with small bytes passes, as the axis prints it the same way', async () => {
    for (let at = 0; at < 20; at++) {
      const body = Buffer.concat([status('05'), Buffer.from(' '.repeat(at))]);
      valueOf(await axis.client().send({ from: here, messageType: 'status', body: bytesBody(body) }));
    }
  });

  test.each([
    ['a sender that is not ours', { from: 'G22', messageType: 'status', body: status() }, '19'],
    ['a receiver that does not exist', { from: here, messageType: 'status', body: status('03', 'G99') }, '18'],
    ['a status sent as a document', { from: here, messageType: 'edoc', body: status() }, '22'],
    ['no edXML', { from: here, messageType: 'edoc', body: Buffer.from('<a/>') }, '22'],
  ] as const)('refuses %s', async (_name, message, errorCode) => {
    const outcome = await axis.client().send({ ...message, body: bytesBody(message.body) });
    expect(failed(outcome)).toEqual(['axis-refused', 0, errorCode]);
    if (errorCode === '19' && !outcome.ok) {
      expect(outcome.failure.params?.['errorDesc']).toBe('Don vi gui G22 khong dung voi ma da dang ky: 00.21.W00');
    }
  });
});

describe('trouble', () => {
  test('a wrong secret or system is refused with 15', async () => {
    expect(failed(await axis.client(0, { secret: 'sai' }).list('edoc'))).toEqual(['axis-refused', 0, '15']);
    expect(failed(await axis.client(0, { systemId: systems[1].systemId }).list('edoc'))).toEqual(['axis-refused', 0, '15']);
  });

  test('a connection cut after processing leaves the outcome open, and the message is there', async () => {
    const before = (await axis.control.inspect()).sent.length;
    await axis.control.fault({ kind: 'cut', verb: 'sendEdoc' });
    const message = { from: here, messageType: 'status', body: bytesBody(status('04')) } as const;
    expect(failed(await axis.client().send(message))).toEqual(['axis-unreachable', 1, 'cut']);
    expect((await axis.control.inspect()).sent.length).toBe(before + 1);
  });

  test('a connection cut before processing looks the same from here', async () => {
    const before = (await axis.control.inspect()).sent.length;
    await axis.control.fault({ kind: 'cut-before', verb: 'sendEdoc' });
    const message = { from: here, messageType: 'status', body: bytesBody(status('04')) } as const;
    expect(failed(await axis.client().send(message))).toEqual(['axis-unreachable', 1, 'cut']);
    expect((await axis.control.inspect()).sent.length).toBe(before);
  });

  test('time-out', async () => {
    await axis.control.fault({ kind: 'delay', verb: 'getReceivedEdocList', delayMs: 5000 });
    const started = Date.now();
    expect(failed(await axis.client(0, { timeoutMs: 300 }).list('edoc'))).toEqual(['time-out', 1, 'time-out']);
    expect(Date.now() - started).toBeLessThan(4900);
  });

  test.each([
    ['html', 'axis-answer-unreadable'],
    ['empty', 'axis-answer-unreadable'],
    ['error-500', 'axis-answer-unreadable'],
    ['refuse', 'axis-refused'],
  ] as const)('a list answered with %s is a failure, not zero items', async (kind, code) => {
    await axis.control.fault({ kind, verb: 'getReceivedEdocList' });
    expect(failed(await axis.client().list('edoc'))[0]).toBe(code);
    expect((await axis.client().list('edoc')).ok).toBe(true);
  });

  test('nobody listens', async () => {
    const gone = await startAxis();
    await gone.stop();
    expect(failed(await gone.client().list('edoc'))).toEqual(['axis-unreachable', 0, 'unreachable']);
  });

  test('plain http only where it is allowed', async () => {
    expect(failed(await axis.client(0, { allowPlainHttp: false }).list('edoc'))).toEqual([
      'axis-unreachable',
      0,
      'plain-http-not-allowed',
    ]);
  });
});

describe('the control door', () => {
  test.each(['', 'sai'])('is shut without the token (%j)', async (token) => {
    const answer = await wholeAnswer(httpClient, {
      method: 'GET',
      url: `http://127.0.0.1:${axis.port}/practice/inspect`,
      headers: [['x-practice-token', token]],
      body: null,
      timeoutMs: 5000,
      allowPlainHttp: true,
      maxBytes: 1000,
    });
    expect(valueOf(answer).status).toBe(403);
  });

  test('failed items stay where that is configured', async () => {
    const other = await startAxis({ failedItemsStay: true });
    try {
      const [docId = ''] = await other.control.deliver(incoming());
      valueOf(await other.client().acknowledge(docId, 'fail'));
      expect(valueOf(await other.client().list('edoc'))[0]).toMatchObject({ docId, status: 'fail' });
    } finally {
      await other.stop();
    }
  });
});
