import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ReceiptDetail } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useReceivedPackages } from '../../../bridge/handover-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { StepTrail } from '../../../ui/StepTrail.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { FileButton } from '../../keeping/index.ts';
import { DriveField, RunLine } from '../../packages/index.ts';
import { useShowPrinted } from '../../printing/index.ts';
import { countWords } from '../parts/count-words.ts';
import { MinutesActs } from '../parts/MinutesActs.tsx';
import { useHandoverAct } from '../parts/use-handover-act.ts';
import { ReceiptDialogs, type ReceiptAsk } from './ReceiptDialogs.tsx';
import { ReceiptTotals } from './ReceiptTotals.tsx';
import { ReceivedPackages } from './ReceivedPackages.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  top: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '12px 16px 8px', maxHeight: '50%', overflowY: 'auto', flexShrink: 0, outlineOffset: '-2px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  body: { flexGrow: 1, minHeight: 0 },
  bar: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', padding: '10px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, flexShrink: 0 },
});

/** A receipt: what came, what the checks found of it, what was decided, and the next step. */
export function ReceiptPane({ id }: { readonly id: string }): ReactNode {
  const t = useWords();
  const detail = useAsk('handover', 'receipt', { id });
  if (detail.isError) return <Notice tone="attention">{failureWords(t, failureOf(detail.error))}</Notice>;
  if (detail.data === undefined) return <Waiting label={t('common.loading')} lines={10} />;
  return <Shown receipt={detail.data} current={!detail.isStale} />;
}

const way = ['take', 'decide', 'conclude', 'concluded'] as const;

function Shown({ receipt, current }: { readonly receipt: ReceiptDetail; readonly current: boolean }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const staging = useStaging();
  const [asked, setAsked] = useState<ReceiptAsk | null>(null);
  const [said, setSaid] = useState('');
  const [drive, setDrive] = useState<string | null>(null);
  const takeIn = useHandoverAct('takeIn');
  const conclude = useHandoverAct('conclude');
  const layIn = useCommand('packages', 'layIn');
  const printed = useShowPrinted();
  const minutes = useCommand('handover', 'makeReceiptMinutes');
  const lying = useAsk('packages', 'lying', {}, { fresh: true });
  const packages = useReceivedPackages(receipt.id);
  const running = useLatest('handover', 'progress')?.running ?? null;
  const mine = running?.id === receipt.id ? running : null;
  const waiting = (lying.data?.packages ?? []).filter((one) => one.in === 'arrived' && one.drive === drive && !one.taken).length;
  const open = receipt.state === 'open';
  const taking = receipt.state === 'taking';
  const may = takeIn.may && current && open && mine === null;
  const mayGoOn = takeIn.may && current && taking && mine === null;
  const step = taking ? 'taking' : !open ? 'concluded' : receipt.packages === 0 || waiting > 0 ? 'take' : receipt.undecided > 0 ? 'decide' : 'conclude';
  const take = (): void => {
    setSaid('');
    void takeIn.run({ id: receipt.id, drive }).then((done) => {
      if (done !== undefined) setSaid(t('handover.said.taken', { counts: countWords(t, { passed: done.passed, failed: done.failed, duplicates: done.duplicates }) }));
    });
  };
  const at = step === 'taking' ? 'conclude' : step;
  const next = (): void => {
    if (!(may || mayGoOn) || running !== null) return;
    if (step === 'take') take();
    else {
      setSaid('');
      setAsked(step === 'decide' ? 'decide' : 'conclude');
    }
  };
  const still = running === null && asked === null && !takeIn.pending && !conclude.pending;
  const resting = may && still;
  useDocumentKey('F8', receipt.id, (may || mayGoOn) && still && step !== 'concluded' ? next : undefined);
  useDocumentKey('F2', receipt.id, resting ? () => { setAsked('edit'); } : undefined);
  const lay = async (files: readonly File[]): Promise<void> => {
    for (const file of await staging.take(files)) await layIn.run({ file });
    await lying.refetch();
  };
  const failure = printed.failure ?? staging.failure ?? layIn.failure ?? (mine === null ? (takeIn.failure ?? conclude.failure) : undefined);
  return (
    <section className={styles.column} aria-label={receipt.title}>
      <div className={styles.top} data-pane="reading" tabIndex={0} role="group" aria-label={receipt.title}>
        <h2 className={styles.title}>{receipt.title}</h2>
        <StepTrail
          label={t('handover.receiptWay')}
          next={step !== 'concluded' ? t(`handover.receiptNext.${step}`, { waiting, undecided: receipt.undecided, folder: drive ?? `${lying.data?.place ?? ''}/tiep-nhan`, running: mine === null ? 'no' : 'yes', held: receipt.held, accepted: receipt.totals.accepted }) : t('handover.receiptNext.concluded', { at: momentOf(receipt.concludedAt ?? receipt.startedAt), by: receipt.concludedBy, number: receipt.minutesNumber })}
          steps={way.map((name, index) => ({ name, words: t(`handover.receiptStep.${name}`), place: index < way.indexOf(at) || at === 'concluded' ? 'done' : name === at ? 'now' : 'later', forReaders: '' }))}
        />
        <ReceiptTotals receipt={receipt} />
        {open && <DriveField label={t('handover.takeFrom')} chosen={drive} onChoose={setDrive} />}
        {mine !== null && <RunLine run={mine} />}
        {staging.busy !== null && <Notice tone="info" live>{t('stage.busy', { name: staging.busy })}</Notice>}
        {said !== '' && <Notice tone={receipt.failed + receipt.duplicates > 0 && open ? 'attention' : 'good'} live>{said}</Notice>}
        {failure !== undefined && (
          <Notice tone={failure.code === 'handover-cancelled' ? 'info' : 'attention'} live>
            {failureWords(t, failure)}
          </Notice>
        )}
      </div>
      <div className={styles.body}>
        <ReceivedPackages receipt={receipt} pages={packages} enabled={may && running === null} onDone={setSaid} />
      </div>
      <div className={styles.bar} role="group" aria-label={t('life.acts')}>
        {(may || mayGoOn) && step !== 'concluded' && (
          <Button appearance="primary" aria-keyshortcuts="F8" disabledFocusable={running !== null} onClick={next}>
            {t(`handover.receiptAct.${step}`)}
            <KeyHint keys="F8" onPrimary />
          </Button>
        )}
        {may && <FileButton words={t('handover.receiptAct.lay')} many accept=".zip" onFiles={(files) => { void lay(files); }} />}
        {may && step !== 'take' && <Button onClick={take}>{t('handover.receiptAct.takeMore')}</Button>}
        {may && (
          <Button aria-keyshortcuts="F2" onClick={() => { setAsked('edit'); }}>
            {t('handover.act.edit')}
          </Button>
        )}
        {takeIn.may && <Button onClick={() => { setAsked('compare'); }}>{t('handover.receiptAct.compare')}</Button>}
        {step === 'concluded' && minutes.barred === undefined && (
          <MinutesActs size="medium" onPrint={() => { printed.show(minutes.run({ id: receipt.id, format: 'pdf' })); }} make={() => minutes.run({ id: receipt.id, format: 'json' })} />
        )}
      </div>
      <ReceiptDialogs
        receipt={receipt}
        asked={asked}
        onConclude={(number, archive) => {
          setAsked(null);
          void conclude.run({ id: receipt.id, version: receipt.version, number, archive }).then((done) => {
            if (done !== undefined) setSaid(t('handover.said.concluded', { accepted: done.totals.accepted, refused: done.totals.refused }));
          });
        }}
        onDone={(words) => {
          setAsked(null);
          setSaid(words);
        }}
        onClose={() => {
          setAsked(null);
        }}
      />
    </section>
  );
}
