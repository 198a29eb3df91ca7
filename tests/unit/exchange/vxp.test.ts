import { describe, expect, test } from 'vitest';
import { fail, ok, type Outcome } from '#contract';
import type { AxisTransport, HttpAnswer, HttpFailureCode, HttpRequest } from '../../../electron/services/exchange/ports.ts';
import { bytesBody } from '../../../electron/services/exchange/transports/message-body.ts';
import { vxpTransport } from '../../../electron/services/exchange/transports/vxp.ts';
import { bytesOfBody, fetchWhole, streamed } from '../../fakes/exchange/streams.ts';

type Answer = Outcome<HttpAnswer, HttpFailureCode>;

function over(answer: Answer): { axis: AxisTransport; requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const axis = vxpTransport({
    endpoint: 'http://10.0.0.5:8080/XrdAdapter/adapter/',
    systemId: '00.21.W00',
    secret: 's',
    http: (request) => {
      requests.push(request);
      return Promise.resolve(answer.ok ? ok(streamed(answer.value)) : answer);
    },
    clock: { now: () => new Date('2026-11-21T20:00:01.173Z') },
    allowPlainHttp: true,
  });
  return { axis, requests };
}

const json = (value: unknown, status = 200): Answer =>
  ok({ status, headers: {}, body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) });

const failed = (outcome: Outcome<unknown, string>): readonly unknown[] =>
  outcome.ok ? ['ok'] : [outcome.failure.code, outcome.failure.params?.['outcomeUnknown'], outcome.failure.params?.['errorCode']];

describe('requests', () => {
  test.each([
    ['list', (axis: AxisTransport) => axis.list('status'), 'getReceivedEdocList', 'servicetype;messagetype', null],
    ['fetch', (axis: AxisTransport) => fetchWhole(axis, '7'), 'downloadEdoc', 'docId', null],
    ['acknowledge', (axis: AxisTransport) => axis.acknowledge('7', 'done'), 'updateStatus', 'docid;status', '{}'],
    [
      'send',
      (axis: AxisTransport) => axis.send({ from: 'G12', messageType: 'status', body: bytesBody(Buffer.from('<a/>')) }),
      'sendEdoc',
      'from;servicetype;messagetype;hash-file',
      '<a/>\r\n',
    ],
    [
      'sentList',
      (axis: AxisTransport) => axis.sentList({ messageType: 'edoc', fromDate: '2026/11/01' }),
      'getSentEdocList',
      'servicetype;messagetype;fromDate',
      null,
    ],
  ])('%s', async (_name, ask, verb, keys, body) => {
    const { axis, requests } = over(json({ status: 'OK', ErrorCode: '0' }));
    await ask(axis);
    const request = requests[0];
    expect(request?.method).toBe(verb === 'downloadEdoc' ? 'GET' : 'POST');
    expect(request?.url).toBe(`http://10.0.0.5:8080/XrdAdapter/adapter/${verb}`);
    expect(request?.body === null ? null : (await bytesOfBody(request?.body)).toString()).toBe(body);
    const headers = new Map(request?.headers);
    expect(headers.get('XroadVnpt-sign-header-key')).toBe(`systemid;timestamp;Content-Type;${keys}`);
    expect(headers.get('Content-Type')).toBe(verb === 'sendEdoc' ? 'application/octet-stream' : 'application/json');
    expect([...headers.keys()].some((name) => /filepath/i.test(name))).toBe(false);
  });
});

describe('answers', () => {
  test('a list, with numbers and nulls where texts were expected', async () => {
    const row = { docId: 17, messageType: 'edoc', from: 'G22', to: null, status: 'initial', created_time: 'x', more: 1 };
    const { axis } = over(json({ status: 'OK', ErrorCode: 0, ErrorDesc: null, data: [row] }));
    expect(await axis.list('edoc')).toEqual(
      ok([
        {
          docId: '17',
          serviceType: '',
          messageType: 'edoc',
          from: 'G22',
          to: '',
          status: 'initial',
          statusDesc: '',
          createdTime: 'x',
          updatedTime: '',
        },
      ]),
    );
  });

  test('an empty list is empty', async () => {
    expect(await over(json({ status: 'OK', ErrorCode: '0', data: [] })).axis.list('edoc')).toEqual(ok([]));
  });

  test.each([
    ['an empty body', ''],
    ['HTML', '<html></html>'],
    ['no data', { status: 'OK', ErrorCode: '0' }],
    ['data null', { status: 'OK', ErrorCode: '0', data: null }],
    ['a row without docId', { status: 'OK', ErrorCode: '0', data: [{ docId: '1' }, { from: 'G22' }] }],
    ['neither status nor code', { data: [] }],
    ['not an object', '[]'],
  ])('%s is no list', async (_name, body) => {
    expect(failed(await over(json(body)).axis.list('edoc'))[0]).toBe('axis-answer-unreadable');
  });

  test.each([
    [{ status: 'FAIL', ErrorCode: '15', ErrorDesc: 'Sai' }, '15'],
    [{ status: 'OK', ErrorCode: 22 }, '22'],
    [{ status: 'fail' }, ''],
  ])('%j is a refusal', async (body, errorCode) => {
    // An OK beside a code of trouble leaves open what was done.
    expect(failed(await over(json(body)).axis.acknowledge('1', 'done'))).toEqual(['axis-refused', body.status === 'OK' ? 1 : 0, errorCode]);
    expect(failed(await over(json(body, 500)).axis.acknowledge('1', 'done'))[0]).toBe('axis-refused');
  });

  test.each([
    ['unreachable', ['axis-unreachable', 0, 'unreachable']],
    ['tls', ['axis-unreachable', 0, 'tls']],
    ['plain-http-not-allowed', ['axis-unreachable', 0, 'plain-http-not-allowed']],
    ['cut', ['axis-unreachable', 1, 'cut']],
    ['time-out', ['time-out', 1, 'time-out']],
    ['too-large', ['axis-answer-unreadable', 1, 'too-large']],
  ] as const)('without an answer: %s', async (code, expected) => {
    const { axis } = over(fail(code));
    expect(failed(await axis.send({ from: 'G12', messageType: 'edoc', body: bytesBody(Buffer.from('x')) }))).toEqual(expected);
  });

  test('after a send, an answer that cannot be read leaves the outcome open, a 4xx does not', async () => {
    const send = (answer: Answer): Promise<Outcome<unknown, string>> =>
      over(answer).axis.send({ from: 'G12', messageType: 'edoc', body: bytesBody(Buffer.from('x')) });
    expect(failed(await send(json('<html>', 200)))).toEqual(['axis-answer-unreadable', 1, '200']);
    expect(failed(await send(json('', 503)))).toEqual(['axis-answer-unreadable', 1, '503']);
    expect(failed(await send(json('', 404)))).toEqual(['axis-answer-unreadable', 0, '404']);
    expect(failed(await send(json({ status: 'OK', ErrorCode: '0' })))).toEqual(['axis-answer-unreadable', 1, '200']);
    expect(await send(json({ status: 'OK', ErrorCode: '0', DocId: 'abc' }))).toEqual(ok({ docId: 'abc' }));
  });

  test('a message comes out of its Base64, or not at all', async () => {
    const data = Buffer.from('<edXML/>').toString('base64');
    const good = await fetchWhole(over(json({ status: 'OK', ErrorCode: '0', data })).axis, '1');
    expect(good.ok && Buffer.from(good.value).toString()).toBe('<edXML/>');
    for (const bad of ['', 'x', null, 5]) {
      const outcome = await fetchWhole(over(json({ status: 'OK', ErrorCode: '0', data: bad })).axis, '1');
      expect(failed(outcome)[0]).toBe('axis-answer-unreadable');
    }
  });
});
