import type { ReactNode } from 'react';
import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { FolderOpen20Regular } from '@fluentui/react-icons';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { useWords } from '../../../i18n/use-words.ts';

const useStyles = makeStyles({
  row: { display: 'flex', gap: '8px', maxWidth: '680px' },
  path: { flexGrow: 1, minWidth: 0 },
});

/** A whole path of this machine or its network. */
export const isWholePath = (text: string): boolean => /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(text.trim());

export type FolderFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (folder: string) => void;
  /** told after the person picked one in the system's dialog; `onChange` was told before */
  readonly onChosen?: (folder: string) => void;
};

/** A folder of this machine or its network: typed, or chosen in the system's dialog where the shell has one. */
export function FolderField({ label, value, onChange, onChosen }: FolderFieldProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const asked = useAsk('backup', 'state', {}).data;
  const shows = (useLatest('backup', 'state') ?? asked)?.showsFolders === true;
  const choose = useCommand('backup', 'chooseFolder');
  const fits = value.trim() === '' || isWholePath(value);
  const open = async (): Promise<void> => {
    if (choose.pending) return;
    const answer = await choose.run({ start: value.trim() !== '' && fits ? value.trim() : null });
    if (!answer.ok || answer.value.folder === null) return;
    onChange(answer.value.folder);
    onChosen?.(answer.value.folder);
  };
  return (
    <Field label={label} hint={t(shows ? 'backup.folderHintOrChoose' : 'backup.folderHint')} validationState={fits ? 'none' : 'error'} validationMessage={fits ? null : t('backup.folderWrong')}>
      {(control) => (
        <div className={styles.row}>
          <Input {...control} className={styles.path} name="folder" value={value} maxLength={500} spellCheck={false} autoComplete="off" onChange={(_, typed) => { onChange(typed.value); }} />
          {shows && choose.barred === undefined && (
            <Button icon={<FolderOpen20Regular />} aria-label={t('backup.chooseOf', { field: label })} disabledFocusable={choose.pending} onClick={() => void open()}>
              {t('backup.choose')}
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
