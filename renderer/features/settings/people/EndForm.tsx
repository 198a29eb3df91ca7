import { dayFromTyped } from '../../../i18n/dates.ts';
import type { ReactNode } from 'react';
import { contract } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { useForm } from '../use-form.ts';
import { today } from './days.ts';
import { Fields } from './Fields.tsx';
import { useAct } from './use-act.ts';

export type EndFormProps = {
  readonly kind: 'unit' | 'person' | 'delegation';
  readonly id: string;
  readonly name: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

/** Ends a unit, a person or a delegation after a day, with the reason. */
export function EndForm({ kind, id, name, onDone, onCancel }: EndFormProps): ReactNode {
  const t = useWords();
  const end = useCommand('people', 'endValidity');
  const endDelegation = useCommand('people', 'endDelegation');
  const form = useForm({ lastDay: today(), reason: '' });
  const ofPerson = useAct(form, end, contract.people.endValidity.input, () => {
    onDone();
  });
  const ofDelegation = useAct(form, endDelegation, contract.people.endDelegation.input, () => {
    onDone();
  });
  return (
    <TaskForm
      title={t(`people.end.title.${kind}`, { name })}
      intro={t(`people.end.intro.${kind}`)}
      submitLabel={t('people.end.save')}
      pending={end.pending || endDelegation.pending}
      failure={ofPerson.failure ?? ofDelegation.failure}
      onSubmit={() => {
        const { lastDay, reason } = form.values;
        const input = { id, lastDay: dayFromTyped(lastDay), reason };
        if (kind === 'delegation') ofDelegation.submit(input);
        else ofPerson.submit({ ...input, kind });
      }}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <Fields form={form} names={['lastDay*', 'reason*']} />
      </div>
    </TaskForm>
  );
}
