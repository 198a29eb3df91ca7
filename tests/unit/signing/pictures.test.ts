import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readPicture } from '../../../electron/services/signing/index.ts';
import { readPng } from '../../../electron/services/signing/appearance/png.ts';
import { pngFile, pngOf, sealPng, signaturePng, type Paint } from '../../integration/signing/pictures.ts';

const good = <T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: unknown }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
};
const code = (bytes: Uint8Array, use: 'seal' | 'signature' = 'signature', mm?: number): unknown => {
  const read = readPicture(bytes, use, mm);
  return read.ok ? 'good' : read.failure;
};
const pattern: Paint = (x, y) => [(x * 7) & 255, (y * 11) & 255, (x * y) & 255, (x + y) % 3 === 0 ? 0 : 200];

test.each([0, 1, 2, 3, 4].flatMap((filter) => [false, true].map((interlaced) => ({ filter, interlaced }))))('rows of filter $filter, interlaced $interlaced, of eight and sixteen bits read the same', ({ filter, interlaced }) => {
  const expected = Array.from({ length: 37 * 21 }, (_, at) => pattern(at % 37, Math.floor(at / 37))).flat();
  for (const depth of [8, 16] as const) {
    const read = good(readPng(pngOf(37, 21, pattern, { filter, interlaced, depth })));
    expect([read.width, read.height, read.hasAlpha]).toEqual([37, 21, true]);
    expect([...read.rgba]).toEqual(expected);
  }
});

test('a palette of two bits and a grey of four, with named transparent colours', () => {
  const head = (depth: number, colour: number): Buffer => Buffer.from([0, 0, 0, 4, 0, 0, 0, 1, depth, colour, 0, 0, 0]);
  const palette = pngFile([['IHDR', head(2, 3)], ['PLTE', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])], ['tRNS', Buffer.from([0, 128])], ['IDAT', deflateSync(Buffer.from([0, 0b00011011]))], ['IEND', Buffer.alloc(0)]]);
  expect([...good(readPng(palette)).rgba]).toEqual([1, 2, 3, 0, 4, 5, 6, 128, 7, 8, 9, 255, 10, 11, 12, 255]);
  const grey = pngFile([['IHDR', head(4, 0)], ['tRNS', Buffer.from([0, 15])], ['IDAT', deflateSync(Buffer.from([0, 0xf0, 0x8f]))], ['IEND', Buffer.alloc(0)]]);
  expect([...good(readPng(grey)).rgba]).toEqual([255, 255, 255, 0, 0, 0, 0, 255, 136, 136, 136, 255, 255, 255, 255, 0]);
});

test('what is no sound PNG is refused: another kind, cut off, a wrong checksum, more than it announces, more than anybody needs', () => {
  const png = signaturePng();
  expect(code(Buffer.from('ÿØÿà JPEG'))).toEqual({ code: 'image-not-png' });
  expect(code(png.subarray(0, png.length - 5))).toEqual({ code: 'image-broken' });
  const flipped = Buffer.from(png);
  flipped[60] = (flipped[60] ?? 0) ^ 1;
  expect(code(flipped)).toEqual({ code: 'image-broken' });
  const head = (width: number, height: number, depth = 8): Buffer => {
    const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, depth, 6, 0, 0, 0]);
    data.writeUInt32BE(width, 0);
    data.writeUInt32BE(height, 4);
    return data;
  };
  const bomb = (width: number, height: number, depth?: number): Buffer => pngFile([['IHDR', head(width, height, depth)], ['IDAT', deflateSync(Buffer.alloc(50_000_000))], ['IEND', Buffer.alloc(0)]]);
  expect(code(bomb(10, 10))).toEqual({ code: 'image-broken' });
  expect(code(bomb(100_000, 100_000))).toEqual({ code: 'image-too-large' });
  expect(code(bomb(10, 10, 7))).toEqual({ code: 'image-broken' });
  expect(code(pngFile([['IHDR', head(0, 5)], ['IEND', Buffer.alloc(0)]]))).toEqual({ code: 'image-broken' });
});

test('a signature is blue on a transparent ground and is cut to what is seen', () => {
  const picture = good(readPicture(signaturePng(480, 200), 'signature'));
  expect(picture.millimetres).toBeUndefined();
  expect(picture.height).toBeLessThan(200);
  expect(inflateSync(picture.colour).length).toBe(picture.width * picture.height * 3);
  expect(inflateSync(picture.stencil).length).toBe(Math.ceil(picture.width / 8) * picture.height);
  expect(code(sealPng(), 'signature')).toEqual({ code: 'image-wrong-colour', wanted: 'blue' });
  expect(code(signaturePng(480, 200, { colour: 2 }))).toEqual({ code: 'image-opaque' });
  const inked = (colour: readonly [number, number, number], ground: readonly [number, number, number, number]): Buffer => pngOf(300, 100, (x, y) => (Math.abs(y - 50) < 10 ? [...colour, 255] : x > 0 ? ground : [0, 0, 0, 0]));
  expect(code(inked([0, 0, 200], [255, 255, 255, 255]))).toEqual({ code: 'image-opaque' });
  expect(code(inked([0, 0, 0], [0, 0, 0, 0]))).toEqual({ code: 'image-wrong-colour', wanted: 'blue' });
  expect(code(pngOf(300, 100, () => [0, 0, 255, 0]))).toEqual({ code: 'image-empty' });
  expect(code(signaturePng(150, 60))).toMatchObject({ code: 'image-coarse', needed: 189 });
});

test('a seal has its true size from the office or from the file, without its clear margin', () => {
  const perMetre = Math.round(400 / 0.036);
  expect(good(readPicture(sealPng(400, 60, { perMetre }), 'seal')).millimetres?.width).toBeCloseTo(36, 2);
  expect(good(readPicture(sealPng(400, 60, { perMetre }), 'seal', 38)).millimetres).toEqual({ width: 38, height: 38 });
  expect(code(sealPng(), 'seal')).toEqual({ code: 'image-no-size' });
  // 96 dots to the inch, which many programs write without measuring anything.
  expect(code(sealPng(400, 10, { perMetre: 3780 }), 'seal')).toEqual({ code: 'image-wrong-size', millimetres: 105.8 });
  expect(code(sealPng(100), 'seal', 36)).toMatchObject({ code: 'image-coarse', pixels: 100, needed: 171 });
  expect(code(signaturePng(), 'seal', 36)).toEqual({ code: 'image-wrong-colour', wanted: 'red' });
});
