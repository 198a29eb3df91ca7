import { entryOf, formOf, pagesOf, rectangleOf, streamData, viewOf, type Found, type PdfDictionary, type PdfFile, type PdfView } from '../../../foundation/pdf/index.ts';
import { widgetAt } from '../fill.ts';
import { read } from '../refusals.ts';
import { reservedNames } from '../reserve/names.ts';
import type { Box } from '../wish.ts';
import { asShown, pageShapes } from './page-shape.ts';
import type { SignerPlace } from './signer-place.ts';

/** Where a signature is seen: the picture itself where this program drew it, else its whole field. */
export type SignedPicture = { readonly field: string; readonly page: number; /** points from the lower left of the page as shown */ readonly box: Box };

/**
 * The competent person's signature, which the seal has to overlap: the reserved field's; else the one that covers most of
 * `place`, where position and name are printed; where these were not found, the largest that is seen. A drafter's initials
 * elsewhere are nobody's to seal: undefined when nothing is seen there.
 */
export function signedPicture(file: PdfFile, place?: Pick<SignerPlace, 'page' | 'room'>): SignedPicture | undefined {
  const view = viewOf(file);
  const shapes = pageShapes(file);
  const pageOf = pagesOfWidgets(view);
  const signed = (read(formOf(view))?.fields ?? []).filter(({ type, value }) => type === 'Sig' && value !== undefined);
  const seen = signed.flatMap(({ name, widgets }): SignedPicture[] => {
    const [number] = widgets;
    const page = number === undefined ? undefined : pageOf.get(number);
    const shape = page === undefined ? undefined : shapes[page - 1];
    if (number === undefined || page === undefined || shape === undefined) return [];
    const widget = widgetAt(view, number);
    const [left, bottom, right, top] = rectangleOf(read(entryOf(view, widget, 'Rect'))?.value) ?? [0, 0, 0, 0];
    if (right - left < 1 || top - bottom < 1) return [];
    const box = asShown(shape, { left, bottom, width: right - left, height: top - bottom });
    return [{ field: name, page, box: pictureInside(view, widget, box) ?? box }];
  });
  const overlap = ({ page, box }: SignedPicture): number => (place?.page === page ? common(box, place.room) : 0);
  const area = ({ box }: SignedPicture): number => box.width * box.height;
  const candidates = place === undefined ? seen : seen.filter((one) => overlap(one) > 0);
  return seen.find(({ field }) => field === reservedNames.person) ?? candidates.toSorted((a, b) => overlap(b) - overlap(a) || area(b) - area(a))[0];
}

/** On which page, from 1, each annotation stands. */
export function pagesOfWidgets(view: PdfView): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [index, { page }] of read(pagesOf(view)).entries()) {
    const list = read(entryOf(view, page, 'Annots'))?.value;
    for (const item of list?.kind === 'array' ? list.items : []) if (item.kind === 'reference') found.set(item.number, index + 1);
  }
  return found;
}

function common(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom + a.height, b.bottom + b.height) - Math.max(a.bottom, b.bottom);
  return Math.max(0, width) * Math.max(0, height);
}

/** The picture's box where the appearance is one of `drawingObjects`: nothing but one picture. */
function pictureInside(view: PdfView, widget: Found<PdfDictionary>, box: Box): Box | undefined {
  const appearances = read(entryOf(view, widget, 'AP'))?.value;
  const normal = appearances?.kind === 'dictionary' ? appearances.entries.get('N') : undefined;
  if (normal?.kind !== 'reference') return undefined;
  const data = streamData(view, normal.number);
  if (!data.ok || data.value.length > 200) return undefined;
  const numbers = /^q ([\d.]+) 0 0 ([\d.]+) (-?[\d.]+) (-?[\d.]+) cm \/P0 Do Q$/.exec(Buffer.from(data.value).toString('latin1'))?.slice(1).map(Number);
  const [width = 0, height = 0, left = 0, bottom = 0] = numbers ?? [];
  return numbers === undefined ? undefined : { left: box.left + left, bottom: box.bottom + bottom, width, height };
}
