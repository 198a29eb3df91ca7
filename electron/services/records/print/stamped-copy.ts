import { concatTransformationMatrix, PDFDocument, popGraphicsState, pushGraphicsState, rgb, type PDFFont, type PDFPage } from 'pdf-lib';
import * as fontkit from '@cantoo/fontkit';
import type { StampPicture } from '#contract';
import type { Measure } from './arrival-stamp.ts';
import { flattenFields } from './flatten.ts';
import { mm, type DocumentFonts } from './sheet.ts';

/** Measures text in the fonts of the mark; widths in points. */
export async function measureIn(fonts: DocumentFonts): Promise<Measure> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const [regular, bold] = [await pdf.embedFont(fonts.regular), await pdf.embedFont(fonts.bold)];
  return (text, strong, size) => (strong ? bold : regular).widthOfTextAtSize(text, size);
}

type CopyFacts = { readonly picture: StampPicture; readonly place: { readonly x: number; readonly y: number }; readonly line: string; readonly fonts: DocumentFonts };

/** The file with mark and line; undefined when it cannot be read as a PDF, or asks for a password. */
export async function copyOf(bytes: Uint8Array, facts: CopyFacts): Promise<Uint8Array | undefined> {
  try {
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
    pdf.registerFontkit(fontkit);
    const regular = await pdf.embedFont(facts.fonts.regular, { subset: true, features: { liga: false } });
    const bold = await pdf.embedFont(facts.fonts.bold, { subset: true, features: { liga: false } });
    flattenFields(pdf);
    pdf.getPages().forEach((page, at) => {
      onDisplayed(page, (_, height) => {
        if (at === 0) drawStamp(page, facts, regular, bold);
        page.drawText(facts.line, { x: 12 * mm, y: -height + 5 * mm, font: regular, size: 7.5, color: rgb(0.35, 0.35, 0.35) });
      });
    });
    pdf.setProducer('Trạm Văn thư');
    return await pdf.save();
  } catch {
    // What the library throws about a broken or locked file has many forms; the file itself is untouched.
    return undefined;
  }
}

const red = rgb(0.93, 0.11, 0.14);

function drawStamp(page: PDFPage, { picture, place }: CopyFacts, regular: PDFFont, bold: PDFFont): void {
  const x = (value: number): number => (place.x + value) * mm;
  const y = (value: number): number => -(place.y + value) * mm;
  page.drawRectangle({
    x: x(0),
    y: y(picture.height),
    width: picture.width * mm,
    height: picture.height * mm,
    borderColor: red,
    borderWidth: 1.2,
  });
  for (const line of picture.lines) {
    page.drawLine({ start: { x: x(line.x1), y: y(line.y1) }, end: { x: x(line.x2), y: y(line.y2) }, thickness: 0.7, color: red });
  }
  for (const text of picture.texts) {
    page.drawText(text.text, { x: x(text.x), y: y(text.y), font: text.bold ? bold : regular, size: text.size, color: red });
  }
}

/** Draws in points from the top left corner of the page as it is seen, whatever its rotation; up is positive. */
function onDisplayed(page: PDFPage, draw: (width: number, height: number) => void): void {
  const { x, y, width, height } = page.getCropBox();
  const turned = ((page.getRotation().angle % 360) + 360) % 360;
  const ways: Readonly<Record<number, readonly [number, number, number, number, number, number]>> = {
    90: [0, 1, -1, 0, x, y],
    180: [-1, 0, 0, -1, x + width, y],
    270: [0, -1, 1, 0, x + width, y + height],
  };
  const way = ways[turned] ?? [1, 0, 0, 1, x, y + height];
  page.pushOperators(pushGraphicsState(), concatTransformationMatrix(...way));
  if (turned === 90 || turned === 270) draw(height, width);
  else draw(width, height);
  page.pushOperators(popGraphicsState());
}
