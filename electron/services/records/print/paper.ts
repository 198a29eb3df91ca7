/** TrueType files of one family with all Vietnamese letters. The host reads them; Tinos is what ships. */
export type DocumentFonts = {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  readonly italic: Uint8Array;
  readonly boldItalic: Uint8Array;
};

export type Face = keyof DocumentFonts;

/** Points per millimetre. */
export const mm = 72 / 25.4;

/** A4 portrait; margins of NĐ 30/2020 Annex I.I.1: top and bottom 20–25, left 30–35, right 15–20 mm. In points. */
export const paper = { width: 210 * mm, height: 297 * mm, top: 20 * mm, bottom: 20 * mm, left: 30 * mm, right: 15 * mm };

export type Ink = 'black' | 'red' | 'grey';

/** A stretch of text in one face. */
export type Run = { readonly text: string; readonly face: Face };
/** A word with its place in the line, measured from the line's beginning, in points. */
export type Placed = { readonly text: string; readonly face: Face; readonly x: number; readonly width: number };
export type Line = {
  readonly words: readonly Placed[];
  /** without spreading */
  readonly width: number;
  readonly last: boolean;
};

export type Sheet = {
  /** of the page, in points */
  readonly width: number;
  readonly height: number;
  readonly addPage: () => void;
  readonly pageCount: () => number;
  /** Draws on an earlier page again, counted from 0: feet that say how many pages there are. */
  readonly turnTo: (index: number) => void;
  readonly widthOf: (text: string, face: Face, size: number) => number;
  /** Breaks runs into lines of at most `width`; `indent` shortens the first. A word too long is broken inside. */
  readonly wrap: (runs: readonly Run[], size: number, width: number, indent?: number) => readonly Line[];
  /** Draws text with its baseline at `y` from the top of the current page. */
  readonly text: (text: string, x: number, y: number, face: Face, size: number, ink?: Ink) => void;
  readonly centred: (text: string, centre: number, y: number, face: Face, size: number, ink?: Ink) => void;
  /** Draws a wrapped line; with `spreadTo` its gaps grow until it is that wide. */
  readonly line: (line: Line, x: number, y: number, size: number, spreadTo?: number) => void;
  readonly rule: (from: number, to: number, y: number) => void;
  /** A line straight down. */
  readonly upright: (x: number, from: number, to: number) => void;
  readonly frame: (x: number, y: number, width: number, height: number, ink: Ink) => void;
  readonly save: () => Promise<Uint8Array>;
};

/** What the document says of itself. */
export type SheetFacts = { readonly title: string; readonly author: string; readonly at: Date; /** as PDF/A-2b, to be kept and signed */ readonly archival?: boolean };
