import { useState, type ReactNode } from 'react';
import { Field, Input } from '@fluentui/react-components';
import type { PlanDetail } from '#contract';
import { calendarDay, dayFromTyped, isDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { usePlanAct } from './use-plan-act.ts';

export type PlanStepName = 'approve' | 'withdraw' | 'close' | 'reopen';

export type PlanStepProps = { readonly step: PlanStepName; readonly plan: PlanDetail; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** A step of a plan's life. */
export function PlanStep({ step, plan, onClose, onDone }: PlanStepProps): ReactNode {
  return step === 'approve' ? <Approve plan={plan} onClose={onClose} onDone={onDone} /> : <WithReason step={step} plan={plan} onClose={onClose} onDone={onDone} />;
}

const methods = { withdraw: 'withdrawPlan', close: 'closePlan', reopen: 'reopenPlan' } as const;

function WithReason({ step, plan, onClose, onDone }: PlanStepProps & { readonly step: Exclude<PlanStepName, 'approve'> }): ReactNode {
  const t = useWords();
  const command = usePlanAct(methods[step]);
  return (
    <ReasonDialog
      open
      title={t(`dossiers.plan.${step}.title`, { year: String(plan.year) })}
      reason={{ label: t('handling.reason'), missing: t('ask.reasonMissing'), starts: [t(`dossiers.plan.${step}.start`)], startsLabel: t('ask.starts') }}
      confirm={t(`dossiers.plan.${step}.confirm`)}
      cancel={t('ask.cancel')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={(reason) => {
        void command.run({ id: plan.id, version: plan.version, reason }).then((changed) => {
          if (changed !== undefined) onDone(t(`dossiers.plan.${step}.done`));
        });
      }}
      onClose={onClose}
    >
      <p>{t(`dossiers.plan.${step}.meaning`)}</p>
    </ReasonDialog>
  );
}

/** Notes the decision of the head that issued the plan (NĐ 30/2020 art. 28). */
function Approve({ plan, onClose, onDone }: Omit<PlanStepProps, 'step'>): ReactNode {
  const t = useWords();
  const command = usePlanAct('approvePlan');
  const [number, setNumber] = useState('');
  const [day, setDay] = useState(calendarDay(today()));
  const [approver, setApprover] = useState('');
  const [tried, setTried] = useState(false);
  const missing = (value: string): object => (tried && value.trim() === '' ? { validationState: 'error' as const, validationMessage: t('dossiers.fault.empty') } : {});
  return (
    <ActDialog
      open
      title={t('dossiers.plan.approveTitle', { year: String(plan.year) })}
      confirm={t('dossiers.plan.approveConfirm')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={() => {
        setTried(true);
        if (number.trim() === '' || approver.trim() === '' || !isDay(day)) return;
        void command.run({ id: plan.id, version: plan.version, decisionNumber: number.trim(), decisionDate: dayFromTyped(day), approver: approver.trim() }).then((changed) => {
          if (changed !== undefined) onDone(t('dossiers.plan.approved'));
        });
      }}
      onClose={onClose}
    >
      <p>{t('dossiers.plan.approveMeaning')}</p>
      <Field label={t('dossiers.plan.decisionNumber')} required {...missing(number)}>
        <Input name="decisionNumber" data-first value={number} maxLength={60} onChange={(_, { value }) => { setNumber(value); }} />
      </Field>
      <DayField name="decisionDate" label={t('dossiers.plan.decisionDate')} required value={day} fault={tried && !isDay(day) ? t('dossiers.fault.startDate') : undefined} onChange={setDay} />
      <Field label={t('dossiers.plan.approver')} required {...missing(approver)}>
        <Input name="approver" value={approver} maxLength={100} onChange={(_, { value }) => { setApprover(value); }} />
      </Field>
    </ActDialog>
  );
}
