import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edocReader } from '../../../electron/services/exchange/transports/edoc-json.ts';

const message = Buffer.from('<edXML>Kính gửi</edXML>');
const base64 = message.toString('base64');

type Read = { readonly data: 'whole' | 'absent' | 'broken'; readonly message: string; readonly json: unknown; readonly hopeless: boolean };

function read(answer: string | Uint8Array, pieces: readonly number[] = [], otherBytes = 1000): Read {
  const bytes = Buffer.from(answer as string, 'utf8');
  const reader = edocReader(otherBytes);
  const out: Uint8Array[] = [];
  let at = 0;
  for (const size of [...pieces, bytes.length]) {
    out.push(...reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  const { json, data } = reader.end();
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(json).toString('utf8'));
  } catch {
    parsed = 'no JSON';
  }
  return { data, message: Buffer.concat(out).toString('utf8'), json: parsed, hopeless: reader.hopeless() };
}

const rest = { status: 'OK', ErrorCode: '0', ErrorDesc: 'a "quoted", {braced} [text] \\ and data' };
const good = { data: 'whole', message: message.toString('utf8'), json: { ...rest, data: '' }, hopeless: false };

describe('the answer of getEdoc', () => {
  test.each([
    ['data last', JSON.stringify({ ...rest, data: base64 })],
    ['data first', JSON.stringify({ data: base64, ...rest })],
    ['spread over lines', JSON.stringify({ ErrorCode: '0', data: base64, status: 'OK', ErrorDesc: rest.ErrorDesc }, null, 2)],
    ['escapes in the key', JSON.stringify({ ...rest, data: base64 }).replace('"data":', '"d\\u0061ta" :')],
    ['escaped as some writers do', JSON.stringify({ ...rest, data: base64.replaceAll('/', '\\/') }).replaceAll('\\\\/', '\\/').replaceAll('=', '\\u003d')],
    ['with line breaks', JSON.stringify({ ...rest, data: base64.replace(/.{7}/g, '$&\r\n') })],
  ])('%s, split at every byte', (_, answer) => {
    const length = Buffer.byteLength(answer);
    for (let at = 0; at <= length; at += 1) expect(read(answer, [at]), `at ${String(at)}`).toEqual(good);
    expect(read(answer, Array.from({ length }, () => 1))).toEqual(good);
  });

  test('any answer in any pieces is read as JSON.parse reads it', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.dictionary(fc.constantFrom('data', 'a"', '{'), fc.string(), { maxKeys: 2 }));
    const keys = fc.constantFrom<string>('status', 'ErrorCode', 'data ', 'Data', 'x\\"', 'dữ liệu');
    const entries = fc.uniqueArray(fc.tuple(keys, value), { selector: ([key]) => key, maxLength: 4 });
    fc.assert(
      fc.property(entries, fc.uint8Array({ minLength: 1, maxLength: 90 }), fc.nat(4), fc.array(fc.integer({ min: 1, max: 9 })), (others, bytes, place, pieces) => {
        const all = others.toSpliced(place, 0, ['data', Buffer.from(bytes).toString('base64')]);
        const reader = edocReader(10_000);
        const text = Buffer.from(JSON.stringify(Object.fromEntries(all)));
        const out: Uint8Array[] = [];
        let at = 0;
        for (const size of [...pieces, text.length]) {
          out.push(...reader.push(text.subarray(at, at + size)));
          at += size;
        }
        const { json, data } = reader.end();
        expect(data).toBe('whole');
        expect(Buffer.concat(out)).toEqual(Buffer.from(bytes));
        expect(JSON.parse(Buffer.from(json).toString())).toEqual({ ...Object.fromEntries(others), data: '' });
      }),
    );
  });

  test('cut short anywhere it is never taken for whole', () => {
    for (const answer of [JSON.stringify({ ...rest, data: base64 }), JSON.stringify({ data: base64, ...rest })]) {
      for (let at = 0; at < Buffer.byteLength(answer); at += 1) {
        const { data, json } = read(Buffer.from(answer).subarray(0, at));
        expect(data === 'whole' && json !== 'no JSON', `at ${String(at)}`).toBe(false);
      }
    }
  });

  test.each([
    ['no data', JSON.stringify(rest), 'absent'],
    ['data null', JSON.stringify({ ...rest, data: null }), 'absent'],
    ['data an object with texts', '{"data":{"data":"QUJD"}}', 'absent'],
    ['data inside something else', '{"x":{"data":"QUJD"},"y":["data","QUJD"]}', 'absent'],
    ['data as a value', '{"x":"data","y":"QUJD"}', 'absent'],
    ['an empty text', '{"data":""}', 'broken'],
    ['not Base64', '{"data":"Kính gửi"}', 'broken'],
    ['a missing end', '{"data":"QUJ"}', 'broken'],
    ['something after the padding', '{"data":"QQ==QUJD"}', 'broken'],
    ['an escaped quote', '{"data":"QUJD\\"QUJD"}', 'broken'],
    ['an escape that is none', '{"data":"QUJD\\x41"}', 'broken'],
    ['data twice', `{"data":"QUJD","data":"QUJD"}`, 'broken'],
  ])('%s', (_, answer, data) => {
    for (let at = 0; at <= Buffer.byteLength(answer); at += 1) expect(read(answer, [at]).data).toBe(data);
  });

  test('what is not data is bounded', () => {
    const long = JSON.stringify({ ErrorDesc: 'x'.repeat(2000), data: base64 });
    expect(read(long)).toMatchObject({ hopeless: true, data: 'broken', json: 'no JSON' });
    expect(read(`{"${'k'.repeat(2000)}":1}`).hopeless).toBe(true);
    expect(read(JSON.stringify({ data: Buffer.alloc(100_000).toString('base64') })).hopeless).toBe(false);
  });
});
