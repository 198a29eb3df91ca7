import { nameIn, objectOf, pagesOf, streamData, viewOf, type Found, type PdfDictionary, type PdfFile, type PdfView } from '../../../foundation/pdf/index.ts';
import { shownBy } from './content/appearance.ts';
import type { Ground } from './content/cover.ts';
import { identity } from './content/geometry.ts';
import { pictureOf, type Picture } from './content/painted.ts';
import { pagesIn, type Step } from './step.ts';
import { asDictionary, itemsOf, read, readable, resolved, under } from './values.ts';

type Known = { readonly revision: number; readonly picture: Picture };
const painted = new WeakMap<PdfFile, Map<string, Known>>();

/** Revisions that leave what pages paint as it was; told by `describe`, which sees all that is changed. */
export const quiet = new WeakMap<PdfFile, Set<string>>();

/** What the page's own content paints before the revision of this step, without annotations. */
function contentOf(step: Step, page: number): { readonly picture: Picture; readonly dictionary: Found<PdfDictionary> | undefined } {
  const number = pagesIn(step.file, step.graph, step.reading, step.index - 1).order[page];
  const dictionary = number === undefined ? undefined : asDictionary(read(objectOf(step.before, number)));
  return { dictionary, picture: dictionary === undefined ? { items: [], isKnown: false } : pagePicture(step, page, dictionary) };
}

type Laid = NonNullable<Shown> & { readonly number: number; readonly isSignature: boolean };
const laidOut = new WeakMap<Step, Map<number, readonly Laid[]>>();

/** What annotations show on a page before the revision of this step. */
function annotationsOn(step: Step, page: number, dictionary: Found<PdfDictionary>): readonly Laid[] {
  const memo = laidOut.get(step) ?? new Map<number, readonly Laid[]>();
  laidOut.set(step, memo);
  const known = memo.get(page);
  if (known !== undefined) return known;
  const list = under(step.before, dictionary, 'Annots');
  const all = itemsOf(list).flatMap((item): Laid[] => {
    const annotation = list && asDictionary(resolved(step.before, { value: item, holder: list.holder }));
    const shown = annotation && shownOnce(step, annotation);
    return annotation === undefined || shown === undefined ? [] : [{ ...shown, number: annotation.holder.number, isSignature: isSigned(step.before, annotation) }];
  });
  memo.set(page, all);
  return all;
}

/** What the page shows before the revision of this step, its own content apart from signatures; `except` are widgets that change. */
export function groundOf(step: Step, page: number, except: readonly number[] = []): Ground {
  const { picture, dictionary } = contentOf(step, page);
  if (dictionary === undefined) return { page: picture, signatures: [] };
  const others = annotationsOn(step, page, dictionary).filter(({ number }) => !except.includes(number));
  const plain = others.filter(({ isSignature }) => !isSignature);
  return {
    page: { items: [...picture.items, ...plain.flatMap((one) => one.picture.items)], isKnown: picture.isKnown && plain.every((one) => one.picture.isKnown) },
    signatures: others.filter(({ isSignature }) => isSignature).map(({ box, picture: own, number }) => ({ box, picture: own, since: sinceOf(step, number) })),
  };
}

/**
 * All of that in one picture: what a field that is filled, or signed, may hide. An annotation that cannot be read may show
 * anything, but in its own box only.
 */
export function underField(step: Step, page: number, except: readonly number[]): Picture {
  const { picture, dictionary } = contentOf(step, page);
  const others = dictionary === undefined ? [] : annotationsOn(step, page, dictionary).filter(({ number }) => !except.includes(number));
  return { items: [...picture.items, ...others.flatMap((one) => one.picture.items)], isKnown: picture.isKnown };
}

const since = new WeakMap<PdfFile, Map<string, number>>();

/** The revision that brought an object. */
function sinceOf({ file, graph, reading, index }: Step, number: number): number {
  const memo = since.get(file) ?? new Map<string, number>();
  since.set(file, memo);
  const key = `${reading} ${String(number)}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const first = graph.changes.findIndex((change, revision) => revision < index && change.added.has(number));
  memo.set(key, first);
  return first;
}

type Shown = ReturnType<typeof shownBy>;
const shownKnown = new WeakMap<PdfFile, Map<string, { readonly revision: number; readonly shown: Shown }>>();

/** What an annotation shows, read again only when something besides signatures was done since. */
function shownOnce(step: Step, annotation: Found<PdfDictionary>): Shown {
  const memo = shownKnown.get(step.file) ?? new Map<string, { readonly revision: number; readonly shown: Shown }>();
  shownKnown.set(step.file, memo);
  const { number, from, source } = annotation.holder;
  const key = `${step.reading} ${String(number)} ${String(from)} ${String(source.origin ?? 0)}`;
  const known = memo.get(key);
  if (known !== undefined && isQuietBetween(step, known.revision)) return known.shown;
  const shown = shownBy(step.before, annotation, false);
  memo.set(key, { revision: step.index - 1, shown });
  return shown;
}

function isSigned(view: PdfView, widget: Found<PdfDictionary>): boolean {
  const parent = asDictionary(under(view, widget, 'Parent'));
  const type = nameIn(widget.value, 'FT') ?? (parent && nameIn(parent.value, 'FT'));
  // Whether the value is what it should be is another's question; it is long, and not read here.
  const value = widget.value.entries.get('V') ?? parent?.value.entries.get('V');
  return type === 'Sig' && value !== undefined && value.kind !== 'null';
}

function pagePicture(step: Step, page: number, dictionary: Found<PdfDictionary>): Picture {
  const memo = painted.get(step.file) ?? new Map<string, Known>();
  painted.set(step.file, memo);
  const key = `${step.reading} ${String(dictionary.holder.number)}`;
  const known = memo.get(key);
  if (known !== undefined && isQuietBetween(step, known.revision)) return known.picture;
  const picture = readPage(step, page, dictionary);
  memo.set(key, { revision: step.index - 1, picture });
  return picture;
}

function isQuietBetween(step: Step, revision: number): boolean {
  if (revision > step.index - 1) return false;
  const still = quiet.get(step.file);
  for (let index = revision + 1; index < step.index; index += 1) if (still?.has(`${step.reading} ${String(index)}`) !== true) return false;
  return true;
}

function readPage(step: Step, page: number, dictionary: Found<PdfDictionary>): Picture {
  const { before: view } = step;
  const contents = under(view, dictionary, 'Contents');
  const own = dictionary.value.entries.get('Contents');
  const streams = contents?.value.kind === 'array' ? contents.value.items : own === undefined ? [] : [own];
  const parts: Uint8Array[] = [];
  for (const stream of streams) {
    const bytes = stream.kind === 'reference' ? readable(streamData(view, stream.number)) : undefined;
    if (bytes === undefined) return { items: [], isKnown: false };
    parts.push(bytes, Buffer.from('\n'));
  }
  const inherited = read(pagesOf(viewOf(step.file, step.index - 1, step.reading)))[page]?.inherited.get('Resources');
  return pictureOf(view, Buffer.concat(parts), asDictionary(inherited), identity, false);
}
