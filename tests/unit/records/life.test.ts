import { expect, test } from 'vitest';
import { DraftState, LifeAct, OutgoingState, type LifeState } from '#contract';
import { actsIn, stateAfter } from '../../../electron/services/records/drafting/life.ts';

const states: readonly LifeState[] = [...DraftState.options, ...OutgoingState.options];

/** The way as the decree and the brief tell it, written down once more and apart from the program. */
const legal: readonly (readonly [LifeState, LifeAct, LifeState])[] = [
  ['draft', 'change', 'draft'],
  ['draft', 'submit', 'submitted'],
  ['draft', 'discard', 'discarded'],
  ['submitted', 'change', 'draft'],
  ['submitted', 'return', 'draft'],
  ['submitted', 'check-content', 'content-checked'],
  ['content-checked', 'change', 'draft'],
  ['content-checked', 'return', 'draft'],
  ['content-checked', 'check-form', 'form-checked'],
  ['form-checked', 'change', 'draft'],
  ['form-checked', 'return', 'draft'],
  ['form-checked', 'sign', 'signed'],
  ['signed', 'return', 'draft'],
  ['signed', 'number', 'numbered'],
  ['numbered', 'seal', 'sealed'],
  ['numbered', 'void', 'voided'],
  ['sealed', 'issue', 'issued'],
  ['sealed', 'void', 'voided'],
  ['issued', 'recall', 'recalled'],
  ['issued', 'replace', 'replaced'],
];

test('every pair of state and act: what is not on the way is refused', () => {
  for (const state of states) {
    for (const act of LifeAct.options) {
      const step = legal.find(([from, does]) => from === state && does === act);
      expect(stateAfter(state, act), `${state} ${act}`).toBe(step?.[2]);
    }
  }
});

test('numbered stands for both the draft and its row of the register; nothing else is one name for two', () => {
  expect(states.filter((state, at) => states.indexOf(state) !== at)).toEqual(['numbered']);
});

test('what has ended may not be touched, and everything else leads on', () => {
  const ended: readonly LifeState[] = ['discarded', 'recalled', 'replaced', 'voided'];
  for (const state of states) expect(actsIn(state).length === 0, state).toBe(ended.includes(state));
});
