import { useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Contract, HandlingDetail, InputOf } from '#contract';
import { useRefreshIncoming } from '../../bridge/incoming-cache.ts';
import type { AnyFailure } from '../../bridge/failure.ts';
import { methodKey, useAsk, useCommand } from '../../bridge/methods.ts';

/** Where a document stands and what may be done next. */
export function useHandling(id: string): UseQueryResult<HandlingDetail> {
  return useAsk('handling', 'get', { id });
}

type Handling = Contract['handling'];
/** Commands that answer with the document as it is after them. */
export type StepMethod = {
  [M in keyof Handling]: Handling[M]['output'] extends Handling['get']['output'] ? (Handling[M]['kind'] extends 'command' ? M : never) : never;
}[keyof Handling];

export type StepCommand<M extends StepMethod> = {
  /** Answers whether it was done; the cache has the document as it is then. */
  readonly run: (input: InputOf<Handling[M]>) => Promise<boolean>;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly reset: () => void;
};

/** A step of a document's way; what it changes is shown at once. */
export function useStep<M extends StepMethod>(method: M): StepCommand<M> {
  const command = useCommand('handling', method);
  const cache = useQueryClient();
  const refresh = useRefreshIncoming();
  return {
    async run(input) {
      if (command.pending) return false;
      const outcome = await command.run(input);
      if (!outcome.ok) return false;
      const detail = outcome.value as HandlingDetail;
      cache.setQueryData(methodKey('handling', 'get', { id: detail.id }), detail);
      refresh([detail.id]);
      return true;
    },
    pending: command.pending,
    failure: command.failure,
    reset: command.reset,
  };
}
