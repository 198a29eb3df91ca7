import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Printed } from '#contract';
import type { AnyFailure } from '../../bridge/failure.ts';
import { methodKey } from '../../bridge/methods.ts';
import { goTo } from '../../foundations/address.ts';

type Outcome = { readonly ok: true; readonly value: Printed } | { readonly ok: false; readonly failure: AnyFailure };

/** Opens what was made for print in the section of prints; what was not made is told beside the button. */
export function useShowPrinted(): { readonly show: (made: Promise<Outcome>) => void; readonly failure: AnyFailure | undefined } {
  const cache = useQueryClient();
  const [failure, setFailure] = useState<AnyFailure>();
  return {
    failure,
    show: (made) => {
      setFailure(undefined);
      void made.then((outcome) => {
        if (!outcome.ok) {
          setFailure(outcome.failure);
          return;
        }
        void cache.invalidateQueries({ queryKey: methodKey('printing', 'printed') });
        goTo('printing', { tab: 'printed', file: outcome.value.id });
      });
    },
  };
}
