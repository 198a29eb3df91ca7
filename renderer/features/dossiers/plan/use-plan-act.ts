import { useQueryClient } from '@tanstack/react-query';
import type { Contract, InputOf, PlanDetail } from '#contract';
import { noteDossiersChanged } from '../../../bridge/dossier-cache.ts';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { methodKey, useCommand } from '../../../bridge/methods.ts';

type Dossiers = Contract['dossiers'];
/** Commands that answer with the plan as it is after them. */
export type PlanCommand = {
  [M in keyof Dossiers]: Dossiers[M]['output'] extends Dossiers['plan']['output'] ? (Dossiers[M]['kind'] extends 'command' ? M : never) : never;
}[keyof Dossiers];

export type PlanRun<M extends PlanCommand> = {
  /** Answers the plan once it is shown; undefined when nothing was done. */
  readonly run: (input: InputOf<Dossiers[M]>) => Promise<PlanDetail | undefined>;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly reset: () => void;
  readonly may: boolean;
};

/** A change of a plan; what it changes is shown before it is through. */
export function usePlanAct<M extends PlanCommand>(method: M): PlanRun<M> {
  const command = useCommand('dossiers', method);
  const cache = useQueryClient();
  return {
    async run(input) {
      if (command.pending) return undefined;
      const outcome = await command.run(input);
      const plan = outcome.ok ? (outcome.value as PlanDetail) : undefined;
      if (plan !== undefined) cache.setQueryData(methodKey('dossiers', 'plan', { id: plan.id }), plan);
      await noteDossiersChanged(cache, [], plan === undefined ? [] : [plan.id]);
      return plan;
    },
    pending: command.pending,
    failure: command.failure,
    reset: command.reset,
    may: command.barred === undefined,
  };
}
