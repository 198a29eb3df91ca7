import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowUndo16Regular, BoxCheckmark16Regular, Checkmark16Regular, Folder24Regular } from '@fluentui/react-icons';
import type { BatchDetail, BatchItem } from '#contract';
import { useBatchItems } from '../../../bridge/handover-cache.ts';
import { goTo } from '../../../foundations/address.ts';
import { rowHeightOf, type Density } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { sizeWords } from '../../files/index.ts';
import { useHandoverAct } from '../parts/use-handover-act.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { display: 'flex', gap: '8px', alignItems: 'center', padding: '6px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, flexShrink: 0 },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, marginInlineEnd: 'auto' },
  grid: { flexGrow: 1, minHeight: 0 },
  note: { padding: '6px 16px', flexShrink: 0 },
  row: { display: 'flex', alignItems: 'center', gap: '10px', height: '100%', boxSizing: 'border-box', padding: '0 14px' },
  ordinal: { width: '34px', flexShrink: 0, textAlign: 'right', fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2 },
  stack: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  line: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0, height: '18px' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0, flexGrow: 1, flexBasis: 0 },
  code: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  mark: { flexShrink: 0, fontSize: tokens.fontSizeBase200 },
});

export type BatchItemsProps = {
  readonly batch: BatchDetail;
  readonly retention: 'permanent' | 'years';
  readonly enabled: boolean;
  readonly onAdd: () => void;
  readonly onDone: (words: string) => void;
};

/** One of the two lists of a batch: its dossiers, what was made of each, and what the archive answered. */
export function BatchItems({ batch, retention, enabled, onAdd, onDone }: BatchItemsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { density } = usePreferences();
  const { data, hasNextPage, isFetching, isError, fetchNextPage, isPending } = useBatchItems(batch.id);
  const remove = useHandoverAct('removeDossiers');
  const [chosen, setChosen] = useState<string | null>(null);
  const items = useMemo(() => data?.pages.flat().filter((one) => one.retention === retention) ?? [], [data, retention]);
  useEffect(() => {
    // Both lists are of one order; a list is whole when all is there.
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const active = items.findIndex(({ id }) => id === chosen);
  const one = items[active];
  const may = enabled && batch.may.includes('change');
  const take = (): void => {
    if (!may || one === undefined) return;
    void remove.run({ id: batch.id, version: batch.version, dossiers: [one.dossier] }).then((done) => {
      if (done === undefined) return;
      setChosen((items[active + 1] ?? items[active - 1])?.id ?? null);
      onDone(t('handover.said.removed', { code: one.fileCode }));
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete' || event.ctrlKey || event.altKey || (event.target as HTMLElement).getAttribute('role') !== 'grid') return;
    event.preventDefault();
    take();
  };
  if (isPending) return <Waiting label={t('common.loading')} lines={8} />;
  if (items.length === 0) {
    return (
      <EmptyState icon={<Folder24Regular />} title={t(`handover.items.none.${retention}`)} text={t(may ? 'handover.items.addHint' : 'handover.items.noneText')}>
        {may && <Button onClick={onAdd}>{t('handover.act.choose')}</Button>}
      </EmptyState>
    );
  }
  return (
    <div className={styles.box}>
      <div className={styles.head}>
        <span className={styles.hint}>{t(may ? 'handover.items.hint' : 'handover.items.hintRead')}</span>
        {may && one !== undefined && (
          <Button size="small" aria-keyshortcuts="Delete" disabledFocusable={remove.pending} onClick={take}>
            {t('handover.items.remove')}
          </Button>
        )}
      </div>
      {remove.failure !== undefined && (
        <div className={styles.note}>
          <Notice tone="attention" live>
            {failureWords(t, remove.failure)}
          </Notice>
        </div>
      )}
      {/* Keys bubble up from the grid, which has the focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- as said */}
      <div className={styles.grid} onKeyDown={onKeyDown}>
        <VirtualGrid
          id="batch-items"
          label={t(`handover.tab.${retention}`, { count: items.length })}
          rowCount={items.length}
          columnCount={4}
          rowHeight={rowHeightOf(density)}
          activeIndex={active}
          onActive={(index) => { setChosen(items[index]?.id ?? null); }}
          onOpen={(index) => { goTo('dossiers', { id: items[index]?.dossier ?? null }); }}
          renderCells={({ index }) => <ItemCells item={items[index]} place={index + 1} density={density} />}
        />
      </div>
    </div>
  );
}

function ItemCells({ item, place, density }: { readonly item: BatchItem | undefined; readonly place: number; readonly density: Density }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (item === undefined) return <span role="gridcell" />;
  const compact = density === 'compact';
  const about = [t('dossiers.members', { count: item.documents }), ...(item.builtAt === null ? [] : [t('handover.item.files', { count: item.files, size: sizeWords(t, item.bytes) })]), item.answerReason].filter((part) => part !== '').join(' · ');
  return (
    <div role="presentation" className={styles.row}>
      <span role="gridcell" aria-colindex={1} className={styles.ordinal}>
        {place}
      </span>
      <span role="presentation" className={styles.stack}>
        <span role="presentation" className={styles.line}>
          <span role="gridcell" aria-colindex={2} className={styles.code}>
            {item.fileCode}
          </span>
          <span role="gridcell" aria-colindex={3} className={styles.cut} title={item.title}>
            {item.title}
          </span>
          <span role="gridcell" aria-colindex={4} className={styles.mark}>
            <ItemMark item={item} />
          </span>
        </span>
        {!compact && (
          <span role="presentation" className={mergeClasses(styles.line, styles.small)}>
            <span className={styles.cut} title={about}>
              {about}
            </span>
          </span>
        )}
      </span>
    </div>
  );
}

function ItemMark({ item }: { readonly item: BatchItem }): ReactNode {
  const t = useWords();
  if (item.answer === 'accepted') return <StateMark tone="good" icon={<Checkmark16Regular aria-hidden="true" />}>{t('handover.answer.accepted')}</StateMark>;
  if (item.answer === 'refused') return <StateMark tone="attention" icon={<ArrowUndo16Regular aria-hidden="true" />}>{t('handover.answer.refused')}</StateMark>;
  if (item.builtAt !== null) return <StateMark tone="neutral" icon={<BoxCheckmark16Regular aria-hidden="true" />}>{t('handover.item.built')}</StateMark>;
  return null;
}
