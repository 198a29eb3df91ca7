import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Folder24Regular, FolderAdd20Regular, Print20Regular, Warning20Regular } from '@fluentui/react-icons';
import { DossierState, type DossierSummary } from '#contract';
import { reloadDossiers, useDossierPages, useDossiersStale, type DossierFilter } from '../../../bridge/dossier-cache.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { adjustAddress, goTo } from '../../../foundations/address.ts';
import { maxScrollHeight, rowHeightOf } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { DossierCells, dossierColumnCount } from './DossierCells.tsx';
import { DossierImport } from './DossierImport.tsx';
import { MakerFilter } from './MakerFilter.tsx';
import { PrintListDialog } from './PrintListDialog.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  top: { display: 'flex', gap: '8px', padding: '8px 8px 0 10px', alignItems: 'center', flexWrap: 'wrap', flexShrink: 0 },
  note: { padding: '6px 8px', flexShrink: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  placeholder: { display: 'flex', alignItems: 'center', height: '100%', paddingLeft: '30px' },
  foot: {
    flexShrink: 0,
    padding: '7px 14px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

const tabs = ['all', ...DossierState.options] as const;

export type DossierListProps = {
  readonly filter: DossierFilter;
  readonly chosenId: string | null;
  /** what the tree narrows to, in words */
  readonly place: string;
  readonly onNew: () => void;
};

/** The dossiers of a year or of one entry of its plan, by state; the newest first. */
export function DossierList({ filter, chosenId, place, onNew }: DossierListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const { density } = usePreferences();
  const pages = useDossierPages(filter);
  const stale = useDossiersStale();
  const [printing, setPrinting] = useState(false);
  const [takingOver, setTakingOver] = useState(false);
  const [said, setSaid] = useState('');
  const mayTakeOver = useBarrier('dossiers', 'importDossierTable') === undefined;
  const barred = useBarrier('dossiers', 'open') !== undefined;
  const mayRemove = useBarrier('copies', 'remove') === undefined;
  // What the law has deleted by now (TT 05/2025/TT-BNV art. 40.6) is told here, as nothing goes by itself.
  const due = useAsk('copies', 'due', {}, { enabled: mayRemove }).data ?? [];
  const [first] = due;
  const section = useRef<HTMLElement>(null);
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = pages;
  const rows: readonly DossierSummary[] = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const counts = data?.pages[0]?.counts;
  const [wanted, setWanted] = useState(0);
  useEffect(() => {
    if (wanted >= rows.length && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [wanted, rows.length, hasNextPage, isFetching, isError, fetchNextPage]);
  useEffect(() => {
    // Rows come and go by themselves only where nothing can move under anybody's hand.
    if (stale && section.current?.matches(':hover, :focus-within') !== true) void reloadDossiers(cache);
  }, [stale, cache]);
  const onRange = useCallback((_first: number, last: number) => {
    setWanted(last + 20);
  }, []);
  const rowHeight = rowHeightOf(density);
  const rowCount = Math.min(rows.length + (hasNextPage ? 1 : 0), Math.floor(maxScrollHeight / rowHeight));
  const active = chosenId === null ? -1 : rows.findIndex((row) => row.id === chosenId);
  const narrowed = filter.words !== '' || filter.state !== null || filter.unit !== null || filter.person !== null;
  const known = counts === undefined ? 'no' : 'yes';
  return (
    <section className={styles.list} aria-label={t('dossiers.list')} ref={section}>
      <div className={styles.top}>
        {!barred && (
          <Button size="small" appearance="primary" icon={<FolderAdd20Regular />} aria-keyshortcuts="Alt+N" onClick={onNew}>
            {t('dossiers.new')}
            <KeyHint keys="Alt+N" onPrimary />
          </Button>
        )}
        {rows.length > 0 && (
          <Button
            size="small"
            icon={<Print20Regular />}
            onClick={() => {
              setPrinting(true);
            }}
          >
            {t('dossiers.printList')}
          </Button>
        )}
        {mayTakeOver && (
          <Button
            size="small"
            appearance="subtle"
            onClick={() => {
              setTakingOver(true);
            }}
          >
            {t('dossiers.takeOver')}
          </Button>
        )}
        {first !== undefined && (
          <Button size="small" icon={<Warning20Regular />} onClick={() => { goTo('dossiers', { id: first.dossier, tab: 'copies' }); }}>
            {t('copies.due', { count: due.length })}
          </Button>
        )}
        <MakerFilter unit={filter.unit} person={filter.person} />
      </div>
      <Tabs
        label={t('dossiers.states')}
        dense
        ofList
        chosen={filter.state ?? 'all'}
        tabs={tabs.filter((name) => name !== 'discarded' || filter.state === name || (counts?.discarded ?? 0) > 0).map((name) => ({ name, words: name === 'all' ? t('dossiers.tab.all') : t(`dossiers.tab.${name}`, { count: counts?.[name] ?? 0, known }) }))}
        onChoose={(name) => {
          adjustAddress({ state: name === 'all' ? null : name, id: null });
        }}
      />
      <div className={styles.body}>
        {pages.isPending ? (
          <Waiting label={t('common.loading')} lines={14} />
        ) : isError && rows.length === 0 ? (
          <div className={styles.note}>
            <Unanswered error={pages.error} onAgain={() => void pages.refetch()} />
          </div>
        ) : rowCount === 0 ? (
          <EmptyState
            icon={<Folder24Regular />}
            title={t(narrowed ? 'dossiers.empty.filter.title' : filter.entry === null && filter.heading === null ? 'dossiers.empty.title' : 'dossiers.empty.entry.title')}
            text={t(narrowed ? 'dossiers.empty.filter.text' : filter.entry === null && filter.heading === null ? 'dossiers.empty.text' : 'dossiers.empty.entry.text')}
          />
        ) : (
          <div data-pane="list" style={{ height: '100%' }}>
            <VirtualGrid
              id="dossiers"
              label={t('dossiers.list')}
              rowCount={rowCount}
              columnCount={dossierColumnCount}
              rowHeight={rowHeight}
              activeIndex={active}
              onActive={(index) => {
                const row = rows[index];
                if (row !== undefined) adjustAddress({ id: row.id });
              }}
              onOpen={() => {
                document.querySelector<HTMLElement>('[data-pane=reading] [role=grid], [data-pane=reading]')?.focus();
              }}
              onRange={onRange}
              busy={pages.isFetchingNextPage}
              renderCells={({ index }) => {
                const item = rows[index];
                return item === undefined ? (
                  <div role="gridcell" className={styles.placeholder}>
                    <ForReaders>{t('common.loading')}</ForReaders>
                  </div>
                ) : (
                  <DossierCells item={item} density={density} />
                );
              }}
            />
          </div>
        )}
      </div>
      {stale && (
        <div className={styles.note}>
          <Notice
            tone="info"
            action={
              <Button size="small" onClick={() => void reloadDossiers(cache)}>
                {t('life.reload')}
              </Button>
            }
          >
            {t('dossiers.stale')}
          </Notice>
        </div>
      )}
      {said !== '' && (
        <div className={styles.note}>
          <Notice tone="good" live action={<Button size="small" onClick={() => { setSaid(''); }}>{t('common.hide')}</Button>}>
            {said}
          </Notice>
        </div>
      )}
      {takingOver && (
        <DossierImport
          onClose={() => {
            setTakingOver(false);
          }}
          onDone={(words) => {
            setTakingOver(false);
            setSaid(words);
          }}
        />
      )}
      {printing && (
        <PrintListDialog
          filter={filter}
          onClose={() => {
            setPrinting(false);
          }}
        />
      )}
      <div className={styles.foot}>{t('dossiers.foot', { place, count: rows.length, more: hasNextPage ? 'yes' : 'no' })}</div>
    </section>
  );
}
