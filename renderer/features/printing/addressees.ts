import type { OutgoingDetail } from '#contract';

/** Whom an envelope or a note is for. */
export type Addressee = { readonly name: string; readonly address: string };

/** Whether a printed line (nơi nhận) names nobody: "as above", or where the copy is kept. */
export function namesNobody(line: string): boolean {
  return /^(như trên|như điều|lưu)\b/iu.test(line.trim());
}

/**
 * Who is likely to get a document on paper: who was planned to; when nobody was, who gets it over the axis; of a row of an old
 * register, its printed lines.
 */
export function addresseesOf({ paperTo, plannedTo, toPlaces }: Pick<OutgoingDetail, 'paperTo' | 'plannedTo' | 'toPlaces'>): Addressee[] {
  const printed = toPlaces.map((line) => line.replace(/^[\s\-–•]+|[\s;.,]+$/g, '')).filter((line) => line !== '' && !namesNobody(line));
  const names = paperTo.length > 0 ? paperTo.map(({ name }) => name) : plannedTo.length > 0 ? plannedTo.map(({ name }) => name) : printed;
  return [...new Set(names)].map((name) => ({ name: name.slice(0, 200), address: '' }));
}
