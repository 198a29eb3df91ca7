import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { DossierDetail, DossierMember, MemberNotes } from '#contract';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { SaveLink } from '../../files/index.ts';
import { VerdictBox } from '../../verification/index.ts';
import { MemberNotesForm } from '../parts/MemberNotesForm.tsx';
import { draftOfMember, OwnFileForm, ownFieldsOf } from '../parts/OwnFileForm.tsx';
import { useDossierAct } from '../parts/use-dossier-act.ts';

const useStyles = makeStyles({ files: { display: 'flex', flexWrap: 'wrap', gap: '6px' } });

export type MemberDialogProps = { readonly dossier: DossierDetail; readonly member: DossierMember; readonly may: boolean; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** What is noted of a document within this dossier alone; of a file of its own also what it is. */
export function MemberDialog({ dossier, member, may, onClose, onDone }: MemberDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const command = useDossierAct('saveMember');
  const isOwn = member.kind === 'file';
  const [notes, setNotes] = useState<MemberNotes>({ sheet: member.sheet, note: member.note, origin: member.origin, autograph: member.autograph });
  const [draft, setDraft] = useState(draftOfMember(member));
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useState('');
  const { fields, faults } = ownFieldsOf(draft);
  return (
    <ActDialog
      open
      title={t(isOwn ? 'dossiers.member.ownTitle' : 'dossiers.member.title', { subject: member.subject })}
      confirm={t('dossiers.member.save')}
      pending={command.pending}
      blocked={!may}
      failure={command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={() => {
        setTried(true);
        if (isOwn && faults.length > 0) return;
        void command.run({ id: dossier.id, version: dossier.version, member: member.id, notes, fields: isOwn ? fields : null }).then((changed) => {
          if (changed !== undefined) onDone(t('dossiers.done.member'));
        });
      }}
      onClose={onClose}
    >
      <p>{t(isOwn ? 'dossiers.member.ownMeaning' : 'dossiers.member.meaning')}</p>
      {member.finding !== null && <VerdictBox document={member.id} enabled={!command.pending} onPlace={undefined} onDone={setSaid} />}
      <LiveRegion message={said} />
      {isOwn && <OwnFileForm draft={draft} faults={tried ? faults : []} readOnly={!may} onChange={(part) => { setDraft((before) => ({ ...before, ...part })); }} />}
      <MemberNotesForm notes={notes} may={may} first={!isOwn} onChange={(part) => { setNotes((before) => ({ ...before, ...part })); }} />
      {isOwn && (
        <div className={styles.files}>
          {member.files.map((file) => (
            <SaveLink key={file.id} id={file.id} name={file.name} words={file.name} />
          ))}
        </div>
      )}
    </ActDialog>
  );
}
