import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** PDF's a b c d e f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** Text of an annotation's appearance in PDF user space. */
export type AppearanceRun = {
  readonly annotation: string;
  readonly text: string;
  readonly font: string;
  /** height of the letters in points */
  readonly size: number;
  /** its baseline's beginning, and the matrix of the text space there with the font size in it */
  readonly matrix: Matrix;
  /** along the baseline, in text space (font size 1) */
  readonly width: number;
};

type Glyph = { readonly unicode?: string; readonly width?: number; readonly isSpace?: boolean };
type OperatorList = { readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[] };

const identity: Matrix = [1, 0, 0, 1, 0, 0];

type TextState = {
  ctm: Matrix;
  font: string;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
};

/**
 * The text that annotations show. pdf.js gives the text of a page's content and of some kinds of annotation, but not of
 * signature widgets, where clerks' programs put number, day and month (../shared/samples, README 2); their drawing
 * operators it does give, so those are followed here as far as text needs (ISO 32000-1, 9.3–9.4).
 */
export function appearanceRuns(list: OperatorList): readonly AppearanceRun[] {
  const runs: AppearanceRun[] = [];
  let annotation = '';
  let state = fresh(identity);
  let stack: TextState[] = [];
  let line: Matrix = identity;
  let pen: Matrix = identity;

  const nextLine = (x: number, y: number): void => {
    line = times(line, [1, 0, 0, 1, x, y]);
    pen = line;
  };

  list.fnArray.forEach((operator, index) => {
    const args = list.argsArray[index];
    if (operator === OPS.beginAnnotation) {
      const [id, , transform, matrix] = args as [unknown, unknown, unknown, unknown];
      annotation = String(id);
      state = fresh(times(matrixOf(transform), matrixOf(matrix)));
      stack = [];
      return;
    }
    // The page's own content comes before the annotations and is read elsewhere.
    if (annotation === '') return;
    switch (operator) {
      case OPS.endAnnotation:
        annotation = '';
        break;
      case OPS.save:
        stack.push({ ...state });
        break;
      case OPS.restore:
        state = stack.pop() ?? state;
        break;
      case OPS.paintFormXObjectBegin:
        stack.push({ ...state });
        state.ctm = times(state.ctm, matrixOf((args as readonly unknown[])[0]));
        break;
      case OPS.paintFormXObjectEnd:
        state = stack.pop() ?? state;
        break;
      case OPS.transform:
        state.ctm = times(state.ctm, matrixOf(args));
        break;
      case OPS.beginText:
        line = identity;
        pen = identity;
        break;
      case OPS.setFont:
        state.font = String((args as readonly unknown[])[0]);
        state.fontSize = numberAt(args, 1);
        break;
      case OPS.setCharSpacing:
        state.charSpacing = numberAt(args, 0);
        break;
      case OPS.setWordSpacing:
        state.wordSpacing = numberAt(args, 0);
        break;
      case OPS.setHScale:
        state.scale = numberAt(args, 0) / 100;
        break;
      case OPS.setLeading:
        state.leading = numberAt(args, 0);
        break;
      case OPS.setTextRise:
        state.rise = numberAt(args, 0);
        break;
      case OPS.moveText:
        nextLine(numberAt(args, 0), numberAt(args, 1));
        break;
      case OPS.setLeadingMoveText:
        state.leading = -numberAt(args, 1);
        nextLine(numberAt(args, 0), numberAt(args, 1));
        break;
      case OPS.setTextMatrix:
        line = matrixOf((args as readonly unknown[])[0]);
        pen = line;
        break;
      case OPS.nextLine:
        nextLine(0, -state.leading);
        break;
      case OPS.showText: {
        const shown = show((args as readonly [readonly (Glyph | number)[]])[0], state);
        const matrix = times(times(state.ctm, pen), [state.fontSize * state.scale, 0, 0, state.fontSize, 0, state.rise]);
        const size = Math.hypot(matrix[2], matrix[3]);
        if (shown.text.trim() !== '' && size > 0) {
          runs.push({ annotation, text: shown.text, font: state.font, size, matrix, width: shown.width });
        }
        pen = times(pen, [1, 0, 0, 1, shown.width * state.fontSize * state.scale, 0]);
        break;
      }
      default:
    }
  });
  return runs;
}

/** Letters of one showing, and how far it goes along the line, in units of the font size. */
function show(glyphs: readonly (Glyph | number)[], state: TextState): { readonly text: string; readonly width: number } {
  let text = '';
  let width = 0;
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') {
      // A jump as wide as a space parts words.
      if (glyph < -200 && text !== '' && !text.endsWith(' ')) text += ' ';
      width -= glyph / 1000;
      continue;
    }
    text += glyph.unicode ?? '';
    const spacing = state.charSpacing + (glyph.isSpace === true ? state.wordSpacing : 0);
    width += (glyph.width ?? 0) / 1000 + (state.fontSize === 0 ? 0 : spacing / state.fontSize);
  }
  return { text, width };
}

function fresh(ctm: Matrix): TextState {
  return { ctm, font: '', fontSize: 0, charSpacing: 0, wordSpacing: 0, scale: 1, leading: 0, rise: 0 };
}

/** `inner` is applied first. */
export function times(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  return [
    a * inner[0] + c * inner[1],
    b * inner[0] + d * inner[1],
    a * inner[2] + c * inner[3],
    b * inner[2] + d * inner[3],
    a * inner[4] + c * inner[5] + e,
    b * inner[4] + d * inner[5] + f,
  ];
}

/** pdf.js hands matrices over as arrays, typed arrays, or nothing. */
function matrixOf(value: unknown): Matrix {
  if (value === null || value === undefined) return identity;
  const list = value as ArrayLike<unknown>;
  const at = (index: number): number => (typeof list[index] === 'number' && Number.isFinite(list[index]) ? list[index] : 0);
  return [at(0), at(1), at(2), at(3), at(4), at(5)];
}

function numberAt(args: unknown, index: number): number {
  const value = (args as ArrayLike<unknown> | null)?.[index];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
