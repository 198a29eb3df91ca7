import type { ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';
import { useWords } from '../i18n/use-words.ts';

export type DayFieldProps = {
  readonly name: string;
  readonly label: string;
  /** as typed, `dd/MM/yyyy` */
  readonly value: string;
  readonly fault?: string | undefined;
  readonly hint?: string | undefined;
  readonly required?: boolean;
  readonly first?: boolean;
  readonly onChange: (value: string) => void;
};

/** A day as people write it here; the browser's own field would follow the machine's language. */
export function DayField(props: DayFieldProps): ReactNode {
  const t = useWords();
  return (
    <Field
      label={props.label}
      required={props.required ?? false}
      hint={props.fault === undefined ? (props.hint ?? null) : null}
      validationState={props.fault === undefined ? 'none' : 'error'}
      validationMessage={props.fault ?? null}
    >
      <Input
        name={props.name}
        value={props.value}
        maxLength={10}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('common.dayForm')}
        {...(props.first === true ? { 'data-first': true } : {})}
        onChange={(_, { value }) => {
          props.onChange(value);
        }}
      />
    </Field>
  );
}
