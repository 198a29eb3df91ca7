import { Field, Textarea } from '@fluentui/react-components';
import type { ReactNode } from 'react';

export type AreaFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly readOnly: boolean;
  readonly rows: number;
  readonly onChange: (value: string) => void;
};

/** Several lines of text with their hint, and their fault where the eye is. */
export function AreaField(props: AreaFieldProps): ReactNode {
  const { fault } = props;
  return (
    <Field
      label={props.label}
      hint={fault === undefined ? props.hint : null}
      validationState={fault === undefined ? 'none' : 'warning'}
      validationMessage={fault ?? null}
    >
      <Textarea
        name={props.name}
        rows={props.rows}
        spellCheck={false}
        readOnly={props.readOnly}
        value={props.value}
        onChange={(_, { value }) => {
          props.onChange(value);
        }}
      />
    </Field>
  );
}
