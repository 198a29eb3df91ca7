/** A TrueType program in which one character is a rectangle: left, bottom, right, top in parts of the size. */
export function glyphFont(code: number, [left, bottom, right, top]: readonly [number, number, number, number], stated: readonly number[] = [0, 0, 50, 70]): Buffer {
  const em = 100;
  const words = (...values: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 2);
    for (const [index, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, index * 2);
    return bytes;
  };
  const [x0, y0, x1, y1] = [left * em, bottom * em, right * em, top * em];
  // One contour of four points, each coordinate a word; the box in front of it is what is stated.
  const glyph = Buffer.concat([words(1, ...stated, 3, 0), Buffer.from([1, 1, 1, 1]), words(x0, 0, x1 - x0, 0, y0, y1 - y0, 0, y0 - y1)]);
  const codes = Buffer.alloc(256);
  codes[code] = 1;
  const tables: readonly (readonly [string, Buffer])[] = [
    ['cmap', Buffer.concat([words(0, 1, 1, 0, 0, 12, 0, 262, 0), codes])],
    ['glyf', glyph],
    ['head', Buffer.concat([words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, em), Buffer.alloc(30), words(1, 0)])],
    ['loca', Buffer.concat([words(0, 0, 0, 0, 0, glyph.length)])],
    ['maxp', words(1, 0, 2)],
  ];
  let at = 12 + tables.length * 16;
  const entries = tables.map(([tag, bytes]) => {
    const entry = Buffer.alloc(16);
    entry.write(tag, 'latin1');
    entry.writeUInt32BE(at, 8);
    entry.writeUInt32BE(bytes.length, 12);
    at += bytes.length;
    return entry;
  });
  return Buffer.concat([words(1, 0, tables.length, 0, 0, 0), ...entries, ...tables.map(([, bytes]) => bytes)]);
}
