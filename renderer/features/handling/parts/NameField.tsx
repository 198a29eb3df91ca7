import { useId, type ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';

export type NameFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** names that are offered while one types */
  readonly known: readonly string[];
  readonly fault?: string | undefined;
  readonly required?: boolean;
  readonly first?: boolean;
  readonly onChange: (value: string) => void;
};

/** A name, from the office's list or as it is typed: the list is apart from the text, which stays as the person wrote it. */
export function NameField(props: NameFieldProps): ReactNode {
  const list = useId();
  return (
    <>
      <Field
        label={props.label}
        required={props.required ?? false}
        validationState={props.fault === undefined ? 'none' : 'error'}
        validationMessage={props.fault ?? null}
      >
        <Input
          name={props.name}
          value={props.value}
          list={list}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          {...(props.first === true ? { 'data-first': true } : {})}
          onChange={(_, { value }) => {
            props.onChange(value);
          }}
        />
      </Field>
      <datalist id={list}>
        {props.known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
