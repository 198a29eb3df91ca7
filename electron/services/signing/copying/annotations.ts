import { entriesOf, entryOf, formOf, rectangleOf, type Found, type PdfDictionary, type PdfFile, type PdfObject, type PdfPage, type PdfStream, type PdfValue, type PdfView, viewOf } from '../../../foundation/pdf/index.ts';
import { read } from '../refusals.ts';
import { NotCopied } from './refusal.ts';

/** Six numbers of a transformation (ISO 32000-1 8.3.4). */
export type Matrix = readonly [number, number, number, number, number, number];

/** The picture of an annotation as a form XObject of the page, and how it comes to lie where the annotation shows it. */
export type Flat = { readonly form: PdfValue; readonly matrix: Matrix };
export type FlatPage = { readonly flat: readonly Flat[]; /** files and media that hang on the page, which a picture of it does not hold */ readonly leftOut: number };

const hidden = 0b10;
const noView = 0b100000;
/** Show nothing of their own, or ask to be clicked at: no part of what a page says. */
const silent: ReadonlySet<string> = new Set(['Popup', 'Link', 'TrapNet', 'PrinterMark']);
const attached: ReadonlySet<string> = new Set(['FileAttachment', 'Sound', 'Movie', 'Screen', '3D', 'RichMedia']);

type FieldKinds = ReadonlyMap<number, { readonly type: string | undefined; readonly hasValue: boolean }>;

/** Of each widget of the form, by its number: of which kind its field is, and whether it has a value. */
export function fieldKinds(file: PdfFile): FieldKinds {
  const kinds = new Map<number, { type: string | undefined; hasValue: boolean }>();
  for (const { widgets, type, value } of read(formOf(viewOf(file)))?.fields ?? []) for (const number of widgets) kinds.set(number, { type, hasValue: value !== undefined && !isEmpty(value.value) });
  return kinds;
}

const isEmpty = (value: PdfObject): boolean => value.kind === 'null' || (value.kind === 'string' && value.bytes.length === 0);

/**
 * What the annotations of a page show, signatures among them, as pictures without anything behind them (art. 40.2 of TT 05/2025/TT-BNV: a
 * copy's signatures cannot be checked). Refuses a page with something on it that each program would draw in its own way.
 */
export function flattened(view: PdfView, { page }: PdfPage, place: number, kinds: FieldKinds): FlatPage {
  const list = read(entryOf(view, page, 'Annots'));
  const flat: Flat[] = [];
  let leftOut = 0;
  for (const item of list?.value.kind === 'array' ? list.value.items : []) {
    const annotation = dictionaryOf(view, item, list?.holder ?? page.holder);
    if (annotation === undefined) continue;
    const kind = nameOf(view, annotation, 'Subtype');
    const flags = numberOf(view, annotation, 'F');
    if (attached.has(kind)) leftOut += 1;
    if (silent.has(kind) || (flags & (hidden | noView)) !== 0) continue;
    const drawn = pictureOf(view, annotation);
    if (drawn !== undefined) flat.push(drawn);
    else if (mustBeSeen(view, annotation, kind, item.kind === 'reference' ? kinds.get(item.number) : undefined)) throw new NotCopied({ code: 'annotation-unseen', page: place });
  }
  return { flat, leftOut };
}

/** Whether a reader would draw something for an annotation that brings no picture along. */
function mustBeSeen(view: PdfView, annotation: Found<PdfDictionary>, kind: string, field: ReturnType<FieldKinds['get']>): boolean {
  const [left, bottom, right, top] = rectangleOf(read(entryOf(view, annotation, 'Rect'))?.value) ?? [0, 0, 0, 0];
  if (right - left < 1 || top - bottom < 1 || hasPictures(view, annotation)) return false;
  if (kind === 'Widget') return field?.hasValue === true && (field.type === 'Tx' || field.type === 'Ch');
  // Notes and what is attached have an icon of the reader's own, which says nothing.
  return kind !== 'Text' && !attached.has(kind);
}

function hasPictures(view: PdfView, annotation: Found<PdfDictionary>): boolean {
  return read(entryOf(view, annotation, 'AP'))?.value.kind === 'dictionary';
}

/** The appearance that shows (12.5.5): the one stream, or that of the present state. */
function pictureOf(view: PdfView, annotation: Found<PdfDictionary>): Flat | undefined {
  const appearances = read(entryOf(view, annotation, 'AP'));
  if (appearances?.value.kind !== 'dictionary') return undefined;
  let normal = read(entryOf(view, { value: appearances.value, holder: appearances.holder }, 'N'));
  if (normal?.value.kind === 'dictionary') {
    const state = nameOf(view, annotation, 'AS');
    normal = state === '' ? undefined : read(entryOf(view, { value: normal.value, holder: normal.holder }, state));
  }
  if (normal?.value.kind !== 'stream') return undefined;
  const rect = rectangleOf(read(entryOf(view, annotation, 'Rect'))?.value);
  const form = { value: normal.value.dictionary, holder: normal.holder };
  const box = rectangleOf(read(entryOf(view, form, 'BBox'))?.value);
  const matrix = rect && box && fitting(box, matrixOf(view, form), rect);
  return matrix && { form: formOfPage(normal.value, normal.holder, annotation), matrix };
}

/** As `Do` wants it (8.10.2), and of the layer that the annotation is of. */
function formOfPage(stream: PdfStream, holder: Found['holder'], annotation: Found<PdfDictionary>): PdfValue {
  const { Length: _, StructParent: __, StructParents: ___, ...entries } = entriesOf({ value: stream.dictionary, holder });
  const { OC } = entriesOf(annotation);
  return { dictionary: { ...entries, Type: { name: 'XObject' }, Subtype: { name: 'Form' }, ...(OC === undefined ? {} : { OC }) }, stream: holder.source.slice(stream.dataFrom, stream.dataTo) };
}

function matrixOf(view: PdfView, form: Found<PdfDictionary>): Matrix {
  const value = read(entryOf(view, form, 'Matrix'))?.value;
  const numbers = value?.kind === 'array' ? value.items.map((item) => (item.kind === 'number' ? item.value : 0)) : [];
  const [a, b, c, d, e, f] = numbers;
  return numbers.length === 6 && a !== undefined && b !== undefined && c !== undefined && d !== undefined && e !== undefined && f !== undefined ? [a, b, c, d, e, f] : [1, 0, 0, 1, 0, 0];
}

type Rectangle = readonly [left: number, bottom: number, right: number, top: number];

/** How a form's box comes to lie in a rectangle (ISO 32000-1 12.5.5, algorithm 8.1); undefined where one of them has no area. */
export function fitting(box: Rectangle, [a, b, c, d, e, f]: Matrix, [left, bottom, right, top]: Rectangle): Matrix | undefined {
  const corners = [[box[0], box[1]], [box[2], box[1]], [box[0], box[3]], [box[2], box[3]]].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
  const [fromX, toX] = [Math.min(...corners.map(([x]) => x)), Math.max(...corners.map(([x]) => x))];
  const [fromY, toY] = [Math.min(...corners.map(([, y]) => y)), Math.max(...corners.map(([, y]) => y))];
  if (toX <= fromX || toY <= fromY || right <= left || top <= bottom) return undefined;
  const [sx, sy] = [(right - left) / (toX - fromX), (top - bottom) / (toY - fromY)];
  return [sx, 0, 0, sy, left - fromX * sx, bottom - fromY * sy];
}

function dictionaryOf(view: PdfView, value: PdfObject, holder: Found['holder']): Found<PdfDictionary> | undefined {
  // As an entry of a dictionary made up for it: so it is followed as any other is.
  const one = read(entryOf(view, { value: { kind: 'dictionary', from: 0, to: 0, entries: new Map([['One', value]]) }, holder }, 'One'));
  return one?.value.kind === 'dictionary' ? { value: one.value, holder: one.holder } : undefined;
}

function nameOf(view: PdfView, dictionary: Found<PdfDictionary>, key: string): string {
  const value = read(entryOf(view, dictionary, key))?.value;
  return value?.kind === 'name' ? value.name : '';
}

function numberOf(view: PdfView, dictionary: Found<PdfDictionary>, key: string): number {
  const value = read(entryOf(view, dictionary, key))?.value;
  return value?.kind === 'number' ? value.value : 0;
}
