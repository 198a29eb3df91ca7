import { useQueryClient } from '@tanstack/react-query';
import type { Contract, InputOf, OutputOf } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';

type Handover = Contract['handover'];

export type HandoverAct<M extends keyof Handover> = {
  /** Answers once lists and pane show it; undefined when it was not done. */
  readonly run: (input: InputOf<Handover[M]>) => Promise<OutputOf<Handover[M]> | undefined>;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly reset: () => void;
  /** whether the person at the window may give it at all */
  readonly may: boolean;
};

/** A step of a batch or receipt; what it changes is shown before it is through. */
export function useHandoverAct<M extends keyof Handover>(method: M): HandoverAct<M> {
  const command = useCommand('handover', method);
  const cache = useQueryClient();
  return {
    async run(input) {
      if (command.pending) return undefined;
      const outcome = await command.run(input);
      // Refused because somebody was quicker: what is shown is to be what is.
      await refreshHandover(cache);
      return outcome.ok ? outcome.value : undefined;
    },
    pending: command.pending,
    failure: command.failure,
    reset: command.reset,
    may: command.barred === undefined,
  };
}
