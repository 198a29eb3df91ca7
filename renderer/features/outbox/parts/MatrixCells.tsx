import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Warning16Regular } from '@fluentui/react-icons';
import type { Delivery } from '#contract';
import type { MessageKey } from '../../../i18n/catalogue.ts';
import { momentOf, shortDayOf, timeOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { ageWords, saidAt, statusSteps, takeBackWords } from './sent-words.ts';

const columns: readonly MessageKey[] = [
  'outbox.column.to',
  'sent.column.alarm',
  'sent.step.sent',
  ...statusSteps.map((step) => step.name),
  'sent.column.takeBack',
  'sent.column.age',
  'sent.column.note',
];

/** Cells of a row; the grid is told this number. */
export const matrixColumnCount = columns.length;
/** Below this width the matrix scrolls sideways. */
export const matrixMinWidth = 950;

const useStyles = makeStyles({
  row: {
    display: 'grid',
    height: '100%',
    boxSizing: 'border-box',
    alignItems: 'center',
    columnGap: '6px',
    padding: '0 10px 0 14px',
    gridTemplateColumns: 'minmax(120px, 1.5fr) 124px repeat(7, 52px) 88px 62px minmax(90px, 1fr)',
  },
  head: {
    height: '36px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '15px',
    fontWeight: tokens.fontWeightSemibold,
  },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  small: { fontSize: tokens.fontSizeBase200, lineHeight: '15px' },
  wrap: { overflow: 'hidden', maxHeight: '30px', overflowWrap: 'anywhere' },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  time: { display: 'flex', flexDirection: 'column', fontSize: tokens.fontSizeBase200, lineHeight: '14px' },
  hour: { color: tokens.colorNeutralForeground2 },
  none: { color: tokens.colorNeutralForeground3 },
});

/** The header row of the matrix. */
export function MatrixHeader(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <div role="row" aria-rowindex={1} className={mergeClasses(styles.row, styles.head)}>
      {columns.map((name, index) => (
        <span key={name} role="columnheader" aria-colindex={index + 1} className={styles.wrap}>
          {t(name)}
        </span>
      ))}
    </div>
  );
}

/** One recipient: alarm, when each step was reached, how taking back stands, age, newest note or its reply. */
export function MatrixCells({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const takeBack = takeBackWords(t, delivery);
  const note = delivery.reply === null ? newestNote(delivery) : t('sent.replied', { code: delivery.reply.code });
  const cancelled = delivery.cancelledAt !== null;
  const gone = cancelled || delivery.takeBack === 'agreed';
  return (
    <div role="presentation" className={styles.row}>
      <span
        role="gridcell"
        aria-colindex={1}
        className={mergeClasses(styles.wrap, styles.small, gone && styles.struck)}
        title={`${delivery.name} (${delivery.organId})`}
      >
        {delivery.name}
      </span>
      <span role="gridcell" aria-colindex={2} className={styles.small}>
        {delivery.alarm !== null && (
          <StateMark tone="attention" icon={<Warning16Regular aria-hidden="true" />}>
            {t(`sent.alarm.${delivery.alarm}`)}
          </StateMark>
        )}
      </span>
      {cancelled ? (
        <span role="gridcell" aria-colindex={3} className={styles.small} title={t('sent.cancelledAt', { time: momentOf(delivery.cancelledAt ?? '') })}>
          {t('sent.cancelled')}
        </span>
      ) : (
        <Time column={3} at={delivery.sentAt} />
      )}
      {statusSteps.map((step, index) => (
        <Time key={step.code} column={index + 4} at={saidAt(delivery, step.code)} />
      ))}
      <span role="gridcell" aria-colindex={10} className={mergeClasses(styles.small, styles.wrap)} title={takeBack}>
        {takeBack}
      </span>
      <span role="gridcell" aria-colindex={11} className={styles.small}>
        {ageWords(t, delivery.ageMinutes)}
      </span>
      <span role="gridcell" aria-colindex={12} className={mergeClasses(styles.small, styles.wrap)} title={note}>
        {note}
      </span>
    </div>
  );
}

/** What the place said last, of its work or of giving the document back. */
function newestNote({ statuses }: Delivery): string {
  return statuses.findLast(({ note }) => note !== '')?.note ?? '';
}

function Time({ column, at }: { readonly column: number; readonly at: string | null }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (at === null) {
    return (
      <span role="gridcell" aria-colindex={column} className={styles.none}>
        <span aria-hidden="true">–</span>
        <ForReaders>{t('sent.notYet')}</ForReaders>
      </span>
    );
  }
  return (
    <span role="gridcell" aria-colindex={column} className={styles.time} title={momentOf(at)}>
      <span>{shortDayOf(at)}</span>
      <span className={styles.hour}>{timeOf(at)}</span>
    </span>
  );
}
