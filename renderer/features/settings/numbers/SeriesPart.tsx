import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronLeft20Regular, ChevronRight20Regular, LockClosed16Regular, NumberSymbolSquare24Regular, ShieldCheckmark20Regular } from '@fluentui/react-icons';
import { numberText } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { methodKey, useAsk } from '../../../bridge/methods.ts';
import { adjustAddress, formatAddress, goTo, useAddress } from '../../../foundations/address.ts';
import { momentOf, timeOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { OptionList } from '../../../ui/OptionList.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { ActDialog, type Act } from './ActDialog.tsx';
import { CheckNotice } from './CheckNotice.tsx';
import { seriesWords, type Series } from './number-words.ts';
import { SeriesDetail } from './SeriesDetail.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(250px, 340px) minmax(0, 1fr)', height: '100%', minHeight: 0 },
  left: { display: 'flex', flexDirection: 'column', minHeight: 0, borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  head: { display: 'flex', alignItems: 'center', gap: '6px', padding: '10px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  year: { fontSize: tokens.fontSizeBase400, fontVariantNumeric: 'tabular-nums', minWidth: '48px', textAlign: 'center' },
  list: { flexGrow: 1, minHeight: 0 },
  foot: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '8px', padding: '10px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  right: { minWidth: 0, minHeight: 0, overflowY: 'auto', padding: '16px 20px', outlineOffset: '-2px', boxSizing: 'border-box', display: 'flex', flexDirection: 'column', gap: '14px' },
  // Spoken when it changes, and no place is kept for it until then.
  quiet: { position: 'absolute' },
  fill: { flexGrow: 1, minHeight: 0 },
  row: { display: 'flex', flexDirection: 'column' },
  small: { display: 'flex', gap: '12px', flexWrap: 'wrap', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
});

/** The series of a year, and the book of the one that is chosen. */
export function SeriesPart(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const { params } = useAddress();
  const [year, setYear] = useState(() => Number(params['year'] ?? momentOf(new Date()).slice(6, 10)));
  const [act, setAct] = useState<Act | null>(null);
  const [said, setSaid] = useState('');
  const [proving, setProving] = useState(false);
  const answer = useAsk('numbers', 'year', { year }, { keepFormer: true });
  const chosenKey = params['series'] ?? '';
  const keyWords = ({ register, scope, formerOffice }: Series): string => `${formerOffice}/${register}/${scope}`;
  const begin = (next: Act): void => {
    setSaid('');
    setAct(next);
  };
  const turn = (by: number): void => {
    setSaid('');
    setProving(false);
    setYear(Math.min(2199, Math.max(1976, year + by)));
  };
  const done = (what: string): void => {
    setAct(null);
    setSaid(t('numbers.said', { what, time: timeOf(new Date()) }));
    void cache.invalidateQueries({ queryKey: methodKey('numbers', 'year') });
    void cache.invalidateQueries({ queryKey: methodKey('numbers', 'book') });
    void cache.invalidateQueries({ queryKey: methodKey('numbers', 'check') });
  };
  const data = answer.data?.year === year ? answer.data : undefined;
  const [wide, setWide] = useState(false);
  const whole = data?.series ?? [];
  const others = whole.filter((one) => !one.offered && keyWords(one) !== chosenKey).length;
  const all = wide ? whole : whole.filter((one) => one.offered || keyWords(one) === chosenKey);
  const chosen = all.find((one) => keyWords(one) === chosenKey);
  return (
    <div className={styles.page}>
      <div className={styles.left} data-pane="list">
        <div className={styles.head}>
          <Button size="small" icon={<ChevronLeft20Regular />} aria-label={t('numbers.before')} onClick={() => { turn(-1); }} />
          <span className={styles.year} aria-live="polite">
            {year}
          </span>
          <Button size="small" icon={<ChevronRight20Regular />} aria-label={t('numbers.after')} onClick={() => { turn(1); }} />
        </div>
        <div className={styles.list}>
          {answer.isError && answer.data === undefined ? (
            <Notice tone="attention">{failureWords(t, failureOf(answer.error))}</Notice>
          ) : data === undefined ? (
            <Waiting label={t('common.loading')} />
          ) : (
            <OptionList
              id="number-series"
              label={t('numbers.series.label', { year: String(year) })}
              chosen={all.findIndex((one) => one === chosen)}
              options={all.map((one) => ({
                key: keyWords(one),
                content: (
                  <span className={styles.row}>
                    <span>{seriesWords(t, one)}</span>
                    <span className={styles.small}>
                      <span>{one.last === 0 ? t('numbers.none') : t('numbers.last', { number: numberText(one.last) })}</span>
                      {one.reserved > 0 && <span>{t('numbers.reserved', { count: one.reserved })}</span>}
                      {one.formerOffice !== '' && <span>{t('numbers.formerOffice', { name: one.formerOffice })}</span>}
                      {one.imported && <span>{t('numbers.imported')}</span>}
                      {one.closedAt !== null && !one.imported && (
                        <StateMark tone="neutral" icon={<LockClosed16Regular aria-hidden="true" />}>
                          {t('numbers.closed')}
                        </StateMark>
                      )}
                    </span>
                  </span>
                ),
              }))}
              onChoose={(index) => {
                const next = all[index];
                setSaid('');
                adjustAddress({ series: next === undefined ? null : keyWords(next) });
              }}
            />
          )}
        </div>
        {data !== undefined && (
          <div className={styles.foot}>
            {others > 0 && (
              <Button aria-expanded={wide} onClick={() => { setWide(!wide); }}>
                {t(wide ? 'numbers.others.hide' : 'numbers.others.show', { count: others })}
              </Button>
            )}
            <Button icon={<ShieldCheckmark20Regular />} onClick={() => { setProving(true); void cache.invalidateQueries({ queryKey: methodKey('numbers', 'check') }); }}>
              {t('numbers.act.check')}
            </Button>
            {data.closedAt === null && year <= data.thisYear && (
              <Button onClick={() => { begin({ kind: 'closeYear', year, mayEnd: year === data.thisYear }); }}>
                {t('numbers.act.closeYear', { year: String(year) })}
              </Button>
            )}
            {data.closedAt !== null && year === data.thisYear && (
              <Button onClick={() => { begin({ kind: 'reopenYear', year }); }}>{t('numbers.act.reopenYear', { year: String(year) })}</Button>
            )}
            <AddressLink href={formatAddress('legacy')} onGo={() => { goTo('legacy'); }}>
              {t('legacy.entry')}
            </AddressLink>
          </div>
        )}
      </div>
      <div className={styles.right} data-pane="reading" tabIndex={0} role="region" aria-label={t('numbers.part.series')}>
        <div role="status" className={said === '' ? styles.quiet : undefined}>{said !== '' && <Notice tone="good">{said}</Notice>}</div>
        {proving && <CheckNotice year={year} />}
        {data?.closedAt != null && (
          <Notice tone="info">{t('numbers.yearClosed', { year: String(year), day: momentOf(data.closedAt), reason: data.closedReason })}</Notice>
        )}
        {data !== undefined && chosen === undefined && (
          <div className={styles.fill}>
            <EmptyState icon={<NumberSymbolSquare24Regular />} title={t('numbers.series.choose')} text={t('numbers.series.chooseText')} />
          </div>
        )}
        {data !== undefined && chosen !== undefined && (
          <SeriesDetail key={`${keyWords(chosen)} ${String(year)}`} series={chosen} thisYear={data.thisYear} onAct={begin} />
        )}
      </div>
      <ActDialog act={act} onDone={done} onClose={() => { setAct(null); }} />
    </div>
  );
}
