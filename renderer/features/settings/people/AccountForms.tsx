import type { ReactNode } from 'react';
import { contract, type AccountRules, type Person } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { TaskForm } from '../calendar/TaskForm.tsx';
import { FormSection } from '../parts/FormSection.tsx';
import { useSaved } from '../use-form-act.ts';
import { useForm } from '../use-form.ts';
import { Fields } from './Fields.tsx';
import { useAct } from './use-act.ts';

export type PasswordGivenProps = {
  readonly person: Person;
  /** nobody has a password yet: with this one the station begins to ask for it */
  readonly first: boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

/** Gives a person a password, for the first time or in place of a lost one. */
export function PasswordGiven({ person, first, onDone, onCancel }: PasswordGivenProps): ReactNode {
  const t = useWords();
  const give = useCommand('people', 'setPassword');
  const form = useForm({ password: '', again: '' });
  const act = useAct(form, give, contract.people.setPassword.input, () => {
    onDone();
  });
  return (
    <TaskForm
      title={t('account.title', { name: person.name })}
      intro={t(first ? 'account.introFirst' : 'account.intro')}
      submitLabel={t('account.save')}
      pending={give.pending}
      failure={act.failure}
      onSubmit={() => {
        const { password, again } = form.values;
        if (password === again) act.submit({ person: person.id, password });
        else form.show({ again: t('password.differ') });
      }}
      onCancel={onCancel}
    >
      {first && <Notice tone="attention">{t('account.firstWarning')}</Notice>}
      <div ref={form.box} style={{ display: 'contents' }}>
        <Fields form={form} names={['password*', 'again*']} password />
      </div>
    </TaskForm>
  );
}

export type AccountRemovalProps = { readonly person: Person; readonly onDone: () => void; readonly onCancel: () => void };

/** Takes a person's password away, with the reason. */
export function AccountRemoval({ person, onDone, onCancel }: AccountRemovalProps): ReactNode {
  const t = useWords();
  const remove = useCommand('people', 'removeAccount');
  const form = useForm({ reason: '' });
  const act = useAct(form, remove, contract.people.removeAccount.input, () => {
    onDone();
  });
  return (
    <TaskForm
      title={t('account.removeOf', { name: person.name })}
      intro={t('account.removeIntro')}
      submitLabel={t('account.remove')}
      pending={remove.pending}
      failure={act.failure}
      onSubmit={() => {
        act.submit({ person: person.id, reason: form.values.reason });
      }}
      onCancel={onCancel}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <Fields form={form} names={['reason*']} />
      </div>
    </TaskForm>
  );
}

const ruleFields = ['lockMinutes', 'maxTries', 'idleDays', 'administratorDays'] as const;

/** How long the window stays open, and when accounts close. */
export function RulesForm({ rules }: { readonly rules: AccountRules }): ReactNode {
  const t = useWords();
  const save = useCommand('people', 'saveAccountRules');
  const form = useForm(Object.fromEntries(ruleFields.map((name) => [name, String(rules[name])])) as Record<(typeof ruleFields)[number], string>);
  const saved = useSaved(form.dirty);
  const act = useAct(form, save, contract.people.saveAccountRules.input, saved.note);
  return (
    <FormSection
      title={t('account.card')}
      intro={t('account.rules.intro')}
      submitLabel={t('people.save')}
      onSubmit={() => {
        const { lockMinutes, maxTries, idleDays, administratorDays } = form.values;
        act.submit({
          lockMinutes: numberIn(lockMinutes),
          maxTries: numberIn(maxTries),
          idleDays: numberIn(idleDays),
          administratorDays: numberIn(administratorDays),
        });
      }}
      barred={save.barred}
      pending={save.pending}
      said={saved.said}
      failure={act.failure}
    >
      <div ref={form.box} style={{ display: 'contents' }}>
        <Fields form={form} names={ruleFields} readOnly={save.barred !== undefined} />
      </div>
    </FormSection>
  );
}

function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
