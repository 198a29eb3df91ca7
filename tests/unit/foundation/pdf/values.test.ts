import { expect, test } from 'vitest';
import { objectOf, textOf, viewOf, type PdfObject } from '../../../../electron/foundation/pdf/index.ts';
import { codesOf, document, make, opened } from './make.ts';

/** A value as plain data. */
function plain(value: PdfObject): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'boolean':
    case 'number':
      return value.value;
    case 'string':
      return Buffer.from(value.bytes).toString('latin1');
    case 'name':
      return `/${value.name}`;
    case 'array':
      return value.items.map(plain);
    case 'dictionary':
      return Object.fromEntries([...value.entries].map(([key, item]) => [key, plain(item)]));
    case 'reference':
      return `${String(value.number)} ${String(value.generation)} R`;
    case 'stream':
      return { stream: plain(value.dictionary), bytes: value.dataTo - value.dataFrom };
  }
}

function read(source: string | Buffer): { value: unknown; codes: readonly string[]; raw: string } {
  const bytes = make({ kind: 'table', objects: [...document, [6, source]] });
  const file = opened(bytes);
  const found = objectOf(viewOf(file), 6);
  if (!found.ok) return { value: `stopped: ${found.failure.code}`, codes: [], raw: '' };
  const value = found.value?.value;
  if (value === undefined) throw new Error('no object 6');
  return { value: plain(value), codes: codesOf(file), raw: bytes.toString('latin1', value.from, value.to) };
}

test.each([
  ['true', true],
  ['null', null],
  ['0', 0],
  ['+17', 17],
  ['-98', -98],
  ['34.5', 34.5],
  ['-.002', -0.002],
  ['4.', 4],
  ['0.1', 0.1],
  ['123456789012345', 123_456_789_012_345],
  ['0.3000000000000000000001', 0.3],
  ['/Name1', '/Name1'],
  ['/', '/'],
  ['/A;Name_With-Various***Characters?', '/A;Name_With-Various***Characters?'],
  ['/Lime#20Green', '/Lime Green'],
  ['/The_Key_of_F#23_Minor', '/The_Key_of_F#_Minor'],
  ['(This is (balanced) text)', 'This is (balanced) text'],
  ['()', ''],
  ['(a\\\nb)', 'ab'],
  ['(a\r\nb\rc\nd)', 'a\nb\nc\nd'],
  ['(\\n\\r\\t\\b\\f\\(\\)\\\\\\x)', '\n\r\t\b\f()\\x'],
  ['(\\0053\\53\\245\\400)', '\u00053+\u00a5\u0000'],
  ['<48656C6c6F 7>', 'Hellop'],
  ['<>', ''],
  ['[1 2 R 3 4 R 5 6]', ['1 2 R', '3 4 R', 5, 6]],
  ['[549 3.14 false (Ralph)/SomeName]', [549, 3.14, false, 'Ralph', '/SomeName']],
  ['[12 0 R 7 0 R]', ['12 0 R', '7 0 R']],
  ['[1 0 1 0 R 0]', [1, 0, '1 0 R', 0]],
  ['<</A<</B 1>>/C[/D]/E null>>', { A: { B: 1 }, C: ['/D'], E: null }],
  ['<<% a comment >>\n/A 1>>', { A: 1 }],
  ['<</Length 5>>\nstream\nabcde\nendstream', { stream: { Length: 5 }, bytes: 5 }],
  ['<</Length 3>>stream\r\nabcendstream', { stream: { Length: 3 }, bytes: 3 }],
] as const)('%j is read as the standard says', (source, expected) => {
  expect(read(source)).toMatchObject({ value: expected, codes: [] });
});

test('the positions of a value are its first byte and the byte behind its last', () => {
  for (const source of ['12.50', '/Na#20me', '(a\\)b)', '<00 ff>', '[1 [2]]', '<</A(x)>>', '7 0 R']) expect(read(source).raw).toBe(source);
});

test.each([
  ['nul', 'bad-token'],
  ['12abc', 'bad-token'],
  ['--5', 'bad-token'],
  ['1.2.3', 'bad-token'],
  ['+', 'bad-token'],
  ['<4G>', 'bad-token'],
  ['<</A>>', 'bad-token'],
  ['<<(A) 1>>', 'bad-token'],
  ['[1 2', 'bad-token'],
  [']', 'bad-token'],
  ['(open', 'unexpected-end'],
  ['<41', 'bad-token'],
  ['[', 'bad-token'],
  ['<</Length (5)>>\nstream\nabcde\nendstream', 'bad-stream-length'],
  ['<</Length -1>>\nstream\nabcde\nendstream', 'bad-stream-length'],
  ['<</Length 99999>>\nstream\nabcde\nendstream', 'bad-stream-length'],
  ['<</Length 6 0 R>>\nstream\nabcde\nendstream', 'bad-stream-length'],
  ['<</Length 4 0 R>>\nstream\nabcde\nendstream', 'bad-stream-length'],
])('%j stops with %s', (source, code) => {
  expect(read(source).value).toBe(`stopped: ${code}`);
});

test.each([
  ['<</A 1/A 2>>', 'duplicate-key'],
  ['/A#G1', 'bad-name-escape'],
  ['<</Length 4>>\nstream\nabcde\nendstream', 'wrong-stream-length'],
  ['<</Length 7>>\nstream\nabcde\nendstream', 'wrong-stream-length'],
  ['<</Length 5>>\nstream\rabcde\nendstream', 'stream-line-end'],
  ['1 2', 'missing-endobj'],
])('%j is read, with the fault %s', (source, code) => {
  expect(read(source).codes).toContain(code);
});

test('100 levels are read, 100 000 stop the reading', () => {
  expect(read('['.repeat(90) + ']'.repeat(90)).codes).toEqual([]);
  expect(read('['.repeat(100_000) + ']'.repeat(100_000)).value).toBe('stopped: too-deep');
  expect(read('<</A'.repeat(100_000)).value).toBe('stopped: too-deep');
});

test('what is larger than any real object stops the reading', () => {
  expect(read(`(${'a'.repeat(9_000_000)})`).value).toBe('stopped: too-large');
  expect(read(`<${'00'.repeat(4_500_000)}>`).value).toBe('stopped: too-large');
  expect(read(`[${'0 '.repeat(600_000)}]`).value).toBe('stopped: too-many');
  expect(read(`[${' '.repeat(9_000_000)}]`).value).toBe('stopped: too-large');
  expect(read(`/${'a'.repeat(9_000_000)}`).value).toBe('stopped: too-large');
});

test('text strings in the encodings that they may have', () => {
  expect(textOf(Buffer.from('V\u0103n'))).not.toBe('Văn');
  expect(textOf(Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('Văn thư')]))).toBe('Văn thư');
  expect(textOf(Buffer.from([0xfe, 0xff, 0x01, 0x03, 0x00, 0x6e]))).toBe('ăn');
  expect(textOf(Buffer.from([0x80, 0xa0, 0x93, 0xe9, 0x1f]))).toBe('•€ﬁé˜');
});

test('a long string of digits is read as a short one is, spaces, odd ends and wrong digits included', () => {
  const digits = '4a6B7c'.repeat(200);
  const text = 'Jk|'.repeat(200);
  expect(read(`<${digits}>`)).toMatchObject({ value: text, raw: `<${digits}>` });
  expect(read(`<${digits.replaceAll('7c', '7 c\n')}>`).value).toBe(text);
  expect(read(`<${digits}5>`).value).toBe(`${text}P`);
  expect(read(`<${digits}x0>`).value).toBe('stopped: bad-token');
  expect(read(`[<${digits}> 7]`).value).toEqual([text, 7]);
});
