import type { IncrementPlan, PdfEntries, PdfValue } from '../../../foundation/pdf/index.ts';
import { letteringObjects, letteringOf, type Lettering, type LetteringFace, type LetteringFonts } from './lettering.ts';
import type { Turn } from './page-shape.ts';
import type { Picture } from './picture.ts';
import type { Appearance, Box } from '../wish.ts';

/** Points per millimetre. */
export const mm = 72 / 25.4;

/** A part of what a field shows. Boxes are points from the field's lower left corner, upright as the reader sees it. */
export type Mark =
  | { readonly kind: 'picture'; readonly picture: Picture; readonly box: Box }
  | { readonly kind: 'text'; readonly text: string; readonly face: LetteringFace; readonly size: number; readonly left: number; readonly baseline: number };

/** What a field of this size shows, in points; black where it is text. */
export type Drawing = { readonly width: number; readonly height: number; readonly marks: readonly Mark[] };

/** A drawing on a page that is shown turned. */
export type Turned = { readonly drawing: Drawing; readonly turn: Turn };

/** How pictures hide what is not painted: with soft edges, or by a mask of whole pixels, the only way that PDF/A-1 permits (ISO 19005-1 6.4). */
export type Masking = 'soft' | 'stencil';

/** Fonts that several increments of one pass use: made for the same texts each time, and written once. */
export type SharedFonts = {
  readonly texts: Readonly<Record<LetteringFace, readonly string[]>>;
  /** numbers of fonts that the file has from an earlier increment */
  readonly known: Partial<Record<LetteringFace, number>>;
};

/** Names of the fonts inside an appearance. */
export const fontNames: Readonly<Record<LetteringFace, string>> = { regular: 'Tinos', italic: 'TinosItalic' };

/** The texts of drawings that are set in a face. */
export function textsIn(drawings: readonly Drawing[], face: LetteringFace): readonly string[] {
  return drawings.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' && mark.face === face ? [mark.text] : [])));
}

type Objects = IncrementPlan['objects'][number][];

/**
 * Objects of several drawings: the forms from `first` in the order of the drawings, then what they share. A font or
 * picture that several of them use is written once.
 */
export function drawingObjects(first: number, shown: readonly Turned[], fonts: LetteringFonts, masking: Masking, shared?: SharedFonts): IncrementPlan['objects'] {
  const drawings = shown.map(({ drawing }) => drawing);
  const objects: Objects = [];
  let next = first + drawings.length;
  const marks = drawings.flatMap((one) => one.marks);
  const letterings = new Map<LetteringFace, { readonly lettering: Lettering; readonly number: number }>();
  for (const face of ['regular', 'italic'] as const) {
    const texts = textsIn(drawings, face);
    if (texts.length === 0) continue;
    const lettering = letteringOf(fonts[face], shared?.texts[face] ?? texts);
    const known = shared?.known[face];
    letterings.set(face, { lettering, number: known ?? next });
    if (known !== undefined) continue;
    objects.push(...lettering.objects(next));
    next += letteringObjects;
  }
  const pictures = new Map<Picture, number>();
  for (const mark of marks) {
    if (mark.kind !== 'picture' || pictures.has(mark.picture)) continue;
    pictures.set(mark.picture, next);
    objects.push(...pictureObjects(next, mark.picture, masking));
    next += 2;
  }
  for (const [index, { drawing, turn }] of shown.entries()) {
    const { width, height } = drawing;
    const content: string[] = [];
    const fontEntries: Record<string, PdfValue> = {};
    const pictureNames: Record<string, PdfValue> = {};
    for (const mark of drawing.marks) {
      if (mark.kind === 'picture') {
        const name = `P${String(Object.keys(pictureNames).length)}`;
        pictureNames[name] = { reference: pictures.get(mark.picture) ?? 0 };
        content.push(`q ${[mark.box.width, 0, 0, mark.box.height, mark.box.left, mark.box.bottom].map(places).join(' ')} cm /${name} Do Q`);
        continue;
      }
      const used = letterings.get(mark.face);
      if (used === undefined) continue;
      const name = fontNames[mark.face];
      fontEntries[name] = { reference: used.number };
      content.push(`BT 0 g /${name} ${places(mark.size)} Tf ${places(mark.left)} ${places(mark.baseline)} Td ${used.lettering.shown(mark.text)} Tj ET`);
    }
    const resources: PdfEntries = { ...some('Font', fontEntries), ...some('XObject', pictureNames) };
    objects.push({
      number: first + index,
      value: {
        dictionary: {
          Type: { name: 'XObject' },
          Subtype: { name: 'Form' },
          BBox: [0, 0, width, height],
          Matrix: turn === 0 ? undefined : [...uprightOn[turn]],
          Resources: { dictionary: resources },
        },
        stream: Buffer.from(content.join('\n'), 'latin1'),
      },
    });
  }
  return objects;
}

/** On a page that is shown turned, what shall stand upright is drawn turned the other way; readers move it into the field (12.5.5). */
const uprightOn: Readonly<Record<Exclude<Turn, 0>, readonly number[]>> = { 90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0] };

function some(key: string, entries: Record<string, PdfValue>): PdfEntries {
  return Object.keys(entries).length === 0 ? {} : { [key]: { dictionary: entries } };
}

function places(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function pictureObjects(number: number, { width, height, colour, opacity, stencil }: Picture, masking: Masking): IncrementPlan['objects'] {
  const image = (entries: PdfEntries, stream: Uint8Array): PdfValue => ({
    dictionary: { Type: { name: 'XObject' }, Subtype: { name: 'Image' }, Width: width, Height: height, Filter: { name: 'FlateDecode' }, ...entries },
    stream,
  });
  const mask = { reference: number + 1 };
  return [
    { number, value: image({ ColorSpace: { name: 'DeviceRGB' }, BitsPerComponent: 8, ...(masking === 'soft' ? { SMask: mask } : { Mask: mask }) }, colour) },
    {
      number: number + 1,
      value: masking === 'soft' ? image({ ColorSpace: { name: 'DeviceGray' }, BitsPerComponent: 8 }, opacity) : image({ ImageMask: true, BitsPerComponent: 1 }, stencil),
    },
  ];
}

/** The appearance of one field. */
export function appearanceOf(shown: Turned, fonts: LetteringFonts, masking: Masking, shared?: SharedFonts): Appearance {
  return (first) => drawingObjects(first, [shown], fonts, masking, shared);
}
