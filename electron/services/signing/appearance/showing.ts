import type { Result } from '../../../foundation/outcome.ts';
import { entryOf, formOf, rectangleOf, viewOf, type FormField, type PdfFile } from '../../../foundation/pdf/index.ts';
import { copyWords, wordsDrawing } from '../copying/marks.ts';
import { widgetAt } from '../fill.ts';
import { withTrusted } from '../prepare.ts';
import { read, Refused, type SigningRefusal } from '../refusals.ts';
import { reservedNames } from '../reserve/names.ts';
import type { Box, FieldWish, Lock, SigningWish } from '../wish.ts';
import { appearanceOf, mm, type Drawing, type Masking, type SharedFonts } from './drawing.ts';
import type { Confidence } from './entries.ts';
import { cornerDrawing, pictureDrawing, placedDrawing, sealBox, signatureBox } from './forms.ts';
import { missingLetters, type LetteringFonts } from './lettering.ts';
import type { PageText } from './lines.ts';
import { asShown, onPage, pageShapes, type PageShape, type Turn } from './page-shape.ts';
import { maskingFor } from './pdf-a.ts';
import type { Picture } from './picture.ts';
import { pagesOfWidgets, signedPicture } from './signed-picture.ts';
import { roomAround, signerPlace, type SignerPlace } from './signer-place.ts';
import { signedLine, type SignedLine } from './words.ts';

/** Where somebody wants a signature to be seen, instead of where the decree's place is found. */
export type WantedPlace =
  /** a field of the file */
  | { readonly kind: 'field'; readonly name: string }
  /** a point on a page as shown, in points from its lower left corner */
  | { readonly kind: 'point'; readonly page: number; readonly x: number; readonly y: number }
  /** a box in the page's own space */
  | { readonly kind: 'box'; readonly page: number; readonly box: Box };

/** As what a file is signed (NĐ 30/2020 Annex I). `text` is what was read of it; `signer` the printed name. */
export type RoleOrder = {
  readonly show: { readonly role: 'leader'; readonly picture: Picture } | { readonly role: 'agency'; readonly picture: Picture } | { readonly role: 'line'; readonly line: SignedLine; readonly at: Date } | { readonly role: 'copy' };
  readonly place?: WantedPlace;
  readonly text?: PageText;
  readonly signer?: string;
};

/** What one field shows and where. Plain data: preview and signature are made of the same. */
export type Showing = {
  readonly field: FieldWish;
  /** from 1 */
  readonly page: number;
  /** the field's box in points from the lower left corner of the page as shown */
  readonly shown: Box;
  readonly turn: Turn;
  readonly drawing: Drawing;
  readonly masking: Masking;
  /** how sure the place is; `asked` where somebody named it */
  readonly confidence: Confidence | 'asked';
  readonly lock?: Lock;
};

/** What is seen of a signature in a role. The file is only read. */
export function showingFor(path: string, order: RoleOrder, fonts: LetteringFonts): Result<Showing, SigningRefusal> {
  return withTrusted(path, (file) => showingIn(file, order, fonts));
}

/** For this domain: `showingFor` in an open file, which refuses by throwing. */
export function showingIn(file: PdfFile, order: RoleOrder, fonts: LetteringFonts): Showing {
  const masking = maskingFor(file);
  const { show } = order;
  if (show.role === 'leader') return { ...leaderShowing(file, order, show.picture, fonts), masking };
  if (show.role === 'agency') return { ...sealShowing(file, order, show.picture, fonts), masking, lock: { action: 'All', fields: [] } };
  if (show.role === 'copy') return { ...copyShowing(file, fonts), masking, lock: { action: 'All', fields: [] } };
  const parts = signedLine(show.line, show.at);
  const letters = missingLetters(fonts.regular, parts.join(''));
  if (letters !== '') throw new Refused({ code: 'letters-missing', letters });
  return { ...lineShowing(file, order, parts, fonts), masking };
}

/** What of a wish a showing decides. */
export function wishFor(showing: Showing, fonts: LetteringFonts, shared?: SharedFonts): Pick<SigningWish, 'field' | 'appearance' | 'lock'> {
  const { field, masking, lock } = showing;
  return { field, appearance: appearanceOf(showing, fonts, masking, shared), ...(lock === undefined ? {} : { lock }) };
}

type Placed = Omit<Showing, 'masking' | 'lock'>;

function leaderShowing(file: PdfFile, order: RoleOrder, picture: Picture, fonts: LetteringFonts): Placed {
  const place = order.place ?? (emptyField(file, reservedNames.person) === undefined ? undefined : ({ kind: 'field', name: reservedNames.person } as const));
  if (place?.kind === 'field') {
    const at = fieldAt(file, place.name);
    const room = { ...at.shown, left: 0, bottom: 0 };
    return { ...at, drawing: placedDrawing(picture, signatureBox(picture, room), room), confidence: 'asked' };
  }
  const found = place === undefined ? printedPlace(order, fonts) : undefined;
  const { page, room } = place === undefined ? (found ?? nobodyPoints()) : roomFor(file, place, clicked);
  const shape = shapeAt(file, page);
  const shown = signatureBox(picture, room);
  return { field: { kind: 'new', page, box: onPage(shape, shown) }, page, shown, turn: shape.turn, drawing: pictureDrawing(picture, shown), confidence: found?.confidence ?? 'asked' };
}

/** The room around a point for a signature, in points. */
export const clicked = { width: 60 * mm, height: 25 * mm };

function printedPlace({ text, signer }: RoleOrder, fonts: LetteringFonts): SignerPlace | undefined {
  return text && signerPlace(text, fonts.regular, signer);
}

function nobodyPoints(): never {
  throw new Refused({ code: 'place-unknown', what: 'signer' });
}

/**
 * The seal in true size. Without a wanted place it needs the competent person's signature, which it overlaps; on a file
 * with reserved fields it stands inside the agency's.
 */
function sealShowing(file: PdfFile, order: RoleOrder, seal: Picture, fonts: LetteringFonts): Placed {
  const { place } = order;
  const size = { width: (seal.millimetres?.width ?? 0) * mm, height: (seal.millimetres?.height ?? 0) * mm };
  if (place !== undefined && place.kind !== 'field') {
    const { page, room } = roomFor(file, place, size);
    const shape = shapeAt(file, page);
    const shown = centred(size, room);
    return { field: { kind: 'new', page, box: onPage(shape, shown) }, page, shown, turn: shape.turn, drawing: pictureDrawing(seal, shown), confidence: 'asked' };
  }
  const isReserved = emptyField(file, reservedNames.agency) !== undefined;
  const at = place !== undefined || isReserved ? fieldAt(file, place?.name ?? reservedNames.agency) : undefined;
  const person = signedPicture(file, printedPlace(order, fonts));
  if (at !== undefined) {
    const box = person?.page === at.page ? sealBox(seal, person.box) : centred(size, at.shown);
    if (!isWithin(box, at.shown)) throw new Refused({ code: 'seal-does-not-fit', millimetres: Math.round((size.width / mm) * 10) / 10 });
    return { ...at, drawing: placedDrawing(seal, box, at.shown), confidence: 'asked' };
  }
  if (person === undefined) throw new Refused({ code: 'place-unknown', what: 'person' });
  const shape = shapeAt(file, person.page);
  const shown = sealBox(seal, person.box);
  return { field: { kind: 'new', page: person.page, box: onPage(shape, shown) }, page: person.page, shown, turn: shape.turn, drawing: pictureDrawing(seal, shown), confidence: 'sure' };
}

function lineShowing(file: PdfFile, { place }: RoleOrder, parts: readonly string[], fonts: LetteringFonts): Placed {
  const shape = shapeAt(file, 1);
  const corner = cornerDrawing(parts, shape, fonts);
  if (place?.kind === 'field') {
    const at = fieldAt(file, place.name);
    const { width, height } = at.shown;
    const [right, up] = [width - corner.box.width, height - corner.box.height];
    if (right < 0 || up < 0) throw new Refused({ code: 'entry-does-not-fit', text: parts.join('; ') });
    const marks = corner.drawing.marks.map((mark) => (mark.kind === 'text' ? { ...mark, left: mark.left + right, baseline: mark.baseline + up } : mark));
    return { ...at, drawing: { width, height, marks }, confidence: 'asked' };
  }
  const { page, room } = place === undefined ? { page: 1, room: corner.box } : roomFor(file, place, corner.box);
  const on = shapeAt(file, page);
  const shown = centred(corner.box, room);
  return { field: { kind: 'new', page, box: onPage(on, shown) }, page, shown, turn: on.turn, drawing: corner.drawing, confidence: place === undefined ? 'sure' : 'asked' };
}

/** The words of an archive's copy, top right of its first page (TT 05/2025/TT-BNV art. 41.2). */
function copyShowing(file: PdfFile, fonts: LetteringFonts): Placed {
  const shape = shapeAt(file, 1);
  const placed = wordsDrawing(shape, fonts);
  if (placed === undefined) throw new Refused({ code: 'entry-does-not-fit', text: copyWords });
  return { field: { kind: 'new', page: 1, box: onPage(shape, placed.box) }, page: 1, shown: placed.box, turn: shape.turn, drawing: placed.drawing, confidence: 'sure' };
}

/** Where a wanted place is on a page as shown; a point gets a room of this size around it. */
export function roomFor(file: PdfFile, place: Exclude<WantedPlace, { readonly kind: 'field' }>, size: { readonly width: number; readonly height: number }): { readonly page: number; readonly room: Box } {
  const shape = shapeAt(file, place.page);
  return { page: place.page, room: place.kind === 'box' ? asShown(shape, place.box) : roomAround(place, shape, size) };
}

function centred({ width, height }: { readonly width: number; readonly height: number }, room: Box): Box {
  return { left: room.left + (room.width - width) / 2, bottom: room.bottom + (room.height - height) / 2, width, height };
}

function isWithin(box: Box, room: Box): boolean {
  const isBetween = (from: number, length: number, roomFrom: number, roomLength: number): boolean => from >= roomFrom - 0.01 && from + length <= roomFrom + roomLength + 0.01;
  return isBetween(box.left, box.width, room.left, room.width) && isBetween(box.bottom, box.height, room.bottom, room.height);
}

/** The shape of a page, counted from 1. */
export function shapeAt(file: PdfFile, page: number): PageShape {
  const shapes = pageShapes(file);
  const shape = shapes[page - 1];
  if (shape === undefined) throw new Refused({ code: 'page-unknown', page, pages: shapes.length });
  return shape;
}

/** An empty signature field or text field of this name. */
export function emptyField(file: PdfFile, name: string): FormField | undefined {
  return read(formOf(viewOf(file)))?.fields.find((field) => field.name === name && field.value === undefined);
}

/** Where a field of the file is shown. */
export function fieldAt(file: PdfFile, name: string): Pick<Showing, 'field' | 'page' | 'shown' | 'turn'> {
  const view = viewOf(file);
  const [number] = read(formOf(view))?.fields.find((field) => field.name === name)?.widgets ?? [];
  const page = number === undefined ? undefined : pagesOfWidgets(view).get(number);
  if (number === undefined || page === undefined) throw new Refused({ code: 'field-unknown', field: name });
  const shape = shapeAt(file, page);
  const [left, bottom, right, top] = rectangleOf(read(entryOf(view, widgetAt(view, number), 'Rect'))?.value) ?? [0, 0, 0, 0];
  return { field: { kind: 'existing', name }, page, shown: asShown(shape, { left, bottom, width: right - left, height: top - bottom }), turn: shape.turn };
}
