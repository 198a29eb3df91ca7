import { useState } from 'react';
import type { z } from 'zod';
import type { AnyFailure } from '../../bridge/failure.ts';
import type { Command } from '../../bridge/methods.ts';
import { timeOf } from '../../i18n/dates.ts';
import { useWords } from '../../i18n/use-words.ts';
import { faultsOf, type Faults } from './form-faults.ts';
import type { FormState } from './use-form.ts';

export type FormAct<In> = {
  readonly submit: (input: In) => void;
  /** what went wrong as a whole; what concerns a field stands there */
  readonly failure: AnyFailure | undefined;
};

export type FormActParts<In, Out> = {
  readonly command: Pick<Command<In, Out>, 'run'>;
  /** the command's own input */
  readonly schema: z.ZodType;
  /** whose sentences its faults have: `fault.<words>.<field>` */
  readonly words: string;
  readonly done: (value: Out, input: In) => void;
  /** Sentences at the fields that a refusal of the core points at. Default: it stands on top. */
  readonly faultsIn?: (failure: AnyFailure) => Faults;
};

/** Judges a form by the contract's own schema, runs its command, and shows what was not accepted where it belongs. */
export function useFormAct<V extends object, In, Out>(form: FormState<V>, { command, schema, words, done, faultsIn }: FormActParts<In, Out>): FormAct<In> {
  const t = useWords();
  const [failure, setFailure] = useState<AnyFailure>();
  return {
    failure,
    submit(input) {
      setFailure(undefined);
      const faults = faultsOf(schema, input, t, words);
      form.show(faults);
      if (Object.keys(faults).length > 0) return;
      void command.run(input).then((outcome) => {
        if (outcome.ok) {
          done(outcome.value, input);
          return;
        }
        const atField = faultsIn?.(outcome.failure) ?? {};
        form.show(atField);
        if (Object.keys(atField).length === 0) setFailure(outcome.failure);
      });
    },
  };
}

/** What stands beside the button of a form that stays open: that something is not saved yet, or when it was. */
export function useSaved(dirty: boolean): { readonly said: string; readonly note: () => void } {
  const t = useWords();
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  return {
    said: dirty ? t('settings.unsaved') : savedAt === null ? '' : t('settings.savedAt', { time: timeOf(savedAt) }),
    note: () => {
      setSavedAt(new Date());
    },
  };
}
