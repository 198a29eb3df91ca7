import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles } from '@fluentui/react-components';
import { Dismiss16Regular, MailInbox24Regular } from '@fluentui/react-icons';
import type { IncomingState, IncomingSummary, StationStatus } from '#contract';
import { reloadIncoming, type DueFilter } from '../../../bridge/incoming-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useBarrier, useMay } from '../../../bridge/session.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { adjustAddress, formatAddress, goTo } from '../../../foundations/address.ts';
import { maxScrollHeight, rowHeightOf } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { useDelayed } from '../../../ui/use-delayed.ts';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { PresentManyDialog } from '../../handling/index.ts';
import { IncomingCells, incomingColumnCount, IncomingPlaceholder } from '../parts/IncomingCells.tsx';
import { ListFoot } from '../parts/ListFoot.tsx';
import { ListHead } from '../parts/ListHead.tsx';
import { useNewDay } from '../use-new-day.ts';
import { useDeskMarks } from '../../verification/index.ts';
import { useIncomingList, type IncomingListModel } from '../use-incoming-list.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  note: { padding: '6px 8px', flexShrink: 0 },
  body: { flexGrow: 1, minHeight: 0 },
});

export type IncomingListProps = {
  readonly status: StationStatus;
  readonly state: IncomingState | null;
  /** only what is past its day or near it */
  readonly due: DueFilter | null;
  readonly text: string;
  /** whether only what is presented to the one who is signed in; null where that is no question */
  readonly mine: boolean | null;
  /** only documents about which a sender asks something */
  readonly asked: boolean;
  readonly chosenId: string | null;
  readonly onOpen: () => void;
  /** told which documents are listed, in their order */
  readonly onRows: (ids: readonly string[]) => void;
};

/** The list of incoming documents with its tabs, what came in meanwhile, and what the axis answered. */
export function IncomingList({ status, state, due, text, mine, asked, chosenId, onOpen, onRows }: IncomingListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const { density } = usePreferences();
  const filter = useMemo(() => ({ state, openChange: asked, due, mine: mine === true }), [state, asked, due, mine]);
  const list = useIncomingList(filter, text);
  const receive = useCommand('exchange', 'receiveNow');
  const [presenting, setPresenting] = useState(false);
  const [noteShown, setNoteShown] = useState(false);
  const rowHeight = rowHeightOf(density);
  const rowCount = Math.min(list.rowCount, Math.floor(maxScrollHeight / rowHeight));
  const scope = `${state ?? 'all'} ${due ?? ''} ${asked ? 'asked' : ''} ${mine === true ? 'mine' : ''}`;
  const [active, setActive] = useActiveRow(list, chosenId, scope);
  const late = useDelayed(list.loadingMore);

  const { rows } = list;
  useEffect(() => {
    onRows(rows.map((row) => row.id));
  }, [rows, onRows]);
  useNewDay(() => void reloadIncoming(cache));

  const section = useRef<HTMLElement>(null);
  const { unseen } = list;
  const emptyButNew = list.total === 0 && unseen > 0;
  useEffect(() => {
    // New rows come by themselves only where nothing can move under anybody's hand: in an empty list, or while no
    // document is chosen and neither pointer nor keyboard is at the list. Else they wait for the clerk's word.
    const untouched = chosenId === null && section.current?.matches(':hover, :focus-within') === false;
    if (emptyButNew || (unseen > 0 && untouched)) void reloadIncoming(cache);
  }, [emptyButNew, unseen, chosenId, cache]);

  const addDocument = (): void => {
    goTo('intake');
  };
  const may = useMay();
  const mayAdd = may('intake', 'addIncoming');
  useShortcut('F9', addDocument, mayAdd);
  const { want } = list;
  const { marks, onFirst } = useDeskMarks(rows);
  const onRange = useCallback(
    (first: number, last: number) => {
      onFirst(first);
      want(last + 20);
    },
    [want, onFirst],
  );
  return (
    <section className={styles.list} aria-label={t('incoming.list')} ref={section}>
      <ListHead
        state={state}
        due={due}
        mine={mine}
        counts={list.counts}
        onChoose={(next) => {
          adjustAddress({ ...next, asked: null, of: null });
        }}
        onAdd={mayAdd ? addDocument : null}
        onPresent={
          may('handling', 'presentMany')
            ? () => {
                setPresenting(true);
              }
            : null
        }
      />
      <div className={styles.body}>
        {list.pending ? (
          <Waiting label={t('common.loading')} lines={14} />
        ) : list.error !== null && list.rows.length === 0 ? (
          <div className={styles.note}>
            <Unanswered error={list.error} onAgain={list.retry} />
          </div>
        ) : rowCount === 0 ? (
          <EmptyList list={list} state={state} due={due} mine={mine === true} asked={asked} status={status} />
        ) : (
          <div data-pane="list" style={{ height: '100%' }}>
            <VirtualGrid
              key={scope}
              id="incoming"
              label={t('incoming.list')}
              rowCount={rowCount}
              columnCount={incomingColumnCount}
              rowHeight={rowHeight}
              activeIndex={active}
              onActive={setActive}
              onOpen={onOpen}
              onRange={onRange}
              busy={list.loadingMore}
              carries={(index) => {
                const row = list.rows[index];
                // Only what is in the register may be put into a dossier.
                return row === undefined || row.arrivalNumber === null ? undefined : { kind: 'incoming', id: row.id, code: `${row.codeNumber}/${row.codeNotation}` };
              }}
              renderCells={({ index }) => {
                const item = list.rows[index];
                return item === undefined ? (
                  <IncomingPlaceholder label={t('common.loading')} still={!late} />
                ) : (
                  <IncomingCells item={item} density={density} mark={marks.get(item.id)} />
                );
              }}
            />
          </div>
        )}
      </div>
      {/* Below the rows: what comes by itself must not push them from under the pointer. */}
      {noteShown && !receive.pending && (receive.value !== undefined || receive.failure !== undefined) && (
        <div className={styles.note}>
          <Notice
            live
            tone={receive.failure === undefined ? 'good' : 'attention'}
            action={
              <Button
                size="small"
                appearance="transparent"
                icon={<Dismiss16Regular />}
                aria-label={t('common.hide')}
                onClick={() => {
                  setNoteShown(false);
                }}
              />
            }
          >
            {receive.failure !== undefined
              ? failureWords(t, receive.failure, 'receiveNow')
              : t('incoming.received', { ...receive.value })}
          </Notice>
        </div>
      )}
      {list.unseen > 0 && !emptyButNew && (
        <div className={styles.note}>
          <Notice
            tone="info"
            live
            action={
              <Button size="small" onClick={() => void reloadIncoming(cache)}>
                {t('incoming.showUnseen')}
              </Button>
            }
          >
            {t(asked ? 'change.unseen' : unseenWords(state, due), { count: list.unseen })}
          </Notice>
        </div>
      )}
      <OpenChanges count={list.counts?.openChanges ?? 0} asked={asked} />
      <ListFoot
        words={footWords(t, list, rowCount)}
        receiving={receive.pending}
        onReceive={
          receive.barred === undefined
            ? () => {
                setNoteShown(true);
                void receive.run({}).then((outcome) => {
                  if (outcome.ok && outcome.value.received > 0) void reloadIncoming(cache);
                });
              }
            : null
        }
      />
      {presenting && (
        <PresentManyDialog
          onClose={() => {
            setPresenting(false);
          }}
        />
      )}
      <LiveRegion message={list.filtering ? t('list.filtered', filterParams(list)) : ''} />
    </section>
  );
}

/** How many requests of senders wait for a decision; always seen, so that none is forgotten. */
function OpenChanges({ count, asked }: { readonly count: number; readonly asked: boolean }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (count === 0 && !asked) return null;
  return (
    <div className={styles.note}>
      <Notice
        tone={count === 0 ? 'info' : 'attention'}
        action={
          <Button
            size="small"
            onClick={() => {
              adjustAddress({ asked: asked ? null : 'yes', state: null, due: null });
            }}
          >
            {t(asked ? 'change.showAll' : 'change.show')}
          </Button>
        }
      >
        {t('change.count', { count })}
      </Notice>
    </div>
  );
}

function unseenWords(state: IncomingState | null, due: DueFilter | null): 'incoming.unseen' | 'incoming.unseenRegistered' | 'incoming.unseenHere' | 'closed.unseen' {
  if (due !== null) return 'incoming.unseenHere';
  if (state === null || state === 'arrived') return 'incoming.unseen';
  if (state === 'refused' || state === 'recalled' || state === 'replaced') return 'closed.unseen';
  return state === 'registered' ? 'incoming.unseenRegistered' : 'incoming.unseenHere';
}

/**
 * The active row is the chosen document's. A key may lead to a row that is not loaded (End in a long list): the
 * place is held until its document is there.
 */
function useActiveRow(
  list: IncomingListModel,
  chosenId: string | null,
  scope: string,
): readonly [number, (index: number) => void] {
  const [held, setHeld] = useState<{ readonly index: number; readonly scope: string } | null>(null);
  const { rows, want } = list;
  const waiting = held !== null && held.scope === scope ? held.index : null;
  const arrived: IncomingSummary | undefined = waiting === null ? undefined : rows[waiting];
  useEffect(() => {
    if (arrived === undefined) return;
    adjustAddress({ id: arrived.id });
    setHeld(null);
  }, [arrived]);
  const active = waiting ?? (chosenId === null ? -1 : rows.findIndex((row) => row.id === chosenId));
  return [
    active,
    (index) => {
      const row = rows[index];
      if (row === undefined) {
        setHeld({ index, scope });
        // Until the row is there nothing is chosen: no key may meet the document of the row before.
        adjustAddress({ id: null });
        want(index);
      } else {
        setHeld(null);
        adjustAddress({ id: row.id });
      }
    },
  ];
}

type Words = ReturnType<typeof useWords>;

function filterParams(list: IncomingListModel): Record<string, string | number> {
  return {
    found: list.rows.length,
    loaded: list.loaded,
    total: list.total,
    complete: list.loaded >= list.total ? 'yes' : 'no',
  };
}

function footWords(t: Words, list: IncomingListModel, rowCount: number): string {
  if (list.pending || list.error !== null) return '';
  if (list.filtering) return t('list.filtered', filterParams(list));
  if (rowCount < list.rowCount) return t('incoming.capped', { shown: rowCount, total: list.total });
  return t('incoming.total', { total: list.total });
}

type EmptyListProps = {
  readonly list: IncomingListModel;
  readonly state: IncomingState | null;
  readonly due: DueFilter | null;
  readonly mine: boolean;
  readonly asked: boolean;
  readonly status: StationStatus;
};

function EmptyList({ list, state, due, mine, asked, status }: EmptyListProps): ReactNode {
  const t = useWords();
  const axis = useLatest('station', 'bar')?.axis;
  const setupBarred = useBarrier('setup', 'begin');
  const icon = <MailInbox24Regular />;
  if (list.filtering) {
    return (
      <EmptyState icon={icon} title={t('incoming.empty.filter.title')} text={t('incoming.empty.filter.text')}>
        <Button
          onClick={() => {
            adjustAddress({ q: null });
          }}
        >
          {t('search.clear')}
        </Button>
      </EmptyState>
    );
  }
  if (due !== null) return <EmptyState icon={icon} title={t(`incoming.empty.${due}.title`)} text={t('incoming.empty.due.text')} />;
  if (asked) return <EmptyState icon={icon} title={t('change.empty.title')} text={t('change.empty.text')} />;
  if (state === 'refused' || state === 'recalled' || state === 'replaced') {
    return <EmptyState icon={icon} title={t(`closed.empty.${state}`)} text={t(`closed.meaning.${state}`)} />;
  }
  if (mine) return <EmptyState icon={icon} title={t('incoming.empty.mine.title')} text={t('incoming.empty.mine.text')} />;
  if (state === 'presented' || state === 'assigned' || state === 'in-progress' || state === 'done') {
    return <EmptyState icon={icon} title={t(`incoming.empty.${state}.title`)} text={t(`incoming.empty.${state}.text`)} />;
  }
  if (state === 'arrived' && (list.counts?.registered ?? 0) > 0) {
    return <EmptyState icon={icon} title={t('incoming.empty.arrived.title')} text={t('incoming.empty.arrived.text')} />;
  }
  if (state === 'registered' && (list.counts?.arrived ?? 0) > 0) {
    return (
      <EmptyState icon={icon} title={t('incoming.empty.registered.title')} text={t('incoming.empty.registered.text')} />
    );
  }
  const unset = status.agency.organId === '' || axis === 'off';
  return (
    <EmptyState
      icon={icon}
      title={t('incoming.empty.all.title')}
      text={unset ? t('incoming.empty.all.unset') : t('incoming.empty.all.text')}
    >
      {unset && (
        <Button as="a" href={formatAddress(setupBarred === undefined ? 'setup' : 'settings')} appearance="primary">
          {t('incoming.empty.all.settings')}
        </Button>
      )}
    </EmptyState>
  );
}
