import { useMemo, useRef, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { Send24Regular } from '@fluentui/react-icons';
import type { OutboxItem } from '#contract';
import { adjustAddress } from '../../../foundations/address.ts';
import { rowHeightOf } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useHeldRows } from '../../../ui/use-held-rows.ts';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { belongs, recipientCodes, waitingBehind, whatWords, type QueueTab } from '../parts/outbox-words.tsx';
import { OutboxCells, outboxColumnCount, OutboxHeader, outboxMinWidth } from '../parts/OutboxCells.tsx';
import { useQueueActs } from '../use-queue-acts.ts';
import { QueueDetail } from './QueueDetail.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  list: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  note: { padding: '6px 8px', flexShrink: 0 },
});

export type QueueTableProps = {
  readonly items: readonly OutboxItem[];
  readonly tab: QueueTab;
  readonly text: string;
  readonly chosenId: string | null;
};

/** The messages that go to the axis, statuses and documents in one table, and the chosen one in full below it. */
export function QueueTable({ items, tab, text, chosenId }: QueueTableProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { density } = usePreferences();
  const area = useRef<HTMLDivElement>(null);
  const query = fold(text.trim());
  const fresh = useMemo(
    () => items.filter((item) => belongs(item, tab) && (query === '' || foldedMatch(searchText(t, item), query))),
    [items, tab, query, t],
  );
  const { rows, stale, settle } = useHeldRows(items, fresh, query, area);
  const behind = useMemo(() => waitingBehind(items), [items]);
  const acts = useQueueActs();
  const active = rows.findIndex((row) => row.id === chosenId);
  // Stays shown after it was delivered and left this tab, so that the answer can be read.
  const chosen = items.find((item) => item.id === chosenId);
  return (
    <div className={styles.page} ref={area}>
      <div className={styles.list}>
        <div className={styles.body} data-pane="list">
          {rows.length === 0 ? (
            <EmptyState
              icon={<Send24Regular />}
              title={t(query === '' ? `outbox.empty.${tab}.title` : 'outbox.empty.filter.title')}
              text={t(query === '' ? `outbox.empty.${tab}.text` : 'outbox.empty.filter.text')}
            />
          ) : (
            <VirtualGrid
              id="outbox"
              label={t('section.outbox')}
              rowCount={rows.length}
              columnCount={outboxColumnCount}
              rowHeight={rowHeightOf(density)}
              activeIndex={active}
              header={<OutboxHeader />}
              headerHeight={33}
              minWidth={outboxMinWidth}
              onActive={(index) => {
                adjustAddress({ id: rows[index]?.id ?? null });
              }}
              onOpen={() => {
                document.querySelector<HTMLElement>('[data-pane=reading]')?.focus();
              }}
              renderCells={({ index }) => {
                const item = rows[index];
                return item === undefined ? null : (
                  <OutboxCells
                    item={item}
                    behind={behind.has(item.id)}
                    sending={acts.busy}
                    onSend={
                      acts.may.sendNow
                        ? () => {
                            adjustAddress({ id: item.id });
                            acts.sendNow(item);
                          }
                        : null
                    }
                  />
                );
              }}
            />
          )}
        </div>
        {stale && (
          <div className={styles.note}>
            <Notice
              tone="info"
              action={
                <Button size="small" onClick={settle}>
                  {t('queue.settle')}
                </Button>
              }
            >
              {t('queue.stale')}
            </Notice>
          </div>
        )}
      </div>
      {chosen !== undefined && <QueueDetail key={chosen.id} item={chosen} behind={behind.has(chosen.id)} acts={acts} onMoved={settle} />}
      <LiveRegion message={acts.said} />
    </div>
  );
}

function searchText(t: Formatter, item: OutboxItem): string {
  return fold(`${item.about} ${recipientCodes(item)} ${whatWords(t, item)}`);
}
