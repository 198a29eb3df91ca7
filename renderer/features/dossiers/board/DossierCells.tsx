import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import type { DossierSummary } from '#contract';
import type { Density } from '../../../foundations/layout.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { DossierMark } from '../parts/DossierMark.tsx';
import { makerWords, retentionWords } from '../parts/dossier-words.ts';

/** Cells of a row; the grid is told this number. */
export const dossierColumnCount = 6;

const useStyles = makeStyles({
  row: { display: 'flex', flexDirection: 'column', justifyContent: 'center', height: '100%', boxSizing: 'border-box', padding: '0 12px 0 14px' },
  line: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0, height: '18px' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  fill: { flexGrow: 1, flexBasis: 0 },
  code: { fontWeight: tokens.fontWeightSemibold, flexShrink: 0, fontVariantNumeric: 'tabular-nums' },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, flexShrink: 0 },
  mark: { flexShrink: 0, fontSize: tokens.fontSizeBase200, '& svg': { width: '13px', height: '13px' } },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
});

export type DossierCellsProps = { readonly item: DossierSummary; readonly density: Density };

/** One dossier: code, title, state; maker, documents, term. */
export function DossierCells({ item, density }: DossierCellsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const compact = density === 'compact';
  const code = (
    <span role="gridcell" aria-colindex={1} className={styles.code}>
      {item.notation}
    </span>
  );
  const title = (
    <span role="gridcell" aria-colindex={2} className={mergeClasses(styles.cut, styles.fill, item.state === 'discarded' && styles.struck)} title={item.title}>
      {item.title}
    </span>
  );
  const state = (
    <span role="gridcell" aria-colindex={3} className={styles.mark}>
      <DossierMark state={item.state} />
    </span>
  );
  const count = (
    <span role="gridcell" aria-colindex={4} className={styles.small}>
      {t('dossiers.members', { count: item.members })}
    </span>
  );
  if (compact) {
    return (
      <div role="presentation" className={styles.row}>
        <div role="presentation" className={styles.line}>
          {code}
          {title}
          {count}
          {state}
        </div>
      </div>
    );
  }
  const maker = makerWords(item.maker);
  return (
    <div role="presentation" className={styles.row}>
      <div role="presentation" className={styles.line}>
        {code}
        {title}
        {state}
      </div>
      <div role="presentation" className={styles.line}>
        <span role="gridcell" aria-colindex={5} className={mergeClasses(styles.small, styles.cut, styles.fill)} title={maker}>
          {t('dossiers.row.year', { year: String(item.catalog) })} {maker !== '' && `· ${maker}`}
        </span>
        {item.access === 'named' && (
          <span className={styles.small} title={t('dossiers.access.namedShort')}>
            <LockClosed16Regular aria-hidden="true" style={{ width: '13px', height: '13px' }} />
            <ForReaders>{t('dossiers.access.namedShort')}</ForReaders>
          </span>
        )}
        {count}
        <span role="gridcell" aria-colindex={6} className={styles.small}>
          {item.keepUntil === null ? retentionWords(t, item.retention) : t('dossiers.keepUntil', { year: String(item.keepUntil) })}
        </span>
      </div>
    </div>
  );
}
