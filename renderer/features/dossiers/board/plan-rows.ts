import type { PlanDetail, PlanEntry, PlanHeading } from '#contract';

/** A row of the tree: a year, a heading of its plan, or an entry. Keys are made of what they stand for. */
export type PlanRow =
  | { readonly kind: 'all'; readonly key: 'all' }
  | { readonly kind: 'year'; readonly key: string; readonly year: number; readonly hasPlan: boolean }
  | { readonly kind: 'heading'; readonly key: string; readonly year: number; readonly heading: PlanHeading; readonly filled: boolean }
  | { readonly kind: 'entry'; readonly key: string; readonly year: number; readonly entry: PlanEntry };

export type LevelledRow = PlanRow & { readonly level: number };

/** Headings and entries of a plan in the order of the printed list, each large heading before its small ones. */
export function planRows(plan: PlanDetail, base: number): readonly LevelledRow[] {
  const entriesOf = (heading: string, level: number): LevelledRow[] =>
    plan.entries.filter((entry) => entry.heading === heading).map((entry) => ({ kind: 'entry', key: `e:${entry.id}`, year: plan.year, entry, level }));
  const headingRow = (heading: PlanHeading, level: number): LevelledRow[] => {
    const below = [...entriesOf(heading.id, level + 1), ...plan.headings.filter(({ parent }) => parent === heading.id).flatMap((small) => headingRow(small, level + 1))];
    return [{ kind: 'heading', key: `h:${heading.id}`, year: plan.year, heading, filled: below.length > 0, level }, ...below];
  };
  return plan.headings.filter(({ parent }) => parent === null).flatMap((large) => headingRow(large, base));
}

/** What is in sight: nothing below a row that is folded up. */
export function unfolded(rows: readonly LevelledRow[], folded: (key: string) => boolean): readonly LevelledRow[] {
  const shown: LevelledRow[] = [];
  let hiddenBelow = Infinity;
  for (const row of rows) {
    if (row.level > hiddenBelow) continue;
    hiddenBelow = folded(row.key) ? row.level : Infinity;
    shown.push(row);
  }
  return shown;
}
