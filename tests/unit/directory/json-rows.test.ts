import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonRows } from '../../../electron/services/exchange/transports/json-rows.ts';

/** Reads a text in pieces of so many bytes. */
function read(text: string | Uint8Array, pieceBytes = 7, otherBytes = 10_000): { rows: unknown[]; json: string; data: string; hopeless: boolean } {
  const bytes = Buffer.from(text as string);
  const reader = jsonRows(otherBytes);
  const rows: unknown[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = Uint8Array.from(bytes.subarray(at, at + pieceBytes));
    rows.push(...reader.push(piece).map((row) => JSON.parse(row) as unknown));
    // The piece is the caller's again: what the reader still needs of it, it must have copied.
    piece.fill(0x23);
  }
  const { json, data } = reader.end();
  return { rows, json: Buffer.from(json).toString('utf8'), data, hopeless: reader.hopeless() };
}

test('any rows come out as they went in, whatever the pieces, and the rest is left to be judged', () => {
  const row = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue(), { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), fc.constantFrom(0, 2), (rows, piece, indent) => {
      const text = JSON.stringify({ status: 'OK', data: rows, ErrorCode: '0', more: { data: [1] } }, null, indent);
      const found = read(text, piece);
      expect(found.rows).toEqual(JSON.parse(JSON.stringify(rows)));
      expect(found.data).toBe('whole');
      expect(JSON.parse(found.json)).toEqual({ status: 'OK', data: [], ErrorCode: '0', more: { data: [1] } });
    }),
  );
});

describe('what is no list', () => {
  test.each([
    ['no data', '{"status":"OK"}', 'absent'],
    ['data null', '{"data":null}', 'absent'],
    ['data deeper down', '{"a":{"data":[{"code":"x"}]}}', 'absent'],
    ['HTML', '<html>', 'absent'],
    ['cut in a row', '{"data":[{"code":"a"},{"co', 'broken'],
    ['cut between rows', '{"data":[{"code":"a"},', 'broken'],
    ['a bare value for a row', '{"data":[{"code":"a"},5]}', 'broken'],
    ['two lists', '{"data":[{"code":"a"}],"data":[]}', 'broken'],
  ])('%s', (_name, text, data) => {
    expect(read(text).data).toBe(data);
  });

  test('letters that are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('{"data":[{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}]}')]);
    expect(read(bytes).hopeless).toBe(true);
  });

  test('a row, or what stands beside the rows, without an end', () => {
    expect(read(`{"data":[{"name":"${'x'.repeat(2000)}`, 100, 1000).hopeless).toBe(true);
    expect(read(`{"desc":"${'x'.repeat(2000)}`, 100, 1000).hopeless).toBe(true);
  });
});
