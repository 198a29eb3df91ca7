import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { LockClosed16Regular, Warning16Regular } from '@fluentui/react-icons';
import type { DeliveryLine } from '#contract';
import { calendarDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';

/** Cells of a row; the grid is told this number. */
export const sentColumnCount = 5;

const useStyles = makeStyles({
  row: { display: 'flex', flexDirection: 'column', justifyContent: 'center', height: '100%', boxSizing: 'border-box', padding: '0 12px 0 14px' },
  line: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0, height: '18px' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  code: { fontWeight: tokens.fontWeightSemibold },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  subject: { fontSize: tokens.fontSizeBase200 },
  end: { marginInlineStart: 'auto', flexShrink: 0, fontSize: tokens.fontSizeBase200 },
});

/** One of our documents: number, day, subject, how far its recipients are, alarms or why it is frozen. */
export function SentCells({ line }: { readonly line: DeliveryLine }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const sums = t('sent.sums', {
    recipients: line.recipients,
    sent: line.sent,
    partly: line.sent === line.recipients ? 'no' : 'yes',
    arrived: line.arrived,
    registered: line.registered,
    done: line.done,
    refused: line.refused,
  });
  const frozen = line.state === 'recalled' || line.state === 'replaced' ? line.state : null;
  return (
    <div role="presentation" className={styles.row}>
      <div role="presentation" className={styles.line}>
        <span
          role="gridcell"
          aria-colindex={1}
          className={mergeClasses(styles.cut, styles.code, frozen !== null && styles.struck)}
          title={line.code}
        >
          {line.code}
        </span>
        {frozen !== null && (
          <span role="gridcell" aria-colindex={2} className={styles.small}>
            <StateMark tone="neutral" icon={<LockClosed16Regular aria-hidden="true" />}>
              {t(`sent.state.${frozen}`)}
            </StateMark>
          </span>
        )}
        {line.alarms > 0 && (
          <span role="gridcell" aria-colindex={3} className={styles.end}>
            <StateMark tone="attention" icon={<Warning16Regular aria-hidden="true" />}>
              {t('sent.alarmCount', { count: line.alarms })}
            </StateMark>
          </span>
        )}
      </div>
      <div role="presentation" className={styles.line}>
        <span role="gridcell" aria-colindex={4} className={mergeClasses(styles.cut, styles.subject)} title={line.subject}>
          {calendarDay(line.issuedDate)} · {line.subject}
        </span>
      </div>
      <div role="presentation" className={styles.line}>
        <span role="gridcell" aria-colindex={5} className={mergeClasses(styles.cut, styles.small)} title={sums}>
          {sums}
        </span>
      </div>
    </div>
  );
}
