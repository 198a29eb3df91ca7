/** A point of XYZ relative to D50. */
type Xyz = readonly [number, number, number];

const d50: Xyz = [0.9642, 1, 0.8249];
/** Primaries of sRGB (IEC 61966-2-1), adapted to D50 after Bradford. */
const primaries: Readonly<Record<'rXYZ' | 'gXYZ' | 'bXYZ', Xyz>> = { rXYZ: [0.43607, 0.22249, 0.01392], gXYZ: [0.38515, 0.71687, 0.09708], bXYZ: [0.14307, 0.06061, 0.7141] };

/** An ICC profile of sRGB as a display, version 2.1 (ICC.1:1998-09), with one exponent in place of the curve of the standard. */
export function srgbProfile(): Buffer {
  const gamma = Buffer.concat([signed('curv'), uint32(1), Buffer.from([0x02, 0x33])]);
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', description('sRGB IEC61966-2.1')],
    ['cprt', Buffer.concat([signed('text'), Buffer.from('No copyright\0', 'latin1')])],
    ['wtpt', xyz(d50)],
    ...Object.entries(primaries).map(([name, value]) => [name, xyz(value)] as const),
    ...['rTRC', 'gTRC', 'bTRC'].map((name) => [name, gamma] as const),
  ];
  const table: Buffer[] = [uint32(tags.length)];
  const data: Buffer[] = [];
  let at = 128 + 4 + 12 * tags.length;
  for (const [name, bytes] of tags) {
    table.push(Buffer.from(name, 'latin1'), uint32(at), uint32(bytes.length));
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    data.push(padded);
    at += padded.length;
  }
  return Buffer.concat([header(at), ...table, ...data]);
}

function header(size: number): Buffer {
  const head = Buffer.alloc(128);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(0x02100000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  // Year, month, day: when the form of the profile was written down, not when a document is made.
  for (const [index, part] of [1998, 9, 1].entries()) head.writeUInt16BE(part, 24 + 2 * index);
  head.write('acsp', 36, 'latin1');
  d50.forEach((part, index) => head.writeInt32BE(fixed(part), 68 + 4 * index));
  return head;
}

function description(text: string): Buffer {
  return Buffer.concat([signed('desc'), uint32(text.length + 1), Buffer.from(`${text}\0`, 'latin1'), Buffer.alloc(4 + 4 + 2 + 1 + 67)]);
}

function xyz(value: Xyz): Buffer {
  return Buffer.concat([signed('XYZ '), ...value.map((part) => uint32(fixed(part)))]);
}

/** A signature and four bytes that are kept free. */
function signed(name: string): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), Buffer.alloc(4)]);
}

/** s15Fixed16Number. */
function fixed(value: number): number {
  return Math.round(value * 65536);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
