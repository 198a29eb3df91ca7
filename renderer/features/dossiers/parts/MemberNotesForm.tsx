import type { ReactNode } from 'react';
import { Field, Input, Select, Textarea } from '@fluentui/react-components';
import type { MemberNotes } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';

export type MemberNotesFormProps = { readonly notes: MemberNotes; readonly may: boolean; readonly first?: boolean; readonly onChange: (part: Partial<MemberNotes>) => void };

/** What is noted of a document within one dossier alone. */
export function MemberNotesForm({ notes, may, first = false, onChange }: MemberNotesFormProps): ReactNode {
  const t = useWords();
  return (
    <>
      <Field label={t('dossiers.member.sheetField')}>
        <Input name="sheet" {...(first ? { 'data-first': true } : {})} value={notes.sheet} maxLength={30} readOnly={!may} onChange={(_, { value }) => { onChange({ sheet: value }); }} />
      </Field>
      <Field label={t('dossiers.member.origin')}>
        <Select name="origin" value={notes.origin} disabled={!may} onChange={(_, { value }) => { onChange({ origin: value as MemberNotes['origin'] }); }}>
          {(['01', '02', '03'] as const).map((origin) => (
            <option key={origin} value={origin}>
              {t(`dossiers.origin.${origin}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('dossiers.member.autograph')}>
        <Input name="autograph" value={notes.autograph} maxLength={2000} readOnly={!may} onChange={(_, { value }) => { onChange({ autograph: value }); }} />
      </Field>
      <Field label={t('field.description')}>
        <Textarea name="note" value={notes.note} maxLength={500} rows={2} readOnly={!may} onChange={(_, { value }) => { onChange({ note: value }); }} />
      </Field>
    </>
  );
}
