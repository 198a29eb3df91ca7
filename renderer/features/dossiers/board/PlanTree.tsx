import { useState, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { PlanDetail, PlanSummary } from '#contract';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { TreeView } from '../../../ui/TreeView.tsx';
import { retentionWords } from '../parts/dossier-words.ts';
import { planRows, unfolded, type LevelledRow, type PlanRow } from './plan-rows.ts';

const useStyles = makeStyles({
  strong: { fontWeight: tokens.fontWeightSemibold },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, marginInlineStart: '6px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export type PlanTreeProps = {
  readonly plans: readonly PlanSummary[];
  /** years of which there are dossiers, also without a plan */
  readonly catalogs: readonly number[];
  readonly chosen: string;
  readonly onChoose: (row: PlanRow) => void;
  readonly onOpen: () => void;
};

/** The file plans by year, as a tree: what is chosen narrows the list of dossiers. */
export function PlanTree({ plans, catalogs, chosen, onChoose, onOpen }: PlanTreeProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const years = [...new Set([...plans.map(({ year }) => year), ...catalogs])].sort((a, b) => b - a);
  const [turned, setTurned] = useState<Readonly<Record<string, boolean>>>({});
  // The newest year is unfolded at first, and its headings with it.
  const openYear = years.find((year) => turned[`y:${String(year)}`] ?? year === years[0]);
  const shownPlan = plans.find(({ year }) => year === openYear);
  const plan = useAsk('dossiers', 'plan', { id: shownPlan?.id ?? '' }, { enabled: shownPlan !== undefined }).data;
  const all: readonly LevelledRow[] = [
    { kind: 'all', key: 'all', level: 1 },
    ...years.flatMap((year): LevelledRow[] => {
      const has = plans.some((one) => one.year === year);
      return [{ kind: 'year', key: `y:${String(year)}`, year, hasPlan: has, level: 1 }, ...(has && year === openYear && plan?.year === year ? planRows(plan, 2) : [])];
    }),
  ];
  const isFolded = (key: string): boolean => (key.startsWith('y:') ? key !== `y:${String(openYear)}` : turned[key] === false);
  const rows = unfolded(all, isFolded);
  return (
    <TreeView
      id="plan-tree"
      label={t('dossiers.tree')}
      chosen={chosen}
      rows={rows.map((row) => ({
        key: row.key,
        level: row.level,
        expanded: (row.kind === 'year' && row.hasPlan) || (row.kind === 'heading' && row.filled) ? !isFolded(row.key) : null,
        text: textOf(row, t('dossiers.tree.all')),
        content: <RowContent row={row} plan={plan} styles={styles} />,
      }))}
      onChoose={(key) => {
        const row = rows.find((one) => one.key === key);
        if (row !== undefined) onChoose(row);
      }}
      onFold={(key, expanded) => {
        // One year at a time: what is unfolded below it is that year's.
        setTurned((before) => (key.startsWith('y:') ? { ...Object.fromEntries(Object.entries(before).filter(([one]) => !one.startsWith('y:'))), ...Object.fromEntries(years.map((year) => [`y:${String(year)}`, expanded && key === `y:${String(year)}`])) } : { ...before, [key]: expanded }));
      }}
      onOpen={onOpen}
    />
  );
}

function textOf(row: LevelledRow, all: string): string {
  switch (row.kind) {
    case 'all':
      return all;
    case 'year':
      return String(row.year);
    case 'heading':
      return row.heading.title;
    case 'entry':
      return row.entry.title;
  }
}

type RowContentProps = { readonly row: LevelledRow; readonly plan: PlanDetail | undefined; readonly styles: ReturnType<typeof useStyles> };

function RowContent({ row, styles }: RowContentProps): ReactNode {
  const t = useWords();
  switch (row.kind) {
    case 'all':
      return <span className={styles.strong}>{t('dossiers.tree.all')}</span>;
    case 'year':
      return (
        <>
          <span className={styles.strong}>{t('dossiers.tree.year', { year: String(row.year) })}</span>
          {!row.hasPlan && <span className={styles.small}>{t('dossiers.tree.noPlan')}</span>}
        </>
      );
    case 'heading':
      return (
        <span className={mergeClasses(row.heading.parent === null && styles.strong)}>
          {row.heading.mark}. {row.heading.title}
        </span>
      );
    case 'entry':
      return (
        <>
          <span className={row.entry.dossiers === 0 ? styles.quiet : undefined}>
            {row.entry.notation} {row.entry.title}
          </span>
          <span className={styles.small}>{row.entry.dossiers === 0 ? t('dossiers.tree.notOpened', { retention: retentionWords(t, row.entry.retention) }) : retentionWords(t, row.entry.retention)}</span>
        </>
      );
  }
}
