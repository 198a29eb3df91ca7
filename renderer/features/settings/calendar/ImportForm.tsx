import type { ReactNode } from 'react';
import { Field, Textarea } from '@fluentui/react-components';
import { contract } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TextField } from '../parts/TextField.tsx';
import { useFormAct } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';
import { TaskForm } from './TaskForm.tsx';

export type ImportFormProps = {
  readonly onDone: (words: string) => void;
  readonly onCancel: () => void;
};

/** Takes over a pasted table of days. */
export function ImportForm({ onDone, onCancel }: ImportFormProps): ReactNode {
  const t = useWords();
  const take = useCommand('calendar', 'importDays');
  const form = useForm({ text: '', reason: '' });
  const act = useFormAct(form, {
    command: take,
    schema: contract.calendar.importDays.input,
    words: 'day',
    done: (taken) => {
      onDone(t('calendar.import.done', taken));
    },
  });
  const fault = form.faults['text'];
  return (
    <TaskForm
      title={t('calendar.import.title')}
      intro={t('calendar.import.intro')}
      submitLabel={t('calendar.import.save')}
      pending={take.pending}
      failure={act.failure}
      onSubmit={() => {
        act.submit(form.values);
      }}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <Field
          label={t('calendar.import.text')}
          required
          validationState={fault === undefined ? 'none' : 'warning'}
          validationMessage={fault ?? null}
        >
          <Textarea
            name="text"
            rows={6}
            spellCheck={false}
            value={form.values.text}
            onChange={(_, { value }) => {
              form.set({ text: value });
            }}
          />
        </Field>
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
