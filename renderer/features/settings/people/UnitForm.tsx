import type { ReactNode } from 'react';
import { contract, type Unit } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { useForm } from '../use-form.ts';
import { dayOrNull, typedDay } from './days.ts';
import { Fields } from './Fields.tsx';
import { useAct } from './use-act.ts';

export type UnitFormProps = { readonly unit: Unit | null; readonly onDone: () => void; readonly onCancel: () => void };

/** A unit of the office. A change holds from a day, or corrects what was never right. */
export function UnitForm({ unit, onDone, onCancel }: UnitFormProps): ReactNode {
  const t = useWords();
  const save = useCommand('people', 'saveUnit');
  const form = useForm({
    name: unit?.name ?? '',
    abbreviation: unit?.abbreviation ?? '',
    headPosition: unit?.headPosition ?? '',
    validFrom: typedDay(unit?.validFrom ?? null),
    since: '',
  });
  const act = useAct(form, save, contract.people.saveUnit.input, () => {
    onDone();
  });
  return (
    <TaskForm
      title={t(unit === null ? 'staff.unit.new' : 'staff.unit.edit', { name: unit?.name ?? '' })}
      intro={t('staff.unit.intro')}
      submitLabel={t('people.save')}
      pending={save.pending}
      failure={act.failure}
      onSubmit={() => {
        const { validFrom, since, ...rest } = form.values;
        act.submit({ id: unit?.id ?? null, ...rest, validFrom: dayOrNull(validFrom), since: dayOrNull(since) });
      }}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <Fields form={form} names={['name*', 'abbreviation', 'headPosition', 'validFrom', ...(unit === null ? [] : ['since'])]} />
      </div>
    </TaskForm>
  );
}
