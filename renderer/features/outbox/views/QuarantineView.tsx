import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { MailCheckmark24Regular } from '@fluentui/react-icons';
import { useQuarantinePages, useWithheldPages } from '../../../bridge/aside-cache.ts';
import { adjustAddress } from '../../../foundations/address.ts';
import { rowHeightOf } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { shortMomentOf } from '../../../i18n/dates.ts';
import { fold, foldedMatch } from '../../../i18n/fold.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { sizeWords } from '../../files/index.ts';
import type { QuarantineItem } from '../parts/quarantine-item.ts';
import { Withheld } from '../parts/Withheld.tsx';
import { QuarantineDetail } from './QuarantineDetail.tsx';

const columns = ['quarantine.receivedAt', 'quarantine.from', 'aside.kind', 'quarantine.reason', 'quarantine.size', 'aside.replayedAt'] as const;
const minWidth = 860;

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  row: {
    display: 'grid',
    height: '100%',
    boxSizing: 'border-box',
    alignItems: 'center',
    columnGap: '12px',
    padding: '0 14px',
    gridTemplateColumns: '96px minmax(0, 1fr) 110px minmax(0, 2.2fr) 76px 108px',
  },
  head: {
    height: '32px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  small: { fontSize: tokens.fontSizeBase200 },
});

export type QuarantineViewProps = {
  readonly text: string;
  readonly chosenId: string | null;
};

/** Messages that could not be read or used, each kept as it came, to be read again and saved; and those still at the axis. */
export function QuarantineView({ text, chosenId }: QuarantineViewProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { density } = usePreferences();
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useQuarantinePages();
  const withheld = useWithheldPages();
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const held = withheld.data?.pages.flatMap((page) => page.items) ?? [];
  const [wanted, setWanted] = useState(0);
  // What was filed leaves the list; the answer to the act stays until another message is chosen.
  const [filed, setFiled] = useState<QuarantineItem | null>(null);
  const query = fold(text.trim());
  const rows = useMemo(
    () =>
      items.filter(
        (item) => query === '' || foldedMatch(fold(`${item.from} ${item.transportId} ${t(`quarantine.reason.${item.reason}`)}`), query),
      ),
    [items, query, t],
  );
  useEffect(() => {
    // What is looked for, or was chosen in another window, may lie on a page that is not loaded yet.
    const missing = chosenId !== null && filed?.id !== chosenId && !items.some((item) => item.id === chosenId);
    const short = query !== '' || missing || wanted + 20 >= items.length;
    if (short && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [query, chosenId, filed, items, wanted, hasNextPage, isFetching, isError, fetchNextPage]);
  const onRange = useCallback((_first: number, last: number) => {
    setWanted(last);
  }, []);
  const active = rows.findIndex((row) => row.id === chosenId);
  const chosen = items.find((item) => item.id === chosenId) ?? (filed?.id === chosenId ? filed : undefined);
  return (
    <div className={styles.page}>
      {held.length > 0 && <Withheld items={held} onMore={withheld.hasNextPage ? () => void withheld.fetchNextPage() : null} />}
      <div className={styles.body} data-pane="list">
        {rows.length === 0 && held.length > 0 ? null : rows.length === 0 ? (
          <EmptyState
            icon={<MailCheckmark24Regular />}
            title={t(query === '' ? 'quarantine.none.title' : 'outbox.empty.filter.title')}
            text={t(query === '' ? 'quarantine.none.text' : 'outbox.empty.filter.text')}
          />
        ) : (
          <VirtualGrid
            id="quarantine"
            label={t('quarantine.label')}
            rowCount={rows.length}
            columnCount={columns.length}
            rowHeight={rowHeightOf(density)}
            activeIndex={active}
            header={
              <div role="row" aria-rowindex={1} className={mergeClasses(styles.row, styles.head)}>
                {columns.map((name, index) => (
                  <span key={name} role="columnheader" aria-colindex={index + 1} className={styles.cut}>
                    {t(name)}
                  </span>
                ))}
              </div>
            }
            headerHeight={33}
            minWidth={minWidth}
            onActive={(index) => {
              adjustAddress({ id: rows[index]?.id ?? null });
            }}
            onOpen={() => {
              document.querySelector<HTMLElement>('[data-pane=reading]')?.focus();
            }}
            onRange={onRange}
            busy={isFetching}
            renderCells={({ index }) => {
              const item = rows[index];
              return item === undefined ? null : <Cells item={item} />;
            }}
          />
        )}
      </div>
      {chosen !== undefined && (
        <QuarantineDetail key={chosen.id} item={chosen} filed={filed?.id === chosen.id} onFiled={setFiled} />
      )}
    </div>
  );
}

function Cells({ item }: { readonly item: QuarantineItem }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const reason = t(`quarantine.reason.${item.reason}`);
  const from = item.from === '' ? t('quarantine.unknownSender') : item.from;
  return (
    <div role="presentation" className={styles.row}>
      <span role="gridcell" aria-colindex={1} className={styles.small}>
        {shortMomentOf(item.receivedAt)}
      </span>
      <span role="gridcell" aria-colindex={2} className={styles.cut} title={from}>
        {from}
      </span>
      <span role="gridcell" aria-colindex={3} className={mergeClasses(styles.cut, styles.small)}>
        {t(`aside.kind.${item.messageType}`)}
      </span>
      <span role="gridcell" aria-colindex={4} className={styles.cut} title={reason}>
        {reason}
      </span>
      <span role="gridcell" aria-colindex={5} className={styles.small}>
        {sizeWords(t, item.size)}
      </span>
      <span role="gridcell" aria-colindex={6} className={styles.small}>
        {item.replayedAt === null ? t('aside.notReplayed') : shortMomentOf(item.replayedAt)}
      </span>
    </div>
  );
}
