import { useQueryClient } from '@tanstack/react-query';
import type { SetupState, SetupStep } from '#contract';
import { failureOf, type AnyFailure } from '../../bridge/failure.ts';
import { methodKey, useAsk, useCommand } from '../../bridge/methods.ts';
import { adjustAddress, goTo } from '../../foundations/address.ts';

export type Setup = {
  /** undefined until the core has said it */
  readonly state: SetupState | undefined;
  readonly failure: AnyFailure | undefined;
  /** why the person at the window may not set the station up */
  readonly barred: AnyFailure | undefined;
  readonly pending: boolean;
  readonly begin: (operator: string | null) => void;
  /** Says of a step that it is done or left out, and goes on to the next. */
  readonly settle: (step: SetupStep, as: 'done' | 'skipped') => void;
  readonly goTo: (step: SetupStep) => void;
  /** Goes to the work. The set-up no longer opens by itself, and goes on at this place when it is asked for. */
  readonly leave: () => void;
  /** Reads anew how the steps stand, after a setting was saved. */
  readonly renew: () => void;
};

/** The set-up as the core keeps it, and what can be done with it. */
export function useSetup(): Setup {
  const cache = useQueryClient();
  const key = methodKey('setup', 'state', {});
  const answer = useAsk('setup', 'state', {}, { fresh: true });
  const begin = useCommand('setup', 'begin');
  const settle = useCommand('setup', 'settle');
  const stand = useCommand('setup', 'stand');
  const putAway = useCommand('setup', 'putAway');
  const after = (run: ReturnType<typeof putAway.run>, done: (state: SetupState) => void): void => {
    void run.then((outcome) => {
      if (!outcome.ok) return;
      cache.setQueryData(key, outcome.value);
      done(outcome.value);
    });
  };
  const show = (step: SetupStep | null): void => {
    adjustAddress({ step, id: null });
  };
  const toWork = (): void => {
    goTo('incoming');
  };
  const failed = begin.failure ?? settle.failure ?? stand.failure ?? putAway.failure;
  return {
    state: answer.data,
    failure: failed ?? (answer.isError && answer.data === undefined ? failureOf(answer.error) : undefined),
    barred: settle.barred,
    pending: begin.pending || settle.pending || putAway.pending,
    begin(operator) {
      after(begin.run({ operator }), ({ place }) => {
        // It names the operator.
        void cache.invalidateQueries({ queryKey: methodKey('station', 'status') });
        show(place);
      });
    },
    settle(step, as) {
      after(settle.run({ step, as }), ({ place, putAway: finished }) => {
        if (step === 'review' && finished !== null) toWork();
        else show(place);
      });
    },
    goTo(step) {
      show(step);
      after(stand.run({ step }), () => undefined);
    },
    leave() {
      // Who may not set the station up has nothing to put away.
      if (settle.barred === undefined && answer.data?.changesTo !== 'office') after(putAway.run({}), toWork);
      else toWork();
    },
    renew() {
      void cache.invalidateQueries({ queryKey: key });
    },
  };
}

/** Steps that wait to be done; the look back at the end is none of them. */
export function openSteps(state: SetupState): number {
  return state.steps.filter(({ step, state: stands }) => stands === 'open' && step !== 'review').length;
}
