import type { Formatter } from './formatter.ts';

/** Word of an urgency; null for the ordinary, which needs none in a list. */
export function urgencyWord(t: Formatter, urgency: number): string | null {
  switch (urgency) {
    case 1:
      return t('urgency.1');
    case 2:
      return t('urgency.2');
    case 3:
      return t('urgency.3');
    case 4:
      return t('urgency.4');
    default:
      return null;
  }
}
