import { useState, type ReactNode } from 'react';
import { Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import type { PlanDetail, PlanNumbering, PlanSummary } from '#contract';
import { today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { usePlanAct } from './use-plan-act.ts';

export type NewPlanDialogProps = { readonly plans: readonly PlanSummary[]; readonly onClose: () => void; readonly onDone: (plan: PlanDetail) => void };

/** A new plan: of which year, numbered how, and with the lines of which other one. */
export function NewPlanDialog({ plans, onClose, onDone }: NewPlanDialogProps): ReactNode {
  const t = useWords();
  const command = usePlanAct('createPlan');
  const [newest] = plans;
  const [year, setYear] = useState(String(newest === undefined ? Number(today().slice(0, 4)) : newest.year + 1));
  const [copyFrom, setCopyFrom] = useState(newest?.id ?? '');
  const [numbering, setNumbering] = useState<PlanNumbering>(newest?.numbering ?? 'heading');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const good = /^(19|20|21)\d{2}$/.test(year.trim());
  return (
    <ActDialog
      open
      title={t('dossiers.plan.newTitle')}
      confirm={t('dossiers.plan.newConfirm')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={() => {
        setTried(true);
        if (!good) return;
        void command.run({ year: Number(year), numbering, note: note.trim(), copyFrom: copyFrom === '' ? null : copyFrom }).then((plan) => {
          if (plan !== undefined) onDone(plan);
        });
      }}
      onClose={onClose}
    >
      <Field label={t('dossiers.plan.yearField')} required validationState={tried && !good ? 'error' : 'none'} validationMessage={tried && !good ? t('dossiers.fault.catalog') : null}>
        <Input name="year" data-first inputMode="numeric" value={year} maxLength={4} onChange={(_, { value }) => { setYear(value); }} />
      </Field>
      {plans.length > 0 && (
        <Field label={t('dossiers.plan.copy')} hint={t('dossiers.plan.copyHint')}>
          <Select name="copyFrom" value={copyFrom} onChange={(_, { value }) => { setCopyFrom(value); }}>
            <option value="">{t('dossiers.plan.copyNone')}</option>
            {plans.map((one) => (
              <option key={one.id} value={one.id}>
                {t('dossiers.plan.copyOf', { year: String(one.year), count: one.entryTotal })}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t('dossiers.plan.numbering')}>
        <RadioGroup value={numbering} onChange={(_, { value }) => { setNumbering(value === 'whole' ? 'whole' : 'heading'); }}>
          <Radio value="heading" label={t('dossiers.plan.numbering.heading')} />
          <Radio value="whole" label={t('dossiers.plan.numbering.whole')} />
        </RadioGroup>
      </Field>
      <Field label={t('field.description')}>
        <Input name="note" value={note} maxLength={500} onChange={(_, { value }) => { setNote(value); }} />
      </Field>
    </ActDialog>
  );
}
