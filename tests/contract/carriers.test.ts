import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOver, type ContractClient, type ToCore, type ToWindow } from '#contract';
import { benches, type Bench } from './carriers.ts';
import { innerWords, methods, rowOf, streams, type TestMethods, type TestStreams } from './table.ts';

const rawIds = { next: 1_000_000 };

/** Sends whatever, and gives the answer with its number. */
function raw(bench: Bench, message: Record<string, unknown>): Promise<Extract<ToWindow, { kind: 'answer' }>> {
  const id = rawIds.next++;
  return new Promise((resolve) => {
    bench.carrier.listen(
      (answer) => { if (answer.kind === 'answer' && answer.id === id) resolve(answer); },
      () => undefined,
    );
    bench.carrier.send({ id, ...message } as ToCore);
  });
}

describe.each(Object.entries(benches))('contract over %s', (_name, open) => {
  let bench: Bench;
  let client: ContractClient<TestMethods, TestStreams>;

  beforeAll(async () => {
    bench = await open();
    client = clientOver(methods, streams, bench.carrier);
  });
  afterAll(() => bench.close());

  it('gives the value of a call', async () => {
    const answer = await client.call.ledger.list({ count: 3 });
    expect(answer).toEqual({ ok: true, value: [rowOf(0), rowOf(1), rowOf(2)] });
  });

  it('gives a declared failure as a value', async () => {
    const answer = await client.call.ledger.refuse({ number: 12 });
    expect(answer).toEqual({ ok: false, failure: { code: 'number-taken', params: { number: 12 } } });
  });

  it.each(['throw', 'reject', 'text'] as const)('answers an unexpected error (%s) with an incident number only', async (how) => {
    const before = bench.incidents().length;
    const answer = await client.call.ledger.crash({ how });
    expect(answer).toEqual({ ok: false, failure: { code: 'internal', incident: expect.stringMatching(/^TEST-\d+$/) } });
    expect(JSON.stringify(answer)).not.toContain('khoá');
    await expect.poll(() => bench.incidents().length).toBe(before + 1);
    expect(bench.incidents().at(-1)).toContain(innerWords);
  });

  it('answers an output that breaks its own schema with an incident, in development', async () => {
    // `unknown` lets a missing value through the input; the echo then has nothing to give.
    const answer = await raw(bench, { kind: 'call', domain: 'echo', method: 'say', input: {} });
    expect(answer.outcome).toMatchObject({ ok: false });
  });

  it.each([
    ['a wrong type', { count: 'ba' }, 'count'],
    ['a value out of range', { count: 10_001 }, 'count'],
    ['a missing field', {}, 'count'],
    ['an unknown field', { count: 1, more: true }, ''],
    ['no object', 'ba', ''],
    ['null', null, ''],
  ])('refuses %s', async (_what, input, field) => {
    const { outcome } = await raw(bench, { kind: 'call', domain: 'ledger', method: 'list', input });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'bad-input', params: { field } } });
  });

  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', ''];
  it.each(inherited)('knows no domain and no method named %j', async (name) => {
    for (const [domain, method] of [[name, 'list'], ['ledger', name], [name, name]]) {
      const { outcome } = await raw(bench, { kind: 'call', domain, method, input: { count: 1 } });
      expect(outcome).toEqual({ ok: false, failure: { code: 'unknown-method' } });
    }
    const { outcome } = await raw(bench, { kind: 'subscribe', domain: 'ledger', event: name });
    expect(outcome).toEqual({ ok: false, failure: { code: 'unknown-method' } });
  });

  it('answers a stranger with wrong-sender, call and subscription alike', async () => {
    const refused = { kind: 'answer', outcome: { ok: false, failure: { code: 'wrong-sender' } } };
    const call = { kind: 'call', id: 7, domain: 'ledger', method: 'list', input: { count: 1 } };
    expect(await bench.asStranger(call)).toEqual({ ...refused, id: 7 });
    expect(await bench.asStranger({ kind: 'subscribe', id: 8, domain: 'ledger', event: 'count' })).toEqual({ ...refused, id: 8 });
  });

  it('lives on after messages that are none', async () => {
    const odd: unknown[] = [null, 0, '', 'call', [], {}, { kind: 'call' }, { kind: 'none' }, { id: 'x' }, { kind: 'call', id: 1.5 }];
    for (const message of odd) bench.carrier.send(message as ToCore);
    const { outcome } = await raw(bench, { kind: 'call', domain: 'ledger' });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'bad-input' } });
    const long = await raw(bench, { kind: 'call', domain: 'x'.repeat(101), method: 'list', input: {} });
    expect(long.outcome).toMatchObject({ ok: false, failure: { code: 'bad-input' } });
    expect(await client.call.ledger.list({ count: 0 })).toEqual({ ok: true, value: [] });
  });

  it('sends a snapshot and then every change, in order and without a gap, under load', async () => {
    const seen: number[] = [];
    const first = Promise.withResolvers<number>();
    const stop = client.on.ledger.count((item) => {
      if (item.type === 'snapshot') first.resolve(item.value);
      else seen.push(item.value);
    });
    const start = await first.promise;
    const calls = Array.from({ length: 20 }, () => client.call.ledger.list({ count: 200 }));
    const told = await client.call.ledger.tell({ count: 500 });
    await Promise.all(calls);
    expect(told).toEqual({ ok: true, value: { last: start + 500 } });
    await expect.poll(() => seen.length).toBe(500);
    expect(seen).toEqual(Array.from({ length: 500 }, (_, index) => start + 1 + index));
    stop();
  });

  it('loses no change to a subscription that comes in the middle', async () => {
    const telling = client.call.ledger.tell({ count: 400 });
    const streamsSeen = await Promise.all(
      [0, 1, 2].map(async () => {
        const values: number[] = [];
        client.on.ledger.count((item) => values.push(item.value));
        await client.call.ledger.after({ ms: 1, mark: 0 });
        return values;
      }),
    );
    const told = await telling;
    const last = told.ok ? told.value.last : -1;
    for (const values of streamsSeen) {
      await expect.poll(() => values.at(-1)).toBe(last);
      const [from = 0] = values;
      expect(values).toEqual(Array.from({ length: last - from + 1 }, (_, index) => from + index));
    }
  });

  it('numbers the events of a subscription from 0 without a gap', async () => {
    const id = rawIds.next++;
    const numbers: number[] = [];
    bench.carrier.listen((message) => { if (message.kind === 'event' && message.id === id) numbers.push(message.seq); }, () => undefined);
    bench.carrier.send({ kind: 'subscribe', id, domain: 'ledger', event: 'count' });
    await client.call.ledger.tell({ count: 30 });
    await expect.poll(() => numbers.length).toBe(31);
    expect(numbers).toEqual(Array.from({ length: 31 }, (_, index) => index));
    bench.carrier.send({ kind: 'unsubscribe', id });
  });

  it('stops after unsubscribing', async () => {
    let heard = 0;
    const stop = client.on.ledger.count(() => { heard += 1; });
    await expect.poll(() => heard).toBe(1);
    stop();
    await client.call.ledger.tell({ count: 10 });
    await client.call.ledger.after({ ms: 20, mark: 0 });
    expect(heard).toBe(1);
  });

  it.each([
    ['Vietnamese, composed', 'Uỷ ban nhân dân, Nghị định số 30/2020/NĐ-CP: ắằẳẵặ ĐỖ'],
    ['Vietnamese, decomposed', 'Uỷ ban nhân dân'.normalize('NFD')],
    ['emoji and other planes', '📄👨‍👩‍👧‍👦𠮷𝕏'],
    ['right to left', 'مرحبا ‏עולם‎'],
    ['a lone high surrogate', 'a\ud800b'],
    ['a lone low surrogate', '\udc00'],
    ['line and paragraph separators', 'a\u2028b\u2029c'],
    ['controls and a null', '\u0000\u0001\u001f\u007f\u0085'],
    ['quotes and backslashes', `'"\`\\\\n${'${x}'}</script><!--`],
    ['a byte order mark and non-characters', '\ufeff\uffff\ufffe'],
  ])('carries %s unchanged', async (_what, value) => {
    expect(await client.call.echo.say({ value })).toEqual({ ok: true, value: { value } });
  });

  it.each([
    ['numbers', [0, 1, -1, 0.1, 1e21, Number.MAX_SAFE_INTEGER, 5e-324]],
    ['nothing', null],
    ['empty things', [{}, [], '', [[]], { a: [] }]],
    ['depth', Array.from({ length: 200 }).reduce<unknown>((inner) => ({ inner }), 'đáy')],
    ['names that mean something elsewhere', JSON.parse('{"__proto__":{"x":1},"constructor":"c","toJSON":1,"then":2,"length":3}')],
  ])('carries %s unchanged', async (_what, value) => {
    const answer = await client.call.echo.say({ value });
    expect(JSON.stringify(answer)).toBe(JSON.stringify({ ok: true, value: { value } }));
  });

  it('carries a value of one megabyte', async () => {
    const value = 'Công văn hoả tốc. '.repeat(58_000);
    expect(value.length).toBeGreaterThan(1_000_000);
    const answer = await client.call.echo.say({ value });
    expect(answer.ok && (answer.value as { value: string }).value === value).toBe(true);
  });

  it('carries 200 rows whole', async () => {
    const answer = await client.call.ledger.list({ count: 200 });
    expect(answer).toEqual({ ok: true, value: Array.from({ length: 200 }, (_, index) => rowOf(index)) });
  });

  it('answers 100 calls at once, each with its own value', async () => {
    const marks = Array.from({ length: 100 }, (_, mark) => mark);
    // Later calls finish first.
    const answers = await Promise.all(marks.map((mark) => client.call.ledger.after({ ms: (100 - mark) % 17, mark })));
    expect(answers).toEqual(marks.map((mark) => ({ ok: true, value: { mark } })));
  });

  // Last: the core of this bench is gone afterwards.
  it('answers what is under way, and everything later, with core-gone when the core ends', async () => {
    const gone = { ok: false, failure: { code: 'core-gone' } };
    const pending = [client.call.ledger.never({}), client.call.ledger.never({})];
    await client.call.ledger.list({ count: 0 });
    await bench.loseCore();
    expect(await Promise.all(pending)).toEqual([gone, gone]);
    expect(await client.call.ledger.list({ count: 1 })).toEqual(gone);
    expect(() => { client.on.ledger.count(() => undefined)(); }).not.toThrow();
  });
});
