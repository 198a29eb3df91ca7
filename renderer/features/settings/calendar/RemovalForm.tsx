import type { ReactNode } from 'react';
import { contract } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { calendarDay, timeOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';
import type { YearDay } from './calendar-words.ts';
import { TaskForm } from './TaskForm.tsx';

export type RemovalFormProps = {
  readonly day: YearDay;
  readonly onDone: (words: string) => void;
  readonly onCancel: () => void;
};

/** Removes a row of the office, with the reason. */
export function RemovalForm({ day, onDone, onCancel }: RemovalFormProps): ReactNode {
  const t = useWords();
  const remove = useCommand('calendar', 'removeDay');
  const form = useForm({ reason: '' });
  const act = useFormAct(form, {
    command: remove,
    schema: contract.calendar.removeDay.input,
    words: 'day',
    done: () => {
      onDone(t('settings.savedAt', { time: timeOf(new Date()) }));
    },
  });
  return (
    <TaskForm
      title={t('calendar.removal.title', { day: calendarDay(day.date) })}
      intro={t('calendar.removal.intro')}
      submitLabel={t('calendar.removal.save')}
      pending={remove.pending}
      failure={act.failure}
      onSubmit={() => {
        act.submit({ date: day.date, reason: form.values.reason });
      }}
      onCancel={onCancel}
    >
      <div ref={form.box}>
        <TextField
          name="reason"
          required
          label={t('calendar.day.reason')}
          value={form.values.reason}
          fault={form.faults['reason']}
          readOnly={false}
          onChange={(reason) => {
            form.set({ reason });
          }}
        />
      </div>
    </TaskForm>
  );
}
