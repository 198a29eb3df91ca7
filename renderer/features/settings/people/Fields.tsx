import type { ReactNode } from 'react';
import { Checkbox, Field, makeStyles, Select } from '@fluentui/react-components';
import { isMessageKey, type MessageKey } from '../../../i18n/catalogue.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TextField } from '../parts/TextField.tsx';
import type { FormState } from '../use-form.ts';

const useStyles = makeStyles({ boxes: { display: 'flex', flexWrap: 'wrap', columnGap: '8px' } });

export type FieldsProps<V extends object> = {
  readonly form: FormState<V>;
  /** names of text fields; a star marks what must be filled in */
  readonly names: readonly string[];
  readonly readOnly?: boolean;
  readonly password?: boolean;
};

/** Lines of text of a form: label `people.field.<name>`, hint `people.hint.<name>` if there is one. */
export function Fields<V extends object>({ form, names, readOnly = false, password = false }: FieldsProps<V>): ReactNode {
  const t = useWords();
  const values = form.values as Readonly<Record<string, string>>;
  return names.map((marked) => {
    const name = marked.replace('*', '');
    const hint = `people.hint.${name}`;
    return (
      <TextField
        key={name}
        name={name}
        type={password ? 'password' : 'text'}
        autoComplete={password ? 'new-password' : 'off'}
        required={marked !== name}
        label={t(`people.field.${name}` as MessageKey)}
        {...(isMessageKey(hint) ? { hint: t(hint) } : {})}
        value={values[name] ?? ''}
        fault={form.faults[name]}
        readOnly={readOnly}
        onChange={(value) => {
          form.set({ [name]: value } as Partial<V>);
        }}
      />
    );
  });
}

export type ChoiceProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
};

/** One of several. */
export function Choice({ name, label, hint, value, options, disabled = false, onChange }: ChoiceProps): ReactNode {
  return (
    <Field label={label} hint={hint ?? null}>
      <Select
        name={name}
        value={value}
        disabled={disabled}
        onChange={(_, data) => {
          onChange(data.value);
        }}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}

export type ChecksProps = {
  readonly label: string;
  readonly chosen: readonly string[];
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChange: (chosen: string[]) => void;
};

/** Any of several. */
export function Checks({ label, chosen, options, onChange }: ChecksProps): ReactNode {
  const styles = useStyles();
  return (
    <div role="group" aria-label={label}>
      <span>{label}</span>
      <div className={styles.boxes}>
        {options.map(([one, words]) => (
          <Checkbox
            key={one}
            label={words}
            checked={chosen.includes(one)}
            onChange={(_, { checked }) => {
              onChange(checked === true ? [...chosen, one] : chosen.filter((other) => other !== one));
            }}
          />
        ))}
      </div>
    </div>
  );
}
