import type { DisposalAct, DisposalState } from '#contract';

/**
 * The way of a list of what is worthless (TT 05/2025/TT-BNV art. 49): made, seen by the council, concluded, where need be
 * appraised, decided by the head, destroyed. What is not in this table cannot be done; the database holds the same table
 * (migration 0280). `destroyed` is reached by the work itself, never by an act.
 */
const steps: Readonly<Record<DisposalAct, { readonly from: readonly DisposalState[]; readonly to: DisposalState }>> = {
  submit: { from: ['drafting'], to: 'council' },
  conclude: { from: ['council'], to: 'concluded' },
  appraise: { from: ['concluded'], to: 'concluded' },
  'send-back': { from: ['council', 'concluded'], to: 'drafting' },
  decide: { from: ['concluded'], to: 'decided' },
  revoke: { from: ['decided'], to: 'concluded' },
  destroy: { from: ['decided'], to: 'destroying' },
  cancel: { from: ['drafting', 'council', 'concluded'], to: 'cancelled' },
};

const acts = Object.keys(steps) as DisposalAct[];

/** Where an act leads from a state; undefined when it cannot be done there. */
export function stepOf(act: DisposalAct, state: DisposalState): DisposalState | undefined {
  const { from, to } = steps[act];
  return from.includes(state) ? to : undefined;
}

/** What may be done in a state. */
export function actsIn(state: DisposalState): DisposalAct[] {
  return acts.filter((act) => steps[act].from.includes(state));
}
