import type { ReactNode } from 'react';
import { Field, Select } from '@fluentui/react-components';
import { CalendarDayKind, contract } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { calendarDay, dayFromTyped, timeOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';
import type { YearDay } from './calendar-words.ts';
import { TaskForm } from './TaskForm.tsx';

export type DayFormProps = {
  /** The day to change; null for a new one. */
  readonly day: YearDay | null;
  readonly onDone: (words: string, year: number) => void;
  readonly onCancel: () => void;
};

/** Writes a row of the office for a day. */
export function DayForm({ day, onDone, onCancel }: DayFormProps): ReactNode {
  const t = useWords();
  const save = useCommand('calendar', 'saveDay');
  const form = useForm({
    date: day === null ? '' : calendarDay(day.date),
    kind: day?.kind ?? 'office-rest',
    name: day?.name ?? '',
    linkedDate: day === null || day.linkedDate === null ? '' : calendarDay(day.linkedDate),
    basis: day?.basis ?? '',
    reason: '',
  });
  const act = useFormAct(form, {
    command: save,
    schema: contract.calendar.saveDay.input,
    words: 'day',
    done: (_, { date }) => {
      onDone(t('settings.savedAt', { time: timeOf(new Date()) }), Number(date.slice(0, 4)));
    },
  });
  const submit = (): void => {
    const { date, linkedDate, ...rest } = form.values;
    const input = {
      ...rest,
      date: dayFromTyped(date),
      linkedDate: linkedDate.trim() === '' ? null : dayFromTyped(linkedDate),
    };
    act.submit(input);
  };
  const field = (name: 'name' | 'basis' | 'reason' | 'date' | 'linkedDate', required: boolean, hint?: string): ReactNode => (
    <TextField
      name={name}
      required={required}
      label={t(name === 'linkedDate' ? 'calendar.day.linked' : `calendar.day.${name}`)}
      {...(hint === undefined ? {} : { hint })}
      value={form.values[name]}
      fault={form.faults[name]}
      readOnly={name === 'date' && day !== null}
      onChange={(value) => {
        form.set({ [name]: value });
      }}
    />
  );
  return (
    <TaskForm
      title={day === null ? t('calendar.day.title') : t('calendar.day.titleEdit', { day: calendarDay(day.date) })}
      intro={t('calendar.day.intro')}
      submitLabel={t('calendar.day.save')}
      pending={save.pending}
      failure={act.failure}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        {field('date', true, t('calendar.day.dateHint'))}
        <Field label={t('calendar.day.kind')}>
          <Select
            name="kind"
            value={form.values.kind}
            onChange={(_, { value }) => {
              form.set({ kind: CalendarDayKind.parse(value) });
            }}
          >
            {CalendarDayKind.options.map((kind) => (
              <option key={kind} value={kind}>
                {t(`calendar.kind.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        {field('name', true)}
        {field('linkedDate', false, t('calendar.day.dateHint'))}
        {field('basis', false)}
        {field('reason', true)}
      </div>
    </TaskForm>
  );
}
