import type { SigningItem, SigningPlace, SigningPreview } from '#contract';
import type { Placed } from '../../../bridge/signing-cache.ts';
import type { PageSize } from '../../../ui/pdf/use-pdf.ts';

/** Points per millimetre. */
export const mm = 72 / 25.4;

/** What a pointed place moves: the picture, which is the last of what is shown on the document itself. */
export function movableOf(item: SigningItem): SigningPreview | undefined {
  if (!item.mayPoint) return undefined;
  return item.previews.findLast(({ file, marks }) => file === item.file?.id && marks.some(({ kind }) => kind === 'picture'));
}

/** The middle of its picture: where one would have to point for it to stand there. */
export function centreOf({ page, shown, marks }: SigningPreview): SigningPlace {
  const picture = marks.find(({ kind }) => kind === 'picture');
  const box = picture?.kind === 'picture' ? picture.box : { left: 0, bottom: 0, width: shown.width, height: shown.height };
  return { page, x: shown.left + box.left + box.width / 2, y: shown.bottom + box.bottom + box.height / 2 };
}

/** A place on the page, in tenths of a millimetre: finer is neither seen nor meant. */
export function placeOn(page: number, x: number, y: number, size: PageSize): SigningPlace {
  const within = (value: number, most: number): number => Math.round((Math.max(0, Math.min(value, most)) / mm) * 10) * (mm / 10);
  return { page, x: within(x, size.width), y: within(y, size.height) };
}

/** Whether two places are one. */
export function isSamePlace(one: SigningPlace | undefined, other: SigningPlace): boolean {
  return one?.page === other.page && one.x === other.x && one.y === other.y;
}

/**
 * How far a preview is drawn from where it was looked at, while its new place, which the hand knows first, is still being looked at.
 * Where it was looked at there, it stands as it will be signed.
 */
export function shiftOf(movable: SigningPreview, placed: Placed | undefined, hand: SigningPlace | null): { readonly x: number; readonly y: number } {
  const isLookedAt = placed?.looking === false && (hand === null || isSamePlace(placed.place, hand));
  const place = isLookedAt ? undefined : (hand ?? placed?.place);
  const centre = centreOf(movable);
  return place === undefined || place.page !== movable.page ? { x: 0, y: 0 } : { x: place.x - centre.x, y: place.y - centre.y };
}
