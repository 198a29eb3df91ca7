import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { vietnamTime } from '../../../foundation/clock.ts';
import type { Result } from '../../../foundation/outcome.ts';
import {
  allFileBytes,
  catalogOf,
  entriesOf,
  entryOf,
  eachPiece,
  nextNumber,
  pagesOf,
  rectangleOf,
  signaturesOf,
  streamData,
  valueOf,
  viewOf,
  writeNewFile,
  type Found,
  type PdfDictionary,
  type PdfFile,
  type PdfPage,
  type PdfValue,
  type PdfView,
} from '../../../foundation/pdf/index.ts';
import { drawingObjects, type Turned } from '../appearance/drawing.ts';
import { missingLetters, type LetteringFonts } from '../appearance/lettering.ts';
import { onPage, pageShapes, type PageShape } from '../appearance/page-shape.ts';
import { trusted, writeWhole } from '../prepare.ts';
import { onDisk, read, Refused } from '../refusals.ts';
import { fieldKinds, fitting, flattened, type Matrix } from './annotations.ts';
import { footDrawing, wordsDrawing, type Placed } from './marks.ts';
import { NotCopied, type CopyRefusal } from './refusal.ts';

/** What is to be copied, and what the copy shows. Plain data. */
export type CopyOrder = {
  readonly source: string;
  /** does not exist yet */
  readonly target: string;
  /** what the copy says of itself */
  readonly title: string;
  readonly at: Date;
  /** name of the agency, at the foot of every page */
  readonly agency: string;
  /** whether the copy shows the words itself; of a certified one the agency's signature shows them (TT 05/2025/TT-BNV art. 41.2) */
  readonly words: boolean;
};

/** `leftOut`: files and media that hang on the original's pages or lie inside it, and are in no copy of its pages. */
export type CopiedFile = { readonly size: number; readonly pages: number; readonly leftOut: number };

/**
 * Copies the pages of a stored PDF into a new file (TT 05/2025/TT-BNV art. 40): every page as it is shown, the agency's name at its foot, the
 * words “BẢN SAO” on the first. The new file has no form, no signature, no script and no earlier revision, so nothing of what makes the
 * original authentic can be checked in it (art. 40.2); pictures of signatures are part of the pages. The original is only read.
 */
export function copyPages(order: CopyOrder, fonts: LetteringFonts): Result<CopiedFile, CopyRefusal> {
  const part = `${order.target}.part`;
  try {
    const made = onOpened(order.source, (file) => writtenInto(part, file, order, fonts));
    onOpened(part, (copy) => {
      if (read(pagesOf(viewOf(copy))).length !== made.pages || read(signaturesOf(copy)).signatures.length > 0) throw new Error('a copy that is not what was ordered');
    });
    onDisk('target-unwritable', () => {
      renameSync(part, order.target);
    });
    return { ok: true, value: made };
  } catch (error) {
    rmSync(part, { force: true });
    return { ok: false, failure: refusalOf(error) };
  }
}

/** Why a copy was not made, in this folder's words; throws what is no refusal. */
function refusalOf(error: unknown): CopyRefusal {
  if (error instanceof NotCopied) return error.refusal;
  if (!(error instanceof Refused)) throw error;
  const { refusal } = error;
  if (refusal.code === 'pdf-damaged' || refusal.code === 'pdf-encrypted') return refusal;
  if (refusal.code === 'file-unreadable' || refusal.code === 'target-unwritable') return { code: 'disk', detail: refusal.detail };
  throw error;
}

function onOpened<T>(path: string, tell: (file: PdfFile) => T): T {
  const handle = onDisk('file-unreadable', () => openSync(path, 'r'));
  try {
    return tell(trusted(allFileBytes(handle, onDisk('file-unreadable', () => fstatSync(handle).size))));
  } finally {
    closeSync(handle);
  }
}

function writtenInto(path: string, file: PdfFile, order: CopyOrder, fonts: LetteringFonts): CopiedFile {
  const view = viewOf(file);
  const plan = planned(file, order, fonts);
  const handle = onDisk('target-unwritable', () => openSync(path, 'wx', 0o600));
  try {
    const size = read(
      writeNewFile(view, plan, (piece) => {
        onDisk('target-unwritable', () => {
          writeWhole(handle, piece);
        });
      }),
    );
    onDisk('target-unwritable', () => {
      fsyncSync(handle);
    });
    return { size, pages: plan.pages, leftOut: plan.leftOut };
  } finally {
    closeSync(handle);
  }
}

type Objects = Map<number, PdfValue>;

/** The new file's objects: its own catalog, pages and texts; everything else is taken over from the view as the pages need it. */
function planned(file: PdfFile, order: CopyOrder, fonts: LetteringFonts) {
  const view = viewOf(file);
  const catalog = read(catalogOf(view));
  // Pages that a script builds when they are opened (XFA) are not in the file.
  if (read(entryOf(view, catalog, 'NeedsRendering'))?.value.kind === 'boolean') throw new NotCopied({ code: 'content-unread', page: 1 });
  const letters = missingLetters(fonts.regular, order.agency.replaceAll(/\s/gu, ''));
  if (letters !== '') throw new NotCopied({ code: 'letters-missing', letters });
  const objects: Objects = new Map();
  let next = nextNumber(file);
  const add = (value: PdfValue): number => {
    objects.set(next, value);
    next += 1;
    return next - 1;
  };
  const pages = read(pagesOf(view));
  const shapes = pageShapes(file);
  const kinds = fieldKinds(file);
  const root = next;
  const tree = next + 1;
  next += 2;
  let leftOut = embeddedFiles(view, catalog);
  const placed = pages.map((_, index) => placedOn(shapes[index], index, order, fonts));
  // All texts are set in one font, which is written once.
  const shown = placed.flat().map(({ drawing, turn }): Turned => ({ drawing, turn }));
  const first = next;
  for (const { number, value } of drawingObjects(first, shown, fonts, 'soft')) {
    objects.set(number, value);
    next = Math.max(next, number + 1);
  }
  let texts = first;
  const kids = pages.map((page, index): PdfValue => {
    const flat = flattened(view, page, index + 1, kinds);
    leftOut += flat.leftOut;
    const parts = flat.flat.map(({ form, matrix }) => ({ number: add(form), matrix }));
    for (const { matrix } of placed[index] ?? []) {
      parts.push({ number: texts, matrix });
      texts += 1;
    }
    return { reference: add(pageOf(page, tree, [{ number: add(contentForm(view, page, index + 1)), matrix: upright }, ...parts], add)) };
  });
  objects.set(tree, { dictionary: { Type: { name: 'Pages' }, Kids: kids, Count: kids.length } });
  const { OCProperties, OutputIntents, Lang } = entriesOf(catalog);
  objects.set(root, { dictionary: { Type: { name: 'Catalog' }, Pages: { reference: tree }, OCProperties, OutputIntents, Lang } });
  const date = `D:${vietnamTime(order.at).slice(0, 19).replaceAll(/[-T:]/g, '')}+07'00'`;
  const info = add({ dictionary: { Title: { text: order.title }, Producer: { text: 'Trạm Văn thư' }, CreationDate: { text: date } } });
  return { version: file.version > '1.7' ? file.version : '1.7', objects, root, info, id: idOf(file, order), pages: kids.length, leftOut };
}

/** Made from the original and the order, not from chance: the same copy has the same bytes. */
function idOf(file: PdfFile, { title, agency, at, words }: CopyOrder): Uint8Array {
  const hash = createHash('sha256').update(JSON.stringify([title, agency, at.toISOString(), words]));
  eachPiece(file.bytes, 0, file.bytes.size, (piece) => hash.update(piece));
  return hash.digest().subarray(0, 16);
}

/** Files that the document names at large (ISO 32000-1 7.11.4), as many as stand in one leaf; they are told of, not counted out. */
function embeddedFiles(view: PdfView, catalog: Found<PdfDictionary>): number {
  const names = read(entryOf(view, catalog, 'Names'));
  const files = names?.value.kind === 'dictionary' ? read(entryOf(view, { value: names.value, holder: names.holder }, 'EmbeddedFiles')) : undefined;
  if (files?.value.kind !== 'dictionary') return 0;
  const list = read(entryOf(view, { value: files.value, holder: files.holder }, 'Names'))?.value;
  return list?.kind === 'array' ? Math.floor(list.items.length / 2) : 1;
}

type PlacedOn = Placed & { readonly turn: PageShape['turn']; readonly matrix: Matrix };

/** The foot of a page, and the words on the first, where they stand in the page's own space. */
function placedOn(shape: PageShape | undefined, index: number, { agency, words }: CopyOrder, fonts: LetteringFonts): readonly PlacedOn[] {
  if (shape === undefined) throw new Error('a page without its shape');
  const foot = footDrawing(agency, shape, fonts);
  const head = index === 0 && words ? wordsDrawing(shape, fonts) : undefined;
  if (foot === undefined || (head === undefined && index === 0 && words)) throw new NotCopied({ code: 'page-too-small', page: index + 1 });
  return [foot, ...(head === undefined ? [] : [head])].map(({ box, drawing }): PlacedOn => {
    const own = onPage(shape, box);
    const matrix = fitting([0, 0, drawing.width, drawing.height], turnMatrix[shape.turn], [own.left, own.bottom, own.left + own.width, own.bottom + own.height]);
    if (matrix === undefined) throw new Error('a text has a size');
    return { box, drawing, turn: shape.turn, matrix };
  });
}

const upright: Matrix = [1, 0, 0, 1, 0, 0];
/** As `drawingObjects` turns what shall stand upright on a page that is shown turned. */
const turnMatrix: Readonly<Record<PageShape['turn'], Matrix>> = { 0: upright, 90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0] };

/** What of a page's own entries says how it looks. */
const kept = ['Group', 'UserUnit'] as const;

function pageOf({ page, inherited }: PdfPage, tree: number, parts: readonly { readonly number: number; readonly matrix: Matrix }[], add: (value: PdfValue) => number): PdfValue {
  const own = entriesOf(page);
  const boxes = Object.fromEntries(['MediaBox', 'CropBox', 'Rotate'].flatMap((key) => {
    const found = inherited.get(key);
    return found === undefined ? [] : [[key, valueOf(found)]];
  }));
  const content = parts.map(({ matrix }, index) => `q ${matrix.map(digits).join(' ')} cm /X${String(index)} Do Q`).join('\n');
  const forms = Object.fromEntries(parts.map(({ number }, index) => [`X${String(index)}`, { reference: number }]));
  return {
    dictionary: {
      Type: { name: 'Page' },
      Parent: { reference: tree },
      // Readers take a page without a box for one of this size.
      MediaBox: [0, 0, 595, 842],
      ...boxes,
      ...Object.fromEntries(kept.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]]))),
      Resources: { dictionary: { XObject: { dictionary: forms } } },
      Contents: { reference: add({ dictionary: {}, stream: Buffer.from(content, 'latin1') }) },
    },
  };
}

function digits(value: number): string {
  return String(Math.round(value * 1_000_000) / 1_000_000);
}

/**
 * What a page draws as one form (8.10): whatever state it leaves behind does not reach what is drawn over it, and a content without
 * balance reads as it did. One stream is taken over as it is stored; several are read as one, as readers do (7.8.2).
 */
function contentForm(view: PdfView, { page, inherited }: PdfPage, place: number): PdfValue {
  const contents = read(entryOf(view, page, 'Contents'));
  const resources = inherited.get('Resources');
  const entries = {
    Type: { name: 'XObject' },
    Subtype: { name: 'Form' },
    BBox: formBox(inherited),
    Resources: resources === undefined ? { dictionary: {} } : valueOf(resources),
  };
  if (contents?.value.kind === 'stream') {
    const { Length: _, ...stored } = entriesOf({ value: contents.value.dictionary, holder: contents.holder });
    return { dictionary: { ...stored, ...entries }, stream: contents.holder.source.slice(contents.value.dataFrom, contents.value.dataTo) };
  }
  const streams = (contents?.value.kind === 'array' ? contents.value.items : []).map((item) => {
    const data = item.kind === 'reference' ? streamData(view, item.number) : undefined;
    if (data?.ok !== true) throw new NotCopied({ code: 'content-unread', page: place });
    return data.value;
  });
  const whole = Buffer.concat(streams.flatMap((stream) => [stream, Buffer.from('\n')]));
  return { dictionary: { ...entries, Filter: { name: 'FlateDecode' } }, stream: deflateSync(whole) };
}

/** All that a page can show lies inside its boxes; the form must not cut off what stands on their edge. */
function formBox(inherited: PdfPage['inherited']): PdfValue {
  const boxes = ['MediaBox', 'CropBox'].flatMap((key) => {
    const box = rectangleOf(inherited.get(key)?.value);
    return box === undefined ? [] : [box];
  });
  if (boxes.length === 0) return [-1, -1, 596, 843];
  return [Math.min(...boxes.map(([left]) => left)) - 1, Math.min(...boxes.map(([, bottom]) => bottom)) - 1, Math.max(...boxes.map(([, , right]) => right)) + 1, Math.max(...boxes.map(([, , , top]) => top)) + 1];
}
