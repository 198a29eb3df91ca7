import { expect, test } from 'vitest';
import { headSearch } from '../../../../electron/foundation/pdf/searched-heads.ts';

/** Where heads end in a text that comes in pieces of so many bytes. */
function endsIn(text: string, pieceSize: number): number[] {
  const bytes = Buffer.from(text, 'latin1');
  const ends = new Set<number>();
  const search = headSearch(1000, (end) => ends.add(end - 1000));
  for (let from = 0; from < bytes.length; from += pieceSize) search(bytes.subarray(from, from + pieceSize));
  return [...ends].toSorted((a, b) => a - b);
}

test.each([
  ['4 0 obj', [7]],
  ['\n4 0 obj<<>>endobj\n5 0 obj', [8, 26]],
  ['4 0obj', [6]],
  ['+4 0 obj', [8]],
  ['4+0 obj', [7]],
  ['1 4 0 obj', [9]],
  ['(4 0 obj)', [8]],
  ['<4 0 obj', [8]],
  // One program reads on in the word.
  ['4 0 objekt', [7]],
  ['4\0\t0\r\nobj', [9]],
  [`4${' '.repeat(5000)}0${'\n'.repeat(5000)}obj`, [10_005]],
  [`4 %${'x'.repeat(9000)}\n0 obj`, [9009]],
  // Some know comments there, some do not.
  ['% 4 0 obj', [9]],
  ['4 0 % 5\nobj', [11]],
  // White space to some.
  ['4\u000b0\u00a0obj', [7]],
  ['trailer<<', [9]],
  ['xtrailerx <<', [12]],
  ['ttrailer<<', [10]],
  ['trailer %x\n <<', [14]],
  ['trailer 4 0 obj', [15]],
])('%j has the head of an object or a trailer', (text, ends) => {
  for (const pieceSize of [1, 7, text.length]) expect(endsIn(text, pieceSize)).toEqual(ends);
});

test.each(['obj', '7obj', '0 obj', 'x4 0 obj', '4 0 R obj', '4 x 0 obj', '4 (a) 0 obj', '4.0 0 obj', '4 0 endobj', '4 0 ob', '4 0 o bj', 'trailer', 'trailer park <<', 'trailer 7 <<', 'trailtrail <<', '<< trailer >>'])('%j has none', (text) => {
  for (const pieceSize of [1, 7, text.length]) expect(endsIn(text, pieceSize)).toEqual([]);
});
