import { useState, type ReactNode } from 'react';
import { contract, Role, Standing, type Person, type Unit } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { useForm } from '../use-form.ts';
import { dayOrNull, typedDay } from './days.ts';
import { Checks, Choice, Fields } from './Fields.tsx';
import { useAct } from './use-act.ts';

type Values = Readonly<Record<'name' | 'position' | 'unit' | 'validFrom' | 'since', string>> & { readonly standing: Standing };

export type PersonFormProps = {
  readonly person: Person | null;
  readonly units: readonly Unit[];
  /** what a new person begins with */
  readonly preset?: Partial<Pick<Person, 'name' | 'position' | 'standing' | 'roles'>>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

/** A person with unit, standing and roles. */
export function PersonForm({ person, units, preset, onDone, onCancel }: PersonFormProps): ReactNode {
  const t = useWords();
  const save = useCommand('people', 'savePerson');
  const begun = person ?? preset;
  const [roles, setRoles] = useState<readonly string[]>(begun?.roles ?? ['officer']);
  const form = useForm<Values>({
    name: begun?.name ?? '',
    position: begun?.position ?? '',
    standing: begun?.standing ?? 'staff',
    unit: person?.unit ?? '',
    validFrom: typedDay(person?.validFrom ?? null),
    since: '',
  });
  const act = useAct(form, save, contract.people.savePerson.input, () => {
    onDone();
  });
  return (
    <TaskForm
      title={t(person === null ? 'staff.person.new' : 'staff.person.edit', { name: person?.name ?? '' })}
      intro={t('staff.person.intro')}
      submitLabel={t('people.save')}
      pending={save.pending}
      failure={act.failure}
      onSubmit={() => {
        const { validFrom, since, unit, ...rest } = form.values;
        act.submit({
          id: person?.id ?? null,
          ...rest,
          unit: unit === '' ? null : unit,
          roles: Role.options.filter((role) => roles.includes(role)),
          validFrom: dayOrNull(validFrom),
          since: dayOrNull(since),
        });
      }}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <Fields form={form} names={['name*', 'position']} />
        <Choice
          name="standing"
          label={t('people.field.standing')}
          hint={t('staff.standingHint')}
          value={form.values.standing}
          options={Standing.options.map((one) => [one, t(`standing.${one}`)] as const)}
          onChange={(value) => {
            form.set({ standing: Standing.parse(value) });
          }}
        />
        <Choice
          name="unit"
          label={t('people.field.unit')}
          value={form.values.unit}
          options={[['', t('staff.noUnit')], ...units.map(({ id, name }) => [id, name] as const)]}
          onChange={(unit) => {
            form.set({ unit });
          }}
        />
        <Checks label={t('people.field.roles')} chosen={roles} options={Role.options.map((role) => [role, t(`role.${role}`)] as const)} onChange={setRoles} />
        <Fields form={form} names={['validFrom', ...(person === null ? [] : ['since'])]} />
      </div>
    </TaskForm>
  );
}
