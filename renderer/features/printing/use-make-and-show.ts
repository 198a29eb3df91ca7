import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Contract, InputOf } from '#contract';
import type { AnyFailure } from '../../bridge/failure.ts';
import { methodKey, useCommand } from '../../bridge/methods.ts';
import { goTo } from '../../foundations/address.ts';

type Making = 'makeBook' | 'makeHandlingSlip' | 'makeEnvelopes' | 'makeDispatchNote' | 'makeReport';

export type MakeAndShow<M extends Making> = {
  readonly make: (input: InputOf<Contract['printing'][M]>) => Promise<void>;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
};

/** Has something made for print and opens it in the section of prints. */
export function useMakeAndShow<M extends Making>(method: M): MakeAndShow<M> {
  const command = useCommand('printing', method);
  const cache = useQueryClient();
  const [failure, setFailure] = useState<AnyFailure>();
  return {
    pending: command.pending,
    failure,
    async make(input) {
      setFailure(undefined);
      const outcome = await command.run(input);
      if (!outcome.ok) {
        setFailure(outcome.failure);
        return;
      }
      void cache.invalidateQueries({ queryKey: methodKey('printing', 'printed') });
      goTo('printing', { tab: tabOf[method], file: (outcome.value as { id: string }).id });
    },
  };
}

const tabOf: Readonly<Record<Making, string>> = {
  makeBook: 'book',
  makeReport: 'report',
  makeHandlingSlip: 'printed',
  makeEnvelopes: 'printed',
  makeDispatchNote: 'printed',
};
