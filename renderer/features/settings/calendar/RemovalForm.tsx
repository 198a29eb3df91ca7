import { useState, type ReactNode } from 'react';
import { contract } from '#contract';
import type { AnyFailure } from '../../../bridge/failure.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { calendarDay, timeOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { faultsOf } from '../form-faults.ts';
import { TextField } from '../parts/TextField.tsx';
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
  const [failure, setFailure] = useState<AnyFailure>();
  const form = useForm({ reason: '' });
  const submit = (): void => {
    const input = { date: day.date, reason: form.values.reason };
    const faults = faultsOf(contract.calendar.removeDay.input, input, t, 'day');
    form.show(faults);
    setFailure(undefined);
    if (Object.keys(faults).length > 0) return;
    void remove.run(input).then((outcome) => {
      if (outcome.ok) onDone(t('settings.savedAt', { time: timeOf(new Date()) }));
      else setFailure(outcome.failure);
    });
  };
  return (
    <TaskForm
      title={t('calendar.removal.title', { day: calendarDay(day.date) })}
      intro={t('calendar.removal.intro')}
      submitLabel={t('calendar.removal.save')}
      pending={remove.pending}
      failure={failure}
      onSubmit={submit}
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
