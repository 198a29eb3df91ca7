import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { QuestionCircle16Regular } from '@fluentui/react-icons';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { weekdayOf, type YearDay } from './calendar-words.ts';

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: '6px 12px 6px 0',
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
      overflowWrap: 'anywhere',
    },
    '& th': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  },
  day: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  small: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  acts: { display: 'flex', gap: '6px', flexWrap: 'wrap' },
});

export type YearTableProps = {
  readonly year: number;
  readonly days: readonly YearDay[];
  readonly onEdit: (day: YearDay) => void;
  readonly onRemove: (day: YearDay) => void;
};

/** The days of a year that differ from the plain week, each with its ground and how sure it is. */
export function YearTable({ year, days, onEdit, onRemove }: YearTableProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (days.length === 0) return <p>{t('calendar.none')}</p>;
  return (
    <table className={styles.table} aria-label={t('calendar.table', { year: String(year) })}>
      <thead>
        <tr>
          <th scope="col">{t('calendar.column.date')}</th>
          <th scope="col">{t('calendar.column.what')}</th>
          <th scope="col">{t('calendar.column.basis')}</th>
          <th scope="col">{t('calendar.column.source')}</th>
          <th scope="col">{t('calendar.column.act')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.date}>
            <td className={styles.day}>
              {calendarDay(day.date)}
              <span className={styles.small}>{t('calendar.weekday', { day: String(weekdayOf(day.date)) })}</span>
            </td>
            <td>
              {t(`calendar.kind.${day.kind}`)}
              <span className={styles.small}>{day.name}</span>
              {day.linkedDate !== null && (
                <span className={styles.small}>{t('calendar.linked', { day: calendarDay(day.linkedDate) })}</span>
              )}
              {day.issued !== null && (
                <span className={styles.small}>
                  {t('calendar.instead', { kind: t(`calendar.kind.${day.issued.kind}`), name: day.issued.name })}
                </span>
              )}
            </td>
            <td>
              {day.basis}
              {day.note !== '' && <span className={styles.small}>{day.note}</span>}
            </td>
            <td>
              {day.origin === 'office'
                ? t('calendar.origin.office', {
                    reason: day.reason,
                    by: day.changedBy,
                    time: day.changedAt === null ? '' : momentOf(day.changedAt),
                  })
                : t('calendar.origin.issued')}
              {day.confidence === 'unannounced' ? (
                <StateMark tone="attention" icon={<QuestionCircle16Regular aria-hidden="true" />}>
                  {t('calendar.notCounted')}
                </StateMark>
              ) : (
                <span className={styles.small}>{t(`confidence.${day.confidence}`)}</span>
              )}
            </td>
            <td>
              <span className={styles.acts}>
                <Button
                  size="small"
                  aria-label={t('calendar.editOf', { day: calendarDay(day.date) })}
                  onClick={() => {
                    onEdit(day);
                  }}
                >
                  {t('calendar.edit')}
                </Button>
                {day.origin === 'office' && (
                  <Button
                    size="small"
                    aria-label={t('calendar.removeOf', { day: calendarDay(day.date) })}
                    onClick={() => {
                      onRemove(day);
                    }}
                  >
                    {t('calendar.remove')}
                  </Button>
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
