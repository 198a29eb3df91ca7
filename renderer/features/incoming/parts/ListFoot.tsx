import type { MouseEvent, ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDownload16Regular, ClipboardTask16Regular } from '@fluentui/react-icons';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';

const useStyles = makeStyles({
  foot: {
    flexShrink: 0,
    display: 'flex',
    // A longer sentence has a line of its own, above the buttons.
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: '0 8px',
    minHeight: '32px',
    padding: '0 4px 0 14px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { flexGrow: 1, padding: '2px 0' },
  button: { flexShrink: 0, whiteSpace: 'nowrap' },
});

export type ListFootProps = {
  readonly words: string;
  readonly receiving: boolean;
  /** null where asking the axis is not this person's part */
  readonly onReceive: (() => void) | null;
};

/** How many there are, and the button that asks the axis at once. */
export function ListFoot({ words, receiving, onReceive }: ListFootProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <div className={styles.foot}>
      <span className={styles.words}>{words}</span>
      <Button
        as="a"
        className={styles.button}
        size="small"
        appearance="subtle"
        icon={<ClipboardTask16Regular />}
        href={formatAddress('board')}
        onClick={(event: MouseEvent) => {
          event.preventDefault();
          goTo('board');
        }}
      >
        {t('section.board')}
      </Button>
      {onReceive !== null && (
        <Button
          className={styles.button}
          size="small"
          appearance="subtle"
          icon={<ArrowDownload16Regular />}
          disabledFocusable={receiving}
          onClick={() => {
            if (!receiving) onReceive();
          }}
        >
          {receiving ? t('incoming.receiving') : t('incoming.receive')}
        </Button>
      )}
    </div>
  );
}
