import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Add16Regular, ArrowSwap24Regular } from '@fluentui/react-icons';
import type { BatchSummary, ReceiptSummary } from '#contract';
import { failureOf } from '../../bridge/failure.ts';
import { useBatches, useReceipts } from '../../bridge/handover-cache.ts';
import { useAsk } from '../../bridge/methods.ts';
import { adjustAddress, useAddress } from '../../foundations/address.ts';
import { dayOf } from '../../i18n/dates.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import type { Formatter } from '../../i18n/formatter.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useDocumentKeys } from '../../ui/document-keys.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { OptionList } from '../../ui/OptionList.tsx';
import { useShortcut } from '../../ui/shortcuts.ts';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useRememberedNumber } from '../../ui/use-remembered.ts';
import { useWindowWidth } from '../../ui/use-window-width.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { BatchPane } from './giving/BatchPane.tsx';
import { FrameDialog } from './parts/FrameDialog.tsx';
import { batchFieldsOf, draftOf, emptyFrame, nextOf, receiptFieldsOf, type FrameDraft } from './parts/frame-draft.ts';
import { useHandoverAct } from './parts/use-handover-act.ts';
import { ReceiptPane } from './receiving/ReceiptPane.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { padding: '8px 12px', flexShrink: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  title: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  note: { padding: '12px' },
});

const sides = ['giving', 'receiving'] as const;
type Side = (typeof sides)[number];
type Row = { readonly id: string; readonly title: string; readonly line: string };

/** Nộp lưu, both sides: batches that this office gives, and what it takes over as an archive. */
export function HandoverView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const width = useWindowWidth();
  const [listWidth, setListWidth] = useRememberedNumber('tvt.handover.list', Math.round(width * 0.25));
  const [making, setMaking] = useState(false);
  const side: Side = params['side'] === 'receiving' ? 'receiving' : 'giving';
  const batches = useBatches();
  const receipts = useReceipts();
  const pages = side === 'giving' ? batches : receipts;
  const rows: readonly Row[] | undefined = side === 'giving' ? batches.data?.pages.flat().map((one) => ({ id: one.id, title: one.title, line: batchLine(t, one) })) : receipts.data?.pages.flat().map((one) => ({ id: one.id, title: one.title, line: receiptLine(t, one) }));
  const chosen = rows?.find(({ id }) => id === params['one']) ?? rows?.[0];
  const may = useHandoverAct(side === 'giving' ? 'make' : 'startReceipt').may;
  useDocumentKeys(chosen?.id ?? null);
  useShortcut('Alt+N', () => { setMaking(true); }, may && rows !== undefined);
  return (
    <>
      <SplitPane
        id="handover-list"
        label={t('incoming.listWidth')}
        size={listWidth}
        min={270}
        max={Math.round(width * 0.42)}
        onSize={setListWidth}
        first={
          <section className={styles.list} aria-label={t('section.handover')}>
            <Tabs label={t('handover.sides')} ofList chosen={side} tabs={sides.map((name) => ({ name, words: t(`handover.side.${name}`) }))} onChoose={(name) => { adjustAddress({ side: name === 'giving' ? null : name, one: null }); }} />
            {may && (
              <div className={styles.head}>
                <Button appearance="primary" size="small" icon={<Add16Regular />} aria-keyshortcuts="Alt+N" onClick={() => { setMaking(true); }}>
                  {t(`handover.new.${side}`)}
                  <KeyHint keys="Alt+N" onPrimary />
                </Button>
              </div>
            )}
            <div className={styles.body} {...((rows?.length ?? 0) > 0 ? { 'data-pane': 'list' } : {})}>
              {pages.isError ? (
                <div className={styles.note}>
                  <Notice tone="attention">{failureWords(t, failureOf(pages.error))}</Notice>
                </div>
              ) : rows === undefined ? (
                <Waiting label={t('common.loading')} />
              ) : rows.length === 0 ? (
                <EmptyState icon={<ArrowSwap24Regular />} title={t(`handover.empty.${side}.title`)} text={t(`handover.empty.${side}.text`)} />
              ) : (
                <OptionList
                  id="handovers"
                  label={t(`handover.side.${side}`)}
                  chosen={rows.findIndex(({ id }) => id === chosen?.id)}
                  onChoose={(index) => {
                    adjustAddress({ one: rows[index]?.id ?? null });
                    if (index === rows.length - 1 && pages.hasNextPage) void pages.fetchNextPage();
                  }}
                  options={rows.map((one) => ({
                    key: one.id,
                    content: (
                      <>
                        <div className={styles.title}>{one.title}</div>
                        <div className={styles.small}>{one.line}</div>
                      </>
                    ),
                  }))}
                />
              )}
            </div>
          </section>
        }
        second={
          chosen === undefined ? (
            <EmptyState icon={<ArrowSwap24Regular />} title={t('handover.none.title')} text={t('handover.none.text')} />
          ) : side === 'giving' ? (
            <BatchPane key={chosen.id} id={chosen.id} />
          ) : (
            <ReceiptPane key={chosen.id} id={chosen.id} />
          )
        }
      />
      {making && (side === 'giving' ? <NewBatch before={rows?.[0]?.id ?? null} onClose={() => { setMaking(false); }} /> : <NewReceipt before={rows?.[0]?.id ?? null} onClose={() => { setMaking(false); }} />)}
    </>
  );
}

function batchLine(t: Formatter, one: BatchSummary): string {
  return t('handover.line', { state: t(`handover.state.${one.state}`), count: one.totals.dossiers, party: one.archiveName, turn: one.turn, day: dayOf(one.createdAt) });
}

function receiptLine(t: Formatter, one: ReceiptSummary): string {
  return t('handover.line', { state: t(`handover.state.${one.state}`), count: one.totals.dossiers, party: one.senderName, turn: one.turn, day: dayOf(one.startedAt) });
}

type NewProps = { readonly before: string | null; readonly onClose: () => void };

function NewBatch({ before, onClose }: NewProps): ReactNode {
  const t = useWords();
  const make = useHandoverAct('make');
  const last = useAsk('handover', 'batch', { id: before ?? '' }, { enabled: before !== null });
  if (before !== null && last.isPending) return null;
  return <FrameDialog side="giving" title={t('handover.new.givingTitle')} confirm={t('handover.new.giving')} start={last.data === undefined ? emptyFrame : nextOf(draftOf(last.data.fields))} pending={make.pending} failure={make.failure} onConfirm={(draft: FrameDraft) => { void make.run({ fields: batchFieldsOf(draft), dossiers: [] }).then((made) => { if (made !== undefined) { adjustAddress({ one: made.id }); onClose(); } }); }} onClose={onClose} />;
}

function NewReceipt({ before, onClose }: NewProps): ReactNode {
  const t = useWords();
  const start = useHandoverAct('startReceipt');
  const last = useAsk('handover', 'receipt', { id: before ?? '' }, { enabled: before !== null });
  if (before !== null && last.isPending) return null;
  return <FrameDialog side="receiving" title={t('handover.new.receivingTitle')} confirm={t('handover.new.receiving')} start={last.data === undefined ? emptyFrame : nextOf(draftOf(last.data.fields))} pending={start.pending} failure={start.failure} onConfirm={(draft: FrameDraft) => { void start.run({ fields: receiptFieldsOf(draft) }).then((made) => { if (made !== undefined) { adjustAddress({ one: made.id }); onClose(); } }); }} onClose={onClose} />;
}
