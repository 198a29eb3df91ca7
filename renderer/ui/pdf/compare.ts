import type { PDFPageProxy } from 'pdfjs-dist';
import { faultOf, loadEngine, openPart, ownWorker, PartTooLarge, untilAborted, type PdfFault } from './engine.ts';
import { differingBoxes } from './differing.ts';
import type { PageBox } from './PdfPage.tsx';
import type { PdfPlace } from './PdfView.tsx';

/** Why a picture could not be drawn; `no-page`: the file had no such page then. */
export type PictureFault = PdfFault | 'no-page' | 'too-large' | 'too-slow';

/** `frame`: the place itself, as fractions of the picture; null for the whole page. */
export type Picture = { readonly state: 'drawn'; readonly canvas: HTMLCanvasElement; readonly frame: PageBox | null } | { readonly state: 'failed'; readonly fault: PictureFault };

export type Comparison = {
  readonly before: Picture;
  readonly now: Picture;
  /** where the two differ, as fractions; empty when they are the same, null when they cannot be laid over each other */
  readonly differing: readonly PageBox[] | null;
};

export type ComparisonWish = {
  readonly url: string;
  readonly place: PdfPlace;
  /** bytes of the file then and now */
  readonly lengths: { readonly before: number; readonly now: number };
  readonly signal: AbortSignal;
};

// A page of a letter needs some hundred kilobytes, a scanned one some megabytes.
const mostBytes = 48 * 1024 * 1024;
const mostMs = 20_000;
const mostPixels = 1_500_000;
const widest = 1100;

/** Room round a place, and the least that is shown, in points. */
const room = { least: 30, most: 110, width: 260, height: 130 };

/** Draws a place of a file as it was and as it is, the same region of both with annotations and fields. */
export async function comparePlace({ url, place, lengths, signal }: ComparisonWish): Promise<Comparison> {
  const worker = await ownWorker();
  const stops = { before: new AbortController(), now: new AbortController() };
  const late = setTimeout(() => {
    for (const stop of Object.values(stops)) stop.abort(new DOMException('', 'TimeoutError'));
  }, mostMs);
  const onAbort = (): void => {
    for (const stop of Object.values(stops)) stop.abort(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const [before, now] = await Promise.all((['before', 'now'] as const).map((which) => pageOf(url, place.page, { length: lengths[which], mostBytes, worker, stop: stops[which] })));
    if (before === undefined || now === undefined) throw new Error('two pages were asked for');
    const measure = 'page' in now ? now.page : 'page' in before ? before.page : undefined;
    const region = measure === undefined ? undefined : regionOf(place, measure);
    const draw = async (one: PageThen, stop: AbortController): Promise<Picture> => ('page' in one && region !== undefined ? drawn(one.page, region, place, stop.signal) : { state: 'failed', fault: 'fault' in one ? one.fault : 'no-page' });
    // One after the other: both draw in this thread.
    const pictures = { before: await draw(before, stops.before), now: await draw(now, stops.now) };
    return { ...pictures, differing: pictures.before.state === 'drawn' && pictures.now.state === 'drawn' ? differingBoxes(pictures.before.canvas, pictures.now.canvas) : null };
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', onAbort);
    for (const stop of Object.values(stops)) stop.abort();
    worker.destroy();
  }
}

type PageThen = { readonly page: PDFPageProxy } | { readonly fault: PictureFault };

async function pageOf(url: string, number: number, wish: Parameters<typeof openPart>[1]): Promise<PageThen> {
  try {
    const { document } = await openPart(url, wish);
    if (number > document.numPages) return { fault: 'no-page' };
    return { page: await untilAborted(wish.stop.signal, document.getPage(number)) };
  } catch (error) {
    return { fault: pictureFault(error, wish.stop.signal) };
  }
}

/** What was ended fails in many ways; the reason is why it was ended. */
function pictureFault(failure: unknown, { aborted, reason }: AbortSignal): PictureFault {
  const error: unknown = aborted ? reason : failure;
  if (error instanceof PartTooLarge) return 'too-large';
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'too-slow' : faultOf(error);
}

/** Left, bottom, right, top in points. */
type Region = readonly [number, number, number, number];

const hasSize = ([left, bottom, right, top]: Region): boolean => right > left && top > bottom;

/** The place with some room round it, within the page; the whole page for a place without a box, or outside. */
function regionOf({ box }: PdfPlace, { view }: PDFPageProxy): Region {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = view;
  if (!hasSize(box)) return [x1, y1, x2, y2];
  const [left, bottom, right, top] = box;
  const around = (size: number, least: number): number => Math.max(Math.min(room.most, Math.max(room.least, size * 0.6)), (least - size) / 2);
  const [wide, high] = [around(right - left, room.width), around(top - bottom, room.height)];
  const region = [Math.max(x1, left - wide), Math.max(y1, bottom - high), Math.min(x2, right + wide), Math.min(y2, top + high)] as const;
  return hasSize(region) ? region : [x1, y1, x2, y2];
}

async function drawn(page: PDFPageProxy, region: Region, { box }: PdfPlace, signal: AbortSignal): Promise<Picture> {
  try {
    signal.throwIfAborted();
    const { AnnotationMode } = await loadEngine();
    const plain = page.getViewport({ scale: 1 });
    const boundsOf = (area: Region): Region => {
      const [ax = 0, ay = 0] = plain.convertToViewportPoint(area[0], area[1]) as readonly number[];
      const [bx = 0, by = 0] = plain.convertToViewportPoint(area[2], area[3]) as readonly number[];
      return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
    };
    const [left, top, right, bottom] = boundsOf(region);
    const [width, height] = [right - left, bottom - top];
    const scale = Math.min(4, widest / width, Math.sqrt(mostPixels / (width * height)));
    const canvas = window.document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(width * scale));
    canvas.height = Math.max(1, Math.floor(height * scale));
    const task = page.render({ canvas, viewport: page.getViewport({ scale, offsetX: -left * scale, offsetY: -top * scale }), annotationMode: AnnotationMode.ENABLE });
    signal.addEventListener(
      'abort',
      () => {
        task.cancel();
      },
      { once: true },
    );
    await untilAborted(signal, task.promise);
    const own = boundsOf(box);
    const within = (at: number, from: number, size: number): number => Math.min(1, Math.max(0, (at - from) / size));
    const frame = hasSize(box) ? ([within(own[0], left, width), within(own[1], top, height), within(own[2], left, width), within(own[3], top, height)] as const) : null;
    return { state: 'drawn', canvas, frame };
  } catch (error) {
    return { state: 'failed', fault: pictureFault(error, signal) };
  }
}
