import { tidy } from './fold.ts';
import type { Segment, Sheet } from './segments.ts';

/** The text of all pages as one string, and where each part of it stands. */
export type Flow = {
  readonly text: string;
  readonly at: (index: number) => { readonly sheet: Sheet; readonly segment: Segment } | undefined;
};

/** Lines one after another, so that a phrase is found across a line's end. */
export function flowOf(sheets: readonly Sheet[]): Flow {
  const starts: { readonly from: number; readonly sheet: Sheet; readonly segment: Segment }[] = [];
  let text = '';
  for (const sheet of sheets) {
    for (const segment of sheet.segments) {
      starts.push({ from: text.length, sheet, segment });
      text += `${tidy(segment.text)} `;
    }
  }
  return { text, at: (index) => starts.findLast((start) => start.from <= index) };
}
