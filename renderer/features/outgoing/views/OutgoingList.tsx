import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentAdd20Regular, DocumentArrowRight24Regular, NumberSymbol20Regular, Signature20Regular } from '@fluentui/react-icons';
import { LifeTab } from '#contract';
import { reloadLife, useLifeStale } from '../../../bridge/outgoing-cache.ts';
import { useMay } from '../../../bridge/session.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { adjustAddress } from '../../../foundations/address.ts';
import { maxScrollHeight, rowHeightOf } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { Tabs } from '../../../ui/Tabs.tsx';
import { useFileDrop } from '../../../ui/use-file-drop.ts';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { goToSigning, useWaiting, useWaitingPapers } from '../../signing/index.ts';
import { NumberDialog } from '../acts/NumberDialog.tsx';
import { SettingsDialog } from '../acts/SettingsDialog.tsx';
import { OutgoingCells, outgoingColumnCount } from '../parts/OutgoingCells.tsx';
import { useDroppedDraft } from '../use-dropped-draft.ts';
import { anotherForm } from '../form/another-form.ts';
import { useOutgoingList } from '../use-outgoing-list.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  over: { outline: `2px dashed ${tokens.colorBrandStroke1}`, outlineOffset: '-2px' },
  top: { display: 'flex', gap: '8px', padding: '8px 8px 0 10px', alignItems: 'center', flexWrap: 'wrap', flexShrink: 0 },
  tabs: { flexShrink: 0, minWidth: 0 },
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

export type OutgoingListProps = {
  readonly tab: LifeTab;
  readonly text: string;
  readonly chosenId: string | null;
  /** a form is open, whose keys come first */
  readonly editing: boolean;
  readonly onOpen: () => void;
};

/** The list with its tabs, one per part of the way, and what may be done with many at once. */
export function OutgoingList({ tab, text, chosenId, editing, onOpen }: OutgoingListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const { density } = usePreferences();
  const list = useOutgoingList(tab, text);
  const stale = useLifeStale();
  const may = useMay();
  const dropped = useDroppedDraft();
  const role = tab === 'issuing' ? 'agency' : 'person';
  const toSign = useWaiting(role, tab === 'issuing' || tab === 'signing');
  const papers = useWaitingPapers(tab === 'issuing');
  const { over, target } = useFileDrop(({ files }) => {
    if (may('drafting', 'create')) dropped.begin([...files]);
  });
  const [numbering, setNumbering] = useState(false);
  const section = useRef<HTMLElement>(null);
  const place = useRef(-1);
  const rowHeight = rowHeightOf(density);
  const rowCount = Math.min(list.rowCount, Math.floor(maxScrollHeight / rowHeight));
  const active = chosenId === null ? -1 : list.rows.findIndex((row) => row.id === chosenId);
  useEffect(() => {
    if (active >= 0) place.current = active;
  }, [active]);
  useShortcut(
    'Ctrl+Enter',
    () => {
      // What was just done has left the list, so the next one stands in its place.
      const next = list.rows[active >= 0 ? active + 1 : Math.max(0, place.current)] ?? list.rows.at(-1);
      if (next !== undefined) adjustAddress({ id: next.id });
    },
    !editing,
  );
  useEffect(() => {
    // Rows come and go by themselves only where nothing can move under anybody's hand.
    if (stale && section.current?.matches(':hover, :focus-within') !== true) void reloadLife(cache);
  }, [stale, cache]);
  const { want, counts } = list;
  const onRange = useCallback(
    (_first: number, last: number) => {
      want(last + 20);
    },
    [want],
  );
  const known = counts === undefined ? 'no' : 'yes';
  return (
    // The drop is a way beside Soạn văn bản, which the keyboard has.
    <section
      className={mergeClasses(styles.list, over && styles.over)}
      aria-label={t('life.list')}
      ref={section}
      {...target}
    >
      <div className={styles.top}>
        {may('drafting', 'create') && (
          <Button
            appearance="primary"
            size="small"
            icon={<DocumentAdd20Regular />}
            aria-keyshortcuts="Alt+N"
            onClick={() => {
              adjustAddress(anotherForm('new'));
            }}
          >
            {t('life.new')}
          </Button>
        )}
        {may('drafting', 'number') && tab === 'numbering' && (counts?.numbering ?? 0) > 0 && (
          <Button
            size="small"
            icon={<NumberSymbol20Regular />}
            onClick={() => {
              setNumbering(true);
            }}
          >
            {t('number.batch', { count: counts?.numbering ?? 0 })}
          </Button>
        )}
        {toSign.length > 0 && (tab === 'issuing' || tab === 'signing') && (
          <Button
            size="small"
            icon={<Signature20Regular />}
            onClick={() => {
              goToSigning(role, toSign);
            }}
          >
            {t(`signing.batch.${role}`, { count: toSign.length })}
          </Button>
        )}
        {papers.length > 0 && tab === 'issuing' && (
          <Button size="small" icon={<Signature20Regular />} onClick={() => { goToSigning('agency', papers); }}>
            {t('signing.batch.paper', { count: papers.length })}
          </Button>
        )}
        {may('drafting', 'saveSettings') && <SettingsDialog />}
      </div>
      <div className={styles.tabs}>
        <Tabs
          label={t('life.tabs')}
          dense
          ofList
          chosen={tab}
          tabs={LifeTab.options.map((name) => ({ name, words: t(`life.tab.${name}`, { count: counts?.[name] ?? 0, known }) }))}
          onChoose={(next) => {
            adjustAddress({ tab: next, id: null, edit: null });
          }}
        />
      </div>
      <div className={styles.body}>
        {list.pending ? (
          <Waiting label={t('common.loading')} lines={14} />
        ) : list.error !== null && list.rows.length === 0 ? (
          <div className={styles.note}>
            <Unanswered error={list.error} onAgain={list.retry} />
          </div>
        ) : rowCount === 0 ? (
          <EmptyState
            icon={<DocumentArrowRight24Regular />}
            title={list.filtering ? t('incoming.empty.filter.title') : t(`life.empty.${tab}`)}
            text={list.filtering ? t('incoming.empty.filter.text') : t(`life.emptyText.${tab}`)}
          />
        ) : (
          <div data-pane="list" style={{ height: '100%' }}>
            <VirtualGrid
              key={tab}
              id="outgoing"
              label={t('life.list')}
              rowCount={rowCount}
              columnCount={outgoingColumnCount}
              rowHeight={rowHeight}
              activeIndex={active}
              onActive={(index) => {
                const row = list.rows[index];
                if (row === undefined) want(index);
                else adjustAddress({ id: row.id, edit: null });
              }}
              onOpen={onOpen}
              onRange={onRange}
              busy={list.loadingMore}
              carries={(index) => {
                const row = list.rows[index];
                return row?.kind === 'document' ? { kind: 'outgoing', id: row.id, code: row.code } : undefined;
              }}
              renderCells={({ index }) => {
                const item = list.rows[index];
                return item === undefined ? (
                  <div role="gridcell" className={styles.placeholder}>
                    <ForReaders>{t('common.loading')}</ForReaders>
                  </div>
                ) : (
                  <OutgoingCells item={item} density={density} />
                );
              }}
            />
          </div>
        )}
      </div>
      {dropped.busy !== null && <div className={styles.note}><Notice tone="info" live>{t('stage.busy', { name: dropped.busy })}</Notice></div>}
      {dropped.failure !== undefined && <div className={styles.note}><Notice tone="attention" live>{failureWords(t, dropped.failure, 'drafting')}</Notice></div>}
      {dropped.unfit && <div className={styles.note}><Notice tone="attention" live>{t('draft.dropUnfit')}</Notice></div>}
      {dropped.unconverted !== null && <div className={styles.note}><Notice tone="attention" live>{t('draft.noConverter', { name: dropped.unconverted })}</Notice></div>}
      {stale && (
        <div className={styles.note}>
          <Notice
            tone="info"
            action={
              <Button size="small" onClick={() => void reloadLife(cache)}>
                {t('life.reload')}
              </Button>
            }
          >
            {t('life.stale')}
          </Notice>
        </div>
      )}
      <div className={styles.foot}>
        {list.filtering
          ? t('list.filtered', { found: list.rows.length, loaded: list.loaded, total: list.total, complete: list.loaded >= list.total ? 'yes' : 'no' })
          : t('incoming.total', { total: list.total })}
      </div>
      <NumberDialog
        drafts={numbering ? { only: null, seal: 'no' } : null}
        onClose={() => {
          setNumbering(false);
        }}
      />
    </section>
  );
}
