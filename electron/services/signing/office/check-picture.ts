import { fail, ok, type Outcome, type PictureFault } from '#contract';
import type { PictureRefusal } from '../appearance/picture.ts';
import type { SigningAside } from '../batch/aside.ts';
import type { CheckPicture } from '../ports.ts';

/** The check of pictures by the same eyes that draw them; `read` does it aside, as a large one takes some tenths of a second. */
export function checkPictureWith(read: SigningAside['picture']): CheckPicture {
  return async (bytes, kind, widthMm) => {
    const done = await read(bytes, kind, widthMm);
    if (done.ok) {
      // It is a PNG: its head has the size of all of it (ISO/IEC 15948 §11.2.2), as the window shows it.
      const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return ok({ widthPx: head.readUInt32BE(16), heightPx: head.readUInt32BE(20) });
    }
    if (done.failure.code === 'work-crashed') return fail('picture-unreadable', { field: 'file' });
    return faultOf(done.failure);
  };
}

const faults = {
  'image-not-png': 'picture-not-png',
  'image-broken': 'picture-unreadable',
  'image-too-large': 'picture-too-large',
  'image-opaque': 'picture-not-transparent',
  'image-empty': 'picture-empty',
  'image-wrong-colour': 'picture-wrong-colour',
  'image-coarse': 'picture-too-small',
  'image-no-size': 'picture-wrong-size',
  'image-wrong-size': 'picture-wrong-size',
} as const satisfies Record<PictureRefusal['code'], PictureFault>;

function faultOf(refusal: PictureRefusal): Outcome<never, PictureFault> {
  if (refusal.code === 'image-coarse') return fail(faults[refusal.code], { field: 'file', pixels: refusal.pixels, needed: refusal.needed });
  if (refusal.code === 'image-wrong-size') return fail(faults[refusal.code], { field: 'widthMm', millimetres: refusal.millimetres });
  return fail(faults[refusal.code], { field: 'file' });
}
