import { describe, expect, test } from 'vitest';
import { fail, ok, type Outcome } from '#contract';
import type { HttpFailureCode } from '../../../electron/services/exchange/ports.ts';
import { messageFetcher } from '../../../electron/services/exchange/transports/vxp-fetch.ts';
import { fetchWhole, streamed } from '../../fakes/exchange/streams.ts';

type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: string; readonly cut?: HttpFailureCode };
type Replies = Readonly<Record<'downloadEdoc' | 'getEdoc', Reply | HttpFailureCode>>;

const raw = '<?xml version="1.0"?><edXML>Kính gửi</edXML>';
const asJson = { body: JSON.stringify({ data: Buffer.from(raw).toString('base64'), status: 'OK', ErrorCode: '0' }) };
const refused = { body: JSON.stringify({ status: 'FAIL', ErrorCode: '21', ErrorDesc: 'Khong tim thay' }) };

function axisWith(replies: Replies, maxMessageBytes = 1000): { fetch: () => Promise<Outcome<Buffer, string>>; asked: string[] } {
  const asked: string[] = [];
  const fetcher = messageFetcher({
    maxMessageBytes,
    call: async (verb) => {
      await Promise.resolve();
      asked.push(verb);
      const reply = replies[verb as keyof Replies];
      if (typeof reply === 'string') return fail(reply);
      const body = Buffer.from(reply.body);
      const headers = reply.headers ?? { 'content-length': String(body.length) };
      return ok(streamed({ status: reply.status ?? 200, headers, body }, 7, reply.cut));
    },
  });
  const axis = { fetch: fetcher } as Parameters<typeof fetchWhole>[0];
  return { fetch: () => fetchWhole(axis, '1'), asked };
}

const told = (outcome: Outcome<Buffer, string>): string =>
  outcome.ok ? outcome.value.toString('utf8') : `${outcome.failure.code} ${String(outcome.failure.params?.['errorCode'])}`;

describe('fetching a message', () => {
  test('streams it as it is, each time, where the axis can', async () => {
    const { fetch, asked } = axisWith({ downloadEdoc: { body: raw }, getEdoc: refused });
    expect([told(await fetch()), told(await fetch())]).toEqual([raw, raw]);
    expect(asked).toEqual(['downloadEdoc', 'downloadEdoc']);
    expect(told(await axisWith({ downloadEdoc: { body: '123<rác>' }, getEdoc: refused }).fetch())).toBe('123<rác>');
  });

  test.each([
    ['404', { status: 404, body: 'Not Found' }],
    ['405', { status: 405, body: '' }],
    ['an HTML page', { body: '\n<!DOCTYPE html><html></html>' }],
    ['an HTML page by its type', { body: '<p>', headers: { 'content-type': 'text/html', 'content-length': '3' } }],
    ['nothing', { body: '' }],
    ['a refusal in JSON', refused],
    ['an answer that does not tell its end', { body: raw, headers: {} }],
  ])('%s: asks by the older verb, and by that one from then on', async (_, downloadEdoc) => {
    const { fetch, asked } = axisWith({ downloadEdoc, getEdoc: asJson });
    expect([told(await fetch()), told(await fetch())]).toEqual([raw, raw]);
    expect(asked).toEqual(['downloadEdoc', 'getEdoc', 'getEdoc']);
  });

  test('as long as neither hands it over, both are asked; the word of the older one counts', async () => {
    const { fetch, asked } = axisWith({ downloadEdoc: { status: 404, body: '' }, getEdoc: refused });
    expect([told(await fetch()), told(await fetch())]).toEqual(['axis-refused 21', 'axis-refused 21']);
    expect(asked).toEqual(['downloadEdoc', 'getEdoc', 'downloadEdoc', 'getEdoc']);
  });

  test.each([
    ['cut within', { body: raw, cut: 'cut' }, 'axis-unreachable cut'],
    ['silent within', { body: raw, cut: 'time-out' }, 'time-out time-out'],
    ['too large', { body: raw, cut: 'too-large' }, 'axis-answer-unreadable too-large'],
    ['unreachable', 'unreachable', 'axis-unreachable unreachable'],
  ] as const)('%s: a failure of the connection is not asked about a second time', async (_, reply, expected) => {
    const download = axisWith({ downloadEdoc: reply, getEdoc: asJson });
    expect(told(await download.fetch())).toBe(expected);
    expect(download.asked).toEqual(['downloadEdoc']);
    expect(told(await axisWith({ downloadEdoc: { status: 404, body: '' }, getEdoc: reply }).fetch())).toBe(expected);
  });

  test.each([
    ['FAIL after the data', JSON.stringify({ data: 'QUJD', status: 'FAIL', ErrorCode: '20' }), 'axis-refused 20'],
    ['cut off, connection whole', asJson.body.slice(0, -3), 'axis-answer-unreadable 200'],
    ['HTML', '<html></html>', 'axis-answer-unreadable 200'],
    ['nothing', '', 'axis-answer-unreadable 200'],
    ['no end of other text', `{"ErrorDesc":"${'x'.repeat(70_000)}`, 'axis-answer-unreadable 200'],
    ['larger than the limit', JSON.stringify({ data: 'QUJD'.repeat(400), status: 'OK' }), 'axis-answer-unreadable too-large'],
  ])('getEdoc: %s', async (_, body, expected) => {
    expect(told(await axisWith({ downloadEdoc: { status: 404, body: '' }, getEdoc: { body } }).fetch())).toBe(expected);
  });
});
