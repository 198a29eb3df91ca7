import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Print16Regular } from '@fluentui/react-icons';
import type { BatchDetail, HandoverRemark } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { StepTrail } from '../../../ui/StepTrail.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { sizeWords } from '../../files/index.ts';
import { RemarkList, RunLine, ShowInFolder } from '../../packages/index.ts';
import { useShowPrinted } from '../../printing/index.ts';
import { countWords } from '../parts/count-words.ts';
import { MinutesActs } from '../parts/MinutesActs.tsx';
import { useHandoverAct } from '../parts/use-handover-act.ts';
import { BatchItems } from './BatchItems.tsx';
import { BatchDialogs } from './BatchDialogs.tsx';
import { batchWay, nextAsk, otherAsks, placeOn, type BatchAsk } from './batch-way.ts';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  top: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '12px 16px 8px', maxHeight: '46%', overflowY: 'auto', flexShrink: 0, outlineOffset: '-2px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  body: { flexGrow: 1, minHeight: 0 },
  scroll: { height: '100%', boxSizing: 'border-box', overflowY: 'auto', padding: '8px 16px 16px', outlineOffset: '-2px' },
  bar: { display: 'flex', flexWrap: 'wrap', gap: '8px', padding: '10px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, flexShrink: 0 },
});

/** A batch: where it stands, its dossiers in two lists, what stands in the way, and the next step. */
export function BatchPane({ id }: { readonly id: string }): ReactNode {
  const t = useWords();
  const detail = useAsk('handover', 'batch', { id });
  const remarks = useAsk('handover', 'remarks', { id });
  if (detail.isError) return <Notice tone="attention">{failureWords(t, failureOf(detail.error))}</Notice>;
  if (detail.data === undefined || remarks.data === undefined) return <Waiting label={t('common.loading')} lines={10} />;
  return <Shown batch={detail.data} remarks={remarks.data} current={!detail.isStale} />;
}

const tabs = ['permanent', 'years', 'remarks'] as const;

function Shown({ batch, remarks, current }: { readonly batch: BatchDetail; readonly remarks: readonly HandoverRemark[]; readonly current: boolean }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { totals, fields } = batch;
  const [tab, setTab] = useState<(typeof tabs)[number] | null>(null);
  const [asked, setAsked] = useState<BatchAsk | null>(null);
  const [said, setSaid] = useState('');
  const check = useHandoverAct('check');
  const packaging = useHandoverAct('package');
  const printed = useShowPrinted();
  const makeList = useCommand('handover', 'makeList');
  const makeMinutes = useCommand('handover', 'makeMinutes');
  const running = useLatest('handover', 'progress')?.running ?? null;
  const mine = running?.id === batch.id ? running : null;
  const may = check.may && current && mine === null;
  const next = may ? nextAsk(batch) : undefined;
  const ask = (what: BatchAsk): void => {
    setSaid('');
    if (what !== 'check') {
      setAsked(what);
      return;
    }
    void check.run({ id: batch.id, version: batch.version }).then((found) => {
      if (found === undefined) return;
      const stopping = found.remarks.filter(({ stops }) => stops).length;
      setTab(found.remarks.length > 0 ? 'remarks' : null);
      setSaid(stopping > 0 ? t('handover.said.stopped', { count: stopping }) : t('handover.said.checked', { count: found.remarks.length }));
    });
  };
  const resting = asked === null && !check.pending && !packaging.pending;
  useDocumentKey('F8', batch.id, next === undefined || !resting ? undefined : () => { ask(next); });
  useDocumentKey('F2', batch.id, may && resting && batch.may.includes('change') ? () => { ask('edit'); } : undefined);
  const failure = printed.failure ?? (mine === null ? (check.failure ?? packaging.failure) : undefined);
  const at = placeOn(batch);
  const ended = batch.answeredAt !== null;
  const usual = totals.dossiers - totals.permanent > 0 && totals.permanent === 0 ? 'years' : 'permanent';
  const shown = tab ?? usual;
  return (
    <section className={styles.column} aria-label={batch.title}>
      <div className={styles.top} data-pane="reading" tabIndex={0} role="group" aria-label={batch.title}>
        <h2 className={styles.title}>{batch.title}</h2>
        {batch.state === 'cancelled' ? (
          <Notice tone="info">{t('handover.cancelled')}</Notice>
        ) : (
          <StepTrail
            label={t('handover.way')}
            next={t(`handover.next.${batch.state}`, { built: batch.built, count: totals.dossiers })}
            steps={batchWay.map((name, index) => ({ name, words: t(`handover.step.${name}`), place: index < at || ended ? (ended && name === 'answered' && batch.state !== 'accepted' ? 'doubt' : 'done') : index === at ? 'now' : 'later', forReaders: '' }))}
          />
        )}
        <div className={styles.small}>
          {[
            t('handover.facts.to', { name: fields.archive.name, code: fields.archive.code }),
            t('handover.facts.turn', { turn: fields.turn }),
            fields.agreement === '' ? t('handover.facts.noAgreement') : t('handover.facts.agreement', { code: fields.agreement }),
            t('handover.facts.totals', { dossiers: totals.dossiers, permanent: totals.permanent, documents: totals.documents }),
            ...(batch.built > 0 ? [t('handover.facts.built', { built: batch.built, files: totals.files, size: sizeWords(t, totals.bytes) })] : []),
            ...(batch.folder === '' ? [] : [t('handover.facts.folder', { folder: batch.folder })]),
            ...(batch.handedOn === null ? [] : [t('handover.facts.handed', { day: calendarDay(batch.handedOn) })]),
            ...(batch.answeredAt === null ? [] : [t('handover.facts.answered', { at: momentOf(batch.answeredAt), number: batch.minutesNumber, counts: countWords(t, { accepted: totals.accepted, refused: totals.refused }) })]),
          ].join(' · ')}
          {batch.built > 0 && batch.folder !== '' && <ShowInFolder path={batch.folder} name={batch.title} />}
        </div>
        {mine !== null && <RunLine run={mine} />}
        {said !== '' && <Notice tone={remarks.some(({ stops }) => stops) ? 'attention' : 'good'} live>{said}</Notice>}
        {failure !== undefined && (
          <Notice tone={failure.code === 'packages-cancelled' || failure.code === 'handover-cancelled' ? 'info' : 'attention'} live>
            {failureWords(t, failure)}
          </Notice>
        )}
      </div>
      <Tabs
        label={t('handover.tabs')}
        chosen={shown}
        tabs={tabs.map((name) => ({ name, words: t(`handover.tab.${name}`, { count: name === 'permanent' ? totals.permanent : name === 'years' ? totals.dossiers - totals.permanent : remarks.length }) }))}
        onChoose={setTab}
      />
      <div className={styles.body}>
        {shown === 'remarks' ? (
          <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('handover.tab.remarks', { count: remarks.length })}>
            {remarks.length === 0 ? <Notice tone="info">{t(batch.checkedAt === null ? 'handover.remarks.unchecked' : 'handover.remarks.none')}</Notice> : <RemarkList label={t('handover.tab.remarks', { count: remarks.length })} remarks={remarks} mendHere={({ code }) => (code === 'agreement-missing' && may && batch.may.includes('change') ? () => { ask('edit'); } : undefined)} />}
          </div>
        ) : (
          <BatchItems key={shown} batch={batch} retention={shown} enabled={may} onAdd={() => { ask('choose'); }} onDone={setSaid} />
        )}
      </div>
      <div className={styles.bar} role="group" aria-label={t('life.acts')}>
        {next !== undefined && (
          <Button appearance="primary" aria-keyshortcuts="F8" disabledFocusable={running !== null && (next === 'check' || next === 'package')} onClick={() => { ask(next); }}>
            {t(batch.state === 'packaging' ? 'handover.act.packageOn' : `handover.act.${next}`)}
            <KeyHint keys="F8" onPrimary />
          </Button>
        )}
        {may &&
          otherAsks(batch).map((act) => (
            <Button key={act} onClick={() => { ask(act); }} {...(act === 'edit' ? { 'aria-keyshortcuts': 'F2' } : {})}>
              {t(`handover.act.${act}`)}
            </Button>
          ))}
        {makeList.barred === undefined && totals.permanent > 0 && (
          <Button size="small" icon={<Print16Regular />} onClick={() => { printed.show(makeList.run({ id: batch.id, retention: 'permanent', format: 'pdf' })); }}>
            {t('handover.print.permanent')}
          </Button>
        )}
        {makeList.barred === undefined && totals.dossiers > totals.permanent && (
          <Button size="small" icon={<Print16Regular />} onClick={() => { printed.show(makeList.run({ id: batch.id, retention: 'years', format: 'pdf' })); }}>
            {t('handover.print.years')}
          </Button>
        )}
        {makeMinutes.barred === undefined && batch.packagedAt !== null && batch.state !== 'cancelled' && (
          <MinutesActs size="small" onPrint={() => { printed.show(makeMinutes.run({ id: batch.id, format: 'pdf' })); }} make={() => makeMinutes.run({ id: batch.id, format: 'json' })} />
        )}
      </div>
      <BatchDialogs
        batch={batch}
        remarks={remarks}
        asked={asked}
        onPackage={(output, drive) => {
          setAsked(null);
          void packaging.run({ id: batch.id, version: batch.version, seen: remarks.map(({ key }) => key), output, drive }).then((done) => {
            if (done !== undefined) setSaid(t('handover.said.packaged', { count: done.built }));
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
