import { useState, type ReactNode } from 'react';
import { Field, Input, Select, Textarea } from '@fluentui/react-components';
import type { DossierMaker } from '#contract';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { MakerFields } from '../parts/MakerFields.tsx';
import { retentionDraft, RetentionField, retentionFrom } from '../parts/RetentionField.tsx';
import type { LineDialogProps } from './HeadingDialog.tsx';
import { usePlanAct } from './use-plan-act.ts';

const nobody: DossierMaker = { unit: null, unitName: '', person: null, personName: '' };

/** A dossier that is to be made in the year: its number, title, term and maker. */
export function EntryDialog({ plan, id, under, onClose, onDone }: LineDialogProps): ReactNode {
  const t = useWords();
  const command = usePlanAct('saveEntry');
  const known = plan.entries.find((one) => one.id === id);
  const [heading, setHeading] = useState(known?.heading ?? under ?? plan.headings[0]?.id ?? '');
  const [number, setNumber] = useState(known === undefined ? '' : String(known.number));
  const [title, setTitle] = useState(known?.title ?? '');
  const [retention, setRetention] = useState(retentionDraft(known?.retention ?? { kind: 'years', years: null, basis: '', scheduleRow: null }));
  const [maker, setMaker] = useState<DossierMaker>(known?.maker ?? nobody);
  const [note, setNote] = useState(known?.note ?? '');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const needsReason = plan.state !== 'draft';
  const term = retentionFrom(retention);
  const numberGood = number.trim() === '' || /^[1-9]\d{0,4}$/.test(number.trim());
  const wrong = (value: string): object => (tried && value.trim() === '' ? { validationState: 'error' as const, validationMessage: t('dossiers.fault.empty') } : {});
  return (
    <ActDialog
      open
      title={t(known === undefined ? 'dossiers.plan.entryNew' : 'dossiers.plan.entryEdit', { code: known?.notation ?? '' })}
      confirm={t('dossiers.plan.save')}
      pending={command.pending}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={() => {
        setTried(true);
        if (title.trim() === '' || term === undefined || !numberGood || (needsReason && reason.trim() === '')) return;
        const fields = { heading, number: number.trim() === '' ? null : Number(number), title: title.trim(), retention: term, maker, note: note.trim() };
        void command.run({ id: plan.id, version: plan.version, entry: id, fields, reason: reason.trim() }).then((changed) => {
          if (changed !== undefined) onDone(t('dossiers.plan.saved'));
        });
      }}
      onClose={onClose}
    >
      <Field label={t('dossiers.field.title')} required {...wrong(title)}>
        <Textarea name="title" data-first value={title} maxLength={500} rows={2} onChange={(_, { value }) => { setTitle(value); }} />
      </Field>
      {known === undefined && (
        <Field label={t('dossiers.plan.heading')}>
          <Select name="heading" value={heading} onChange={(_, { value }) => { setHeading(value); }}>
            {plan.headings.map((one) => (
              <option key={one.id} value={one.id}>
                {one.mark}. {one.title}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <RetentionField value={retention} fault={tried && term === undefined ? t('dossiers.fault.years') : undefined} onChange={setRetention} />
      <MakerFields value={maker} onChange={setMaker} />
      <Field label={t('dossiers.plan.number')} hint={t('dossiers.plan.numberHint')} validationState={tried && !numberGood ? 'error' : 'none'} validationMessage={tried && !numberGood ? t('dossiers.fault.number') : null}>
        <Input name="number" inputMode="numeric" value={number} maxLength={5} onChange={(_, { value }) => { setNumber(value); }} />
      </Field>
      <Field label={t('field.description')}>
        <Input name="note" value={note} maxLength={500} onChange={(_, { value }) => { setNote(value); }} />
      </Field>
      {needsReason && (
        <Field label={t('handling.reason')} hint={t('dossiers.plan.supplement')} required {...wrong(reason)}>
          <Input name="reason" value={reason} maxLength={500} onChange={(_, { value }) => { setReason(value); }} />
        </Field>
      )}
    </ActDialog>
  );
}
