import { expect, test } from 'vitest';
import { checkServer, practiceAxis, serverRuleIds, type AxisAnswer, type AxisRequest, type PracticeAxis } from '../../../electron/services/practice/index.ts';
import type { HttpPort } from '../../../electron/services/exchange/ports.ts';

const sender = { systemId: '00.09.W00', secret: 'khoa-cua-noi-gui' };
const receiver = { systemId: '00.29.W00', secret: 'khoa-cua-noi-nhan' };
const from = { code: 'G09', name: 'Bộ Nội vụ' };
const to = { code: 'H29.99', name: 'Phường Luyện Tập' };
const clock = { now: () => new Date() };

type Spoil = (request: AxisRequest, axis: PracticeAxis) => Promise<AxisAnswer>;

/** The rules that do not hold, or could not be tried, at a server that is spoilt so. */
async function failing(spoil: Spoil): Promise<readonly string[]> {
  const axis = practiceAxis({
    systems: [
      { ...sender, agencies: [from] },
      { ...receiver, agencies: [to] },
    ],
    clock,
    generated: { count: 200, seed: 1 },
  });
  const http: HttpPort = async (request) => {
    const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
    const body = request.body ?? Buffer.alloc(0);
    if ('open' in body) throw new Error('the suite sends no streams');
    const { status, headers: given, body: bytes } = await spoil({ method: request.method, path: new URL(request.url).pathname, headers, body }, axis);
    async function* whole(): AsyncGenerator<{ ok: true; value: Uint8Array }> {
      yield await Promise.resolve({ ok: true, value: bytes });
    }
    return { ok: true, value: { status, headers: given, body: whole(), abort: () => undefined } };
  };
  const target = { endpoint: 'http://127.0.0.1:1/adapter', from, to, sender, receiver, patienceMs: 0, settleMs: 0 };
  const findings = await checkServer(target, { http, clock }, []);
  return findings.filter(({ result }) => result === 'fail' || result === 'skipped').map(({ id, result }) => (result === 'fail' ? id : `${id} skipped`));
}

type Json = Record<string, unknown> & { data: Record<string, unknown>[] };

function said(value: object): AxisAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) };
}
const ok = { status: 'OK', ErrorCode: '0', ErrorDesc: '' };
const refused = said({ status: 'FAIL', ErrorCode: '20', ErrorDesc: 'Loi he thong' });

const param = ({ headers }: AxisRequest, name: string): string => headers[`xroadvnpt-${name}`] ?? '';
const isVerb = ({ path }: AxisRequest, verb: string): boolean => path.endsWith(`/${verb}`);

/** Changes the JSON of a verb's good answers. */
function changed(verb: string, change: (json: Json) => object): Spoil {
  return async (request, axis) => {
    const answer = await axis.handle(request);
    if (!isVerb(request, verb)) return answer;
    const json = JSON.parse(Buffer.from(answer.body).toString('utf8')) as Json;
    return json['status'] === 'OK' ? said(change(json)) : answer;
  };
}

/** Rows without a field, or with another value in it. */
function rows(verb: string, field: string, value?: (old: unknown) => unknown): Spoil {
  return changed(verb, (json) => ({
    ...json,
    data: json.data.map((row) => {
      const { [field]: old, ...rest } = row;
      return value === undefined ? rest : { ...row, [field]: value(old) };
    }),
  }));
}

/** Answers some calls by itself. */
function instead(when: (request: AxisRequest) => boolean, answer: AxisAnswer): Spoil {
  return (request, axis) => (when(request) ? Promise.resolve(answer) : axis.handle(request));
}

/** Says OK where the practice axis refuses a verb with this code. */
function lenient(verb: string, code: string): Spoil {
  return async (request, axis) => {
    const answer = await axis.handle(request);
    const text = Buffer.from(answer.body).toString('utf8');
    return isVerb(request, verb) && text.includes(`"ErrorCode":"${code}"`) ? said({ ...ok, DocId: 'x', data: '' }) : answer;
  };
}

const probeOk = said({ ...ok, data: [] });

/** For each server, which rules it breaks. */
const servers: readonly (readonly [string, Spoil, readonly string[]])[] = [
  ['wants the key order of the SDK it was tried with', instead((request) => !param(request, 'sign-header-key').startsWith('systemid;timestamp'), refused), ['s-any-key-order']],
  ['lets unsigned calls in', instead((request) => param(request, 'sign-header') === '', probeOk), ['s-unsigned']],
  ['does not miss a signed header', instead((request) => isVerb(request, 'getReceivedEdocList') && param(request, 'messagetype') === '' && param(request, 'sign-header') !== '', probeOk), ['s-signed-missing']],
  [
    'believes the JSON more than the headers',
    (request, axis) => {
      const signed = param(request, 'sign-header');
      const pairs = signed === '' ? [] : Object.entries(JSON.parse(signed) as Record<string, string>).map(([name, value]) => [name.toLowerCase(), value]);
      return axis.handle({ ...request, headers: { ...request.headers, ...(Object.fromEntries(pairs) as Record<string, string>) } });
    },
    ['s-signed-missing', 's-signed-differs'],
  ],
  ['knows every system', instead((request) => param(request, 'systemid') === '99.99.W00', probeOk), ['s-unknown-system']],
  ['says OK to any verb', instead((request) => isVerb(request, 'khongCoLenhNay'), said(ok)), ['s-unknown-verb']],
  ['does not count', instead((request) => isVerb(request, 'countReceiveEdoc'), refused), ['s-count-edoc']],
  ['counts statuses wrongly', changed('countReceiveStatus', (json) => ({ ...json, count: 99 })), ['s-count-status']],
  ['has agencies without a name', rows('getAgenciesList', 'name'), ['s-agencies']],
  ['forgets an agency', changed('getAgenciesList', (json) => ({ ...json, data: json.data.filter((row) => row['code'] !== to.code) })), ['s-agencies-know-both']],
  ['has no old codes', rows('getAgenciesListQD20', 'code102'), ['s-agencies-qd20']],
  ['does not date its changes', rows('getSynchronizeUnit', 'modifyDate'), ['s-unit-deltas']],
  ['answers a send without DocId', changed('sendEdoc', () => ok), ['s-send-accepted']],
  ['takes any hash', lenient('sendEdoc', '10'), ['s-hash-wrong']],
  ['takes any sender', lenient('sendEdoc', '19'), ['s-sender-unregistered']],
  ['takes any receiver', lenient('sendEdoc', '18'), ['s-receiver-unknown']],
  ['takes what is not edXML', lenient('sendEdoc', '22'), ['s-not-edxml']],
  ['swallows what it took', changed('getReceivedEdocList', (json) => ({ ...json, data: [] })), [
    's-reaches-once', 's-queue-item skipped', 's-get-edoc skipped', 's-download-edoc skipped', 's-status-accepted skipped', 's-two-queues skipped',
    's-two-recipients', 's-ack-names skipped', 's-processing-keeps skipped', 's-done-removes skipped', 's-fail-effect skipped', 's-done-fetchable skipped',
    's-ack-unknown-state skipped', 's-foreign-doc skipped', 's-sent-list skipped', 's-sent-doc-id skipped', 's-count-edoc skipped', 's-time-form skipped',
  ]],
  ['leaves a field of the queue out', rows('getReceivedEdocList', 'status_desc'), ['s-queue-item']],
  ['hands over other bytes by getEdoc', changed('getEdoc', (json) => ({ ...json, data: Buffer.from('khác').toString('base64') })), [
    's-queue-item skipped', 's-get-edoc', 's-status-accepted skipped', 's-two-queues skipped', 's-two-recipients', 's-ack-names skipped',
    's-processing-keeps skipped', 's-done-removes skipped', 's-fail-effect skipped', 's-done-fetchable skipped', 's-ack-unknown-state skipped',
    's-foreign-doc skipped', 's-sent-list skipped', 's-sent-doc-id skipped', 's-count-edoc skipped', 's-time-form skipped',
  ]],
  ['refuses statuses', instead((request) => isVerb(request, 'sendEdoc') && param(request, 'messagetype') === 'status', refused), ['s-status-accepted', 's-two-queues skipped']],
  ['lists statuses among documents', (request, axis) => mixed(request, axis), ['s-two-queues']],
  ['wants docid only', instead((request) => isVerb(request, 'updateStatus') && param(request, 'sign-header-key').includes('docId'), refused), ['s-ack-names']],
  ['drops what is being worked on', rowsWithout('processing'), ['s-processing-keeps']],
  ['takes any word for a state', lenient('updateStatus', '10'), ['s-ack-unknown-state']],
  ['lets others fetch', lenient('getEdoc', '21'), ['s-answer-fail', 's-foreign-doc']],
  ['leaves a field of what was sent out', rows('getSentEdocList', 'sendStatusDesc'), ['s-sent-list']],
  ['writes its times otherwise', rows('getReceivedEdocList', 'created_time', () => 'hôm nay'), ['s-time-form']],
];

/** Leaves items in this state out of the lists. */
function rowsWithout(state: string): Spoil {
  return changed('getReceivedEdocList', (json) => ({ ...json, data: json.data.filter((row) => row['status'] !== state) }));
}

/** The list of the receiver's statuses holds its waiting documents, too. */
async function mixed(request: AxisRequest, axis: PracticeAxis): Promise<AxisAnswer> {
  const answer = await axis.handle(request);
  if (!isVerb(request, 'getReceivedEdocList') || param(request, 'messagetype') !== 'status') return answer;
  const json = JSON.parse(Buffer.from(answer.body).toString('utf8')) as Json;
  if (json['status'] !== 'OK' || param(request, 'systemid') !== receiver.systemId) return answer;
  const documents = axis.inspect().deliveries.filter(({ messageType, to: code, state }) => messageType === 'edoc' && code === to.code && state === 'initial');
  return said({ ...json, data: [...json.data, ...documents.map(({ docId }) => ({ docId }))] });
}

test.each(servers)('a server that %s', async (_, spoil, expected) => {
  expect(await failing(spoil)).toEqual(expected);
});

test('every rule for a server that is judged fails at one of these servers, or at one of the integration tests', async () => {
  const elsewhere = ['s-call-accepted', 's-answer-ok', 's-wrong-hmac', 's-wrong-secret', 's-hash-sdk', 's-download-edoc', 's-done-removes'];
  const found = new Set([...elsewhere, ...servers.flatMap(([, , ids]) => ids).filter((id) => !id.endsWith(' skipped'))]);
  const reported = (await checkOnlyReported()).map(({ id }) => id);
  expect(serverRuleIds.filter((id) => !found.has(id))).toEqual(reported);
});

async function checkOnlyReported(): Promise<readonly { readonly id: string }[]> {
  const http: HttpPort = () => Promise.resolve({ ok: false, failure: { code: 'unreachable' } });
  const target = { endpoint: 'http://127.0.0.1:1/adapter', from, to, sender, receiver, patienceMs: 0, settleMs: 0 };
  return (await checkServer(target, { http, clock }, [])).filter(({ certainty }) => certainty === 'NF');
}
