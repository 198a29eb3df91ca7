import type { ReactNode } from 'react';
import { ArrowSync16Regular, Checkmark16Filled, Circle12Regular, Clock16Regular, DismissCircle16Filled, SubtractCircle16Regular, UsbStick20Regular } from '@fluentui/react-icons';
import type { SigningCause, SigningItemState, SigningProgress, SigningProgressItem } from '#contract';
import type { Formatter } from '../../../i18n/formatter.ts';
import type { Tone } from '../../../ui/StateMark.tsx';
import { causeWords, missingWords } from '../parts/signing-words.ts';

/** Tone and icon beside the word `signing.run.<state>`. */
export const runMarks: Readonly<Record<SigningItemState, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  waiting: { tone: 'neutral', icon: <Circle12Regular aria-hidden="true" /> },
  preparing: { tone: 'neutral', icon: <ArrowSync16Regular aria-hidden="true" /> },
  'at-token': { tone: 'brand', icon: <UsbStick20Regular aria-hidden="true" /> },
  'time-stamping': { tone: 'brand', icon: <Clock16Regular aria-hidden="true" /> },
  noting: { tone: 'brand', icon: <ArrowSync16Regular aria-hidden="true" /> },
  done: { tone: 'good', icon: <Checkmark16Filled aria-hidden="true" /> },
  failed: { tone: 'danger', icon: <DismissCircle16Filled aria-hidden="true" /> },
  cancelled: { tone: 'neutral', icon: <SubtractCircle16Regular aria-hidden="true" /> },
};

/** What came of a document, in a line: the honest label of its signature, or why there is none. */
export function cameOf(t: Formatter, { state, level, cause, missing }: SigningProgressItem): string {
  if (state === 'done') return [level === null ? '' : t(`signing.level.${level}`), missing === null ? '' : missingWords(t, missing)].filter((part) => part !== '').join(': ');
  return state === 'failed' && cause !== null ? causeWords(t, cause) : '';
}

/** How a batch stands, in a line: for the foot of the window, and for readers. */
export function lineOf(t: Formatter, { endedAt, total, done, failed, cancelled, cancelling }: SigningProgress): string {
  if (endedAt === null) return t(cancelling ? 'signing.line.cancelling' : 'signing.line.running', { at: Math.min(total, done + failed + cancelled + 1), total });
  return t('signing.line.ended', { done, rest: failed + cancelled });
}

/** Documents that are not signed, by what was in the way: one cause, said once, for all that it held up. */
export function failuresOf({ items }: SigningProgress): readonly { readonly cause: SigningCause; readonly items: readonly SigningProgressItem[] }[] {
  const groups = new Map<string, { readonly cause: SigningCause; readonly items: SigningProgressItem[] }>();
  for (const item of items) {
    if (item.state !== 'failed' || item.cause === null) continue;
    const key = JSON.stringify(item.cause);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { cause: item.cause, items: [item] });
    else group.items.push(item);
  }
  return [...groups.values()];
}
