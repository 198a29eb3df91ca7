import type { LifeState, OutgoingDetail } from '#contract';
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
