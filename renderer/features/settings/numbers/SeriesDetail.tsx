import { useState, type ReactNode } from 'react';
import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { numberText } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import type { Act } from './ActDialog.tsx';
import { BookTable } from './BookTable.tsx';
import { keyOf, seriesWords, type Series } from './number-words.ts';

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  facts: {
    display: 'flex', flexWrap: 'wrap', gap: '8px 28px', margin: 0,
    '& dt': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
    '& dd': { margin: 0, fontSize: tokens.fontSizeBase400, fontVariantNumeric: 'tabular-nums' },
  },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

export type SeriesDetailProps = {
  readonly series: Series;
  readonly thisYear: number;
  readonly onAct: (act: Act) => void;
};

/** One series: where it stands, what may be done with it, and its book. */
export function SeriesDetail({ series, thisYear, onAct }: SeriesDetailProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [exceptions, setExceptions] = useState(false);
  const setBack = useCommand('numbers', 'setBack');
  const own = series.formerOffice === '' && series.closedAt === null && series.year <= thisYear;
  const gives = own && (series.year === thisYear || series.lateUntil !== null);
  const next = numberText(series.last + 1);
  const on = { series: keyOf(series), words: seriesWords(t, series) };
  const facts = ['reserved', 'released', 'void', 'inserted', 'skipped', 'outside'] as const;
  return (
    <>
      <h2 className={styles.title}>{on.words}</h2>
      {series.closedAt !== null && <Notice tone="info">{t('numbers.closedWhy', { time: momentOf(series.closedAt), reason: series.closedReason })}</Notice>}
      {!series.current && series.formerOffice === '' && <Notice tone="info">{t('numbers.notCurrent')}</Notice>}
      {series.lateUntil !== null && series.closedAt === null && <Notice tone="info">{t('numbers.lateUntil', { day: calendarDay(series.lateUntil) })}</Notice>}
      <dl className={styles.facts}>
        <div>
          <dt>{t('numbers.fact.last')}</dt>
          <dd>{series.last === 0 ? '—' : numberText(series.last)}</dd>
        </div>
        {facts.map((fact) => (
          <div key={fact}>
            <dt>{t(`numbers.fact.${fact}`)}</dt>
            <dd>{series[fact]}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.acts} role="group" aria-label={t('numbers.act.label')}>
        {gives && (
          <>
            <Button appearance="primary" onClick={() => { onAct({ kind: 'reserve', ...on, number: null, suffix: '', shown: next }); }}>
              {t('numbers.act.reserve')}
            </Button>
            <Button onClick={() => { onAct({ kind: 'void', ...on, number: null, suffix: '', shown: next }); }}>{t('numbers.act.void')}</Button>
            {series.last > 0 && <Button onClick={() => { onAct({ kind: 'insert', ...on }); }}>{t('numbers.act.insert')}</Button>}
            <Button onClick={() => { onAct({ kind: 'start', ...on }); }}>{t('numbers.act.start')}</Button>
            {series.outside > 0 && setBack.barred === undefined && <Button onClick={() => { onAct({ kind: 'setBack', ...on }); }}>{t('numbers.act.setBack')}</Button>}
          </>
        )}
        {own && series.year < thisYear && <Button onClick={() => { onAct({ kind: 'late', ...on }); }}>{t('numbers.act.late')}</Button>}
        {own && series.id !== null && <Button onClick={() => { onAct({ kind: 'close', ...on }); }}>{t('numbers.act.close')}</Button>}
        {series.formerOffice === '' && series.closedAt !== null && series.year === thisYear && (
          <Button onClick={() => { onAct({ kind: 'reopen', ...on }); }}>{t('numbers.act.reopen')}</Button>
        )}
      </div>
      {series.id !== null && (
        <>
          <Checkbox
            label={t('numbers.book.exceptions')}
            checked={exceptions}
            onChange={(_, { checked }) => {
              setExceptions(checked === true);
            }}
          />
          <BookTable key={String(exceptions)} id={series.id} on={on} exceptions={exceptions} mayAct={gives} onAct={onAct} />
        </>
      )}
    </>
  );
}
