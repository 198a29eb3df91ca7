import { DocumentStanding } from '#contract';
import type { Formatter } from '../../i18n/formatter.ts';

/** Word of where a document stands; the bare word for a state that this window does not know. */
export function standingWord(t: Formatter, standing: string): string {
  const known = DocumentStanding.safeParse(standing);
  return known.success ? t(`find.standing.${known.data}`) : standing;
}
