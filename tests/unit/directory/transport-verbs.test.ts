import { describe, expect, test } from 'vitest';
import { fail, ok, type Outcome } from '#contract';
import type { AxisTransport, HttpAnswer, HttpFailureCode, HttpRequest } from '../../../electron/services/exchange/ports.ts';
import { lgspTransport } from '../../../electron/services/exchange/transports/lgsp-rest.ts';
import { vxpTransport } from '../../../electron/services/exchange/transports/vxp.ts';
import { streamed } from '../../fakes/exchange/streams.ts';

type Answer = Outcome<HttpAnswer, HttpFailureCode>;
const clock = { now: () => new Date('2026-11-21T20:00:01.173Z') };
const json = (value: unknown, status = 200): Answer =>
  ok({ status, headers: {}, body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) });
const list = (data: unknown): Answer => json({ status: 'OK', ErrorCode: '0', ErrorDesc: '', data });

function straight(answer: Answer, cut?: HttpFailureCode): { axis: AxisTransport; requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const http = (request: HttpRequest): Promise<ReturnType<typeof ok<ReturnType<typeof streamed>>> | Extract<Answer, { ok: false }>> => {
    requests.push(request);
    return Promise.resolve(answer.ok ? ok(streamed(answer.value, 100, cut)) : answer);
  };
  return {
    axis: vxpTransport({ endpoint: 'http://10.0.0.5/a', systemId: 's', secret: 's', http, clock, allowPlainHttp: true }),
    requests,
  };
}

async function taken<Row>(
  call: (take: (rows: readonly Row[]) => Promise<void>) => Promise<Outcome<number, string>>,
): Promise<{ outcome: Outcome<number, string>; rows: Row[] }> {
  const rows: Row[] = [];
  const outcome = await call(async (some) => {
    await Promise.resolve();
    rows.push(...some);
  });
  return { outcome, rows };
}
const code = (outcome: Outcome<number, string>): string => (outcome.ok ? 'ok' : outcome.failure.code);

describe('straight', () => {
  test('the list of agencies, in the form of Java writers', async () => {
    const { axis, requests } = straight(list([{ id: 7, pid: null, code: 'H36.02', name: 'Sở Nội vụ', oldCode: '000.00.02.H36', x: {} }]));
    const { outcome, rows } = await taken(axis.agencies);
    expect(outcome).toEqual(ok(1));
    expect(rows).toEqual([{ id: '7', parentId: '', code: 'H36.02', name: 'Sở Nội vụ', mail: '', oldCode: '000.00.02.H36' }]);
    expect([requests[0]?.method, requests[0]?.url, requests[0]?.body]).toEqual(['POST', 'http://10.0.0.5/a/getAgenciesList', null]);
  });

  test('the pairs of codes are asked for by level', async () => {
    const { axis, requests } = straight(list([{ id: '1', code: 'G12', name: 'Bộ Tài chính', code102: '000.00.00.G12' }]));
    const { rows } = await taken((take) => axis.agenciesQd20(1, take));
    expect(rows).toEqual([{ code: 'G12', name: 'Bộ Tài chính', oldCode: '000.00.00.G12' }]);
    expect(requests[0]?.url).toMatch(/\/getAgenciesListQD20$/);
    expect(new Map(requests[0]?.headers).get('XroadVnpt-level')).toBe('1');
  });

  test('changes: a yes is written in many ways, and silence about an agency means it is one', async () => {
    const rows = [true, 1, '1', 'true', false, 0, '0', null].map((deleted, at) => ({ code: `H01.${String(at)}`, deleted, isAgency: at === 0 ? 'false' : null }));
    const got = await taken(straight(list(rows)).axis.unitChanges);
    expect(got.rows.map(({ deleted }) => deleted)).toEqual([true, true, true, true, false, false, false, false]);
    expect(got.rows.map(({ isAgency }) => isAgency)).toEqual([false, true, true, true, true, true, true, true]);
    expect(await taken(straight(list([])).axis.unitChanges)).toEqual({ outcome: ok(0), rows: [] });
  });

  test.each([
    ['an empty list', list([])],
    ['no list', json({ status: 'OK', ErrorCode: '0' })],
    ['an empty body', json('')],
    ['HTML', json('<html></html>')],
    ['a row without a code', list([{ code: 'G12', name: 'a' }, { name: 'b' }])],
    ['a row that is no JSON', json('{"status":"OK","data":[{"code":G12}]}')],
    ['no word on success', json({ data: [{ code: 'G12' }] })],
  ])('%s is a failure, never "no agencies"', async (_name, answer) => {
    expect(code((await taken(straight(answer).axis.agencies)).outcome)).toBe('axis-answer-unreadable');
  });

  test('a refusal and a connection that breaks keep their names', async () => {
    const refused = await taken(straight(json({ status: 'FAIL', ErrorCode: '15', ErrorDesc: 'Sai' })).axis.agencies);
    expect(refused.outcome).toMatchObject({ failure: { code: 'axis-refused', params: { errorCode: '15' } } });
    const cut = await taken(straight(list([{ code: 'G12' }]), 'cut').axis.agencies);
    expect(code(cut.outcome)).toBe('axis-unreachable');
    expect(code((await taken(straight(fail('time-out')).axis.agencies)).outcome)).toBe('time-out');
  });
});

describe('through a broker', () => {
  function broker(agenciesPath?: string): { axis: AxisTransport; urls: string[] } {
    const urls: string[] = [];
    const axis = lgspTransport({
      endpoint: 'https://lgsp.example.vn/edoc',
      systemId: 's',
      secret: 's',
      username: 'u',
      password: 'p',
      applicationCode: '',
      http: (request) => {
        urls.push(request.url);
        const answer = request.url.endsWith('/login') ? { code: 200, data: { token: 't' } } : { code: 200, message: '', data: [{ code: 'H36', name: 'UBND tỉnh Lâm Đồng' }] };
        return Promise.resolve(ok(streamed({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) })));
      },
      clock,
      allowPlainHttp: false,
      ...(agenciesPath === undefined ? {} : { agenciesPath }),
    });
    return { axis, urls };
  }

  test('whose path nobody told, nothing is asked', async () => {
    const { axis, urls } = broker();
    for (const call of [axis.agencies, axis.unitChanges]) expect(code((await taken(call as typeof axis.agencies)).outcome)).toBe('not-offered');
    expect(code((await taken((take) => axis.agenciesQd20(1, take))).outcome)).toBe('not-offered');
    expect(urls).toEqual([]);
  });

  test('with a path, the rows in its wrapper are read', async () => {
    const { axis, urls } = broker('/v1/agencies');
    const { outcome, rows } = await taken(axis.agencies);
    expect(outcome).toEqual(ok(1));
    expect(rows[0]).toMatchObject({ code: 'H36', name: 'UBND tỉnh Lâm Đồng' });
    expect(urls.at(-1)).toBe('https://lgsp.example.vn/edoc/v1/agencies');
  });
});
