import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowUndo16Regular, Bookmark16Regular, Checkmark16Regular, Clock16Regular, Dismiss16Regular, Next16Regular,
} from '@fluentui/react-icons';
import { numberText, type NumberState, type SeriesKey } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useNumberBook } from '../../../bridge/number-book.ts';
import { calendarDay, daysUntil, momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { StateMark, type Tone } from '../../../ui/StateMark.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import type { Act } from './ActDialog.tsx';
import { entryWords, type Entry } from './number-words.ts';

const marks: Readonly<Record<NumberState, readonly [Tone, ReactNode]>> = {
  taken: ['good', <Checkmark16Regular key="i" aria-hidden="true" />],
  reserved: ['brand', <Bookmark16Regular key="i" aria-hidden="true" />],
  released: ['neutral', <ArrowUndo16Regular key="i" aria-hidden="true" />],
  void: ['attention', <Dismiss16Regular key="i" aria-hidden="true" />],
  skipped: ['neutral', <Next16Regular key="i" aria-hidden="true" />],
};

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse', width: '100%', tableLayout: 'fixed',
    '& th, & td': { textAlign: 'left', verticalAlign: 'top', padding: '6px 12px 6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
    '& th': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  },
  number: { width: '120px', fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightSemibold },
  state: { width: '120px' },
  day: { width: '100px', fontVariantNumeric: 'tabular-nums' },
  acts: { width: '170px' },
  buttons: { display: 'flex', gap: '6px', flexWrap: 'wrap' },
  small: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  more: { alignSelf: 'flex-start' },
});

export type BookTableProps = {
  /** id of the series */
  readonly id: string;
  readonly on: { readonly series: SeriesKey; readonly words: string };
  readonly exceptions: boolean;
  readonly mayAct: boolean;
  readonly onAct: (act: Act) => void;
};

/** Sổ số: every number of a series, highest first, with what it is on or why it is not. */
export function BookTable({ id, on, exceptions, mayAct, onAct }: BookTableProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const book = useNumberBook(id, exceptions);
  if (book.isError && book.data === undefined) return <Notice tone="attention">{failureWords(t, failureOf(book.error))}</Notice>;
  if (book.data === undefined) return <Waiting label={t('common.loading')} />;
  const entries = book.data.pages.flatMap((page) => page.entries);
  const gaps = book.data.pages[0]?.gaps ?? [];
  const lowest = entries.at(-1)?.number ?? 0;
  const whole = !book.hasNextPage;
  if (entries.length === 0 && gaps.length === 0) return <p>{t(exceptions ? 'numbers.book.emptyExceptions' : 'numbers.book.empty')}</p>;
  const rows: readonly (readonly [number, ReactNode])[] = [
    ...entries.map((entry) => [entry.number, <EntryRow key={entryWords(entry)} entry={entry} on={on} mayAct={mayAct} onAct={onAct} />] as const),
    ...gaps
      .filter(({ last }) => whole || last >= lowest)
      .map((gap) => [
        gap.first,
        <tr key={`gap ${String(gap.first)}`}>
          <td className={styles.number}>{t('numbers.book.gap', { first: numberText(gap.first), last: numberText(gap.last) })}</td>
          <td>{t('numbers.book.outside')}</td>
          <td />
          <td>
            {gap.reason}
            <span className={styles.small}>{t('numbers.book.by', { by: gap.by, time: momentOf(gap.at) })}</span>
          </td>
          <td />
        </tr>,
      ] as const),
  ];
  return (
    <>
      <table className={styles.table} aria-label={t('numbers.book.label', { series: on.words })}>
        <thead>
          <tr>
            <th scope="col" className={styles.number}>{t('numbers.book.number')}</th>
            <th scope="col" className={styles.state}>{t('numbers.book.state')}</th>
            <th scope="col" className={styles.day}>{t('numbers.book.day')}</th>
            <th scope="col">{t('numbers.book.what')}</th>
            <th scope="col" className={styles.acts}>{t('numbers.book.acts')}</th>
          </tr>
        </thead>
        <tbody>{rows.toSorted(([a], [b]) => b - a).map(([, row]) => row)}</tbody>
      </table>
      {!whole && (
        <Button className={styles.more} disabledFocusable={book.isFetchingNextPage} onClick={() => void book.fetchNextPage()}>
          {t('numbers.book.more')}
        </Button>
      )}
    </>
  );
}

type EntryRowProps = { readonly entry: Entry } & Pick<BookTableProps, 'on' | 'mayAct' | 'onAct'>;

function EntryRow({ entry, on, mayAct, onAct }: EntryRowProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const words = entryWords(entry);
  const [tone, icon] = marks[entry.state];
  const place = { ...on, number: entry.number, suffix: entry.suffix, shown: words };
  const overdue = entry.state === 'reserved' && entry.until !== null && daysUntil(entry.until) < 0;
  const mayVoid = entry.state === 'reserved' || entry.state === 'released' || (entry.state === 'taken' && entry.subject === '');
  return (
    <tr>
      <td className={styles.number}>{words}</td>
      <td>
        <StateMark tone={tone} icon={icon}>{t(`numbers.state.${entry.state}`)}</StateMark>
        {overdue && (
          <StateMark tone="attention" icon={<Clock16Regular aria-hidden="true" />}>
            {t('numbers.book.overdue')}
          </StateMark>
        )}
        {entry.suffix !== '' && <span className={styles.small}>{t('numbers.state.inserted')}</span>}
      </td>
      <td className={styles.day}>{entry.day === null ? '' : calendarDay(entry.day)}</td>
      <td>
        {[entry.code, entry.subject].filter((part) => part !== '').join(' · ')}
        {entry.state === 'taken' && entry.subject === '' && <span className={styles.small}>{t('numbers.book.notIssued')}</span>}
        {entry.state === 'reserved' && (
          <span>
            {t('numbers.book.forWhom', { who: entry.forWhom })}
            {entry.until !== null && `, ${t('numbers.book.until', { day: calendarDay(entry.until) })}`}
          </span>
        )}
        {entry.state !== 'taken' && <span className={styles.small}>{entry.reason}</span>}
        {entry.state !== 'taken' && entry.at !== null && (
          <span className={styles.small}>{t('numbers.book.by', { by: entry.by, time: momentOf(entry.at) })}</span>
        )}
      </td>
      <td>
        {mayAct && (
          <span className={styles.buttons}>
            {entry.state === 'reserved' && (
              <Button size="small" aria-label={t('numbers.row.releaseOf', { number: words })} onClick={() => { onAct({ kind: 'release', ...place }); }}>
                {t('numbers.row.release')}
              </Button>
            )}
            {entry.state === 'released' && (
              <Button size="small" aria-label={t('numbers.row.againOf', { number: words })} onClick={() => { onAct({ kind: 'reserve', ...place }); }}>
                {t('numbers.row.again')}
              </Button>
            )}
            {mayVoid && (
              <Button size="small" aria-label={t('numbers.row.voidOf', { number: words })} onClick={() => { onAct({ kind: 'void', ...place }); }}>
                {t('numbers.row.void')}
              </Button>
            )}
          </span>
        )}
      </td>
    </tr>
  );
}
