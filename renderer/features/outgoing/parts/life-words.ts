import type { LifeState, OutgoingDetail } from '#contract';
import type { Formatter } from '../../../i18n/formatter.ts';
import type { Tone } from '../../../ui/StateMark.tsx';

/** Tone of a state in lists and headings. */
export function toneOf(state: LifeState): Tone {
  if (state === 'issued') return 'good';
  if (state === 'recalled' || state === 'replaced' || state === 'voided' || state === 'discarded') return 'neutral';
  return 'brand';
}

/** Whether a document's life has ended: it is frozen, or was given up. */
export function hasEnded(state: LifeState): boolean {
  return state === 'recalled' || state === 'replaced' || state === 'voided' || state === 'discarded';
}

/** The number of a document, as printed. */
export function codeOf(document: Pick<OutgoingDetail, 'codeNumber' | 'codeNotation'>): string {
  return `${document.codeNumber}/${document.codeNotation}`;
}

/** What must be filled in before a draft can be handed over, by name. */
export function missingWords(t: Formatter, missing: readonly string[]): string {
  return missing.map((name) => nameOf(t, name)).join(', ');
}

function nameOf(t: Formatter, name: string): string {
  switch (name) {
    case 'typeName':
      return t('field.type');
    case 'subject':
      return t('draft.subject');
    case 'unitName':
      return t('draft.unitOrField');
    case 'place':
      return t('field.place');
    case 'signerName':
      return t('field.signer');
    case 'signerPosition':
      return t('field.signerPosition');
    case 'main':
      return t('draft.main');
    default:
      return t('field.toPlaces');
  }
}
