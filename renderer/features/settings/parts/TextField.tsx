import { Field, Input, type InputProps } from '@fluentui/react-components';
import type { ReactNode } from 'react';

export type TextFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly readOnly: boolean;
  readonly required?: boolean;
  readonly type?: InputProps['type'];
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly autoComplete?: string;
  readonly onChange: (value: string) => void;
};

/** A labelled line of text with its hint, and its fault where the eye is. */
export function TextField(props: TextFieldProps): ReactNode {
  return (
    <Field
      label={props.label}
      required={props.required === true && !props.readOnly}
      hint={props.fault === undefined ? (props.hint ?? null) : null}
      validationState={props.fault === undefined ? 'none' : 'warning'}
      validationMessage={props.fault ?? null}
    >
      <Input
        name={props.name}
        value={props.value}
        readOnly={props.readOnly}
        type={props.type ?? 'text'}
        autoComplete={props.autoComplete ?? 'off'}
        spellCheck={false}
        {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
        {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        aria-invalid={props.fault !== undefined}
        onChange={(_, { value }) => {
          props.onChange(value);
        }}
      />
    </Field>
  );
}
