import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { seriesWords } from './number-words.ts';

const useStyles = makeStyles({ list: { margin: '4px 0 0', paddingInlineStart: '20px' } });

/** The proof of a year: what holds, or where it does not. */
export function CheckNotice({ year }: { readonly year: number }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const check = useAsk('numbers', 'check', { year });
  if (check.isError) return <Notice tone="attention" live>{failureWords(t, failureOf(check.error))}</Notice>;
  if (check.data === undefined) return <Waiting label={t('common.loading')} lines={1} />;
  const problems = check.data.series.flatMap((series) => series.problems.map((problem) => ({ ...problem, series })));
  const faults = problems.filter(({ kind }) => kind !== 'out-of-order');
  const hints = problems.filter(({ kind }) => kind === 'out-of-order');
  const rows = (some: typeof problems): ReactNode => (
    <ul className={styles.list}>
      {some.slice(0, 20).map(({ kind, number, series }) => (
        <li key={`${series.id} ${kind} ${number}`}>
          {seriesWords(t, series)}: {number}, {t(`numbers.problem.${kind}`)}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {faults.length === 0 ? (
        <Notice tone="good" live>{t('numbers.check.good', { count: check.data.series.length })}</Notice>
      ) : (
        <Notice tone="attention" live>
          {t('numbers.check.bad')}
          {rows(faults)}
        </Notice>
      )}
      {hints.length > 0 && (
        <Notice tone="info">
          {t('numbers.check.order')}
          {rows(hints)}
        </Notice>
      )}
    </>
  );
}
