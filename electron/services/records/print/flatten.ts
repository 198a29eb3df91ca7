import {
  concatTransformationMatrix,
  drawObject,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFStream,
  popGraphicsState,
  pushGraphicsState,
  type PDFDocument,
  type PDFPage,
} from 'pdf-lib';

const hidden = 0b10;
const noView = 0b100000;

/**
 * Draws the pictures of form fields into the pages and removes the fields. A signature's picture (seal, name, often number and date)
 * lives in such a field; on a copy that is not the signed file it must be seen and must not look as if it could be checked.
 */
export function flattenFields(pdf: PDFDocument): void {
  for (const page of pdf.getPages()) flattenPage(page);
  for (const key of ['AcroForm', 'Perms', 'DSS']) pdf.catalog.delete(PDFName.of(key));
}

function flattenPage(page: PDFPage): void {
  const annotations = page.node.Annots();
  if (annotations === undefined) return;
  const kept: PDFRef[] = [];
  for (let at = 0; at < annotations.size(); at += 1) {
    const entry = annotations.get(at);
    const annotation = annotations.lookup(at);
    if (!(annotation instanceof PDFDict)) continue;
    if (annotation.lookup(PDFName.of('Subtype')) === PDFName.of('Widget')) drawWidget(page, annotation);
    else if (entry instanceof PDFRef) kept.push(entry);
  }
  page.node.set(PDFName.of('Annots'), page.doc.context.obj(kept));
}

function drawWidget(page: PDFPage, widget: PDFDict): void {
  const flags = widget.lookup(PDFName.of('F'));
  if (flags instanceof PDFNumber && (flags.asNumber() & (hidden | noView)) !== 0) return;
  const rect = numbersOf(widget.lookup(PDFName.of('Rect')));
  const appearance = pictureOf(widget);
  if (rect?.length !== 4 || appearance === undefined) return;
  const { ref, stream } = appearance;
  const box = numbersOf(stream.dict.lookup(PDFName.of('BBox')));
  if (box?.length !== 4) return;
  const fit = fitting(box, numbersOf(stream.dict.lookup(PDFName.of('Matrix'))) ?? [1, 0, 0, 1, 0, 0], rect);
  if (fit === undefined) return;
  const name = page.node.newXObject('Field', ref);
  page.pushOperators(...paint(fit, name));
}

/** The appearance that shows: the one stream, or the one of the present state. */
function pictureOf(widget: PDFDict): { readonly ref: PDFRef; readonly stream: PDFStream } | undefined {
  const appearances = widget.lookup(PDFName.of('AP'));
  if (!(appearances instanceof PDFDict)) return undefined;
  const normal = appearances.lookup(PDFName.of('N'));
  const state = widget.lookup(PDFName.of('AS'));
  const holder = normal instanceof PDFStream ? appearances : normal instanceof PDFDict ? normal : undefined;
  const key = normal instanceof PDFStream ? PDFName.of('N') : state instanceof PDFName ? state : undefined;
  if (holder === undefined || key === undefined) return undefined;
  const ref = holder.get(key);
  const stream = holder.lookup(key);
  return ref instanceof PDFRef && stream instanceof PDFStream ? { ref, stream } : undefined;
}

/** How the appearance's box comes to lie in the field's rectangle (ISO 32000-1, 12.5.5, algorithm 8.1). */
function fitting(box: readonly number[], matrix: readonly number[], rect: readonly number[]): readonly number[] | undefined {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
  const corners = [[x1, y1], [x2, y1], [x1, y2], [x2, y2]].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
  const [left, right] = [Math.min(...corners.map(([x]) => x)), Math.max(...corners.map(([x]) => x))];
  const [bottom, top] = [Math.min(...corners.map(([, y]) => y)), Math.max(...corners.map(([, y]) => y))];
  const [rx1 = 0, ry1 = 0, rx2 = 0, ry2 = 0] = rect;
  if (right - left === 0 || top - bottom === 0) return undefined;
  const sx = Math.abs(rx2 - rx1) / (right - left);
  const sy = Math.abs(ry2 - ry1) / (top - bottom);
  return [sx, 0, 0, sy, Math.min(rx1, rx2) - left * sx, Math.min(ry1, ry2) - bottom * sy];
}

function numbersOf(value: unknown): number[] | undefined {
  if (!(value instanceof PDFArray)) return undefined;
  return value.asArray().map((_, at) => {
    const one = value.lookup(at);
    return one instanceof PDFNumber ? one.asNumber() : 0;
  });
}

function paint(fit: readonly number[], name: PDFName): ReturnType<typeof pushGraphicsState>[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = fit;
  return [pushGraphicsState(), concatTransformationMatrix(a, b, c, d, e, f), drawObject(name), popGraphicsState()];
}
