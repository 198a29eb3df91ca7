import { afterEach, describe, expect, test } from 'vitest';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { serveLoopback } from '../../../electron/platform/http/serve-loopback.ts';
import { checkOwnStation } from '../../../electron/hosts/cli/conformance-self.ts';
import { checkServer, clientRuleIds, practiceAxis, serverRuleIds, type AxisAnswer, type AxisRequest, type Finding, type PracticeAxis } from '../../../electron/services/practice/index.ts';
import { vxpHmac } from '../../../electron/services/exchange/transports/vxp-envelope.ts';
import { json, tvt } from '../cli/tvt.ts';
import { relayTo, type Meddle } from './relay.ts';

const sender = { systemId: '00.09.W00', secret: 'khoa-cua-noi-gui' };
const receiver = { systemId: '00.29.W00', secret: 'khoa-cua-noi-nhan' };
const from = { code: 'G09', name: 'Bộ Nội vụ' };
const to = { code: 'H29.99', name: 'Ủy ban nhân dân phường Luyện Tập' };
const systems = [
  { ...sender, agencies: [from] },
  { ...receiver, agencies: [to] },
];
const clock = { now: () => new Date() };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What does not hold, or could not be tried. */
function troubles(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ result }) => result === 'fail' || result === 'skipped').map(({ id, result }) => (result === 'fail' ? id : `${id} skipped`));
}

describe('ourselves', () => {
  test('both sides keep every rule, and each rule was tried', () => {
    const { exit, value } = json(['axis', 'conformance', '--self']);
    const findings = value['findings'] as Finding[];
    expect(findings.map(({ id }) => id)).toEqual([...serverRuleIds, ...clientRuleIds]);
    expect(troubles(findings)).toEqual([]);
    const unsure = findings.filter(({ result }) => result === 'not-knowable');
    expect(unsure.map(({ certainty }) => certainty)).toEqual(unsure.map(() => 'NF'));
    expect(exit).toBe(0);
  });

  test('every rule has an id of its own, a basis, and words in both languages', () => {
    const ids = [...serverRuleIds, ...clientRuleIds];
    expect(new Set(ids).size).toBe(ids.length);
    const { out } = tvt(['axis', 'conformance', '--self', '--only', 's-call-accepted', '--lang', 'en']);
    expect(out).toMatch(/^pass +s-call-accepted +§1\.2 \[M\] +A rightly signed call is accepted +\| +HTTP 200 OK 0; HTTP 200 OK 0$/m);
  });
});

describe('a server that breaks a rule fails at that rule only', () => {
  type Spoil = (request: AxisRequest, axis: PracticeAxis) => Promise<AxisAnswer>;

  async function failing(spoil: Spoil, options: Partial<Parameters<typeof practiceAxis>[0]> = {}): Promise<readonly string[]> {
    const axis = practiceAxis({ systems, clock, ...options });
    const server = await serveLoopback((request) => spoil(request, axis), { maxBytes: 8 * 1024 * 1024 });
    closing.push(server.close);
    const endpoint = `http://127.0.0.1:${String(server.port)}/XrdAdapter/adapter`;
    const target = { endpoint, from, to, sender, receiver, patienceMs: 0, settleMs: 0 };
    return troubles(await checkServer(target, { http: httpClient, clock }, []));
  }

  const straight: Spoil = (request, axis) => axis.handle(request);
  const isAck = ({ path, headers }: AxisRequest, state: string): boolean =>
    path.endsWith('/updateStatus') && headers['xroadvnpt-status'] === state && headers['xroadvnpt-systemid'] === receiver.systemId;

  test('none', async () => {
    expect(await failing(straight)).toEqual([]);
  });

  test('takes correct hex only', async () => {
    expect(await failing(straight, { hashForm: 'hex' })).toEqual(['s-hash-sdk']);
  });

  test('writes its answers with small letters', async () => {
    const small: Spoil = async (request, axis) => {
      const answer = await axis.handle(request);
      return { ...answer, body: Buffer.from(Buffer.from(answer.body).toString('utf8').replace('"ErrorDesc"', '"errorDesc"')) };
    };
    expect(await failing(small)).toEqual(['s-answer-ok', 's-answer-fail', 's-sender-unregistered']);
  });

  test('does not look at the HMAC', async () => {
    const blind: Spoil = (request, axis) => {
      const secret = systems.find(({ systemId }) => systemId === request.headers['xroadvnpt-systemid'])?.secret ?? '';
      const hash = vxpHmac(secret, request.headers['xroadvnpt-sign-header'] ?? '');
      return axis.handle({ ...request, headers: { ...request.headers, 'xroadvnpt-hash-header': hash } });
    };
    expect(await failing(blind)).toEqual(['s-wrong-hmac', 's-wrong-secret']);
  });

  test('keeps what was told done', async () => {
    const ok = { status: 200, headers: {}, body: Buffer.from('{"status":"OK","ErrorCode":"0","ErrorDesc":""}') };
    expect(await failing((request, axis) => (isAck(request, 'done') ? Promise.resolve(ok) : axis.handle(request)))).toEqual(['s-done-removes']);
  });

  test('queues everything twice', async () => {
    const twice: Spoil = (request, axis) => {
      if (request.path.endsWith('/sendEdoc')) axis.fault({ kind: 'duplicate', verb: 'sendEdoc' });
      return axis.handle(request);
    };
    expect(await failing(twice)).toEqual(['s-reaches-once', 's-two-queues', 's-two-recipients']);
  });

  test('tells its times in UTC', async () => {
    const axisClock = { now: () => new Date(Date.now() - 7 * 3_600_000) };
    expect(await failing(straight, { clock: axisClock })).toEqual(['s-time-form']);
  });

  test('hands over other bytes by downloadEdoc', async () => {
    const cut: Spoil = async (request, axis) => {
      const answer = await axis.handle(request);
      return request.path.endsWith('/downloadEdoc') ? { ...answer, body: answer.body.slice(1) } : answer;
    };
    expect(await failing(cut)).toEqual(['s-download-edoc']);
  });

  test('is gone: nothing passes', async () => {
    const gone = await failing(() => Promise.resolve({ status: 503, headers: {}, body: new Uint8Array() }));
    // What is not there answers no unknown verb either.
    const untouched = new Set(['s-unknown-verb']);
    const reportedOnly = new Set(['s-clock-tolerance']);
    expect(gone.map((id) => id.replace(' skipped', ''))).toEqual(serverRuleIds.filter((id) => !untouched.has(id) && !reportedOnly.has(id)));
  });
});

describe('a client that breaks a rule fails at that rule only', () => {
  async function failing(meddle: Meddle): Promise<readonly string[]> {
    const through = async (port: number): Promise<number> => {
      const relay = await relayTo(port, meddle);
      closing.push(relay.close);
      return relay.port;
    };
    return troubles(await checkOwnStation({ version: '0.1.0', log: () => undefined, only: [], done: () => undefined }, through));
  }

  test('tells its local path', async () => {
    const meddle: Meddle = { request: (call) => ({ ...call, headers: [...call.headers, ['XroadVnpt-filePath', '/tmp/thu.edxml']] }) };
    expect(await failing(meddle)).toEqual(['c-no-file-path']);
  });

  test('takes an unreadable list for an empty one, as the SDK does', async () => {
    const meddle: Meddle = {
      answer: (call, answer) => {
        const readable = /"data":\[.*\]\}$/s.test(Buffer.from(answer.body).toString('utf8'));
        if (!call.path.endsWith('/getReceivedEdocList') || readable) return answer;
        return { ...answer, body: Buffer.from('{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[]}') };
      },
    };
    expect(await failing(meddle)).toEqual(['c-list-empty-body', 'c-list-html', 'c-list-broken-json', 'c-list-no-data']);
  });

  test('leaves out CR LF', async () => {
    const meddle: Meddle = {
      request: (call) => (call.path.endsWith('/sendEdoc') ? { ...call, body: call.body.subarray(0, -2) } : call),
    };
    expect(await failing(meddle)).toEqual(['c-cr-lf']);
  });

  test('repeats every send at once', async () => {
    const found = await failing({ repeat: (call) => call.path.endsWith('/sendEdoc') });
    expect(found).toEqual([
      'c-ack-lost',
      'c-same-twice',
      'c-receipt-by-itself',
      'c-registered-03',
      'c-take-back-agreed',
      'c-take-back-refused',
      'c-sends-document',
      'c-cut-before-send',
      'c-permanent-not-retried',
      'c-retry-grows',
      'c-statuses-in-order',
    ]);
  });
});
