import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { legacyFields, type FileRef, type LegacyHint, type LegacyPreview, type LegacyProblem, type LegacyQuestion } from '#contract';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { SaveLink } from '../../files/index.ts';
import { SmallTable } from './SmallTable.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '1100px' },
  counts: { display: 'flex', flexWrap: 'wrap', gap: '4px 18px', margin: 0, padding: 0, listStyle: 'none', fontVariantNumeric: 'tabular-nums' },
  good: { fontWeight: tokens.fontWeightSemibold },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  list: { margin: 0, paddingInlineStart: '20px' },
});

export type FindingsProps = {
  readonly preview: LegacyPreview;
  readonly question: LegacyQuestion;
  /** the heads of the sheet's columns */
  readonly heads: readonly string[];
  readonly saved: FileRef | undefined;
  readonly saving: boolean;
  readonly onSave: (format: 'xlsx' | 'csv') => void;
};

/** What would become of every row: counts, where the numbers go, the first rows, and what is to be mended with its reason. */
export function Findings({ preview, question, heads, saved, saving, onSave }: FindingsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { counts } = preview;
  const fields = legacyFields[question.register].filter((field) => preview.good.some((row) => row.fields[field] !== undefined));
  return (
    <div className={styles.stack}>
      <ul className={styles.counts} aria-label={t('legacy.result')}>
        <li>{t('legacy.count.rows', { n: counts.rows })}</li>
        <li className={styles.good}>{t('legacy.count.good', { n: counts.good })}</li>
        {counts.bad > 0 && <li className={styles.good}>{t('legacy.count.bad', { n: counts.bad })}</li>}
        {counts.known > 0 && <li>{t('legacy.count.known', { n: counts.known })}</li>}
        {counts.otherYear > 0 && <li>{t('legacy.count.otherYear', { n: counts.otherYear, years: yearsOf(t, preview) })}</li>}
        {counts.skipped > 0 && <li>{t('legacy.count.skipped', { n: counts.skipped })}</li>}
        {counts.hints > 0 && <li>{t('legacy.count.hints', { n: counts.hints })}</li>}
      </ul>
      {preview.series.map((series) => (
        <Notice key={series.name} tone="info">
          {seriesSentence(t, question.year, series)}
        </Notice>
      ))}
      {preview.sharedNumbers > 0 && !question.perKind && <Notice tone="attention">{t('legacy.sharedNumbers', { n: preview.sharedNumbers })}</Notice>}
      {counts.good === 0 && <Notice tone="attention">{t('legacy.nothing')}</Notice>}
      {preview.bad.length > 0 && (
        <>
          <h2 className={styles.heading}>{t('legacy.badRows')}</h2>
          <div className={styles.row}>
            <Button size="small" disabledFocusable={saving} onClick={() => { onSave('xlsx'); }}>
              {t('legacy.saveXlsx')}
            </Button>
            <Button size="small" disabledFocusable={saving} onClick={() => { onSave('csv'); }}>
              {t('legacy.saveCsv')}
            </Button>
            {counts.bad > preview.bad.length && <span>{t('legacy.badMore', { shown: preview.bad.length, n: counts.bad })}</span>}
          </div>
          {saved !== undefined && (
            <Notice tone="good" live action={<SaveLink id={saved.id} name={saved.name} words={t('legacy.saveLink', { name: saved.name })} />}>
              {t('legacy.saved', { name: saved.name })}
            </Notice>
          )}
          <SmallTable
            label={t('legacy.badRows')}
            wide={1}
            heads={[t('legacy.row'), t('legacy.reason'), ...heads]}
            rows={preview.bad.map(({ row, cells, problems }) => ({ key: String(row), cells: [row, problems.map((problem) => problemWords(t, problem)).join(' '), ...cells] }))}
          />
        </>
      )}
      {preview.hints.length > 0 && (
        <details>
          <summary>{t('legacy.hints')}</summary>
          <ul className={styles.list}>
            {preview.hints.map((hint, index) => (
              <li key={`${String(index)} ${hint.code}`}>{hintWords(t, hint)}</li>
            ))}
          </ul>
        </details>
      )}
      {preview.skipped.length > 0 && (
        <details>
          <summary>{t('legacy.skippedRows')}</summary>
          <ul className={styles.list}>
            {preview.skipped.map(({ row, text }) => (
              <li key={row}>{t('legacy.hintAt', { row, words: text })}</li>
            ))}
          </ul>
        </details>
      )}
      {preview.good.length > 0 && (
        <>
          <h2 className={styles.heading}>{t('legacy.goodRows')}</h2>
          <SmallTable
            label={t('legacy.goodRows')}
            heads={[t('legacy.row'), ...fields.map((field) => t(`legacy.column.${field}`))]}
            rows={preview.good.map(({ row, fields: values }) => ({ key: String(row), cells: [row, ...fields.map((field) => values[field] ?? '')] }))}
          />
        </>
      )}
    </div>
  );
}

/** Where the numbers of a series go, as a sentence. */
export function seriesSentence(t: Formatter, year: number, series: LegacyPreview['series'][number]): string {
  const params = { year: String(year), name: series.name === '' ? '' : ` · ${series.name}`, rows: series.rows, first: String(series.first), last: String(series.last) };
  return series.old ? t('legacy.series.old', params) : t('legacy.series.running', { ...params, next: String(series.next ?? '') });
}

function yearsOf(t: Formatter, { otherYears }: LegacyPreview): string {
  return otherYears.map(({ year, rows }) => t('legacy.count.yearRows', { year: String(year), rows })).join(', ');
}

function problemWords(t: Formatter, { code, column, params }: LegacyProblem): string {
  const words = t(`legacy.problem.${code}`, params);
  return column === '' ? words : t('legacy.problemAt', { column, words });
}

function hintWords(t: Formatter, { row, code, params }: LegacyHint): string {
  const words = t(`legacy.hint.${code}`, params);
  return row === 0 ? words : t('legacy.hintAt', { row, words });
}
