import type { ReactNode } from 'react';
import { Field, Textarea } from '@fluentui/react-components';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog as AnyActDialog, type ActDialogProps as AnyActDialogProps } from '../../../ui/ActDialog.tsx';

export type ActDialogProps = Omit<AnyActDialogProps, 'failure'> & { readonly failure: AnyFailure | undefined };

/** A step of the handling: its refusals in words of the handling. */
export function ActDialog({ failure, ...props }: ActDialogProps): ReactNode {
  const t = useWords();
  return <AnyActDialog {...props} failure={failure === undefined ? undefined : failureWords(t, failure, 'handling')} />;
}

export type NoteFieldProps = { readonly label: string; readonly value: string; readonly first?: boolean; readonly onChange: (value: string) => void };

/** A note that may be left empty. */
export function NoteField({ label, value, first = false, onChange }: NoteFieldProps): ReactNode {
  return (
    <Field label={label}>
      <Textarea
        name="note"
        value={value}
        maxLength={2000}
        rows={3}
        resize="vertical"
        {...(first ? { 'data-first': true } : {})}
        onChange={(_, data) => {
          onChange(data.value);
        }}
      />
    </Field>
  );
}
