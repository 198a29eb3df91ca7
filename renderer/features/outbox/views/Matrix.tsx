import { useMemo, useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { CheckmarkCircle24Regular } from '@fluentui/react-icons';
import type { Delivery } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { MatrixCells, matrixColumnCount, MatrixHeader, matrixMinWidth } from '../parts/MatrixCells.tsx';
import { isHolder, saidAt } from '../parts/sent-words.ts';
import { RecipientDetail } from '../parts/RecipientDetail.tsx';

const filters = ['all', 'alarms', 'open'] as const;
type Filter = (typeof filters)[number];

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  grid: { flexGrow: 1, minHeight: 0 },
});

const rowHeight = 40;

export type MatrixProps = {
  readonly deliveries: readonly Delivery[];
  /** null when nothing can be taken back any more */
  readonly onRecall: ((organId: string) => void) | null;
};

/** Recipients against steps, in the order in which they were named, and the chosen one in full below. */
export function Matrix({ deliveries, onRecall }: MatrixProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [filter, setFilter] = useState<Filter>('all');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const counts = useMemo(
    () => ({
      all: deliveries.length,
      alarms: deliveries.filter((one) => shows(one, 'alarms')).length,
      open: deliveries.filter((one) => shows(one, 'open')).length,
    }),
    [deliveries],
  );
  // A recipient that was opened stays in sight when its alarm ends while it is read.
  const rows = deliveries.filter((one) => shows(one, filter) || one.id === chosenId);
  const chosen = deliveries.find((one) => one.id === chosenId);
  return (
    <div className={styles.page}>
      <Tabs
        label={t('sent.filters')}
        chosen={filter}
        tabs={filters.map((name) => ({ name, words: t(`sent.recipients.${name}`, { count: counts[name] }) }))}
        onChoose={(name) => {
          setFilter(name);
          setChosenId(null);
        }}
      />
      <div className={styles.grid} id="matrix-grid" data-pane="matrix">
        {rows.length === 0 ? (
          <EmptyState icon={<CheckmarkCircle24Regular />} title={t('sent.noRecipient.title')} text={t('sent.noRecipient.text')} />
        ) : (
          <VirtualGrid
            id="matrix"
            label={t('sent.matrix')}
            rowCount={rows.length}
            columnCount={matrixColumnCount}
            rowHeight={rowHeight}
            activeIndex={rows.findIndex((row) => row.id === chosenId)}
            header={<MatrixHeader />}
            headerHeight={37}
            minWidth={matrixMinWidth}
            onActive={(index) => {
              setChosenId(rows[index]?.id ?? null);
            }}
            onOpen={() => {
              document.querySelector<HTMLElement>('[data-pane=recipient]')?.focus();
            }}
            renderCells={({ index }) => {
              const delivery = rows[index];
              return delivery === undefined ? null : <MatrixCells delivery={delivery} />;
            }}
          />
        )}
      </div>
      {chosen !== undefined && (
        <RecipientDetail
          delivery={chosen}
          onRecall={
            onRecall === null || !isHolder(chosen)
              ? null
              : () => {
                  onRecall(chosen.organId);
                }
          }
        />
      )}
    </div>
  );
}

function shows(delivery: Delivery, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'alarms':
      return delivery.alarm !== null;
    case 'open':
      return isHolder(delivery) && delivery.statusCode !== '02' && saidAt(delivery, '06') === null;
  }
}
