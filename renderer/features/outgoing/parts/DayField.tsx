import { useState, type ReactNode } from 'react';
import { calendarDay, dayFromTyped, isDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { DayField as TypedDay } from '../../../ui/DayField.tsx';

export type DayFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** yyyy-MM-dd */
  readonly value: string | null;
  /** null while nothing is there, or nothing that is a day */
  readonly onChange: (day: string | null) => void;
};

/** A day that is kept as a day: what is typed stays in the field until it is one. */
export function DayField({ name, label, hint, value, onChange }: DayFieldProps): ReactNode {
  const t = useWords();
  const [typed, setTyped] = useState({ text: shown(value), day: value });
  // Another value from outside (a draft saved, a value repeated) takes the place of what was typed.
  const text = typed.day === value ? typed.text : shown(value);
  return (
    <TypedDay
      name={name}
      label={label}
      hint={hint}
      value={text}
      fault={text.trim() === '' || isDay(text) ? undefined : t('draft.dayForm')}
      onChange={(next) => {
        const day = isDay(next) ? dayFromTyped(next) : null;
        setTyped({ text: next, day });
        onChange(day);
      }}
    />
  );
}

function shown(day: string | null): string {
  return day === null ? '' : calendarDay(day);
}
