import type { OutgoingDetail } from '#contract';

/** Whom an envelope or a note is for. */
export type Addressee = { readonly name: string; readonly address: string };

/** Lines that name nobody: "as above", and where the copy is kept. */
const general = /^(như trên|như điều|lưu)\b/iu;

/**
 * Who is likely to get a document on paper: who was planned to; when nobody was, who gets it over the axis; of a row of an old
 * register, its printed lines.
 */
export function addresseesOf({ paperTo, plannedTo, toPlaces }: Pick<OutgoingDetail, 'paperTo' | 'plannedTo' | 'toPlaces'>): Addressee[] {
  const printed = toPlaces.map((line) => line.replace(/^[\s\-–•]+|[\s;.,]+$/g, '')).filter((line) => line !== '' && !general.test(line));
  const names = paperTo.length > 0 ? paperTo.map(({ name }) => name) : plannedTo.length > 0 ? plannedTo.map(({ name }) => name) : printed;
  return [...new Set(names)].map((name) => ({ name: name.slice(0, 200), address: '' }));
}
