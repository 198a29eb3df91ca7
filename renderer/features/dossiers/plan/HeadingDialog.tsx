import { useState, type ReactNode } from 'react';
import { Field, Input, Select } from '@fluentui/react-components';
import type { PlanDetail } from '#contract';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { usePlanAct } from './use-plan-act.ts';

export type LineDialogProps = {
  readonly plan: PlanDetail;
  /** null: a new one */
  readonly id: string | null;
  /** the heading that the keys stand in */
  readonly under: string | null;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
};

/** A heading: large with a symbol, or small within a large one. */
export function HeadingDialog({ plan, id, onClose, onDone }: LineDialogProps): ReactNode {
  const t = useWords();
  const command = usePlanAct('saveHeading');
  const known = plan.headings.find((one) => one.id === id);
  const [parent, setParent] = useState(known?.parent ?? '');
  const [symbol, setSymbol] = useState(known?.symbol ?? '');
  const [title, setTitle] = useState(known?.title ?? '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const large = plan.headings.filter((one) => one.parent === null && one.id !== id);
  const needsReason = plan.state !== 'draft';
  const wrong = (value: string): object => (tried && value.trim() === '' ? { validationState: 'error' as const, validationMessage: t('dossiers.fault.empty') } : {});
  return (
    <ActDialog
      open
      title={t(known === undefined ? 'dossiers.plan.headingNew' : 'dossiers.plan.headingEdit')}
      confirm={t('dossiers.plan.save')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={() => {
        setTried(true);
        if (title.trim() === '' || (parent === '' && symbol.trim() === '') || (needsReason && reason.trim() === '')) return;
        void command
          .run({ id: plan.id, version: plan.version, heading: id, fields: { parent: parent === '' ? null : parent, symbol: parent === '' ? symbol.trim() : '', title: title.trim() }, reason: reason.trim() })
          .then((changed) => {
            if (changed !== undefined) onDone(t('dossiers.plan.saved'));
          });
      }}
      onClose={onClose}
    >
      <Field label={t('dossiers.plan.headingTitle')} required {...wrong(title)}>
        <Input name="title" data-first value={title} maxLength={500} onChange={(_, { value }) => { setTitle(value); }} />
      </Field>
      {known === undefined && large.length > 0 && (
        <Field label={t('dossiers.plan.headingUnder')}>
          <Select name="parent" value={parent} onChange={(_, { value }) => { setParent(value); }}>
            <option value="">{t('dossiers.plan.headingLarge')}</option>
            {large.map((one) => (
              <option key={one.id} value={one.id}>
                {one.mark}. {one.title}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {parent === '' && (
        <Field label={t('dossiers.plan.symbol')} hint={t('dossiers.plan.symbolHint')} required {...wrong(symbol)}>
          <Input name="symbol" value={symbol} maxLength={20} onChange={(_, { value }) => { setSymbol(value); }} />
        </Field>
      )}
      {needsReason && (
        <Field label={t('handling.reason')} hint={t('dossiers.plan.supplement')} required {...wrong(reason)}>
          <Input name="reason" value={reason} maxLength={500} onChange={(_, { value }) => { setReason(value); }} />
        </Field>
      )}
    </ActDialog>
  );
}
