import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Box } from '../wish.ts';
import type { Mark } from './drawing.ts';
import type { Picture } from './picture.ts';
import type { Showing } from './showing.ts';

/** What a window draws over a page to show a signature before it is made: points of the page as shown, from its lower left corner. */
export type Preview = { readonly page: number; readonly shown: Box; readonly confidence: Showing['confidence']; readonly marks: readonly Mark[] };

/** Previews of what `showingFor` and the steps of `planIssue` tell, one for each field; in true size wherever a point of the page is one. */
export function previewOf(showing: Showing & { readonly fills?: readonly Pick<Showing, 'page' | 'shown' | 'drawing'>[] }): readonly Preview[] {
  const { confidence, fills = [] } = showing;
  return [...fills, showing].map(({ page, shown, drawing }) => ({
    page,
    shown,
    confidence,
    marks: drawing.marks,
  }));
}

/** A picture as a PNG, cut to what is seen of it. Takes as long as the picture is large: not for a thread that must answer. */
export function pngOf({ width, height, colour, opacity }: Picture): Uint8Array {
  const colours = inflateSync(colour);
  const alphas = inflateSync(opacity);
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = y * width + x;
      const to = y * (width * 4 + 1) + 1 + x * 4;
      colours.copy(rows, to, from * 3, from * 3 + 3);
      rows[to + 3] = alphas[from] ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
