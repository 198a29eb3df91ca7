import type { LifeAct, LifeState } from '#contract';

type Step = { readonly from: readonly LifeState[]; readonly to: LifeState };

/**
 * The whole life of an outgoing document, as one table (NĐ 30/2020 art. 10 to 18): what may be done in which state, and
 * which state follows. Sending, correcting and updating leave an issued document issued, so they are no steps.
 */
const steps: Readonly<Record<LifeAct, Step>> = {
  // What was checked and changes must be checked again (art. 11.2); what is signed must come back first.
  change: { from: ['draft', 'submitted', 'content-checked', 'form-checked'], to: 'draft' },
  submit: { from: ['draft'], to: 'submitted' },
  'check-content': { from: ['submitted'], to: 'content-checked' },
  'check-form': { from: ['content-checked'], to: 'form-checked' },
  sign: { from: ['form-checked'], to: 'signed' },
  return: { from: ['submitted', 'content-checked', 'form-checked', 'signed'], to: 'draft' },
  discard: { from: ['draft'], to: 'discarded' },
  // Number and date only after the signature (art. 15.1).
  number: { from: ['signed'], to: 'numbered' },
  // The agency signs after its competent person (art. 32.2.d); what is numbered has that signature.
  seal: { from: ['numbered'], to: 'sealed' },
  issue: { from: ['sealed'], to: 'issued' },
  void: { from: ['numbered', 'sealed'], to: 'voided' },
  recall: { from: ['issued'], to: 'recalled' },
  replace: { from: ['issued'], to: 'replaced' },
};

/** The state that follows when something is done; undefined when it may not be done in this state. */
export function stateAfter(state: LifeState, act: LifeAct): LifeState | undefined {
  const step = steps[act];
  return step.from.includes(state) ? step.to : undefined;
}

/** What may be done in a state. */
export function actsIn(state: LifeState): LifeAct[] {
  return (Object.keys(steps) as LifeAct[]).filter((act) => stateAfter(state, act) !== undefined);
}
