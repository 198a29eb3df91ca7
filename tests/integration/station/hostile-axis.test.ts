import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Contract, InputOf, OutputOf } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { preparedProfile, quietCore } from '../../fakes/station/day.ts';
import { hostileAxis, listed, type HostileAnswer, type HostileAxis } from '../../fakes/station/hostile-axis.ts';
import { documentMessage } from '../../fakes/station/messages.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { statusFor } from '../axis/axis-messages.ts';

let axis: HostileAxis;
let core: Core;
let profile: { folder: string; keyHex: string };
let now: Date;
const clock = { now: () => now };

beforeEach(async () => {
  now = new Date('2026-11-22T01:00:00.000Z');
  axis = await hostileAxis();
  profile = { folder: scratchFolder(), keyHex: randomBytes(32).toString('hex') };
  preparedProfile({ ...profile, axis: { endpoint: axis.endpoint, systemId: '29.99.W00', secret: 'khoa-thu' } });
  core = await startCore({ ...quietCore(profile), clock });
});
afterEach(async () => {
  await core.close();
  await axis.close();
});

async function must<D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>): Promise<OutputOf<Contract[D][M]>> {
  const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
  if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
  return outcome.value as OutputOf<Contract[D][M]>;
}

async function poll(): Promise<string> {
  const outcome = await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window');
  return outcome.ok ? 'ok' : outcome.failure.code;
}

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
}

async function numbers(): Promise<string[]> {
  const { items } = await must('records', 'incomingList', { state: null, before: null, limit: 500 });
  return items.map((item) => item.codeNumber).toSorted((a, b) => Number(a) - Number(b));
}

function wait(docId: unknown, number: string, more: Readonly<Record<string, unknown>> = {}): void {
  axis.queues.edoc.push({ row: listed(docId, more), bytes: documentMessage({ number }) });
}

const range = (count: number): string[] => Array.from({ length: count }, (_, at) => String(at + 1));

test('an answer that comes twice on a kept connection is not taken for that of the next call', { timeout: 60_000 }, async () => {
  for (const number of range(40)) wait(`m${number}`, number);
  axis.twist = (call, usual, socket) => {
    if (call.verb !== 'downloadEdoc') return undefined;
    const body = Buffer.from(usual().body);
    const one = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${String(body.length)}\r\n\r\n`), body]);
    socket.write(one);
    setTimeout(() => socket.writable && socket.write(one), 3);
    return null;
  };
  for (let round = 0; round < 3; round += 1) await poll();
  expect(await numbers()).toEqual(range(40));
});

test.each([
  'a b', '../../etc/passwd', 'vb/2026/đ-1', 'first #2', 'x"y', '%2e%2e', '😀', 'a\u0301', '12345678901234567890', '{"a":1}', 'sau cùng',
])('a message whose id is %j comes, and is acknowledged under it', async (docId) => {
  wait('first', '1');
  wait(docId, '2');
  wait('last', '3');
  // As a number, where it can be one.
  axis.twist = (call, usual) => (call.verb === 'getReceivedEdocList' ? { body: Buffer.from(usual().body).toString().replace(/"docId":"(\d+)"/, '"docId":$1') } : undefined);
  expect(await poll()).toBe('ok');
  expect(await numbers()).toEqual(['1', '2', '3']);
  expect(axis.acknowledged.toSorted()).toEqual(['first done', 'last done', `${docId} done`].toSorted());
});

test.each(['x\r\nX-Evil: 1', 'x\ny', '\u0000'])('an id by which nothing can be asked (%#) hides nobody, and is shown', async (docId) => {
  wait('first', '1');
  wait(docId, '2');
  wait('last', '3');
  for (let round = 0; round < 2; round += 1) expect(await poll()).toBe('ok');
  expect(await numbers()).toEqual(['1', '3']);
  expect((await must('exchange', 'withheld', {})).items).toMatchObject([{ transportId: docId }]);
  expect(axis.calls.some(({ params }) => 'evil' in params)).toBe(false);
});

test('an id that looks like the second message under another id is not taken for that one', async () => {
  wait('7 #2', '1');
  axis.twist = ({ verb }) => (verb === 'updateStatus' ? { status: 502, body: 'Bad gateway' } : undefined);
  await poll();
  // Listed no more: what is still to be acknowledged is said from the register alone.
  axis.queues.edoc.splice(0);
  wait('7', '2');
  axis.twist = ({ verb }) => (verb === 'getReceivedEdocList' ? { body: '{"status":"OK","ErrorCode":"0","data":[]}' } : undefined);
  await poll();
  expect(axis.acknowledged).toEqual(['7 #2 done']);
  axis.twist = () => undefined;
  await poll();
  expect(await numbers()).toEqual(['1', '2']);
});

const unreadableJson = { headers: { 'content-type': 'application/json' }, body: '{"status":"OK","ErrorCode":"0","data":null}' };

test.each([3, 10])('%i messages at the head of the list that the axis cannot hand over hide nobody behind them', async (count) => {
  for (const number of range(count + 4)) wait(`m${number}`, number);
  const broken = new Set(range(count).map((number) => `m${number}`));
  axis.twist = ({ verb, params }) => (/^(downloadEdoc|getEdoc)$/.test(verb) && broken.has(params['docid'] ?? '') ? unreadableJson : undefined);
  for (let round = 0; round < 3; round += 1) {
    await poll();
    later(300);
  }
  expect(await numbers()).toEqual(range(count + 4).slice(count));
  const { items } = await must('exchange', 'withheld', {});
  expect(items).toHaveLength(count);
  broken.clear();
  later(7 * 3600);
  await poll();
  expect(await numbers()).toEqual(range(count + 4));
});

test('an axis that cannot hear acknowledgements holds nothing back, and hears each once it can', async () => {
  for (const number of range(150)) wait(`m${number}`, number);
  axis.twist = ({ verb }) => (verb === 'updateStatus' ? { headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>', status: 502 } : undefined);
  expect(await poll()).toBe('axis-answer-unreadable');
  expect(await numbers()).toEqual(range(150));
  axis.twist = () => undefined;
  expect(await poll()).toBe('ok');
  expect(axis.acknowledged.toSorted()).toEqual(range(150).map((number) => `m${number} done`).toSorted());
  expect(await numbers()).toEqual(range(150));
});

test('a list of documents that cannot be read does not keep the statuses from coming', async () => {
  wait('m1', '1');
  await poll();
  axis.queues.status.push({ row: listed('s1', { messageType: 'status' }), bytes: statusFor('G09', 'H29.99', '13', 'G09,2026/11/20,1/BNV-VP') });
  axis.twist = ({ verb, params }) => (verb === 'getReceivedEdocList' && params['messagetype'] === 'edoc' ? unreadableJson : undefined);
  expect(await poll()).toBe('axis-answer-unreadable');
  expect(axis.acknowledged).toContain('s1 done');
});

const page = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Đăng nhập</body></html>';

test.each([
  ['plain words', { headers: { 'content-type': 'text/plain' }, body: 'Service temporarily unavailable. '.repeat(20) }],
  ['a page to log in', { headers: { 'content-type': 'application/xhtml+xml' }, body: page.padEnd(600) }],
  ['an error in XML', { headers: { 'content-type': 'text/xml' }, body: '<?xml version="1.0" encoding="UTF-8"?><error><code>503</code></error>'.padEnd(600) }],
  ['packed bytes that nobody asked for', { headers: { 'content-encoding': 'gzip' }, body: gzipSync(randomBytes(2000)) }],
])('%s in the place of a message each time are not taken for it: the other verb decides', async (_name, answer) => {
  wait('m1', '1');
  axis.twist = ({ verb }) => (verb === 'downloadEdoc' ? answer : undefined);
  expect(await poll()).toBe('ok');
  expect(await numbers()).toEqual(['1']);
  expect(axis.acknowledged).toEqual(['m1 done']);
});

test('a gateway that answers every fetch with a page: nothing is told to have failed, and the message comes afterwards', async () => {
  wait('m1', '1');
  axis.twist = ({ verb }) => (/^(downloadEdoc|getEdoc)$/.test(verb) ? { headers: { 'content-type': 'text/xml' }, body: page.padEnd(600) } : undefined);
  for (let round = 0; round < 3; round += 1) await poll();
  expect(axis.acknowledged).toEqual([]);
  axis.twist = () => undefined;
  later(600);
  await poll();
  expect(await numbers()).toEqual(['1']);
});

/** A document of ours in the register, given to the outbox. */
async function send(number: string, to = 'G09'): Promise<string> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(`%PDF-1.7 ${number}`));
  }
  const stored = await core.storeFile(bytes());
  const { id } = await must('records', 'recordOutgoing', {
    codeNumber: number, codeNotation: 'UBND-VP', issuedDate: '2026-11-20', place: 'Hà Nội', typeName: 'Công văn', subject: `V/v số ${number}`, urgency: 0, dueDate: null,
    signerName: 'Nguyễn Văn Ký', signerPosition: 'Chủ tịch', signerCompetence: '', toPlaces: [], pageAmount: 1, paper: false,
    files: [{ name: `cv-${number}.pdf`, mediaType: 'application/pdf', ...stored }], repliesTo: null,
  });
  await must('exchange', 'sendDocument', { document: id, recipients: [{ organId: to, name: 'Bộ Nội vụ' }] });
  return id;
}

const states = async (): Promise<string[]> => (await must('exchange', 'outbox', {})).map((row) => `${row.about} ${row.state}`);

/** Does what it is asked for and answers something else. */
function afterTheEffect(verb: string, times: number, answer: HostileAnswer): void {
  let left = times;
  axis.twist = (call, usual) => {
    if (call.verb !== verb || left === 0) return undefined;
    left -= 1;
    usual();
    return answer;
  };
}

test.each([
  ['FAIL with a passing trouble', { body: '{"status":"FAIL","ErrorCode":"20","ErrorDesc":"Loi he thong"}' }],
  ['FAIL with a code that nobody knows', { status: 500, body: '{"status":"FAIL","ErrorCode":"-1"}' }],
  ['OK beside a code of trouble', { body: '{"status":"OK","ErrorCode":"500","DocId":"x"}' }],
  ['too many requests', { status: 429, body: '' }],
  ['nothing at all', { status: 204, body: '' }],
  ['a part', { status: 206, body: '{"status":"OK"' }],
  ['another place', { status: 307, headers: { location: '/elsewhere' }, body: '' }],
])('a document that the axis took and answered with %s is sent once', async (_name, answer: HostileAnswer) => {
  await send('1');
  afterTheEffect('sendEdoc', 1, answer);
  for (let round = 0; round < 4; round += 1) {
    await poll();
    later(600);
  }
  expect(axis.sent).toHaveLength(1);
  expect(await states()).toEqual(['1/UBND-VP delivered']);
});

test.each(['00', 0, ' 0 ', '000'])('a code of no trouble written as %j is none', async (code) => {
  await send('1');
  axis.twist = (call, usual) => (call.verb === 'sendEdoc' ? { body: Buffer.from(usual().body).toString().replace('"ErrorCode":"0"', `"ErrorCode":${JSON.stringify(code)}`) } : undefined);
  expect(await poll()).toBe('ok');
  expect(await states()).toEqual(['1/UBND-VP delivered']);
});

test('an axis that gives every message the same id: what is in doubt is found by what it is about, and sent once', async () => {
  await send('1');
  const same = (body: string | Uint8Array): HostileAnswer => ({ body: Buffer.from(body).toString().replace(/"sent-\d+"/g, '"0"') });
  axis.twist = (call, usual) => (/^(sendEdoc|getSentEdocList)$/.test(call.verb) ? same(usual().body) : undefined);
  await poll();
  await send('2');
  let cut = true;
  axis.twist = (call, usual, socket) => {
    if (call.verb === 'sendEdoc' && cut) {
      cut = false;
      usual();
      socket.destroy();
      return null;
    }
    return /^(sendEdoc|getSentEdocList)$/.test(call.verb) ? same(usual().body) : undefined;
  };
  for (let round = 0; round < 3; round += 1) {
    await poll();
    later(600);
  }
  expect(axis.sent).toHaveLength(2);
  expect(await states()).toEqual(['2/UBND-VP delivered', '1/UBND-VP delivered']);
});

test.each([429, 502, 503, 504])('a day of HTTP %i uses up no try: when the axis is back everything leaves by itself, once', async (status) => {
  for (const number of range(3)) await send(number);
  const away = { status, headers: { 'content-type': 'text/html', 'retry-after': '120' }, body: '<html>Service Unavailable</html>' };
  axis.twist = ({ verb }) => (/^(sendEdoc|getSentEdocList)$/.test(verb) ? away : undefined);
  for (let hour = 0; hour < 30; hour += 1) {
    await poll();
    later(1200);
  }
  const waiting = await must('exchange', 'outbox', {});
  expect(new Set(waiting.map((row) => row.state))).toEqual(new Set(['waiting']));
  expect(waiting.find((row) => row.lastFailure !== null)).toMatchObject({ lastFailure: 'axis-unreachable', lastFailureDetail: `${String(status)}: HTTP ${String(status)}` });
  axis.twist = () => undefined;
  for (let round = 0; round < 3; round += 1) {
    await poll();
    later(600);
  }
  expect(axis.sent).toHaveLength(3);
});

test('an axis that asks to be left alone is, whatever waits', async () => {
  for (const number of range(5)) await send(number);
  axis.twist = () => ({ status: 429, headers: { 'retry-after': '600' }, body: '' });
  await core.close();
  core = await startCore({ ...quietCore(profile), background: true, clock });
  await sleep(2500);
  // What is queued meanwhile does not wake it.
  await send('6');
  await sleep(2500);
  expect(axis.calls.length).toBeLessThanOrEqual(3);
  // A person may ask all the same.
  axis.twist = () => undefined;
  expect(await poll()).toBe('ok');
  expect(axis.sent).toHaveLength(6);
});

test.each([
  ['of the same sender', {}],
  ['of nobody that the list names', { from: '' }],
])('another document %s under an id that was acknowledged an hour ago is taken in, and what is listed again is not', async (_name, more) => {
  wait('7', '1', more);
  await poll();
  later(3600);
  wait('7', '2', { ...more, created_time: '2026/11/22 08:30:00' });
  await poll();
  expect(await numbers()).toEqual(['1', '2']);
  expect(axis.acknowledged).toEqual(['7 done', '7 done']);
  // An axis that goes on listing what it was told of.
  const fetches = (): number => axis.calls.filter(({ verb }) => verb === 'downloadEdoc').length;
  for (const number of ['1', '2']) wait('7', number, { ...more, created_time: `2026/11/22 0${number}:00:00` });
  axis.twist = ({ verb }) => (verb === 'updateStatus' ? { body: '{"status":"OK","ErrorCode":"0"}' } : undefined);
  await poll();
  const before = fetches();
  for (let round = 0; round < 3; round += 1) await poll();
  expect(fetches()).toBe(before);
  expect(await numbers()).toEqual(['1', '2']);
  expect((await must('exchange', 'quarantine', {})).items).toEqual([]);
});
