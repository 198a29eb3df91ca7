import { expect, test } from 'vitest';
import { AxisInput, fail, ok, type Outcome } from '#contract';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { clockWatch, connectionTest, type HttpPort, type LineProbe } from '../../../electron/services/exchange/index.ts';
import { streamed } from '../../fakes/exchange/streams.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

/** A line on which every name is unknown, after a while. */
const nowhere: LineProbe = {
  lookUp: () => new Promise((resolve) => setTimeout(resolve, 50, fail('unknown'))),
  connect: () => Promise.resolve(fail('unreachable')),
  proxyFor: () => null,
  tunnel: () => Promise.resolve(fail('proxy-unreachable')),
  handshake: () => Promise.reject(new Error('not reached')),
};
const input = AxisInput.parse({ endpoint: 'https://truc.example.vn/', systemId: 'x', plainHttpHosts: [], pollSeconds: 60, secret: null });
const codeOf = (outcome: Outcome<unknown, string>): string => (outcome.ok ? 'ok' : outcome.failure.code);

function tester(practice: boolean): ReturnType<typeof connectionTest> & { readonly lengths: number[] } {
  const lengths: number[] = [];
  const made = connectionTest({
    store: storeIn(scratchFolder()),
    clock: systemClock,
    http: () => Promise.reject(new Error('not reached')),
    probe: nowhere,
    practice,
    changed: () => lengths.push(made.progress().steps.length),
  });
  return { ...made, lengths };
}

test('one test at a time; its steps are told as they are done', async () => {
  const { handlers, lengths, progress } = tester(false);
  const first = handlers.test(input);
  expect(codeOf(await handlers.test(input))).toBe('test-running');
  expect(progress().running).toBe(true);
  expect(codeOf(await first)).toBe('ok');
  expect(lengths).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13]);
  expect(progress().running).toBe(false);
  expect(codeOf(await handlers.test(input))).toBe('ok');
});

test('practice never tries another axis than its own, nor a way through a proxy', async () => {
  const { handlers } = tester(true);
  expect(codeOf(await handlers.test(input))).toBe('practice-fixed');
  expect(codeOf(await handlers.test({ ...input, endpoint: '' }))).toBe('ok');
  expect(codeOf(await handlers.test({ ...input, endpoint: '', proxy: 'http', proxyHost: 'p' }))).toBe('practice-fixed');
});

test('what is no certificate is refused before anything is tried', async () => {
  expect(codeOf(await tester(false).handlers.test({ ...input, caPem: 'xin chào' }))).toBe('ca-unreadable');
});

test('the axis’ clock is told when it begins to matter and when it no longer does', async () => {
  let ahead = 0;
  let told = 0;
  const at = Date.parse('2026-11-22T01:00:00.000Z');
  const watch = clockWatch({ now: () => new Date(at) }, () => {
    told += 1;
  });
  const answering: HttpPort = () => {
    const headers: Record<string, string> = ahead === Infinity ? {} : { date: new Date(at - ahead * 1000).toUTCString() };
    return Promise.resolve(ok(streamed({ status: 200, headers, body: Buffer.from('') })));
  };
  const http = watch.over(answering);
  const after = async (seconds: number): Promise<unknown> => {
    ahead = seconds;
    await http({ method: 'GET', url: 'https://a/', headers: [], body: null, timeoutMs: 1, allowPlainHttp: false, maxBytes: 1 });
    return [watch.state().differsBySeconds, told];
  };
  expect(await after(300)).toEqual([null, 0]);
  expect(await after(301)).toEqual([301, 1]);
  expect(await after(320)).toEqual([301, 1]);
  expect(await after(Infinity)).toEqual([301, 1]);
  expect(await after(-900)).toEqual([-900, 2]);
  expect(await after(2)).toEqual([null, 3]);
});
