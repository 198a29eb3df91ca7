import type { Outcome, PictureFault, PictureKind } from '#contract';

/**
 * Judges a picture before it is taken as somebody's signature or as the seal (NĐ 30/2020 annex I: PNG, transparent, blue or
 * red). Bytes are whole and at most some megabytes; the answer has its size in pixels.
 */
export type CheckPicture = (
  bytes: Uint8Array,
  kind: PictureKind,
  widthMm: number,
) => Promise<Outcome<{ readonly widthPx: number; readonly heightPx: number }, PictureFault>>;
