import type { Contract, DossierDetail, InputOf } from '#contract';
import { useRefreshDossiers } from '../../../bridge/dossier-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { actRun, type ActRun } from './act-run.ts';

type Dossiers = Contract['dossiers'];
/** Commands that answer with the dossier as it is after them. */
export type DossierCommand = {
  [M in keyof Dossiers]: Dossiers[M]['output'] extends Dossiers['get']['output'] ? (Dossiers[M]['kind'] extends 'command' ? M : never) : never;
}[keyof Dossiers];

/** A step of a dossier; list and pane show what it changes before it is through. */
export function useDossierAct<M extends DossierCommand>(method: M): ActRun<InputOf<Dossiers[M]>, DossierDetail> {
  const command = useCommand('dossiers', method);
  const refresh = useRefreshDossiers();
  // Refused because somebody was quicker: what is shown is to be what is.
  return actRun(command, (changed: DossierDetail | undefined) => refresh(changed ?? null));
}
