import type { Box } from '../wish.ts';
import { mm, type Drawing, type Mark } from './drawing.ts';
import { widthIn, type LetteringFace, type LetteringFonts } from './lettering.ts';
import type { PageShape } from './page-shape.ts';
import type { Picture } from './picture.ts';

type Size = { readonly width: number; readonly height: number };

/** A handwritten signature is drawn no larger than this, however much room there is; the decree states no size. */
const largestSignature = { width: 60 * mm, height: 30 * mm };

/** The box of a signature's picture in its room: as large as it goes or as it is meant to be, its proportions kept, in the middle (Annex I.II.7.d). */
export function signatureBox(picture: Picture, room: Box): Box {
  const widest = Math.min(room.width, largestSignature.width, (picture.millimetres?.width ?? Infinity) * mm);
  const factor = Math.min(widest / picture.width, Math.min(room.height, largestSignature.height) / picture.height);
  const width = picture.width * factor;
  const height = picture.height * factor;
  return { left: room.left + (room.width - width) / 2, bottom: room.bottom + (room.height - height) / 2, width, height };
}

/** The box of a seal in true size: its right edge one third into the signature's picture, at the same height (Annex I.II.8.a). */
export function sealBox(seal: Picture, signature: Box): Box {
  const width = (seal.millimetres?.width ?? 0) * mm;
  const height = (seal.millimetres?.height ?? 0) * mm;
  return { left: signature.left + signature.width / 3 - width, bottom: signature.bottom + (signature.height - height) / 2, width, height };
}

/** A picture that fills its field. */
export function pictureDrawing(picture: Picture, { width, height }: Size): Drawing {
  return { width, height, marks: [{ kind: 'picture', picture, box: { left: 0, bottom: 0, width, height } }] };
}

/** A picture somewhere inside its field; `box` and `field` in the same space. */
export function placedDrawing(picture: Picture, box: Box, field: Box): Drawing {
  return { width: field.width, height: field.height, marks: [{ kind: 'picture', picture, box: { ...box, left: box.left - field.left, bottom: box.bottom - field.bottom } }] };
}

/** Texts of 10 points go into the right margin's corner: the decree says top right, and leaves how far from the edge. */
const corner = { size: 10, right: 15 * mm, left: 30 * mm, top: 8 * mm, line: 12 } as const;

/**
 * The line that stands for the agency's signature on attachments and copies (`signedLine`), top right of a page; broken
 * between its parts where one line does not hold it. The box is that of the field, in points of the page as shown.
 */
export function cornerDrawing(parts: readonly string[], page: Pick<PageShape, 'width' | 'height'>, fonts: LetteringFonts): { readonly box: Box; readonly drawing: Drawing } {
  const widthOf = (text: string): number => widthIn(fonts.regular, text) * corner.size;
  const room = page.width - corner.left - corner.right;
  const lines = linesOf(parts, room, widthOf);
  const width = Math.max(...lines.map(widthOf)) + 2;
  const height = lines.length * corner.line + 2;
  const marks = lines.map((text, index): Mark => ({ kind: 'text', text, face: 'regular', size: corner.size, left: width - 1 - widthOf(text), baseline: height - corner.line * index - 10 }));
  return { box: { left: page.width - corner.right - width + 1, bottom: page.height - corner.top - height, width, height }, drawing: { width, height, marks } };
}

function linesOf(parts: readonly string[], room: number, widthOf: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  for (const [index, part] of parts.entries()) {
    const text = index < parts.length - 1 ? `${part};` : part;
    for (const [at, word] of text.split(' ').entries()) {
      const last = lines.at(-1);
      // A part that fits on a line of its own is not torn apart.
      const isTogether = at > 0 || last === undefined || widthOf(`${last} ${text}`) <= room;
      if (last !== undefined && isTogether && widthOf(`${last} ${word}`) <= room) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
  }
  return lines;
}

/** Number, day, month or year in its field: face and place of the words around it. */
export type Entry = { readonly text: string; readonly face: LetteringFace; readonly size: number; readonly side: 'left' | 'right' | 'middle' };

/** Part of the letters' size that lies below their line; what `entryBox` leaves there. */
const below = 0.25;

/** The field of an entry whose line stands at `baseline`, from `left` to `right`. */
export function entryBox({ left, right, baseline, size }: { readonly left: number; readonly right: number; readonly baseline: number; readonly size: number }): Box {
  return { left, bottom: baseline - below * size, width: right - left, height: 1.2 * size };
}

/** Draws an entry into its field, made smaller down to 80 % where the gap is narrow; undefined when even that does not fit. */
export function entryDrawing(entry: Entry, { width, height }: Size, fonts: LetteringFonts): Drawing | undefined {
  const natural = widthIn(fonts[entry.face], entry.text) * entry.size;
  const size = natural <= width ? entry.size : Math.floor((entry.size * width * 10) / natural) / 10;
  if (size < 0.8 * entry.size) return undefined;
  const wide = widthIn(fonts[entry.face], entry.text) * size;
  const left = entry.side === 'left' ? 0 : entry.side === 'right' ? width - wide : (width - wide) / 2;
  return { width, height, marks: [{ kind: 'text', text: entry.text, face: entry.face, size, left, baseline: (height * below) / 1.2 }] };
}
