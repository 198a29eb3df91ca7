/** Left, top, right, bottom as fractions (0 to 1) of the page as it is shown: turned, and cut to its crop box. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** A run of text as it stands on a page. */
export type TextItem = {
  readonly text: string;
  /** from 1 */
  readonly page: number;
  readonly box: Box;
  /** height of the letters in points */
  readonly size: number;
  /** the font's name without its subset mark, e.g. `TimesNewRomanPS-BoldMT`; '' when it was not looked up */
  readonly font: string;
  /** '' for the page's own content, else the annotation (signature widget, stamp, field) whose appearance shows it */
  readonly mark: string;
};

/**
 * Why there is no text, or that there is.
 * - `read`: it has text; `scan`: it is whole and has none
 * - `empty`: no bytes; `too-large`: more bytes than are looked at; `encrypted`: asks for a password; `broken`: no PDF
 * - `too-costly`: reading took more time or memory than a document is given
 */
export const textStates = ['read', 'scan', 'empty', 'too-large', 'encrypted', 'broken', 'too-costly'] as const;
export type TextState = (typeof textStates)[number];

/** What was read of a PDF. Everything but `state` is empty when it could not be read. */
export type PdfText = {
  readonly state: TextState;
  /** number of pages of the document, also of those that were not read */
  readonly pages: number;
  /** the text in the order of its content, a form feed after each page; cut off at a limit */
  readonly text: string;
  /** only when asked for, and only of the first pages (`textLimits.itemPages`) */
  readonly items: readonly TextItem[];
  /** points, of the pages with items, as they are shown */
  readonly sheets: readonly { readonly width: number; readonly height: number }[];
};

export const textLimits = {
  /** bytes of a file that is looked at */
  bytes: 100 * 1024 * 1024,
  pages: 3000,
  characters: 4_000_000,
  /** pages whose places are told: the part with a document's own data, even with a long body before the signature */
  itemPages: 60,
  items: 60_000,
  /** milliseconds for one document */
  time: 15_000,
  /** bytes that the reading process may hold */
  memory: 1200 * 1024 * 1024,
} as const;

/** Nothing could be read. */
export function noText(state: Exclude<TextState, 'read'>, pages = 0): PdfText {
  return { state, pages, text: '', items: [], sheets: [] };
}
