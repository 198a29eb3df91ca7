import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { MinutesComparison } from '#contract';
import { calendarDay } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { sizeWords } from '../../files/index.ts';
import { Table } from '../../settings/index.ts';
import { countWords } from './count-words.ts';

const useStyles = makeStyles({
  scroll: { maxHeight: '260px', overflowY: 'auto', outlineOffset: '-2px' },
  differs: { fontWeight: tokens.fontWeightSemibold },
  list: { margin: '4px 0 0', paddingInlineStart: '20px', overflowWrap: 'anywhere' },
});

type Side = MinutesComparison['ours'];

/** Both sides' minutes beside each other: totals, and what one says otherwise than the other. */
export function Comparison({ comparison }: { readonly comparison: MinutesComparison }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { ours, theirs, differences, refused } = comparison;
  const rows = [
    row('number', (side) => side.number || '–'),
    row('day', (side) => (side.day === '' ? '–' : calendarDay(side.day))),
    row('dossiers', ({ totals }) => t('handover.compare.dossiersOf', { count: totals.dossiers, permanent: totals.permanent })),
    row('documents', ({ totals }) => String(totals.documents)),
    row('files', ({ totals }) => t('handover.compare.filesOf', { count: totals.files, size: sizeWords(t, totals.bytes) })),
    row('decided', ({ totals }) => countWords(t, { accepted: totals.accepted, refused: totals.refused })),
  ];
  const stops = differences.some((one) => one.stops);
  return (
    <>
      <Table label={t('handover.compare.table')} columns={[t('handover.compare.what'), t('handover.compare.ours'), t('handover.compare.theirs')]} rows={rows} />
      <Notice tone={differences.length === 0 ? 'good' : 'attention'} live>
        {t(differences.length === 0 ? 'handover.compare.same' : stops ? 'handover.compare.differ' : 'handover.compare.differSlightly', { count: differences.length })}
        {differences.length > 0 && (
          <ul className={styles.list} aria-label={t('handover.compare.differences')}>
            {differences.slice(0, 200).map((one, index) => (
              <li key={`${one.what} ${one.code} ${String(index)}`}>{t(`handover.differ.${one.what}`, { code: one.code, ours: valueOf(t, one.ours), theirs: valueOf(t, one.theirs) })}</li>
            ))}
          </ul>
        )}
      </Notice>
      {refused.length > 0 && (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('handover.compare.refused', { count: refused.length })}>
          <div className={styles.differs}>{t('handover.compare.refused', { count: refused.length })}</div>
          <ul className={styles.list}>
            {refused.map((one) => (
              <li key={one.code}>
                {one.code} {one.title}: {one.reason}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );

  function row(name: 'number' | 'day' | 'dossiers' | 'documents' | 'files' | 'decided', words: (side: Side) => string): { readonly key: string; readonly cells: readonly ReactNode[] } {
    const [left, right] = [words(ours), words(theirs)];
    // Before the archive has decided, only one side can say how.
    const differs = left !== right && left !== '–' && right !== '–';
    return { key: name, cells: [t(`handover.compare.${name}`), left, differs ? <span key="theirs" className={styles.differs}>{t('handover.compare.other', { value: right })}</span> : right] };
  }
}

/** Digests are told by their beginning: nobody compares 64 characters by eye. */
function valueOf(t: Formatter, value: string): string {
  if (value === '') return t('package.nothing');
  return /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 12)}…` : value;
}
