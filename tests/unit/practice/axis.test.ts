import { describe, expect, test } from 'vitest';
import type { HttpPort } from '../../../electron/services/exchange/ports.ts';
import { wholeAnswer } from '../../../electron/services/exchange/transports/whole-answer.ts';
import { vxpTransport } from '../../../electron/services/exchange/transports/vxp.ts';
import { writeDocument } from '../../../electron/services/exchange/edxml/write.ts';
import { practiceAxis, type PracticeAxis } from '../../../electron/services/practice/axis/axis.ts';
import { sampleDocument, valueOf } from '../exchange/edxml-samples.ts';
import { bytesBody } from '../../../electron/services/exchange/transports/message-body.ts';
import { bytesOfBody, streamed } from '../../fakes/exchange/streams.ts';

const systems = [
  { systemId: 's1', secret: 'một', agencies: [{ code: 'G12', name: 'Bộ Tài chính', oldCode: '000.00.00.G12' }] },
  { systemId: 's2', secret: 'hai', agencies: [{ code: 'G22', name: 'Văn phòng Chính phủ' }] },
];
const clock = { now: () => new Date('2026-11-23T01:00:00.000Z') };
const header = { ...sampleDocument.header, to: sampleDocument.header.to.slice(0, 1) };
const bytes = valueOf(writeDocument({ ...sampleDocument, header }, [], { newUuid: () => 'u' }));

function made(): PracticeAxis {
  let last = 0;
  return practiceAxis({ systems, clock, newId: () => `id${++last}` });
}

/** Hands requests over without a network; `change` may spoil them on the way. */
function portTo(axis: PracticeAxis, change: (headers: Record<string, string>) => Record<string, string> = (same) => same): HttpPort {
  return async (request) => {
    const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
    const answer = await axis.handle({
      method: request.method,
      path: new URL(request.url).pathname,
      headers: change(headers),
      body: await bytesOfBody(request.body),
    });
    return { ok: true, value: streamed(answer) };
  };
}

const clientOf = (http: HttpPort): ReturnType<typeof vxpTransport> =>
  vxpTransport({ endpoint: 'http://x/adapter', systemId: 's1', secret: 'một', http, clock, allowPlainHttp: true });

describe('the practice axis as a machine without a network', () => {
  test('deliver, list, inspect; times in Vietnam', async () => {
    const axis = made();
    expect(await axis.deliver(bytes)).toEqual({ ok: true, value: { docIds: ['id2'] } });
    expect(valueOf(await clientOf(portTo(axis)).list('edoc'))).toEqual([
      {
        docId: 'id2',
        serviceType: 'eDoc',
        messageType: 'edoc',
        from: 'G22',
        to: 'G12',
        status: 'initial',
        statusDesc: '',
        createdTime: '2026/11/23 08:00:00',
        updatedTime: '2026/11/23 08:00:00',
      },
    ]);
    expect(axis.inspect()).toMatchObject({ deliveries: [{ docId: 'id2', title: header.subject }], sent: [] });
    expect(axis.bytesOf('id2')).toBe(bytes);
  });

  test('what cannot be addressed is not delivered', async () => {
    const axis = made();
    expect(await axis.deliver(Buffer.from('rác'))).toMatchObject({ ok: false, failure: { code: 'unreadable' } });
    expect(await axis.deliver(bytes, { to: ['G99'] })).toMatchObject({ ok: false, failure: { code: 'no-receiver' } });
  });

  test.each([
    ['a header changed under way', { 'xroadvnpt-messagetype': 'status' }],
    ['an HMAC changed under way', { 'xroadvnpt-hash-header': '0'.repeat(64) }],
    ['a hash in correct hex', { 'xroadvnpt-hash-file': 'a'.repeat(64) }],
  ])('%s is refused', async (_name, spoilt) => {
    const axis = made();
    const client = clientOf(portTo(axis, (headers) => ({ ...headers, ...spoilt })));
    expect(await client.send({ from: 'G12', messageType: 'edoc', body: bytesBody(bytes) })).toMatchObject({
      ok: false,
      failure: { code: 'axis-refused', params: { errorCode: '15' } },
    });
    expect(axis.inspect().sent).toEqual([]);
  });

  test('agencies, unknown verbs, wrong methods', async () => {
    const axis = made();
    let answer = '';
    const keeping: HttpPort = async (request) => {
      const outcome = await wholeAnswer(portTo(axis), { ...request, url: 'http://x/adapter/getAgenciesList' });
      if (!outcome.ok) return outcome;
      answer = Buffer.from(outcome.value.body).toString();
      return { ok: true, value: streamed(outcome.value) };
    };
    await clientOf(keeping).list('edoc');
    expect(JSON.parse(answer)).toMatchObject({ status: 'OK', data: [{ code: 'G12', oldCode: '000.00.00.G12' }, { code: 'G22' }] });
    const call = { headers: {}, body: new Uint8Array() };
    expect((await axis.handle({ ...call, method: 'POST', path: '/adapter/constructor' })).status).toBe(404);
    expect((await axis.handle({ ...call, method: 'GET', path: '/adapter/getEdoc' })).status).toBe(405);
  });

  test('without a control token there is no control door', async () => {
    const call = { method: 'GET', path: '/practice/inspect', body: new Uint8Array() };
    expect((await made().handle({ ...call, headers: {} })).status).toBe(403);
    expect((await made().handle({ ...call, headers: { 'x-practice-token': 'undefined' } })).status).toBe(403);
  });

  test('a misfortune strikes as often as ordered, at its verb only', async () => {
    const axis = made();
    axis.fault({ kind: 'refuse', verb: 'getReceivedEdocList', times: 2, delayMs: 0, errorCode: '20', errorDesc: 'Loi' });
    const client = clientOf(portTo(axis));
    expect((await client.sentList({ messageType: 'edoc' })).ok).toBe(true);
    const outcomes = [await client.list('edoc'), await client.list('edoc'), await client.list('edoc')];
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, false, true]);
  });
});
