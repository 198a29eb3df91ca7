import { nameIn, PdfStop, readContent, streamData, type Found, type PdfDictionary, type PdfObject, type PdfView } from '../../../../foundation/pdf/index.ts';
import { asDictionary, dictionaryUnder, readable, under } from '../values.ts';
import { faceOf, numberOf, type Face } from './fonts.ts';
import { around, identity, isCut, moved, narrowed, times, type Area, type Clip, type Matrix } from './geometry.ts';
import { blending, hasDefaultColours, operandCounts, orderOf, ownMatrix, toneOf, type Tone } from './operands.ts';

/** Something that leaves ink, and where. */
export type Painted =
  | { readonly kind: 'text'; readonly area: Area; readonly size: number; /** undefined where a letter is not known */ readonly text: string | undefined; readonly font: Face | undefined; /** upright, each letter right of the one before, in a colour that is seen, none cut off */ readonly isPlain: boolean }
  | { readonly kind: 'path'; readonly area: Area; /** one rectangle, on which dark letters are seen */ readonly isPlain: boolean }
  | { readonly kind: 'image'; readonly area: Area; /** of the unit square to the page */ readonly matrix: Matrix; /** the image's object; undefined for an inline image */ readonly image: Found | undefined };

export type Picture = {
  readonly items: readonly Painted[];
  /** false: something could not be read, and may be anywhere */
  readonly isKnown: boolean;
};

type State = {
  matrix: Matrix;
  font: Face | undefined;
  size: number;
  spacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  mode: number;
  line: number;
  /** how far a corner may reach, in halves of the line's width (8.4.3.5) */
  corner: number;
  isWhite: boolean;
  /** colours are what they are called: no blending, no transfer function, no default colour space */
  isExact: boolean;
  /** what is painted is seen in it alone */
  clip: Clip;
  tone: Tone;
};

type Work = {
  readonly view: PdfView;
  readonly items: Painted[];
  isKnown: boolean;
  /** form XObjects entered */
  forms: number;
  /**
   * The picture came later, and is looked at for what it hides: white areas do that too, but are no ink. What programs draw
   * differently leaves it unknown.
   */
  readonly countsWhite: boolean;
};

const deepest = 12;
const mostStates = 1000;
/** Points: half of the thinnest line that is seen. */
const leastHalf = 0.25;
/** Points: smaller letters are not read; and half of the thickest frame on which letters are. */
const leastSize = 3;
const mostFrame = 1.5;
/** Of a letter, in parts of its size, whatever its font says. */
const leastWidth = 0.2;
const mostForms = 2000;
const mostItems = 200_000;

/**
 * What a content stream paints, clipping and transparency left aside: rather too much than too little. White areas count
 * where they may hide something, not where ink is looked for.
 */
export function pictureOf(view: PdfView, content: Uint8Array, resources: Found<PdfDictionary> | undefined, matrix: Matrix, countsWhite: boolean): Picture {
  const work: Work = { view, items: [], isKnown: true, forms: 0, countsWhite };
  paint(work, content, resources, matrix, 0);
  return { items: work.items, isKnown: work.isKnown };
}

function paint(work: Work, content: Uint8Array, resources: Found<PdfDictionary> | undefined, matrix: Matrix, depth: number): void {
  let state: State = { matrix, font: undefined, size: 0, spacing: 0, wordSpacing: 0, scale: 1, leading: 0, rise: 0, mode: 0, line: 1, corner: 10, isWhite: false, isExact: !hasDefaultColours(work.view, resources), clip: depth === 0 ? undefined : 'unknown', tone: 'dark' };
  const stack: State[] = [];
  let text: Matrix = identity;
  let line: Matrix = identity;
  let path: Area | undefined;
  let rectangles = 0;
  let segments = 0;
  let isClip = false;
  const order = orderOf();

  const point = (x: number, y: number): void => {
    const [px, py] = moved(state.matrix, x, y);
    path = path === undefined ? [px, py, px, py] : [Math.min(path[0], px), Math.min(path[1], py), Math.max(path[2], px), Math.max(path[3], py)];
  };
  const add = (item: Painted): void => {
    if (work.items.length >= mostItems) work.isKnown = false;
    else work.items.push(item);
  };
  /** Half of a line's width on the page; without any it is as thin as can be seen (8.4.3.2). */
  const halfLine = (): number => {
    const [a, b, c, d] = state.matrix;
    return Math.max(leastHalf, (Math.abs(state.line) / 2) * Math.max(Math.hypot(a, b), Math.hypot(c, d)));
  };
  const drawn = (isStroked: boolean, isFilled: boolean): void => {
    if (path !== undefined && (isStroked || (isFilled && (work.countsWhite || !state.isWhite || !state.isExact)))) {
      // What is drawn to hide may do so with the corners of its lines; of what lies there they are no great part.
      const half = isStroked ? halfLine() * (work.countsWhite && segments > 1 ? state.corner : 1) : 0.05;
      const isClear = half <= mostFrame && (!isFilled || (state.tone === 'light' && state.isExact));
      add({ kind: 'path', isPlain: rectangles === 1 && segments === 0 && isClear, area: [path[0] - half, path[1] - half, path[2] + half, path[3] + half] });
    }
    if (isClip) state.clip = narrowed(state.clip, state.matrix, rectangles === 1 && segments === 0 ? path : undefined);
    isClip = false;
    path = undefined;
    rectangles = 0;
    segments = 0;
  };
  const next = (x: number, y: number): void => {
    line = times([1, 0, 0, 1, x, y], line);
    text = line;
  };

  function show(bytes: Uint8Array): void {
    const { font, size } = state;
    if (font === undefined) {
      work.isKnown = false;
      return;
    }
    const full = (): Matrix => times([size * state.scale, 0, 0, size, 0, state.rise], times(text, state.matrix));
    let run: { area: Area; text: string | undefined; isPlain: boolean } | undefined;
    let last = -Infinity;
    const end = (): void => {
      const [, , c, d] = full();
      if (run !== undefined && state.mode !== 3 && state.mode !== 7) add({ kind: 'text', area: run.area, size: Math.hypot(c, d), text: run.text, font, isPlain: run.isPlain });
      run = undefined;
    };
    for (let at = 0; at + font.codeBytes <= bytes.length; at += font.codeBytes) {
      const code = font.codeBytes === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      const width = font.width(code);
      if (Number.isNaN(width)) {
        work.isKnown = false;
        return;
      }
      if (font.isBlank(code)) end();
      else {
        const ink = font.inkOf(code) ?? (work.countsWhite ? font.inkOfAny() : undefined);
        // Of what lies there the letters were seen; what is put there may be larger than it says.
        if (ink === undefined && work.countsWhite) work.isKnown = false;
        const fat = [1, 2, 5, 6].includes(state.mode) ? halfLine() * (work.countsWhite ? state.corner : 1) : 0;
        const [left, bottom, right, top] = around(full(), ink ?? [0, font.descent, Math.max(width, leastWidth), font.ascent]);
        const area: Area = [left - fat, bottom - fat, right + fat, top + fat];
        const letter = font.unicode(code);
        const [a, b, c, d] = full();
        const isNext = area[0] > last || /^\p{M}/u.test(letter ?? '');
        const isPlain = a > leastSize && d > leastSize && Math.abs(b) + Math.abs(c) < 0.01 * (a + d) && isNext && state.tone === 'dark' && state.isExact && state.mode === 0 && !isCut(area, state.clip, d);
        last = (area[0] + area[2]) / 2;
        run = run === undefined
          ? { area, text: letter, isPlain }
          : { isPlain: run.isPlain && isPlain, area: [Math.min(run.area[0], area[0]), Math.min(run.area[1], area[1]), Math.max(run.area[2], area[2]), Math.max(run.area[3], area[3])], text: run.text === undefined || letter === undefined ? undefined : run.text + letter };
      }
      const space = font.codeBytes === 1 && code === 32 ? state.wordSpacing : 0;
      text = times([1, 0, 0, 1, (width * size + state.spacing + space) * state.scale, 0], text);
    }
    end();
    // Letters that others are cut out by (9.3.6).
    if (state.mode > 3) state.clip = 'unknown';
  }

  function external(name: string): void {
    const list = dictionaryUnder(work.view, resources, 'XObject');
    const one = under(work.view, list, name);
    if (one?.value.kind !== 'stream') return;
    // A layer may take it away (8.11.3.3).
    if (work.countsWhite && one.value.dictionary.entries.has('OC')) work.isKnown = false;
    const kind = nameIn(one.value.dictionary, 'Subtype');
    if (kind === 'Image') add({ kind: 'image', area: around(state.matrix, [0, 0, 1, 1]), matrix: state.matrix, image: one });
    else if (kind === 'Form') enter(one);
    else work.isKnown = false;
  }

  function enter(form: Found): void {
    work.forms += 1;
    const bytes = depth < deepest && work.forms < mostForms ? readable(streamData(work.view, form.holder.number)) : undefined;
    const dictionary = asDictionary(form);
    if (bytes === undefined || dictionary === undefined) {
      work.isKnown = false;
      return;
    }
    const own = ownMatrix(work.view, dictionary);
    if (own === undefined) {
      work.isKnown = false;
      return;
    }
    paint(work, bytes, dictionaryUnder(work.view, dictionary, 'Resources') ?? resources, times(own, state.matrix), depth + 1);
  }

  function visit(operator: string, operands: readonly PdfObject[]): void {
    // Of too many operands readers take the last ones, or the first, or none.
    const wanted = Object.hasOwn(operandCounts, operator) ? operandCounts[operator] : undefined;
    if (wanted !== undefined && operands.length !== wanted) work.isKnown = false;
    if (!order.isInPlace(operator, operands) && work.countsWhite) work.isKnown = false;
    const n = (index: number): number => {
      const value = numberOf(operands[index]);
      // An operand that is missing leaves everything open that follows.
      if (value === undefined) throw new PdfStop('bad-token', 0);
      return value;
    };
    const bytes = (index: number): Uint8Array => {
      const value = operands[index];
      return value?.kind === 'string' ? value.bytes : new Uint8Array(0);
    };
    switch (operator) {
      case 'q':
        // Who counts fewer than a reader does would restore another state than it.
        if (stack.length < mostStates) stack.push({ ...state });
        else work.isKnown = false;
        return;
      case 'Q':
        state = stack.pop() ?? state;
        return;
      case 'cm':
        state.matrix = times([n(0), n(1), n(2), n(3), n(4), n(5)], state.matrix);
        return;
      case 'w':
        state.line = n(0);
        return;
      case 'M':
        state.corner = Math.max(1, n(0));
        return;
      case 'm':
      case 'l':
        segments += 1;
        point(n(0), n(1));
        return;
      case 'c':
        segments += 1;
        point(n(0), n(1));
        point(n(2), n(3));
        point(n(4), n(5));
        return;
      case 'v':
      case 'y':
        segments += 1;
        point(n(0), n(1));
        point(n(2), n(3));
        return;
      case 're':
        rectangles += 1;
        point(n(0), n(1));
        point(n(0) + n(2), n(1) + n(3));
        point(n(0) + n(2), n(1));
        point(n(0), n(1) + n(3));
        return;
      case 'S':
      case 's':
        drawn(true, false);
        return;
      case 'f':
      case 'F':
      case 'f*':
        drawn(false, true);
        return;
      case 'B':
      case 'B*':
      case 'b':
      case 'b*':
        drawn(true, true);
        return;
      case 'n':
        drawn(false, false);
        return;
      case 'W':
      case 'W*':
        isClip = true;
        return;
      case 'sh':
        work.isKnown = false;
        return;
      case 'g':
        state.isWhite = n(0) === 1;
        state.tone = toneOf(n(0), n(0), n(0));
        return;
      case 'rg':
        state.isWhite = n(0) === 1 && n(1) === 1 && n(2) === 1;
        state.tone = toneOf(n(0), n(1), n(2));
        return;
      case 'k':
        state.isWhite = n(0) === 0 && n(1) === 0 && n(2) === 0 && n(3) === 0;
        state.tone = toneOf(1 - n(0) - n(3), 1 - n(1) - n(3), 1 - n(2) - n(3));
        return;
      case 'cs':
      case 'sc':
      case 'scn':
        state.isWhite = false;
        state.tone = 'unknown';
        return;
      case 'BT':
        text = identity;
        line = identity;
        return;
      case 'Tf': {
        const [name] = operands;
        const font = asDictionary(name?.kind === 'name' ? under(work.view, dictionaryUnder(work.view, resources, 'Font'), name.name) : undefined);
        state.font = font && faceOf(work.view, font);
        state.size = n(1);
        return;
      }
      case 'Tc':
        state.spacing = n(0);
        return;
      case 'Tw':
        state.wordSpacing = n(0);
        return;
      case 'Tz':
        state.scale = n(0) / 100;
        return;
      case 'TL':
        state.leading = n(0);
        return;
      case 'Ts':
        state.rise = n(0);
        return;
      case 'Tr':
        state.mode = n(0);
        return;
      case 'Td':
        next(n(0), n(1));
        return;
      case 'TD':
        state.leading = -n(1);
        next(n(0), n(1));
        return;
      case 'Tm':
        line = [n(0), n(1), n(2), n(3), n(4), n(5)];
        text = line;
        return;
      case 'T*':
        next(0, -state.leading);
        return;
      case 'Tj':
        show(bytes(0));
        return;
      case "'":
        next(0, -state.leading);
        show(bytes(0));
        return;
      case '"':
        state.wordSpacing = n(0);
        state.spacing = n(1);
        next(0, -state.leading);
        show(bytes(2));
        return;
      case 'TJ': {
        const [list] = operands;
        for (const item of list?.kind === 'array' ? list.items : []) {
          if (item.kind === 'string') show(item.bytes);
          else if (item.kind === 'number') text = times([1, 0, 0, 1, (-item.value / 1000) * state.size * state.scale, 0], text);
        }
        return;
      }
      case 'gs': {
        // It may make all that follows see-through, whatever its colour.
        state.clip = 'unknown';
        const [name] = operands;
        const set = dictionaryUnder(work.view, dictionaryUnder(work.view, resources, 'ExtGState'), name?.kind === 'name' ? name.name : '');
        // A state may set the font and the width of lines too.
        if (set?.value.entries.has('Font') === true) state.font = undefined;
        if (set !== undefined) {
          state.line = ownNumber(work, set, 'LW') ?? state.line;
          state.corner = Math.max(1, ownNumber(work, set, 'ML') ?? state.corner);
        }
        if (set === undefined || blending.some((key) => set.value.entries.has(key))) state.isExact = false;
        return;
      }
      case 'BI':
        // Readers differ about where its data end: what follows could be drawn by one and not by another.
        if (work.countsWhite) work.isKnown = false;
        add({ kind: 'image', area: around(state.matrix, [0, 0, 1, 1]), matrix: state.matrix, image: undefined });
        return;
      case 'Do': {
        const [name] = operands;
        if (name?.kind === 'name') external(name.name);
        return;
      }
      default:
    }
  }

  const done = readContent(work.view.file, content, visit);
  readable(done);
  if (work.countsWhite && !order.isClosed()) work.isKnown = false;
  // What cannot be read leaves the rest unknown, never unseen.
  if (!done.ok) work.isKnown = false;
}

/** A number of a graphics state; one that does not stand there itself leaves the picture unknown. */
function ownNumber(work: Work, set: Found<PdfDictionary>, key: string): number | undefined {
  const value = set.value.entries.get(key);
  const number = numberOf(value);
  if (value !== undefined && number === undefined) work.isKnown = false;
  return number;
}
