import type { ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import type { OutboxItem } from '#contract';
import { useQuarantinePages, useWithheldPages } from '../../../bridge/aside-cache.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useAlarmCount } from '../../../bridge/sent-cache.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { belongs, type QueueTab } from '../parts/outbox-words.tsx';
import { QuarantineView } from './QuarantineView.tsx';
import { QueueTable } from './QueueTable.tsx';
import { SentView } from './SentView.tsx';

const tabs = ['open', 'attention', 'delivered', 'all', 'sent', 'quarantine'] as const;
type OutboxTab = (typeof tabs)[number];

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  note: { padding: '8px 16px' },
});

/** Hộp gửi: everything that must reach the axis, what became of it at the recipients, and what came unreadable. */
export function OutboxView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const outbox = useAsk('exchange', 'outbox', {});
  const quarantine = useQuarantinePages();
  const withheld = useWithheldPages();
  const alarms = useAlarmCount() ?? 0;
  const tab: OutboxTab = tabs.find((one) => one === params['tab']) ?? 'open';
  const counts = countsOf(outbox.data ?? [], (quarantine.data?.pages[0]?.total ?? 0) + (withheld.data?.pages[0]?.total ?? 0), alarms);
  const shown = tab === 'quarantine' ? quarantine : outbox;
  const text = params['q'] ?? '';
  return (
    <div className={styles.page}>
      <Tabs
        label={t('outbox.tabs')}
        chosen={tab}
        tabs={tabs.map((name) => ({ name, words: t(name === 'sent' ? 'sent.tab' : `outbox.tab.${name}`, { count: counts[name] }) }))}
        onChoose={(name) => {
          adjustAddress({ tab: name, id: null });
        }}
      />
      <div className={styles.body}>
        {tab === 'sent' ? (
          <SentView documentId={params['document'] ?? null} alarms={params['alarms'] === 'yes'} text={text} />
        ) : shown.isError && shown.data === undefined ? (
          <div className={styles.note}>
            <Unanswered error={shown.error} onAgain={() => void shown.refetch()} />
          </div>
        ) : shown.data === undefined ? (
          <Waiting label={t('common.loading')} lines={8} />
        ) : tab === 'quarantine' ? (
          <QuarantineView text={text} chosenId={params['id'] ?? null} />
        ) : (
          <QueueTable key={tab} items={outbox.data ?? []} tab={tab} text={text} chosenId={params['id'] ?? null} />
        )}
      </div>
    </div>
  );
}

function countsOf(items: readonly OutboxItem[], quarantined: number, alarms: number): Readonly<Record<OutboxTab, number>> {
  const count = (tab: QueueTab): number => items.reduce((sum, item) => sum + (belongs(item, tab) ? 1 : 0), 0);
  return {
    open: count('open'),
    attention: count('attention'),
    delivered: count('delivered'),
    all: items.length,
    sent: alarms,
    quarantine: quarantined,
  };
}
