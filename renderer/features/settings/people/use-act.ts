import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { methodKey } from '../../../bridge/methods.ts';
import { useFormAct, type FormAct, type FormActParts } from '../use-form-act.ts';
import type { FormState } from '../use-form.ts';

/** An act on people and offices; what shows them is read again. */
export function useAct<V extends object, In, Out>(
  form: FormState<V>,
  command: FormActParts<In, Out>['command'],
  schema: z.ZodType,
  done: (value: Out) => void,
): FormAct<In> {
  const cache = useQueryClient();
  return useFormAct(form, {
    command,
    schema,
    words: 'people',
    done: (value) => {
      void cache.invalidateQueries({ queryKey: ['people'] });
      void cache.invalidateQueries({ queryKey: methodKey('station', 'status') });
      void cache.invalidateQueries({ queryKey: methodKey('station', 'settings') });
      done(value);
    },
  });
}
