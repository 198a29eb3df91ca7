import type { ReactNode } from 'react';
import { Field, Input, makeStyles, Textarea } from '@fluentui/react-components';
import type { DossierMember, OwnFileFields } from '#contract';
import { calendarDay, dayFromTyped, isDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { DayField } from '../../../ui/DayField.tsx';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
    gap: '12px',
    alignItems: 'start',
    // Fluent's inputs are wider than a narrow column by themselves.
    '& .fui-Input': { minWidth: 0 },
    '& input': { minWidth: 0 },
  },
});

/** As typed: day and pages are checked when it is done. */
export type OwnFileDraft = Omit<OwnFileFields, 'issuedDate' | 'pageAmount'> & { readonly issuedDate: string; readonly pageAmount: string };
export type OwnFileFault = 'subject' | 'issuedDate' | 'pageAmount';

/** What a file's name tells: its subject. */
export function draftOfName(name: string): OwnFileDraft {
  return { typeName: '', codeNumber: '', codeNotation: '', issuedDate: '', issuerName: '', subject: name.replace(/\.[^.]{1,5}$/, '').slice(0, 500), pageAmount: '' };
}

export function draftOfMember(member: DossierMember): OwnFileDraft {
  const { typeName, codeNumber, codeNotation, issuedDate, issuerName, subject, pageAmount } = member;
  return { typeName, codeNumber, codeNotation, issuerName, subject, issuedDate: issuedDate === null ? '' : calendarDay(issuedDate), pageAmount: pageAmount === null ? '' : String(pageAmount) };
}

/** What was typed as the contract has it, and what of it is none. */
export function ownFieldsOf(draft: OwnFileDraft): { readonly fields: OwnFileFields; readonly faults: readonly OwnFileFault[] } {
  const [day, pages] = [draft.issuedDate.trim(), draft.pageAmount.trim()];
  const faults: OwnFileFault[] = [];
  if (draft.subject.trim() === '') faults.push('subject');
  if (day !== '' && !isDay(day)) faults.push('issuedDate');
  if (pages !== '' && !/^[1-9]\d{0,4}$/.test(pages)) faults.push('pageAmount');
  return { fields: { ...draft, issuedDate: day === '' || !isDay(day) ? null : dayFromTyped(day), pageAmount: pages === '' ? null : Number(pages) }, faults };
}

export type OwnFileFormProps = { readonly draft: OwnFileDraft; readonly faults: readonly OwnFileFault[]; readonly readOnly?: boolean; readonly onChange: (part: Partial<OwnFileDraft>) => void };

/** What a file is that is no document of the registers: its subject is all that is asked for. */
export function OwnFileForm({ draft, faults, readOnly = false, onChange }: OwnFileFormProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const fault = (name: OwnFileFault): string | undefined => (faults.includes(name) ? t(name === 'subject' ? 'dossiers.fault.empty' : name === 'issuedDate' ? 'dossiers.fault.startDate' : 'dossiers.fault.paperSheets') : undefined);
  const line = (name: 'typeName' | 'codeNumber' | 'codeNotation' | 'issuerName' | 'pageAmount', most: number): ReactNode => {
    const wrong = name === 'pageAmount' ? fault(name) : undefined;
    return (
      <Field label={t(`dossiers.own.${name}`)} validationState={wrong === undefined ? 'none' : 'error'} validationMessage={wrong ?? null}>
        <Input name={name} value={draft[name]} maxLength={most} readOnly={readOnly} autoComplete="off" spellCheck={false} onChange={(_, { value }) => { onChange({ [name]: value }); }} />
      </Field>
    );
  };
  const subject = fault('subject');
  return (
    <>
      <Field label={t('dossiers.own.subject')} required validationState={subject === undefined ? 'none' : 'error'} validationMessage={subject ?? null}>
        <Textarea name="subject" value={draft.subject} maxLength={500} rows={2} resize="vertical" readOnly={readOnly} onChange={(_, { value }) => { onChange({ subject: value }); }} />
      </Field>
      <div className={styles.row}>
        {line('typeName', 100)}
        {line('codeNumber', 11)}
        {line('codeNotation', 30)}
      </div>
      <div className={styles.row}>
        <DayField name="issuedDate" label={t('dossiers.own.issuedDate')} value={draft.issuedDate} fault={fault('issuedDate')} onChange={(issuedDate) => { if (!readOnly) onChange({ issuedDate }); }} />
        {line('issuerName', 200)}
        {line('pageAmount', 5)}
      </div>
    </>
  );
}
