import { useMemo, useState, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { Send24Regular } from '@fluentui/react-icons';
import type { OutboxItem } from '#contract';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { rowHeightOf } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { failureWords } from '../../../i18n/failure-words.ts';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { Tabs } from '../../../ui/Tabs.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { recipientCodes, recipientNames, statusWords } from '../parts/outbox-words.tsx';
import { OutboxCells, outboxColumnCount, OutboxHeader, outboxMinWidth } from '../parts/OutboxCells.tsx';
import { OutboxDetail } from '../parts/OutboxDetail.tsx';
import { Quarantine } from '../parts/Quarantine.tsx';

const tabs = ['open', 'attention', 'delivered', 'all', 'quarantine'] as const;
type OutboxTab = (typeof tabs)[number];

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  note: { padding: '8px 16px' },
});

/** Hộp gửi: everything that must reach the axis, and what came from it unreadable. */
export function OutboxView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const outbox = useAsk('exchange', 'outbox', {});
  const quarantine = useAsk('exchange', 'quarantine', {});
  const withheld = useAsk('exchange', 'withheld', {});
  const tab: OutboxTab = tabs.find((one) => one === params['tab']) ?? 'open';
  const counts = countsOf(outbox.data ?? [], (quarantine.data?.length ?? 0) + (withheld.data?.length ?? 0));
  const failed = tab === 'quarantine' ? quarantine : outbox;
  return (
    <div className={styles.page}>
      <Tabs
        label={t('outbox.tabs')}
        chosen={tab}
        tabs={tabs.map((name) => ({ name, words: t(`outbox.tab.${name}`, { count: counts[name] }) }))}
        onChoose={(name) => {
          adjustAddress({ tab: name, id: null });
        }}
      />
      <div className={styles.body}>
        {failed.isError && failed.data === undefined ? (
          <div className={styles.note}>
            <Notice
              tone="attention"
              action={
                <Button size="small" onClick={() => void failed.refetch()}>
                  {t('common.again')}
                </Button>
              }
            >
              {failureWords(t, failureOf(failed.error))}
            </Notice>
          </div>
        ) : failed.data === undefined ? (
          <Waiting label={t('common.loading')} lines={8} />
        ) : tab === 'quarantine' ? (
          <Quarantine items={quarantine.data ?? []} withheld={withheld.data ?? []} />
        ) : (
          <OutboxTable key={tab} items={outbox.data ?? []} tab={tab} text={params['q'] ?? ''} chosenId={params['id'] ?? null} />
        )}
      </div>
    </div>
  );
}

type OutboxTableProps = {
  readonly items: readonly OutboxItem[];
  readonly tab: Exclude<OutboxTab, 'quarantine'>;
  readonly text: string;
  readonly chosenId: string | null;
};

function OutboxTable({ items, tab, text, chosenId }: OutboxTableProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { density } = usePreferences();
  const send = useCommand('exchange', 'sendNow');
  const [tried, setTried] = useState<{ readonly id: string; readonly failure: AnyFailure | undefined } | null>(null);
  const [said, setSaid] = useState('');
  const query = fold(text.trim());
  const rows = useMemo(
    () => items.filter((item) => belongs(item, tab) && (query === '' || foldedMatch(searchText(t, item), query))),
    [items, tab, query, t],
  );
  const active = rows.findIndex((row) => row.id === chosenId);
  // Stays shown after it was delivered and left this tab, so that the answer can be read.
  const chosen = items.find((item) => item.id === chosenId);
  const sendItem = (item: OutboxItem | undefined): void => {
    if (item === undefined || send.pending || (item.state !== 'waiting' && item.state !== 'attention')) return;
    adjustAddress({ id: item.id });
    setTried(null);
    setSaid('');
    void send.run({ id: item.id }).then((outcome) => {
      setTried({ id: item.id, failure: outcome.ok ? undefined : outcome.failure });
      if (outcome.ok) setSaid(t('outbox.sent', { about: item.about, to: recipientNames(item) }));
    });
  };
  useShortcut('F8', (event) => {
    if (!event.repeat) sendItem(chosen);
  });
  return (
    <div className={styles.page}>
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
                  sending={send.pending}
                  onSend={() => {
                    sendItem(item);
                  }}
                />
              );
            }}
          />
        )}
      </div>
      {chosen !== undefined && (
        <OutboxDetail
          item={chosen}
          sending={send.pending && tried === null}
          failure={tried?.id === chosen.id ? tried.failure : undefined}
          onSend={() => {
            sendItem(chosen);
          }}
        />
      )}
      <LiveRegion message={said} />
    </div>
  );
}

function belongs(item: OutboxItem, tab: OutboxTab): boolean {
  switch (tab) {
    case 'open':
      return item.state === 'waiting' || item.state === 'sending' || item.state === 'attention';
    case 'attention':
      return item.state === 'attention';
    case 'delivered':
      return item.state === 'delivered';
    case 'all':
    case 'quarantine':
      return true;
  }
}

function countsOf(items: readonly OutboxItem[], quarantined: number): Readonly<Record<OutboxTab, number>> {
  const count = (tab: OutboxTab): number => items.reduce((sum, item) => sum + (belongs(item, tab) ? 1 : 0), 0);
  return {
    open: count('open'),
    attention: count('attention'),
    delivered: count('delivered'),
    all: items.length,
    quarantine: quarantined,
  };
}

function searchText(t: Formatter, item: OutboxItem): string {
  return fold(`${item.about} ${recipientCodes(item)} ${statusWords(t, item)}`);
}
