import { useRef, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentTableArrowRight20Regular } from '@fluentui/react-icons';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { useFileDrop } from '../../../ui/use-file-drop.ts';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '12px',
    padding: '24px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: { border: `1px dashed ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorNeutralBackground1Hover },
  hint: { color: tokens.colorNeutralForeground2 },
  hidden: { display: 'none' },
});

export type PickFileProps = { readonly onFile: (file: File) => void };

/** Where the file of an old register is picked or dropped. */
export function PickFile({ onFile }: PickFileProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const input = useRef<HTMLInputElement>(null);
  const { over, target } = useFileDrop(({ files: [file] }) => {
    if (file !== undefined) onFile(file);
  });
  useShortcut('Ctrl+O', () => {
    input.current?.click();
  });
  return (
    <div className={mergeClasses(styles.box, over && styles.over)} {...target}>
      <Button
        appearance="primary"
        icon={<DocumentTableArrowRight20Regular />}
        aria-keyshortcuts="Control+O"
        onClick={() => {
          input.current?.click();
        }}
      >
        {t('legacy.pick')}
        <KeyHint keys="Ctrl+O" onPrimary />
      </Button>
      <span className={styles.hint}>{t('legacy.drop')}</span>
      <input
        ref={input}
        className={styles.hidden}
        type="file"
        accept=".xlsx,.xlsm,.csv,.tsv,.txt,.xls"
        data-legacy="file"
        aria-label={t('legacy.pick')}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
