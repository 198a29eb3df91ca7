import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { Attach20Regular } from '@fluentui/react-icons';
import type { DossierDetail, MemberNotes, StoredFile } from '#contract';
import { useStaging } from '../../../bridge/stage-file.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { MemberNotesForm } from '../parts/MemberNotesForm.tsx';
import { draftOfName, OwnFileForm, ownFieldsOf, type OwnFileDraft } from '../parts/OwnFileForm.tsx';
import { useDossierAct } from '../parts/use-dossier-act.ts';

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', minWidth: 0 },
  name: { minWidth: 0, overflowWrap: 'anywhere' },
  busy: { display: 'inline-flex', gap: '6px', alignItems: 'center', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type AddFileDialogProps = {
  readonly dossier: DossierDetail;
  /** files that were dropped here, one after another */
  readonly files: readonly File[];
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
};

/** Puts a file that is no document of the registers into a dossier (tài liệu khác): photographs, drawings, minutes on paper that were scanned. */
export function AddFileDialog({ dossier, files, onClose, onDone }: AddFileDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const input = useRef<HTMLInputElement>(null);
  const staging = useStaging();
  const command = useDossierAct('addFile');
  const [file, setFile] = useState<StoredFile | null>(null);
  const [draft, setDraft] = useState<OwnFileDraft>(draftOfName(''));
  const [notes, setNotes] = useState<MemberNotes>({ sheet: '', note: '', origin: '01', autograph: '' });
  const [rest, setRest] = useState(files);
  const [tried, setTried] = useState(false);
  const { fields, faults } = ownFieldsOf(draft);
  const take = async (picked: File): Promise<void> => {
    const [stored] = await staging.take([picked]);
    if (stored === undefined) return;
    setFile(stored);
    setDraft((before) => (file === null || before.subject === '' ? draftOfName(stored.name) : before));
  };
  const begin = useEffectEvent(() => {
    const [first] = rest;
    if (first !== undefined) void take(first);
  });
  useEffect(() => {
    begin();
  }, []);
  const confirm = (): void => {
    setTried(true);
    if (file === null || faults.length > 0) return;
    void command.run({ dossier: dossier.id, file, fields, notes }).then((changed) => {
      if (changed === undefined) return;
      const [, next, ...others] = rest;
      if (next === undefined) {
        onDone(t('dossiers.done.file', { name: file.name }));
        return;
      }
      // The next of several that were dropped together; what is noted of one mostly holds for all.
      setRest([next, ...others]);
      setFile(null);
      setTried(false);
      void staging.take([next]).then(([stored]) => {
        if (stored === undefined) return;
        setFile(stored);
        setDraft((before) => ({ ...before, subject: draftOfName(stored.name).subject }));
      });
    });
  };
  return (
    <ActDialog
      open
      title={t('dossiers.addFile.title', { code: dossier.notation })}
      confirm={t('dossiers.addFile.confirm', { more: Math.max(0, rest.length - 1) })}
      pending={command.pending || staging.busy !== null}
      blocked={file === null}
      failure={staging.failure !== undefined ? failureWords(t, staging.failure) : command.failure === undefined ? undefined : failureWords(t, command.failure, 'dossiers')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t('dossiers.addFile.meaning')}</p>
      <div className={styles.row}>
        <input
          ref={input}
          type="file"
          name="ownFile"
          hidden
          onChange={({ currentTarget }) => {
            const [picked] = currentTarget.files ?? [];
            if (picked !== undefined) void take(picked);
            currentTarget.value = '';
          }}
        />
        <Button
          icon={<Attach20Regular />}
          data-first
          disabledFocusable={staging.busy !== null}
          onClick={() => {
            if (staging.busy === null) input.current?.click();
          }}
        >
          {t(file === null ? 'dossiers.addFile.pick' : 'dossiers.addFile.pickOther')}
        </Button>
        {staging.busy !== null ? (
          <span className={styles.busy} role="status">
            <Spinner size="extra-tiny" aria-hidden="true" />
            {t('stage.busy', { name: staging.busy })}
          </span>
        ) : (
          file !== null && <span className={styles.name}>{file.name}</span>
        )}
      </div>
      {rest.length > 1 && <Notice tone="info">{t('dossiers.addFile.rest', { count: rest.length - 1 })}</Notice>}
      {file !== null && (
        <>
          <OwnFileForm draft={draft} faults={tried ? faults : []} onChange={(part) => { setDraft((before) => ({ ...before, ...part })); }} />
          <MemberNotesForm notes={notes} may onChange={(part) => { setNotes((before) => ({ ...before, ...part })); }} />
        </>
      )}
    </ActDialog>
  );
}
