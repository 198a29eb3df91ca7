import { fail, ok } from '#contract';
import type { CheckPicture } from '../ports.ts';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** A scan of 150 mm at 600 dpi has 3 600 pixels. */
const mostPixels = 6000;
/** Fewer are seen as steps when printed at 20 mm. */
const fewestPixels = 60;

/**
 * What the head of a PNG says (ISO/IEC 15948 §11): that it is one, its size, and that it may be transparent. Whether its
 * ground is transparent, and its colour the decree's, needs the pixels: that check comes in by the same port.
 */
export const checkPngHead: CheckPicture = (bytes) => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!view.subarray(0, 8).equals(signature)) return fail('picture-not-png', { field: 'file' });
  if (view.length < 33 || view.toString('latin1', 12, 16) !== 'IHDR') return fail('picture-unreadable', { field: 'file' });
  const widthPx = view.readUInt32BE(16);
  const heightPx = view.readUInt32BE(20);
  const size = { field: 'file', width: widthPx, height: heightPx };
  if (widthPx > mostPixels || heightPx > mostPixels) return fail('picture-too-large', size);
  if (widthPx < fewestPixels || heightPx < fewestPixels) return fail('picture-too-small', size);
  const hasAlpha = view.readUInt8(25) === 4 || view.readUInt8(25) === 6;
  return hasAlpha || hasTransparentColours(view) ? ok({ widthPx, heightPx }) : fail('picture-not-transparent', { field: 'file' });
};

/** A tRNS chunk before the pixels (§11.3.2.1). */
function hasTransparentColours(view: Buffer): boolean {
  for (let at = 8; at + 8 <= view.length; at += 12 + view.readUInt32BE(at)) {
    const type = view.toString('latin1', at + 4, at + 8);
    if (type === 'tRNS') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}
