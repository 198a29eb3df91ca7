import { useDeferredValue, useState, type ReactNode } from 'react';
import { Checkbox, Field, Textarea } from '@fluentui/react-components';
import { Checkmark16Regular, Warning16Regular } from '@fluentui/react-icons';
import { contract } from '#contract';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { roleWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { useForm } from '../use-form.ts';
import { Table } from './Table.tsx';
import { useAct } from './use-act.ts';

export type PeopleImportProps = { readonly onDone: (words: string) => void; readonly onCancel: () => void };

/** Takes over a pasted table of persons; shows line by line what will be taken and what not. */
export function PeopleImport({ onDone, onCancel }: PeopleImportProps): ReactNode {
  const t = useWords();
  const take = useCommand('people', 'importPeople');
  const form = useForm({ text: '' });
  const [addUnits, setAddUnits] = useState(true);
  const act = useAct(form, take, contract.people.importPeople.input, (told) => {
    onDone(t('staff.import.done', told));
  });
  const text = useDeferredValue(form.values.text);
  const preview = useAsk('people', 'previewImport', { text, addUnits }, { enabled: text.trim() !== '', keepFormer: true });
  const rows = text.trim() === '' ? [] : (preview.data ?? []);
  const good = rows.filter(({ problem }) => problem === null).length;
  const fault = form.faults['text'];
  return (
    <TaskForm
      title={t('staff.import.title')}
      intro={t('staff.import.intro')}
      submitLabel={t('staff.import.save', { count: good })}
      pending={take.pending}
      failure={act.failure}
      onSubmit={() => {
        act.submit({ text: form.values.text, addUnits });
      }}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <Field label={t('staff.import.text')} required validationState={fault === undefined ? 'none' : 'warning'} validationMessage={fault ?? null}>
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
        <Checkbox
          label={t('staff.import.addUnits')}
          checked={addUnits}
          onChange={(_, { checked }) => {
            setAddUnits(checked === true);
          }}
        />
      </div>
      {rows.length > 0 && (
        <Table
          label={t('staff.import.preview')}
          columns={[t('staff.import.line'), t('people.field.name'), t('people.field.position'), t('people.field.unit'), t('people.field.roles'), t('staff.import.state')]}
          rows={rows.slice(0, 200).map((row) => ({
            key: String(row.line),
            cells: [
              row.line,
              row.name,
              row.position,
              row.unit,
              roleWords(t, row.roles),
              row.problem === null ? (
                <StateMark tone="good" icon={<Checkmark16Regular aria-hidden="true" />}>
                  {t('staff.import.good')}
                </StateMark>
              ) : (
                <StateMark tone="attention" icon={<Warning16Regular aria-hidden="true" />}>
                  {t(`staff.import.problem.${row.problem}`, { about: row.about })}
                </StateMark>
              ),
            ],
          }))}
        />
      )}
    </TaskForm>
  );
}
