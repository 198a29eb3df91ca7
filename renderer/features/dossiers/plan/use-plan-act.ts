import { useQueryClient } from '@tanstack/react-query';
import type { Contract, InputOf, PlanDetail } from '#contract';
import { noteDossiersChanged } from '../../../bridge/dossier-cache.ts';
import { methodKey, useCommand } from '../../../bridge/methods.ts';
import { actRun, type ActRun } from '../parts/act-run.ts';

type Dossiers = Contract['dossiers'];
/** Commands that answer with the plan as it is after them. */
export type PlanCommand = {
  [M in keyof Dossiers]: Dossiers[M]['output'] extends Dossiers['plan']['output'] ? (Dossiers[M]['kind'] extends 'command' ? M : never) : never;
}[keyof Dossiers];

/** A change of a plan; it is shown before it is through. */
export function usePlanAct<M extends PlanCommand>(method: M): ActRun<InputOf<Dossiers[M]>, PlanDetail> {
  const command = useCommand('dossiers', method);
  const cache = useQueryClient();
  return actRun(command, async (plan: PlanDetail | undefined) => {
    if (plan !== undefined) cache.setQueryData(methodKey('dossiers', 'plan', { id: plan.id }), plan);
    await noteDossiersChanged(cache, [], plan === undefined ? [] : [plan.id]);
  });
}
