import type { Formatter } from '../../../i18n/formatter.ts';

const kinds = ['passed', 'failed', 'duplicates', 'accepted', 'refused', 'undecided'] as const;

/** How many of each kind, as `tiếp nhận 2, trả lại 1`; of which there are none is not said. '–' for nothing at all. */
export function countWords(t: Formatter, counts: Readonly<Partial<Record<(typeof kinds)[number], number>>>): string {
  const parts = kinds.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count === 0 ? [] : [t(`handover.count.${kind}`, { count })];
  });
  return parts.length === 0 ? '–' : parts.join(', ');
}
