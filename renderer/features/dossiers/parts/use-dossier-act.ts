import type { Contract, DossierDetail, InputOf } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useRefreshDossiers } from '../../../bridge/dossier-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';

type Dossiers = Contract['dossiers'];
/** Commands that answer with the dossier as it is after them. */
export type DossierCommand = {
  [M in keyof Dossiers]: Dossiers[M]['output'] extends Dossiers['get']['output'] ? (Dossiers[M]['kind'] extends 'command' ? M : never) : never;
}[keyof Dossiers];

export type DossierRun<M extends DossierCommand> = {
  /** Answers the dossier once list and pane show it; undefined when it was not done. */
  readonly run: (input: InputOf<Dossiers[M]>) => Promise<DossierDetail | undefined>;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly reset: () => void;
  /** whether the person at the window may give it at all */
  readonly may: boolean;
};

/** A step of a dossier; what it changes is shown before it is through. */
export function useDossierAct<M extends DossierCommand>(method: M): DossierRun<M> {
  const command = useCommand('dossiers', method);
  const refresh = useRefreshDossiers();
  return {
    async run(input) {
      if (command.pending) return undefined;
      const outcome = await command.run(input);
      const changed = outcome.ok ? (outcome.value as DossierDetail) : null;
      // Refused because somebody was quicker: what is shown is to be what is.
      await refresh(changed);
      return changed ?? undefined;
    },
    pending: command.pending,
    failure: command.failure,
    reset: command.reset,
    may: command.barred === undefined,
  };
}
