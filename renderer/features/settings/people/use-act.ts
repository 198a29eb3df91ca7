import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { methodKey } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { faultsOf } from '../form-faults.ts';
import type { FormState } from '../use-form.ts';

type Runner<In, Out> = {
  readonly run: (input: In) => Promise<{ readonly ok: true; readonly value: Out } | { readonly ok: false; readonly failure: AnyFailure }>;
};

/** Judges a form by the contract's own schema, runs its command, and shows what was not accepted where it belongs. */
export function useAct<V extends object, In, Out>(
  form: FormState<V>,
  command: Runner<In, Out>,
  schema: z.ZodType,
  done: (value: Out) => void,
): { readonly submit: (input: In) => void; readonly failure: AnyFailure | undefined } {
  const t = useWords();
  const cache = useQueryClient();
  const [failure, setFailure] = useState<AnyFailure>();
  return {
    failure,
    submit(input) {
      setFailure(undefined);
      const faults = faultsOf(schema, input, t, 'people');
      form.show(faults);
      if (Object.keys(faults).length > 0) return;
      void command.run(input).then((outcome) => {
        if (!outcome.ok) {
          setFailure(outcome.failure);
          return;
        }
        void cache.invalidateQueries({ queryKey: ['people'] });
        void cache.invalidateQueries({ queryKey: methodKey('station', 'status') });
        void cache.invalidateQueries({ queryKey: methodKey('station', 'settings') });
        done(outcome.value);
      });
    },
  };
}
