import { useRef, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { DocumentAdd20Regular, FolderAdd20Regular, DocumentEdit20Regular } from '@fluentui/react-icons';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { pickedFolder } from '../use-upload.ts';

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '6px' },
  hidden: { display: 'none' },
});

export type AddFilesProps = {
  readonly onFiles: (files: readonly File[], leftOut: number) => void;
  readonly onPaper: () => void;
};

/** Ways in: files, a folder of them, or a document on paper. */
export function AddFiles({ onFiles, onPaper }: AddFilesProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useShortcut('Ctrl+O', () => {
    files.current?.click();
  });
  useShortcut('Alt+N', onPaper);
  return (
    <div className={styles.row}>
      <Button
        size="small"
        appearance="primary"
        icon={<DocumentAdd20Regular />}
        aria-keyshortcuts="Control+O"
        onClick={() => {
          files.current?.click();
        }}
      >
        {t('intake.pickFiles')}
        <KeyHint keys="Ctrl+O" onPrimary />
      </Button>
      <Button
        size="small"
        icon={<FolderAdd20Regular />}
        onClick={() => {
          folder.current?.click();
        }}
      >
        {t('intake.pickFolder')}
      </Button>
      <Button size="small" icon={<DocumentEdit20Regular />} aria-keyshortcuts="Alt+N" onClick={onPaper}>
        {t('intake.paper')}&nbsp;
        <KeyHint keys="Alt+N" />
      </Button>
      <input
        ref={files}
        className={styles.hidden}
        type="file"
        multiple
        data-intake="files"
        aria-label={t('intake.pickFiles')}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])], 0);
          currentTarget.value = '';
        }}
      />
      <input
        ref={(element) => {
          element?.setAttribute('webkitdirectory', '');
          folder.current = element;
        }}
        className={styles.hidden}
        type="file"
        multiple
        data-intake="folder"
        aria-label={t('intake.pickFolder')}
        onChange={({ currentTarget }) => {
          const picked = pickedFolder(currentTarget.files ?? new DataTransfer().files);
          onFiles(picked.files, picked.leftOut);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
