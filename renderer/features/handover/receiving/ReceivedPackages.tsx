import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { BoxSearch24Regular } from '@fluentui/react-icons';
import type { ReceiptDetail, ReceivedPackage } from '#contract';
import type { useReceivedPackages } from '../../../bridge/handover-cache.ts';
import { rowHeightOf, type Density } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { DecisionMark, PassedMark } from './marks.tsx';
import { PackageSheet } from './PackageSheet.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', flexDirection: 'column', justifyContent: 'center', height: '100%', boxSizing: 'border-box', padding: '0 12px' },
  line: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0, height: '18px' },
  code: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0, flexGrow: 1, flexBasis: 0 },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  mark: { flexShrink: 0, fontSize: tokens.fontSizeBase200 },
  list: { height: '100%' },
});

export type ReceivedPackagesProps = { readonly receipt: ReceiptDetail; readonly pages: ReturnType<typeof useReceivedPackages>; readonly enabled: boolean; readonly onDone: (words: string) => void };

/** What was checked, one after another as it is checked; and of the chosen package every reason and every file. */
export function ReceivedPackages({ receipt, pages, enabled, onDone }: ReceivedPackagesProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { density } = usePreferences();
  const width = useWindowWidth();
  const [listWidth, setListWidth] = useRememberedNumber('tvt.handover.packages', Math.round(width * 0.3));
  const { data, hasNextPage, isFetching, isError, fetchNextPage, isPending } = pages;
  const rows = useMemo(() => data?.pages.flat() ?? [], [data]);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  if (isPending) return <Waiting label={t('common.loading')} lines={6} />;
  if (rows.length === 0) return <EmptyState icon={<BoxSearch24Regular />} title={t('handover.packages.none.title')} text={t('handover.packages.none.text')} />;
  const known = rows.findIndex(({ id }) => id === chosen);
  const active = known === -1 ? 0 : known;
  const one = rows[active];
  return (
    <SplitPane
      id="received-packages"
      label={t('incoming.listWidth')}
      size={listWidth}
      min={260}
      max={Math.round(width * 0.45)}
      onSize={setListWidth}
      first={
        <div className={styles.list}>
          <VirtualGrid
            id="received"
            label={t('handover.packages.list', { count: rows.length })}
            rowCount={rows.length}
            columnCount={4}
            rowHeight={rowHeightOf(density)}
            activeIndex={active}
            onActive={(index) => { setChosen(rows[index]?.id ?? null); }}
            onOpen={() => { document.querySelector<HTMLElement>('#received-files, [data-pane=sheet]')?.focus(); }}
            renderCells={({ index }) => <Cells one={rows[index]} density={density} />}
          />
        </div>
      }
      second={one === undefined ? null : <PackageSheet key={one.id} receipt={receipt} one={one} enabled={enabled} onDone={onDone} />}
    />
  );
}

function Cells({ one: row, density: look }: { readonly one: ReceivedPackage | undefined; readonly density: Density }): ReactNode {
  const styles = useStyles();
  if (row === undefined) return <span role="gridcell" />;
  return (
    <div role="presentation" className={styles.row}>
      <div role="presentation" className={styles.line}>
        <span role="gridcell" aria-colindex={1} className={styles.code}>
          {row.fileCode === '' ? row.name : row.fileCode}
        </span>
        <span role="gridcell" aria-colindex={2} className={styles.cut} title={row.title}>
          {row.title}
        </span>
      </div>
      {look !== 'compact' && (
        <div role="presentation" className={styles.line}>
          <span role="gridcell" aria-colindex={3} className={styles.mark}>
            <PassedMark passed={row.passed} duplicate={row.duplicate} />
          </span>
          <span role="gridcell" aria-colindex={4} className={styles.mark}>
            <DecisionMark decision={row.decision} />
          </span>
        </div>
      )}
    </div>
  );
}
