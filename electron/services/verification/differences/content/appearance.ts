import { rectangleOf, streamData, type Found, type PdfDictionary, type PdfView } from '../../../../foundation/pdf/index.ts';
import { asDictionary, dictionaryUnder, readable, resolved, under } from '../values.ts';
import { around, identity, isSeenIn, times, turns, type Area, type Matrix } from './geometry.ts';
import { ownMatrix } from './operands.ts';
import { pictureOf, type Picture } from './painted.ts';

/** The box of an annotation; undefined when it has none or an empty one, which shows nothing. */
export function boxOf(annotation: Found<PdfDictionary>, view: PdfView): Area | undefined {
  const box = rectangleIn(view, annotation, 'Rect');
  return box !== undefined && box[2] > box[0] && box[3] > box[1] ? box : undefined;
}

/** A rectangle whose numbers may be objects of their own; undefined when it cannot be read. */
export function rectangleIn(view: PdfView, holder: Found<PdfDictionary> | undefined, key: string): Area | undefined {
  const one = under(view, holder, key);
  if (one?.value.kind !== 'array') return undefined;
  const items = one.value.items.flatMap((value) => resolved(view, { value, holder: one.holder })?.value ?? []);
  return rectangleOf({ ...one.value, items });
}

/** The stream of an annotation's normal appearance, in its present state. */
function appearanceOf(view: PdfView, annotation: Found<PdfDictionary>): Found | undefined {
  const normal = under(view, dictionaryUnder(view, annotation, 'AP'), 'N');
  if (normal?.value.kind !== 'dictionary') return normal;
  const state = under(view, annotation, 'AS')?.value;
  return under(view, { value: normal.value, holder: normal.holder }, state?.kind === 'name' ? state.name : 'Off');
}

/** What an annotation paints, in the page's space (ISO 32000-1 12.5.5); undefined when it shows nothing. */
export function shownBy(view: PdfView, annotation: Found<PdfDictionary>, countsWhite: boolean, turned = identity): { readonly box: Area; readonly picture: Picture } | undefined {
  const box = boxOf(annotation, view);
  const form = appearanceOf(view, annotation);
  if (box === undefined || form === undefined) return undefined;
  const unknown = { box, picture: { items: [{ kind: 'path' as const, area: box, isPlain: false }], isKnown: false } };
  const dictionary = asDictionary(form);
  const bounds = rectangleIn(view, dictionary, 'BBox');
  const bytes = form.value.kind === 'stream' ? readable(streamData(view, form.holder.number)) : undefined;
  // A layer may take it away (8.11.3.3).
  const isLayer = countsWhite && dictionary?.value.entries.has('OC') === true;
  if (dictionary === undefined || bounds === undefined || bytes === undefined || isLayer) return unknown;
  const own = ownMatrix(view, dictionary);
  const onPage = own && onto(around(own, bounds), box);
  if (own === undefined || onPage === undefined) return unknown;
  const matrix = times(times(own, onPage), turned);
  const picture = pictureOf(view, bytes, dictionaryUnder(view, dictionary, 'Resources'), matrix, countsWhite);
  return picture.isKnown ? { box, picture } : unknown;
}

/** The matrix that puts one upright rectangle onto another; undefined where one has no size, and readers do what they like. */
function onto(from: Area, to: Area): Matrix | undefined {
  const width = from[2] - from[0];
  const height = from[3] - from[1];
  if (width <= 0 || height <= 0) return undefined;
  const x = (to[2] - to[0]) / width;
  const y = (to[3] - to[1]) / height;
  return [x, 0, 0, y, to[0] - from[0] * x, to[1] - from[1] * y];
}

/**
 * What the appearance of a field says on a page that is shown turned, and the fonts whose own word that is; undefined when it could be
 * read otherwise, or not at all.
 */
export function drawnText(view: PdfView, annotation: Found<PdfDictionary>, turn: keyof typeof turns): { readonly text: string; readonly ownFonts: readonly number[] } | undefined {
  const shown = shownBy(view, annotation, true, turns[turn]);
  if (shown === undefined) return { text: '', ownFonts: [] };
  const bounds = around(turns[turn], shown.box);
  let text = '';
  let grounds = 0;
  let last: Area | undefined;
  const ownFonts = new Set<number>();
  for (const item of shown.picture.items) {
    if (item.kind === 'image' || !shown.picture.isKnown || !item.isPlain) return undefined;
    if (item.kind === 'path') {
      // A ground and a frame; more, or on the text, could say something else.
      grounds += 1;
      if (grounds > 2 || last !== undefined) return undefined;
      continue;
    }
    // Read from left to right and downwards, as it is drawn.
    const isNext = last === undefined || item.area[0] >= last[2] - 1 || item.area[3] <= last[1] + 0.5 * item.size;
    if (item.text === undefined || item.font === undefined || !isNext || !isSeenIn(item.area, bounds, item.size)) return undefined;
    last = item.area;
    text += item.text;
    if (!item.font.isStandard) ownFonts.add(item.font.number);
  }
  return { text, ownFonts: [...ownFonts] };
}
