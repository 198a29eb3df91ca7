import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as parsing from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { noText, textLimits, type Box, type PdfText, type TextItem } from '../../services/records/ports.ts';
import { appearanceRuns, times, type Matrix } from './appearance.ts';

// pdf.js would look for its parsing half beside itself, where a bundle has nothing.
Object.assign(globalThis, { pdfjsWorker: parsing });

// Its types leave out what keeps it quiet and what makes it tell a font's name.
const options = {
  // Pictures are dropped unread: only text is wanted, and a scan's would take most of the time.
  maxImageSize: 1,
  disableFontFace: true,
  fontExtraProperties: true,
  useWasm: false,
  useWorkerFetch: false,
  enableXfa: false,
  stopAtErrors: false,
  verbosity: 0,
};

/** Stands for a page that could not be read. */
const a4 = { width: 595, height: 842 };

type ContentItem = { readonly str: string; readonly transform: readonly number[]; readonly width: number; readonly fontName: string; readonly hasEOL: boolean };

/**
 * The text of a PDF with its places, from its content and from the appearances of its annotations. Runs in a process of
 * its own (`electron/hosts/workers/pdf-text.ts`): a hostile file may take any time and memory that it can get.
 */
export async function readPdf(bytes: Uint8Array, want: { readonly items: boolean }): Promise<PdfText> {
  if (bytes.length === 0) return noText('empty');
  if (bytes.length > textLimits.bytes) return noText('too-large');
  // pdf.js takes the bytes for itself, and no Buffer.
  const task = getDocument({ ...options, data: new Uint8Array(bytes) });
  try {
    return await readPages(await task.promise, want.items);
  } catch (error) {
    return noText((error as { readonly name?: unknown }).name === 'PasswordException' ? 'encrypted' : 'broken');
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

async function readPages(document: PDFDocumentProxy, withItems: boolean): Promise<PdfText> {
  const parts: string[] = [];
  const items: TextItem[] = [];
  const sheets: PdfText['sheets'][number][] = [];
  let characters = 0;
  let readable = 0;
  for (let number = 1; number <= Math.min(document.numPages, textLimits.pages); number += 1) {
    const page = await readPage(document, number, withItems && number <= textLimits.itemPages && items.length < textLimits.items);
    if (page !== undefined) readable += 1;
    const text = page?.text ?? '';
    parts.push(text);
    items.push(...(page?.items ?? []));
    if (withItems && number <= textLimits.itemPages) sheets.push(page?.sheet ?? a4);
    characters += text.length;
    if (characters >= textLimits.characters) break;
  }
  if (readable === 0) return noText('broken');
  const text = parts.map((part) => `${part}\f`).join('').slice(0, textLimits.characters);
  return { state: characters === 0 ? 'scan' : 'read', pages: document.numPages, text, items: items.slice(0, textLimits.items), sheets };
}

/** One page; undefined when it is broken, as the others may still be read. */
async function readPage(
  document: PDFDocumentProxy,
  number: number,
  withItems: boolean,
): Promise<{ readonly text: string; readonly items: readonly TextItem[]; readonly sheet: PdfText['sheets'][number] } | undefined> {
  try {
    const page = await document.getPage(number);
    const content = await page.getTextContent({ disableNormalization: true });
    const runs = content.items.filter((item): item is typeof item & ContentItem => 'str' in item);
    const marked = await hasAppearances(page);
    // The first page's operators also tell the names of its fonts: bold tells an agency from the one above it.
    const operators = marked || (withItems && number === 1) ? await page.getOperatorList({ annotationMode: 1 }) : undefined;
    const appearances = marked && operators !== undefined ? appearanceRuns(operators) : [];
    const own = runs.map((item) => `${clean(item.str)}${item.hasEOL ? '\n' : ''}`).join('');
    const shown = appearances.map((run) => clean(run.text)).join('\n');
    const text = [own.trim(), shown.trim()].filter((part) => part !== '').join('\n');
    const items = withItems ? itemsOf(page, number, runs, appearances) : [];
    const { width, height } = page.getViewport({ scale: 1 });
    page.cleanup();
    return { text, items, sheet: { width, height } };
  } catch {
    return undefined;
  }
}

async function hasAppearances(page: PDFPageProxy): Promise<boolean> {
  const annotations = (await page.getAnnotations()) as readonly { readonly hasAppearance?: boolean; readonly subtype?: string }[];
  return annotations.some((annotation) => annotation.hasAppearance === true && annotation.subtype !== 'Link');
}

function itemsOf(
  page: PDFPageProxy,
  number: number,
  runs: readonly ContentItem[],
  appearances: ReturnType<typeof appearanceRuns>,
): readonly TextItem[] {
  const viewport = page.getViewport({ scale: 1 });
  const place = (matrix: Matrix, width: number): Box => {
    const shown = times(viewport.transform as unknown as Matrix, matrix);
    // A letter reaches a little below its line and about nine tenths of its size above it.
    const corners = [[0, -0.2], [width, -0.2], [0, 0.9], [width, 0.9]].map(([x = 0, y = 0]) => [
      (shown[0] * x + shown[2] * y + shown[4]) / viewport.width,
      (shown[1] * x + shown[3] * y + shown[5]) / viewport.height,
    ]);
    const xs = corners.map(([x = 0]) => x);
    const ys = corners.map(([, y = 0]) => y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  };
  const fonts = new Map<string, string>();
  const fontOf = (id: string): string => {
    const known = fonts.get(id) ?? fontName(page, id);
    fonts.set(id, known);
    return known;
  };
  const content = runs.flatMap((run): TextItem[] => {
    const matrix = run.transform as unknown as Matrix;
    const along = Math.hypot(matrix[0], matrix[1]);
    if (run.str.trim() === '' || along === 0) return [];
    const size = Math.hypot(matrix[2], matrix[3]);
    return [{ text: clean(run.str), page: number, box: place(matrix, run.width / along), size, font: fontOf(run.fontName), mark: '' }];
  });
  const marks = appearances.map((run): TextItem => {
    const { annotation, matrix, width, size, font } = run;
    return { text: clean(run.text), page: number, box: place(matrix, width), size, font: fontOf(font), mark: annotation };
  });
  return [...content, ...marks].filter(({ box }) => box.every(Number.isFinite));
}

function fontName(page: PDFPageProxy, id: string): string {
  const objects = page.commonObjs as { readonly has: (id: string) => boolean; readonly get: (id: string) => { readonly name?: unknown } | null };
  const name = objects.has(id) ? objects.get(id)?.name : undefined;
  return typeof name === 'string' ? name.replace(/^[A-Z]{6}\+/, '') : '';
}

/**
 * Control characters are of no use, and ligatures are no letters of a search. The rest stays as it is, as old fonts give
 * every sign a meaning of its own.
 */
function clean(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'));
}

