import { useState, type ReactNode } from 'react';
import { Field, Input, makeStyles, Select, Textarea } from '@fluentui/react-components';
import type { DossierDetail, DossierMember, MemberNotes } from '#contract';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { SaveLink } from '../../files/index.ts';
import { useDossierAct } from '../parts/use-dossier-act.ts';

const useStyles = makeStyles({ files: { display: 'flex', flexWrap: 'wrap', gap: '6px' } });

export type MemberDialogProps = { readonly dossier: DossierDetail; readonly member: DossierMember; readonly may: boolean; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** What is noted of a document within this dossier alone. */
export function MemberDialog({ dossier, member, may, onClose, onDone }: MemberDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const command = useDossierAct('saveMember');
  const [notes, setNotes] = useState<MemberNotes>({ sheet: member.sheet, note: member.note, origin: member.origin, autograph: member.autograph });
  const set = (part: Partial<MemberNotes>): void => {
    setNotes((before) => ({ ...before, ...part }));
  };
  return (
    <ActDialog
      open
      title={t('dossiers.member.title', { subject: member.subject })}
      confirm={t('dossiers.member.save')}
      pending={command.pending}
      blocked={!may}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={() => {
        void command.run({ id: dossier.id, version: dossier.version, member: member.id, notes, fields: null }).then((changed) => {
          if (changed !== undefined) onDone(t('dossiers.done.member'));
        });
      }}
      onClose={onClose}
    >
      <p>{t('dossiers.member.meaning')}</p>
      <Field label={t('dossiers.member.sheetField')}>
        <Input name="sheet" data-first value={notes.sheet} maxLength={30} readOnly={!may} onChange={(_, { value }) => { set({ sheet: value }); }} />
      </Field>
      <Field label={t('dossiers.member.origin')}>
        <Select name="origin" value={notes.origin} disabled={!may} onChange={(_, { value }) => { set({ origin: value as MemberNotes['origin'] }); }}>
          {(['01', '02', '03'] as const).map((origin) => (
            <option key={origin} value={origin}>
              {t(`dossiers.origin.${origin}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('dossiers.member.autograph')}>
        <Input name="autograph" value={notes.autograph} maxLength={2000} readOnly={!may} onChange={(_, { value }) => { set({ autograph: value }); }} />
      </Field>
      <Field label={t('field.description')}>
        <Textarea name="note" value={notes.note} maxLength={500} rows={2} readOnly={!may} onChange={(_, { value }) => { set({ note: value }); }} />
      </Field>
      {member.kind === 'file' && (
        <div className={styles.files}>
          {member.files.map((file) => (
            <SaveLink key={file.id} id={file.id} name={file.name} words={file.name} />
          ))}
        </div>
      )}
    </ActDialog>
  );
}
