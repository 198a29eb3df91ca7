import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DocumentArrowRight24Regular } from '@fluentui/react-icons';
import type { DeliveryLine } from '#contract';
import { useListedPages } from '../../../bridge/listed-pages.ts';
import { reloadSent, useAlarmCount, useRefreshSent, useSentPages, useUnseenSent } from '../../../bridge/sent-cache.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { adjustAddress } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { SentCells, sentColumnCount } from '../parts/SentCells.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  note: { padding: '6px 8px', flexShrink: 0 },
  foot: {
    flexShrink: 0,
    padding: '7px 14px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

const rowHeight = 64;

export type SentListProps = { readonly chosenId: string | null; readonly alarms: boolean; readonly text: string };

/** Our sent documents with their sums, newest first; all, or only those that ask for attention. */
export function SentList({ chosenId, alarms, text }: SentListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const pages = useSentPages(alarms);
  const { data, isPending, isError, error, isFetching, refetch } = pages;
  const { items, rows, filtering, want } = useListedPages(pages, text, wordsOf);
  const alarmCount = useAlarmCount();
  const unseen = useUnseenSent();
  const area = useRef<HTMLDivElement>(null);
  const first = data?.pages[0];
  const outdated = alarms ? first !== undefined && alarmCount !== undefined && first.alarms !== alarmCount : unseen > 0;
  useEffect(() => {
    // As in the incoming documents: rows come by themselves only where nobody's hand is.
    const untouched = chosenId === null && area.current?.matches(':hover, :focus-within') === false;
    if (outdated && !isFetching && (untouched || items.length === 0)) void reloadSent(cache);
  }, [outdated, isFetching, chosenId, items.length, cache]);
  const refresh = useRefreshSent();
  const renewRows = useEffectEvent(() => {
    if (items.length > 0) refresh(items.map((item) => item.document));
  });
  useEffect(() => {
    // An alarm that time alone brought belongs beside its document too.
    renewRows();
  }, [alarmCount]);
  return (
    <section className={styles.list} aria-label={t('sent.list')}>
      <Tabs
        label={t('sent.tabs')}
        chosen={alarms ? 'alarms' : 'all'}
        tabs={[
          { name: 'all', words: t('sent.filter.all') },
          { name: 'alarms', words: t('sent.filter.alarms', { count: alarmCount ?? first?.alarms ?? 0 }) },
        ]}
        onChoose={(name) => {
          adjustAddress({ alarms: name === 'alarms' ? 'yes' : null });
        }}
      />
      <div className={styles.body} ref={area}>
        {isPending ? (
          <Waiting label={t('common.loading')} lines={10} />
        ) : isError && items.length === 0 ? (
          <div className={styles.note}>
            <Unanswered error={error} onAgain={() => void refetch()} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<DocumentArrowRight24Regular />}
            title={t(filtering ? 'sent.empty.filter.title' : alarms ? 'sent.empty.alarms.title' : 'sent.empty.all.title')}
            text={t(filtering ? 'sent.empty.filter.text' : alarms ? 'sent.empty.alarms.text' : 'sent.empty.all.text')}
          />
        ) : (
          <div data-pane="list" style={{ height: '100%' }}>
            <VirtualGrid
              id="sent"
              label={t('sent.list')}
              rowCount={rows.length}
              columnCount={sentColumnCount}
              rowHeight={rowHeight}
              activeIndex={rows.findIndex((row) => row.document === chosenId)}
              onActive={(index) => {
                adjustAddress({ document: rows[index]?.document ?? null });
              }}
              onOpen={() => {
                document.querySelector<HTMLElement>('#matrix-grid [role=grid]')?.focus();
              }}
              onRange={(_first, last) => {
                want(last + 20);
              }}
              busy={isFetching}
              renderCells={({ index }) => {
                const line = rows[index];
                return line === undefined ? null : <SentCells line={line} />;
              }}
            />
          </div>
        )}
      </div>
      {outdated && items.length > 0 && (
        <div className={styles.note}>
          <Notice
            tone="info"
            live
            action={
              <Button size="small" onClick={() => void reloadSent(cache)}>
                {t('incoming.showUnseen')}
              </Button>
            }
          >
            {alarms ? t('sent.alarmsChanged') : t('sent.unseen', { count: unseen })}
          </Notice>
        </div>
      )}
      <div className={styles.foot}>
        {filtering ? t('list.filtered', { found: rows.length, loaded: items.length, total: first?.total ?? 0, complete: pages.hasNextPage ? 'no' : 'yes' }) : t('incoming.total', { total: first?.total ?? 0 })}
      </div>
    </section>
  );
}

function wordsOf({ code, subject }: DeliveryLine): string {
  return `${code} ${subject}`;
}
