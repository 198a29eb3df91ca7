import { useState, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronLeft16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import type { DeadlineKind } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Card } from '../../settings/index.ts';
import type { Span } from './DeadlineList.tsx';

const shownYears = 5;
/** The first that the calendar knows. */
const firstYear = 1900;

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    tableLayout: 'fixed',
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': { border: `1px solid ${tokens.colorNeutralStroke3}`, textAlign: 'center', padding: '2px', height: '34px' },
    '& th': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  },
  none: { color: tokens.colorNeutralForeground3 },
  now: { boxShadow: `inset 0 0 0 2px ${tokens.colorCompoundBrandStroke}` },
  count: { minWidth: '100%', width: '100%' },
  total: { fontWeight: tokens.fontWeightSemibold },
});

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/** How many dossiers come to their day in each month of five years; a month leads to its list. */
export function RetentionCalendar({ onMonth }: { readonly onMonth: (span: Span) => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const now = today();
  const [fromYear, setFromYear] = useState(Number(now.slice(0, 4)) - 1);
  const [kind, setKind] = useState<DeadlineKind>('expiry');
  const calendar = useAsk('keeping', 'calendar', { fromYear, toYear: fromYear + shownYears - 1 }, { keepFormer: true });
  // What is overdue for longer must not lie behind a button that says nothing of it.
  const earlier = useAsk('keeping', 'calendar', { fromYear: firstYear, toYear: fromYear - 1 }, { keepFormer: true, enabled: fromYear > firstYear });
  const before = (earlier.data ?? []).reduce((sum, one) => sum + (kind === 'expiry' ? one.expiry : one.handIn), 0);
  const countOf = (year: number, month: number): number => {
    const found = calendar.data?.find((one) => one.year === year && one.month === month);
    return found === undefined ? 0 : kind === 'expiry' ? found.expiry : found.handIn;
  };
  const years = Array.from({ length: shownYears }, (_, at) => fromYear + at);
  return (
    <Card
      title={t('keeping.calendar.title')}
      intro={t('keeping.calendar.intro')}
      acts={
        <>
          <Button size="small" icon={<ChevronLeft16Regular />} onClick={() => { setFromYear(fromYear - shownYears); }}>
            {t('keeping.calendar.before', { count: before })}
          </Button>
          <Button size="small" icon={<ChevronRight16Regular />} iconPosition="after" onClick={() => { setFromYear(fromYear + shownYears); }}>
            {t('keeping.calendar.after')}
          </Button>
        </>
      }
    >
      <Tabs label={t('keeping.due.kinds')} chosen={kind} tabs={(['expiry', 'hand-in'] as const).map((name) => ({ name, words: t(`keeping.kind.${name}`) }))} onChoose={setKind} />
      {calendar.isError && <Notice tone="attention">{failureWords(t, failureOf(calendar.error))}</Notice>}
      <table className={styles.table} aria-label={t('keeping.calendar.title')}>
        <thead>
          <tr>
            <th scope="col">{t('keeping.calendar.year')}</th>
            {months.map((month) => (
              <th key={month} scope="col">
                {t('keeping.calendar.month', { month })}
              </th>
            ))}
            <th scope="col">{t('keeping.calendar.total')}</th>
          </tr>
        </thead>
        <tbody>
          {years.map((year) => (
            <tr key={year}>
              <th scope="row">{year}</th>
              {months.map((month) => {
                const count = countOf(year, month);
                const two = String(month).padStart(2, '0');
                const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
                return (
                  <td key={month} className={mergeClasses(now.startsWith(`${String(year)}-${two}`) && styles.now)}>
                    {count === 0 ? (
                      <span className={styles.none}>–</span>
                    ) : (
                      <Button
                        size="small"
                        className={styles.count}
                        aria-label={t('keeping.calendar.open', { count, month, year: String(year) })}
                        onClick={() => {
                          onMonth({ kind, from: `${String(year)}-${two}-01`, to: `${String(year)}-${two}-${String(last)}` });
                        }}
                      >
                        {count}
                      </Button>
                    )}
                  </td>
                );
              })}
              <td className={styles.total}>{months.reduce((sum, month) => sum + countOf(year, month), 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
