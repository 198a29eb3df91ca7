/**
 * Which tabs stand in a row, by place: all where there is room; else the chosen one, then `first` and the rest in their order, until the
 * next one and the button for the others would not fit. Widths in CSS pixels.
 */
export function fitTabs(widths: readonly number[], room: number, more: number, chosen: number, first: readonly number[] = []): readonly number[] {
  const all = widths.map((_, at) => at);
  const widthOf = (at: number): number => widths[at] ?? 0;
  if (widths.reduce((sum, one) => sum + one, 0) <= room) return all;
  const order = [...new Set([chosen, ...first, ...all])].filter((at) => at in widths);
  const shown: number[] = [];
  let taken = more;
  for (const at of order) {
    taken += widthOf(at);
    // The chosen one is never out of sight, however narrow the row is.
    if (taken > room && at !== chosen) break;
    shown.push(at);
  }
  return shown.toSorted((a, b) => a - b);
}
