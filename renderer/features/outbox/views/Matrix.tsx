import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { CheckmarkCircle24Regular } from '@fluentui/react-icons';
import type { Delivery } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { MatrixCells, matrixColumnCount, MatrixHeader, matrixMinWidth } from '../parts/MatrixCells.tsx';
import { isHolder, saidAt } from '../parts/sent-words.ts';
import { RecipientDetail } from '../parts/RecipientDetail.tsx';

export type RecipientFilter = 'all' | 'alarms' | 'open';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  grid: { flexGrow: 1, minHeight: 0 },
});

const rowHeight = 40;

export type MatrixProps = {
  readonly deliveries: readonly Delivery[];
  readonly filter: RecipientFilter;
  /** null when nothing can be taken back any more */
  readonly onRecall: ((organId: string) => void) | null;
};

/** Recipients against steps, in the order in which they were named, and the chosen one in full below. */
export function Matrix({ deliveries, filter, onRecall }: MatrixProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [chosenId, setChosenId] = useState<string | null>(null);
  // A recipient that was opened stays in sight when its alarm ends while it is read.
  const rows = deliveries.filter((one) => shows(one, filter) || one.id === chosenId);
  const chosen = deliveries.find((one) => one.id === chosenId);
  return (
    <div className={styles.page}>
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

/** Whether a recipient is listed under a filter. */
export function shows(delivery: Delivery, filter: RecipientFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'alarms':
      return delivery.alarm !== null;
    case 'open':
      return isHolder(delivery) && delivery.statusCode !== '02' && saidAt(delivery, '06') === null;
  }
}
