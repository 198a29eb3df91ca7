import type { ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowUp16Regular, Flag16Filled } from '@fluentui/react-icons';
import type { OutboxItem } from '#contract';
import type { MessageKey } from '../../../i18n/catalogue.ts';
import { shortMomentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { urgencyWord } from '../../../i18n/urgency-words.ts';
import { reasonWords, recipientCodes, recipientsShort, stateMarks, whatWords } from './outbox-words.tsx';

const columns: readonly MessageKey[] = [
  'outbox.column.state',
  'queue.column.what',
  'queue.column.about',
  'outbox.column.to',
  'outbox.column.why',
  'outbox.column.since',
  'outbox.column.attempts',
  'outbox.column.next',
  'outbox.column.act',
];

/** Cells of a row; the grid is told this number. */
export const outboxColumnCount = columns.length;
/** Below this width the table scrolls sideways. */
export const outboxMinWidth = 1120;

const useStyles = makeStyles({
  row: {
    display: 'grid',
    height: '100%',
    boxSizing: 'border-box',
    alignItems: 'center',
    columnGap: '12px',
    padding: '0 14px',
    gridTemplateColumns:
      '104px minmax(0, 1fr) minmax(0, 1.5fr) minmax(0, 1.15fr) minmax(0, 1fr) 84px 54px 84px 92px',
  },
  head: {
    height: '32px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  state: { display: 'flex' },
  aboutCell: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  to: { display: 'flex', gap: '4px', minWidth: 0 },
  more: { flexShrink: 0, whiteSpace: 'nowrap' },
  mark: { flexShrink: 0, fontSize: tokens.fontSizeBase200 },
  about: { fontWeight: tokens.fontWeightSemibold },
  small: { fontSize: tokens.fontSizeBase200 },
  number: { textAlign: 'right' },
});

/** The header row of the table. */
export function OutboxHeader(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <div role="row" aria-rowindex={1} className={mergeClasses(styles.row, styles.head)}>
      {columns.map((name, index) => (
        <span key={name} role="columnheader" aria-colindex={index + 1} className={mergeClasses(styles.cut, index === 6 && styles.number)}>
          {t(name)}
        </span>
      ))}
    </div>
  );
}

export type OutboxCellsProps = {
  readonly item: OutboxItem;
  /** it waits behind another about the same document */
  readonly behind: boolean;
  readonly sending: boolean;
  /** null where sending is not this person's part */
  readonly onSend: (() => void) | null;
};

/** One row: state, what, about which document, to whom, why, since when, tries, next try, send now. */
export function OutboxCells({ item, behind, sending, onSend }: OutboxCellsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const mark = stateMarks[item.state];
  const reason = reasonWords(t, item, behind);
  const what = whatWords(t, item);
  const urgency = urgencyWord(t, item.urgency);
  const sendable = item.state === 'waiting' || item.state === 'attention';
  return (
    <div role="presentation" className={styles.row}>
      <span role="gridcell" aria-colindex={1} className={styles.state}>
        <StateMark tone={mark.tone} icon={mark.icon}>
          {t(`outbox.state.${item.state}`)}
        </StateMark>
      </span>
      <span role="gridcell" aria-colindex={2} className={styles.cut} title={what}>
        {what}
      </span>
      <span role="gridcell" aria-colindex={3} className={styles.aboutCell}>
        <span className={mergeClasses(styles.cut, styles.about)} title={item.about}>
          {item.about}
        </span>
        {item.movedUp && (
          <StateMark tone="brand" icon={<ArrowUp16Regular aria-hidden="true" />} className={styles.mark}>
            {t('queue.first')}
          </StateMark>
        )}
        {urgency !== null && (
          <StateMark tone="danger" icon={<Flag16Filled aria-hidden="true" />} className={styles.mark}>
            {urgency}
          </StateMark>
        )}
      </span>
      <span role="gridcell" aria-colindex={4} className={styles.to} title={recipientCodes(item)}>
        <span className={styles.cut}>{item.recipients[0]?.name}</span>
        {item.recipients.length > 1 && <span className={styles.more}>{t('queue.more', { count: item.recipients.length - 1 })}</span>}
      </span>
      <span role="gridcell" aria-colindex={5} className={mergeClasses(styles.cut, styles.small)} title={reason}>
        {reason}
      </span>
      <span role="gridcell" aria-colindex={6} className={styles.small}>
        {shortMomentOf(item.createdAt)}
      </span>
      <span role="gridcell" aria-colindex={7} className={styles.number}>
        {item.attempts}
      </span>
      <span role="gridcell" aria-colindex={8} className={styles.small}>
        {item.nextTryAt === null ? '–' : shortMomentOf(item.nextTryAt)}
      </span>
      <span role="gridcell" aria-colindex={9}>
        {onSend !== null && sendable && (
          // The keyboard has F8 on the active row; a stop in each row would make the table endless.
          <Button
            size="small"
            tabIndex={-1}
            disabled={sending}
            onClick={onSend}
            aria-label={t('outbox.sendNowOf', { about: item.about, to: recipientsShort(t, item) })}
          >
            {t('outbox.sendNow')}
          </Button>
        )}
      </span>
    </div>
  );
}
