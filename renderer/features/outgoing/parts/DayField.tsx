import { useState, type ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';
import { calendarDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';

export type DayFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** yyyy-MM-dd */
  readonly value: string | null;
  /** null while nothing is there, or nothing that is a day */
  readonly onChange: (day: string | null) => void;
};

/** A day typed as it is written here, `dd/MM/yyyy`: the browser's own field follows the machine's language. */
export function DayField({ name, label, hint, value, onChange }: DayFieldProps): ReactNode {
  const t = useWords();
  const [typed, setTyped] = useState({ text: shown(value), day: value });
  // Another value from outside (a draft saved, a value repeated) takes the place of what was typed.
  const text = typed.day === value ? typed.text : shown(value);
  const wrong = text.trim() !== '' && dayOf(text) === null;
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      {...(wrong ? { validationState: 'warning' as const, validationMessage: t('draft.dayForm') } : {})}
    >
      <Input
        name={name}
        inputMode="numeric"
        placeholder={t('draft.dayPlaceholder')}
        autoComplete="off"
        maxLength={10}
        value={text}
        onChange={(_, data) => {
          const day = dayOf(data.value);
          setTyped({ text: data.value, day });
          onChange(day);
        }}
      />
    </Field>
  );
}

function shown(day: string | null): string {
  return day === null ? '' : calendarDay(day);
}

/** `yyyy-MM-dd` of a typed day; null when there is no such day. */
function dayOf(text: string): string | null {
  const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  if (found === null) return null;
  const [, date = '', month = '', year = ''] = found;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : null;
}
