import type { ReactNode } from 'react';
import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { IntakeFile } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { sizeWords } from '../../files/index.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  choose: {
    font: 'inherit',
    display: 'block',
    width: '100%',
    padding: '6px 12px',
    textAlign: 'left',
    color: tokens.colorNeutralForeground1,
    backgroundColor: 'transparent',
    border: 0,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: { boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`, fontWeight: tokens.fontWeightSemibold },
  name: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  size: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  beside: { paddingInlineStart: '6px', paddingBottom: '2px' },
});

export type QueueListProps = {
  readonly files: readonly IntakeFile[];
  /** the file whose form is open; null for a document on paper */
  readonly current: string | null;
  /** files that go with the open form's document */
  readonly attached: readonly string[];
  /** whether others may go with the open document: with a message go those that it carries */
  readonly mayAttach: boolean;
  readonly onChoose: (id: string) => void;
  readonly onAttach: (id: string, attached: boolean) => void;
};

/** Files that wait to be entered, each a document of its own unless it goes with the open one. */
export function QueueList({ files, current, attached, mayAttach, onChoose, onAttach }: QueueListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <ol className={styles.list} aria-label={t('intake.queue')}>
      {files.map((file) => (
        <li key={file.id} className={styles.item}>
          <button
            type="button"
            className={mergeClasses(styles.choose, file.id === current && styles.here)}
            aria-current={file.id === current ? 'true' : undefined}
            title={file.name}
            onClick={() => {
              onChoose(file.id);
            }}
          >
            <span className={styles.name}>{file.name}</span>
            <span className={styles.size}>{sizeWords(t, file.size)}</span>
          </button>
          {file.id !== current && !file.message && mayAttach && (
            <Checkbox
              className={styles.beside}
              size="medium"
              label={t('intake.attach')}
              aria-label={t('intake.attachFile', { name: file.name })}
              checked={attached.includes(file.id)}
              onChange={(_, { checked }) => {
                onAttach(file.id, checked === true);
              }}
            />
          )}
        </li>
      ))}
    </ol>
  );
}
