import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { SmallTable } from '../../legacy/index.ts';

type Row = { readonly row: number; readonly cells: readonly string[] };

export type FoundRowsProps = {
  /** the counts in words */
  readonly said: string;
  /** of the table that was read */
  readonly heads: readonly string[];
  readonly bad: readonly (Row & { readonly problems: readonly string[] })[];
  readonly goodHeads: readonly string[];
  readonly good: readonly Row[];
};

/** What a table would bring: the rows that cannot be taken over with their reasons, then those that can. */
export function FoundRows({ said, heads, bad, goodHeads, good }: FoundRowsProps): ReactNode {
  const t = useWords();
  return (
    <>
      <Notice tone={bad.length > 0 ? 'attention' : 'good'} live>
        {said}
      </Notice>
      {bad.length > 0 && (
        <SmallTable
          label={t('dossiers.import.bad')}
          heads={[t('legacy.row'), t('dossiers.import.problem'), ...heads]}
          wide={1}
          rows={bad.map(({ row, cells, problems }) => ({ key: String(row), cells: [row, problems.join('; '), ...cells] }))}
        />
      )}
      {good.length > 0 && (
        <SmallTable label={t('dossiers.import.good')} heads={[t('legacy.row'), ...goodHeads]} wide={2} rows={good.map(({ row, cells }) => ({ key: String(row), cells: [row, ...cells] }))} />
      )}
    </>
  );
}
