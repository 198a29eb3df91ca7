import { paper, type DocumentFonts, type Run, type Sheet, type SheetFacts } from './paper.ts';

export { mm, paper, type DocumentFonts, type Face, type Ink, type Line, type Run, type Sheet } from './paper.ts';

/**
 * An empty document in the given fonts, of A4 pages unless told otherwise. Coordinates are points from the top left. The library that
 * draws is loaded with the first one: a core at rest does without it.
 */
export async function createSheet(fonts: DocumentFonts, facts: SheetFacts, size: { readonly width: number; readonly height: number } = paper): Promise<Sheet> {
  const { drawnSheet } = await import('./drawn-sheet.ts');
  return drawnSheet(fonts, facts, size);
}

/** Centred lines of about the same width, so that no single word is left over. */
export function balancedLines(sheet: Sheet, text: string, face: Run['face'], points: number, width: number): readonly string[] {
  if (text === '') return [];
  const lines = plainLines(sheet, text, face, points, width);
  for (let narrower = width * 0.5; lines.length > 1 && narrower < width; narrower += 4) {
    const balanced = plainLines(sheet, text, face, points, narrower);
    if (balanced.length === lines.length) return balanced;
  }
  return lines;
}

/** Lines of at most `width`, as plain text. */
export function plainLines(sheet: Sheet, text: string, face: Run['face'], points: number, width: number): readonly string[] {
  return sheet.wrap([{ text, face }], points, width).map((line) => line.words.map((word) => word.text).join(' '));
}
