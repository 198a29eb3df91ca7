import type { PlanDetail, PlanHeading, PlanNumbering } from '#contract';

/** A file's number with at least two digits, a dot and the symbol of its large heading: `01.TCCB` (NĐ 30/2020 annex V part II). */
export function notationOf(number: number, symbol: string): string {
  const digits = String(number).padStart(2, '0');
  return symbol === '' ? digits : `${digits}.${symbol}`;
}

/** The large heading that a heading is or belongs to; undefined when there is none of this id. */
export function largeHeading(headings: readonly PlanHeading[], id: string): PlanHeading | undefined {
  const heading = headings.find((one) => one.id === id);
  return heading?.parent == null ? heading : headings.find((one) => one.id === heading.parent);
}

/** The next number by the rule: one more than the highest of the plan, or of the large heading. */
export function nextNumber(plan: Pick<PlanDetail, 'headings' | 'entries'> & { readonly numbering: PlanNumbering }, heading: string): number {
  const large = largeHeading(plan.headings, heading)?.id;
  const counted = plan.numbering === 'whole' ? plan.entries : plan.entries.filter((entry) => largeHeading(plan.headings, entry.heading)?.id === large);
  return counted.reduce((most, { number }) => Math.max(most, number), 0) + 1;
}

/** Numbers of all entries in their order, by the plan's rule. */
export function renumbered(plan: Pick<PlanDetail, 'headings' | 'entries' | 'numbering'>): readonly { readonly id: string; readonly number: number; readonly notation: string }[] {
  const last = new Map<string, number>();
  return plan.entries.map(({ id, heading }) => {
    const large = largeHeading(plan.headings, heading);
    const key = plan.numbering === 'whole' ? '' : (large?.id ?? '');
    const number = (last.get(key) ?? 0) + 1;
    last.set(key, number);
    return { id, number, notation: notationOf(number, large?.symbol ?? '') };
  });
}
