import { useState, type ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';
import { useWords } from '../../../i18n/use-words.ts';

export type PasswordFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly known: boolean;
  readonly first?: boolean;
  readonly onChange: (value: string) => void;
};

/** A password, with a word when Caps Lock is on: that and Unikey are what makes most of them wrong. */
export function PasswordField({ name, label, hint, value, fault, known, first = false, onChange }: PasswordFieldProps): ReactNode {
  const t = useWords();
  const [caps, setCaps] = useState(false);
  return (
    <Field
      label={label}
      required
      hint={fault === undefined ? (caps ? t('signIn.capsLock') : (hint ?? null)) : null}
      validationState={fault === undefined ? 'none' : 'warning'}
      validationMessage={fault ?? null}
    >
      <Input
        name={name}
        type="password"
        value={value}
        autoComplete={known ? 'current-password' : 'new-password'}
        maxLength={200}
        aria-invalid={fault !== undefined}
        {...(first ? { 'data-first': true } : {})}
        onKeyUp={(event) => {
          setCaps(event.getModifierState('CapsLock'));
        }}
        onChange={(_, data) => {
          onChange(data.value);
        }}
      />
    </Field>
  );
}
