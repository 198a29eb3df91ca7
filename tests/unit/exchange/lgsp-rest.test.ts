import { describe, expect, test } from 'vitest';
import { fail, ok, AxisInput, type Outcome } from '#contract';
import type { AxisTransport, HttpAnswer, HttpFailureCode, HttpRequest, HttpStreamAnswer } from '../../../electron/services/exchange/ports.ts';
import { axisTransports } from '../../../electron/services/exchange/transports/axis-transports.ts';
import { lgspSendBody } from '../../../electron/services/exchange/transports/lgsp-multipart.ts';
import { lgspTransport } from '../../../electron/services/exchange/transports/lgsp-rest.ts';
import { bytesBody } from '../../../electron/services/exchange/transports/message-body.ts';
import { multipartFields } from '../../../electron/services/practice/axis/multipart.ts';
import { bytesOfBody, fetchWhole, streamed } from '../../fakes/exchange/streams.ts';

type Answer = Outcome<HttpAnswer, HttpFailureCode>;

const json = (value: unknown, status = 200): Answer =>
  ok({ status, headers: {}, body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) });
/** The answer as the port hands it over. */
const inPieces = (answer: Answer): Outcome<HttpStreamAnswer, HttpFailureCode> => (answer.ok ? ok(streamed(answer.value)) : answer);
const loggedIn = (token = 'tok-1'): Answer => json({ code: 200, message: '', data: { token } });
const failed = (outcome: Outcome<unknown, string>): readonly unknown[] =>
  outcome.ok ? ['ok'] : [outcome.failure.code, outcome.failure.params?.['outcomeUnknown'], outcome.failure.params?.['errorCode']];

type Broker = {
  readonly axis: AxisTransport;
  readonly requests: HttpRequest[];
  readonly logins: () => number;
  readonly calls: () => HttpRequest[];
  readonly later: (minutes: number) => void;
};

/** A broker that answers calls in turn, the last answer for ever; logins likewise. */
function over(answers: readonly Answer[], logins: readonly Answer[] = [loggedIn()]): Broker {
  const requests: HttpRequest[] = [];
  let now = new Date('2026-11-21T20:00:00.000Z');
  const isLogin = (request: HttpRequest): boolean => request.url.endsWith('/api/lgspedoc/login');
  const axis = lgspTransport({
    endpoint: 'https://lgsp.example.vn/edoc/',
    systemId: 'S.01',
    secret: 'khoa',
    username: 'vanthu',
    password: 'mật khẩu',
    applicationCode: 'QLVB',
    http: (request) => {
      requests.push(request);
      const same = requests.filter((one) => isLogin(one) === isLogin(request)).length - 1;
      const list = isLogin(request) ? logins : answers;
      return Promise.resolve(inPieces(list[Math.min(same, list.length - 1)] ?? fail('unreachable')));
    },
    clock: { now: () => now },
    allowPlainHttp: false,
  });
  return {
    axis,
    requests,
    logins: () => requests.filter(isLogin).length,
    calls: () => requests.filter((request) => !isLogin(request)),
    later: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
}

const message = { from: 'G12', messageType: 'status', body: bytesBody(Buffer.from('<a/>')) } as const;
const send = (answer: Answer): Promise<Outcome<unknown, string>> => over([answer]).axis.send(message);
/** Both wrappers around the same `data`, saying yes. */
const wrappers = (data: unknown): readonly unknown[] => [
  { code: 200, message: 'OK', data, errorDetail: [] },
  { code: '0', message: 'OK', data },
  { success: true, message: 'OK', data, errorDetail: null },
  { Success: 'true', Data: data },
];

describe('requests', () => {
  test('the login tells the account and no more, and is not repeated for the next calls', async () => {
    const broker = over([json({ code: 200, data: [] })]);
    for (const type of ['edoc', 'status'] as const) await broker.axis.list(type);
    expect(broker.logins()).toBe(1);
    const [login] = broker.requests;
    expect([login?.method, login?.url]).toEqual(['POST', 'https://lgsp.example.vn/edoc/api/lgspedoc/login']);
    expect(JSON.parse((await bytesOfBody(login?.body)).toString())).toEqual({
      username: 'vanthu',
      password: 'mật khẩu',
      applicationCode: 'QLVB',
    });
    expect(JSON.stringify(login?.headers)).not.toContain('khoa');
  });

  test.each([
    ['list', (axis: AxisTransport) => axis.list('status'), 'GET', '/v1/syncReceivedEdocList?messageType=status&fromDate=2026/08/24&toDate=2026/11/23', null],
    ['fetch', (axis: AxisTransport) => fetchWhole(axis, 'a/b c&d'), 'GET', '/v1/getEdoc?docId=a/b%20c%26d', null],
    ['acknowledge', (axis: AxisTransport) => axis.acknowledge('7', 'done'), 'POST', '/v1/updateStatus', '{"docId":"7","status":"done"}'],
    ['sentList', (axis: AxisTransport) => axis.sentList({ messageType: 'edoc', fromDate: '2026/11/01' }), 'GET', '/v1/getSentEdocList?messageType=edoc&fromDate=2026/11/01&toDate=2026/11/23', null],
  ] as const)('%s', async (_name, ask, method, path, body) => {
    const broker = over([json({ code: 200, data: [] })]);
    await ask(broker.axis);
    const [call] = broker.calls();
    expect([call?.method, call?.url]).toEqual([method, `https://lgsp.example.vn/edoc${path}`]);
    expect(call?.body === null ? null : (await bytesOfBody(call?.body)).toString()).toBe(body);
    expect(call?.headers.slice(0, 4)).toEqual([
      ['Authorization', 'Bearer tok-1'],
      ['X-SystemId', 'S.01'],
      ['X-SecretKey', 'khoa'],
      ['Accept', 'application/json'],
    ]);
  });

  test('one header set per call: nothing of the call before is in it', async () => {
    const broker = over([json({ code: 200, data: { docId: '1' } })]);
    await broker.axis.send(message);
    await broker.axis.send(message);
    await fetchWhole(broker.axis, '1');
    const names = broker.calls().map(({ headers }) => headers.map(([name]) => name));
    expect(names[2]).toEqual(['Authorization', 'X-SystemId', 'X-SecretKey', 'Accept']);
    for (const one of names) expect(new Set(one).size).toBe(one.length);
    const types = broker.calls().map(({ headers }) => new Map(headers).get('Content-Type'));
    expect(types[0]).not.toBe(types[1]);
  });

  test('a send is a form with the file byte for byte', async () => {
    const body = Buffer.from([0, 13, 10, 45, 45, 255, ...Buffer.from('<a>ộ</a>\r\n')]);
    const broker = over([json({ code: 200, data: { docId: '1' } })]);
    await broker.axis.send({ ...message, body: bytesBody(body) });
    const [call] = broker.calls();
    const type = new Map(call?.headers).get('Content-Type') ?? '';
    const form = await bytesOfBody(call?.body);
    const read = multipartFields(type, form);
    expect(Buffer.from(read?.get('edocFile') ?? []).equals(body)).toBe(true);
    expect(Buffer.from(read?.get('messageType') ?? []).toString()).toBe('status');
    // The platform's own reader, as a second opinion.
    const parsed = await new Response(Uint8Array.from(form), { headers: { 'Content-Type': type } }).formData();
    const file = parsed.get('edocFile');
    expect(file instanceof Blob && Buffer.from(await file.arrayBuffer()).equals(body)).toBe(true);
    expect(parsed.get('messageType')).toBe('status');
  });

  test('the form, to the byte', async () => {
    const form = lgspSendBody({ boundary: 'b', messageType: 'edoc', fileName: 'x.edxml', file: bytesBody(Buffer.from('<a/>')) });
    expect((await bytesOfBody(form)).toString('latin1')).toBe(
      '--b\r\nContent-Disposition: form-data; name="messageType"\r\n\r\nedoc\r\n' +
        '--b\r\nContent-Disposition: form-data; name="edocFile"; filename="x.edxml"\r\n' +
        'Content-Type: application/octet-stream\r\n\r\n<a/>\r\n--b--\r\n',
    );
  });
});

describe('the token', () => {
  test('is good for 25 minutes, and not when the clock was set back', async () => {
    const broker = over([json({ code: 200, data: [] })], [loggedIn('a'), loggedIn('b'), loggedIn('c')]);
    await broker.axis.list('edoc');
    broker.later(24);
    await broker.axis.list('edoc');
    broker.later(1);
    await broker.axis.list('edoc');
    broker.later(-10);
    await broker.axis.list('edoc');
    const tokens = broker.calls().map(({ headers }) => new Map(headers).get('Authorization'));
    expect(tokens).toEqual(['Bearer a', 'Bearer a', 'Bearer b', 'Bearer c']);
  });

  test.each([
    ['by HTTP', json('', 401)],
    ['by the wrapper', json({ code: 401, message: 'Unauthorized' })],
  ])('refused %s is fetched again once', async (_name, refusal) => {
    const again = over([refusal, json({ success: true, data: { docId: '9' } })], [loggedIn('a'), loggedIn('b')]);
    expect(await again.axis.send(message)).toEqual(ok({ docId: '9' }));
    expect(again.logins()).toBe(2);
    const never = over([refusal]);
    expect(failed(await never.axis.send(message))).toEqual(['axis-refused', 0, '401']);
    expect([never.logins(), never.calls().length]).toEqual([2, 2]);
  });

  test.each([{ token: 't' }, { access_token: 't' }, { data: 't' }, { code: 0, data: { accessToken: 't' } }, { success: true, data: { Token: 't' } }])(
    'is found in %j',
    async (body) => {
      const broker = over([json({ code: 200, data: [] })], [json(body)]);
      expect((await broker.axis.list('edoc')).ok).toBe(true);
      expect(new Map(broker.calls()[0]?.headers).get('Authorization')).toBe('Bearer t');
    },
  );

  test.each([
    ['an empty answer', json(''), 'axis-answer-unreadable'],
    ['a page', json('<html></html>'), 'axis-answer-unreadable'],
    ['no token', json({ code: 200, data: {} }), 'axis-answer-unreadable'],
    ['a token that no header can carry', json({ token: 'a\nb' }), 'axis-answer-unreadable'],
    ['a refusal', json({ success: false, message: 'Sai mật khẩu' }), 'axis-refused'],
    ['HTTP 401', json('', 401), 'axis-refused'],
    ['HTTP 404', json('', 404), 'axis-answer-unreadable'],
    ['HTTP 500', json('', 500), 'axis-answer-unreadable'],
    ['a cut line', fail('cut'), 'axis-unreachable'],
    ['silence', fail('time-out'), 'axis-unreachable'],
    ['too much', fail('too-large'), 'axis-answer-unreadable'],
  ] as const)('a login that ends in %s leaves nothing in doubt', async (_name, login, code) => {
    const broker = over([json({ code: 200, data: { docId: '1' } })], [login]);
    expect(failed(await broker.axis.send(message)).slice(0, 2)).toEqual([code, 0]);
    expect(broker.calls()).toEqual([]);
  });

  test('a refused login is not tried again at once, and its words do not tell the password', async () => {
    const broker = over([], [json({ success: false, message: 'Sai: mật khẩu' })]);
    const outcomes = [await broker.axis.list('edoc'), await broker.axis.send(message)];
    expect(broker.logins()).toBe(1);
    expect(JSON.stringify(outcomes)).not.toContain('mật khẩu');
    broker.later(1);
    await broker.axis.list('edoc');
    expect(broker.logins()).toBe(2);
  });

  test('lives as long as the settings stay', async () => {
    let logins = 0;
    const transportOf = axisTransports({
      http: (request) => {
        if (request.url.endsWith('/login')) logins += 1;
        return Promise.resolve(inPieces(request.url.endsWith('/login') ? loggedIn() : json({ code: 200, data: [] })));
      },
      clock: { now: () => new Date('2026-11-21T20:00:00.000Z') },
    });
    const axis = AxisInput.parse({
      kind: 'lgsp-rest',
      endpoint: 'https://lgsp.example.vn',
      systemId: 's',
      plainHttpHosts: [],
      pollSeconds: 300,
      username: 'u',
      secret: null,
    });
    for (const password of ['một', 'một', 'hai']) await transportOf(axis, { secret: 's', password, proxyPassword: '' }).list('edoc');
    expect(logins).toBe(2);
  });
});

describe('answers', () => {
  test.each(wrappers([{ docId: 17, from: 'G22', status: 'initial', created_time: 'x' }, { DocId: '18', status: 'DONE' }]))('a list in %j, without what is done', async (body) => {
    const listed = await over([json(body)]).axis.list('edoc');
    expect(listed).toMatchObject(ok([{ docId: '17', from: 'G22', to: '', createdTime: 'x' }]));
    expect(listed.ok && listed.value.length).toBe(1);
  });

  test.each(wrappers({ status: 'OK', errorCode: '0', errorDesc: '', docId: 'abc' }))('an id in %j', async (body) => {
    expect(await send(json(body))).toEqual(ok({ docId: 'abc' }));
  });

  test.each(wrappers(Buffer.from('<edXML/>').toString('base64')))('a message in %j', async (body) => {
    const fetched = await fetchWhole(over([json(body)]).axis, '1');
    expect(fetched.ok && fetched.value.toString()).toBe('<edXML/>');
  });

  test.each(['10', '15', '18', '19', '20', '21', '22', '23'])('the axis refuses with %s, whatever the broker says', async (errorCode) => {
    for (const body of wrappers({ status: 'FAIL', errorCode, errorDesc: 'Lỗi' })) {
      expect(failed(await send(json(body)))).toEqual(['axis-refused', 0, errorCode]);
    }
    for (const body of [
      { code: errorCode, message: 'Lỗi' },
      { success: false, data: null, errorDetail: [{ errorCode, errorDesc: 'Lỗi' }] },
    ]) {
      expect(failed(await send(json(body)))).toEqual(['axis-refused', 0, errorCode]);
    }
  });

  test.each([
    ['an empty body', ''],
    ['a page', '<html></html>'],
    ['not an object', '[]'],
    ['no word on success', { data: [] }],
    ['no rows', { code: 200 }],
    ['rows null', { success: true, data: null }],
    ['a row without its id', { success: true, data: [{ docId: '1' }, { from: 'G22' }] }],
  ])('%s is no list', async (_name, body) => {
    expect(failed(await over([json(body)]).axis.list('edoc'))[0]).toBe('axis-answer-unreadable');
  });

  test('sent rows that could not be recognised make the list unreadable, or a message would go out twice', async () => {
    const row = { senderDocId: '1', toCode: 'G22', notation: '7/VP' };
    const listed = (rows: unknown): Promise<Outcome<unknown, string>> => over([json({ code: 200, data: rows })]).axis.sentList({ messageType: 'status' });
    expect(await listed([row])).toMatchObject(ok([row]));
    for (const name of Object.keys(row)) {
      expect(failed(await listed([{ ...row, [name]: undefined }]))[0]).toBe('axis-answer-unreadable');
    }
  });

  test.each([
    ['unreachable', ['axis-unreachable', 0, 'unreachable']],
    ['tls', ['axis-unreachable', 0, 'tls']],
    ['plain-http-not-allowed', ['axis-unreachable', 0, 'plain-http-not-allowed']],
    ['cut', ['axis-unreachable', 1, 'cut']],
    ['time-out', ['time-out', 1, 'time-out']],
    ['too-large', ['axis-answer-unreadable', 1, 'too-large']],
  ] as const)('without an answer: %s', async (code, expected) => {
    expect(failed(await send(fail(code)))).toEqual(expected);
  });

  test('after a send, what cannot be read or contradicts itself leaves the outcome open, a 4xx does not', async () => {
    for (const body of [
      '<html>',
      { success: true },
      { success: true, data: { status: 'FAIL', errorCode: '0' } },
      { success: false, data: { status: 'OK', errorCode: '0', docId: '1' } },
      { success: true, code: 18 },
      { code: 500, message: 'Internal Server Error' },
    ]) {
      expect(failed(await send(json(body)))).toEqual(['axis-answer-unreadable', 1, '200']);
    }
    expect(failed(await send(json({ success: false, message: 'x' }, 502)))).toEqual(['axis-answer-unreadable', 1, '502']);
    expect(failed(await send(json('', 503)))).toEqual(['axis-answer-unreadable', 1, '503']);
    expect(failed(await send(json('', 404)))).toEqual(['axis-answer-unreadable', 0, '404']);
  });
});
