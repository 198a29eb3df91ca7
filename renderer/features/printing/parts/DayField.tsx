import type { ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';
import { useWords } from '../../../i18n/use-words.ts';

export type DayFieldProps = {
  readonly name: string;
  readonly label: string;
  /** as typed, dd/mm/yyyy */
  readonly value: string;
  readonly fault?: string | null;
  readonly required?: boolean;
  readonly onChange: (value: string) => void;
};

/** A day as it is written here. The browser's own field would write it as its machine does. */
export function DayField({ name, label, value, fault = null, required = false, onChange }: DayFieldProps): ReactNode {
  const t = useWords();
  return (
    <Field label={label} required={required} validationState={fault === null ? 'none' : 'warning'} validationMessage={fault}>
      <Input
        name={name}
        value={value}
        placeholder={t('printing.dayPlaceholder')}
        autoComplete="off"
        maxLength={10}
        aria-invalid={fault !== null}
        onChange={(_, data) => {
          onChange(data.value);
        }}
      />
    </Field>
  );
}
