import type { BatchAct, BatchState } from '#contract';

/** From where each act may be taken. The database holds the same table (trigger `handover_step`). */
const from: Readonly<Record<BatchAct, readonly BatchState[]>> = {
  change: ['draft', 'checked'],
  check: ['draft', 'checked'],
  package: ['checked', 'packaging'],
  withdraw: ['checked', 'packaging', 'packaged'],
  hand: ['packaged'],
  answer: ['handed'],
  cancel: ['draft', 'checked', 'packaging', 'packaged'],
};

/** Whether an act may be taken in a state. */
export function mayActOn(act: BatchAct, state: BatchState): boolean {
  return from[act].includes(state);
}

/** All acts that may be taken in a state. */
export function batchActs(state: BatchState): BatchAct[] {
  return (Object.keys(from) as BatchAct[]).filter((act) => mayActOn(act, state));
}

/** Where an answer leads. */
export function answeredState(accepted: number, refused: number): 'accepted' | 'partly-refused' | 'refused' {
  return refused === 0 ? 'accepted' : accepted === 0 ? 'refused' : 'partly-refused';
}
