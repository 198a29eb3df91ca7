import type { Result } from '../outcome.ts';
import { PdfStop, type PdfFault } from './faults.ts';
import { asked, found, followed, type PdfView } from './file.ts';
import { integerIn, nameIn, type Found, type PdfDictionary, type PdfObject } from './object.ts';

/** The catalog of a view (ISO 32000-1 7.7.2). Fails when the trailer leads to something else. */
export function catalogOf(view: PdfView): Result<Found<PdfDictionary>, PdfFault> {
  return asked(view.file, () => catalogIn(view));
}

/** For this folder: `catalogOf` that stops by throwing. */
export function catalogIn(view: PdfView): Found<PdfDictionary> {
  const { trailer, startxref } = view.newest;
  const root = trailer.entries.get('Root');
  const catalog = root?.kind === 'reference' ? found(view, root.number) : undefined;
  if (catalog?.value.kind !== 'dictionary') throw new PdfStop('no-root', startxref);
  return { value: catalog.value, holder: catalog.holder };
}

/** The dictionary under a key, followed; undefined when there is none. Stops when something else is there. */
export function dictionaryAt(view: PdfView, parent: Found<PdfDictionary>, key: string): Found<PdfDictionary> | undefined {
  const one = followed(view, parent.holder, parent.value.entries.get(key));
  if (one === undefined) return undefined;
  if (one.value.kind !== 'dictionary') throw new PdfStop('wrong-type', one.holder.from, one.holder.number);
  return { value: one.value, holder: one.holder };
}

/** The items under a key, followed to the array but not into it; none when there is none. */
export function itemsAt(view: PdfView, parent: Found<PdfDictionary>, key: string): readonly Found[] {
  const one = followed(view, parent.holder, parent.value.entries.get(key));
  if (one === undefined) return [];
  if (one.value.kind !== 'array') throw new PdfStop('wrong-type', one.holder.from, one.holder.number);
  const { holder } = one;
  return one.value.items.map((value) => ({ value, holder }));
}

/** What stands under a key of a dictionary, followed; undefined when there is nothing. */
export function entryOf(view: PdfView, parent: Found<PdfDictionary>, key: string): Result<Found | undefined, PdfFault> {
  return asked(view.file, () => followed(view, parent.holder, parent.value.entries.get(key)));
}

export type PdfPage = {
  readonly number: number;
  readonly page: Found<PdfDictionary>;
  /** Resources, MediaBox, CropBox and Rotate as they hold for the page, its own or a parent's (ISO 32000-1 7.7.3.4) */
  readonly inherited: ReadonlyMap<string, Found>;
};

const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate'];

type Node = { readonly number: number; readonly depth: number; readonly inherited: ReadonlyMap<string, Found> };

/**
 * The pages in order (ISO 32000-1 7.7.3.2). Fails on a node that is met twice, on a kid that is neither page nor node of
 * the tree, and beyond the limits; a /Count that disagrees is a fault to distrust.
 */
export function pagesOf(view: PdfView): Result<readonly PdfPage[], PdfFault> {
  return asked(view.file, () => pagesIn(view));
}

/** For this folder: `pagesOf` that stops by throwing. */
export function pagesIn(view: PdfView): readonly PdfPage[] {
  const catalog = catalogIn(view);
  const root = catalog.value.entries.get('Pages');
  if (root?.kind !== 'reference') throw new PdfStop('wrong-type', catalog.holder.from, catalog.holder.number);
  const pages: PdfPage[] = [];
  const seen = new Set<number>();
  const { limits } = view.file.reader.budget;
  let stated: number | undefined;
  const waiting: Node[] = [{ number: root.number, depth: 0, inherited: new Map() }];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { number, depth } = node;
    if (seen.has(number)) throw new PdfStop('page-tree-cycle', catalog.holder.from, number);
    if (depth > limits.depth) throw new PdfStop('too-deep', catalog.holder.from, number);
    if (seen.size + waiting.length > limits.treeNodes) throw new PdfStop('too-many', catalog.holder.from, number);
    seen.add(number);
    const one = found(view, number);
    if (one?.value.kind !== 'dictionary') throw new PdfStop('wrong-type', one?.holder.from ?? 0, number);
    const place = { value: one.value, holder: one.holder };
    const inherited = withOwn(view, place, node.inherited);
    const type = nameIn(one.value, 'Type');
    const isNode = type === 'Pages';
    if (!isNode && (type !== 'Page' || depth === 0)) throw new PdfStop('wrong-type', one.holder.from, number);
    if (!isNode) {
      pages.push({ number, page: place, inherited });
      continue;
    }
    if (depth === 0) stated = integerIn(one.value, 'Count');
    for (const kid of kidsOf(view, place).toReversed()) waiting.push({ number: kid, depth: depth + 1, inherited });
  }
  if (stated !== pages.length) view.file.reader.log.note('page-count-wrong', catalog.holder.from, root.number);
  return pages;
}

function withOwn(view: PdfView, place: Found<PdfDictionary>, before: ReadonlyMap<string, Found>): ReadonlyMap<string, Found> {
  const own = inheritable.filter((key) => place.value.entries.has(key));
  if (own.length === 0) return before;
  const inherited = new Map(before);
  for (const key of own) {
    const value = followed(view, place.holder, place.value.entries.get(key));
    if (value !== undefined) inherited.set(key, value);
  }
  return inherited;
}

function kidsOf(view: PdfView, place: Found<PdfDictionary>): readonly number[] {
  return itemsAt(view, place, 'Kids').map(({ value, holder }) => {
    if (value.kind !== 'reference') throw new PdfStop('wrong-type', holder.from, holder.number);
    return value.number;
  });
}

/** The four numbers of a rectangle (ISO 32000-1 7.9.5), lower left and upper right put in order; undefined for anything else. */
export function rectangleOf(value: PdfObject | undefined): readonly [left: number, bottom: number, right: number, top: number] | undefined {
  if (value?.kind !== 'array' || value.items.length !== 4) return undefined;
  const numbers = value.items.map((item) => (item.kind === 'number' ? item.value : NaN));
  const [a = NaN, b = NaN, c = NaN, d = NaN] = numbers;
  if (numbers.some(Number.isNaN)) return undefined;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}
