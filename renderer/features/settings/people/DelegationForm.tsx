import { dayFromTyped } from '../../../i18n/dates.ts';
import { useState, type ReactNode } from 'react';
import { contract, DelegationKind, type Person } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { useForm } from '../use-form.ts';
import { dayOrNull, today } from './days.ts';
import { Checks, Choice, Fields } from './Fields.tsx';
import { useAct } from './use-act.ts';

const acts = ['sign', 'direct'] as const;

type Values = Readonly<Record<'giver' | 'taker' | 'validFrom' | 'validTo' | 'types' | 'content' | 'basis', string>> & { readonly kind: DelegationKind };

export type DelegationFormProps = { readonly persons: readonly Person[]; readonly onDone: () => void; readonly onCancel: () => void };

/** Writes down who signs or directs for whom. */
export function DelegationForm({ persons, onDone, onCancel }: DelegationFormProps): ReactNode {
  const t = useWords();
  const add = useCommand('people', 'addDelegation');
  const [chosen, setChosen] = useState<readonly string[]>(['sign']);
  const form = useForm<Values>({
    kind: 'KT',
    giver: persons.find(({ standing }) => standing === 'head')?.id ?? '',
    taker: '',
    validFrom: today(),
    validTo: '',
    types: '',
    content: '',
    basis: '',
  });
  const act = useAct(form, add, contract.people.addDelegation.input, () => {
    onDone();
  });
  const names = [['', t('delegation.choose')] as const, ...persons.map(({ id, name, position }) => [id, position === '' ? name : `${name} · ${position}`] as const)];
  const { kind } = form.values;
  return (
    <TaskForm
      title={t('delegation.new')}
      intro={t(`delegation.intro.${kind}`)}
      submitLabel={t('people.save')}
      pending={add.pending}
      failure={act.failure}
      onSubmit={() => {
        const { types, validFrom, validTo, ...rest } = form.values;
        act.submit({
          ...rest,
          validFrom: dayFromTyped(validFrom),
          validTo: dayOrNull(validTo),
          acts: acts.filter((one) => chosen.includes(one)),
          types: types.split(/[,;\n]/).map((type) => type.trim()).filter((type) => type !== ''),
        });
      }}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <Choice
          name="kind"
          label={t('delegation.kind')}
          value={kind}
          options={DelegationKind.options.map((one) => [one, t(`delegation.kind.${one}`)] as const)}
          onChange={(value) => {
            form.set({ kind: DelegationKind.parse(value) });
          }}
        />
        <Choice name="giver" label={t('delegation.giver')} value={form.values.giver} options={names} onChange={(giver) => { form.set({ giver }); }} />
        <Choice name="taker" label={t('delegation.taker')} value={form.values.taker} options={names} onChange={(taker) => { form.set({ taker }); }} />
        <Checks label={t('delegation.acts')} chosen={chosen} options={acts.map((one) => [one, t(`delegation.act.${one}`)] as const)} onChange={setChosen} />
        <Fields form={form} names={['validFrom*', kind === 'TUQ' ? 'validTo*' : 'validTo', 'types', kind === 'TUQ' ? 'content*' : 'content', kind === 'KT' ? 'basis' : 'basis*']} />
      </div>
    </TaskForm>
  );
}
