import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Print16Regular } from '@fluentui/react-icons';
import { DisposalForm, type DisposalAct, type DisposalDetail } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { refreshKeeping } from '../../../bridge/keeping-cache.ts';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { goTo } from '../../../foundations/address.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { StepTrail } from '../../../ui/StepTrail.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { SaveLink } from '../../files/index.ts';
import { DestroyedTable } from './DestroyedTable.tsx';
import { DisposalItems } from './DisposalItems.tsx';
import { DisposalStepDialog } from './DisposalStepDialog.tsx';
import { disposalWay } from './disposal-way.ts';
import { PreviewNotice } from './PreviewNotice.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: '10px', outlineOffset: '-2px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  bar: { display: 'flex', flexWrap: 'wrap', gap: '8px', padding: '10px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, flexShrink: 0 },
});

/** Which step is the usual one; what goes back or gives up never is. */
const usual: readonly DisposalAct[] = ['submit', 'conclude', 'decide', 'destroy'];

/** What the papers of a list are, by how far it is. */
function formsOf(disposal: DisposalDetail): readonly DisposalForm[] {
  return DisposalForm.options.filter((form) => {
    if (disposal.counts.dossiers === 0) return false;
    if (form === 'council-minutes' || form === 'decision') return disposal.council !== null;
    return form !== 'destruction-minutes' || disposal.state === 'destroyed';
  });
}

/** A disposal list: where it stands, what is on it, what would go and what stays, and the next step. */
export function DisposalPane({ id }: { readonly id: string }): ReactNode {
  const t = useWords();
  const detail = useAsk('keeping', 'disposal', { disposal: id });
  if (detail.isError) return <Notice tone="attention">{failureWords(t, failureOf(detail.error))}</Notice>;
  if (detail.data === undefined) return <Waiting label={t('common.loading')} lines={10} />;
  return <Shown disposal={detail.data} current={!detail.isStale} />;
}

function Shown({ disposal, current }: { readonly disposal: DisposalDetail; readonly current: boolean }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const [tab, setTab] = useState<'items' | 'steps' | 'destroyed'>('items');
  const [asked, setAsked] = useState<DisposalAct | null>(null);
  const [said, setSaid] = useState('');
  const print = useCommand('keeping', 'printDisposal');
  const stepsBarred = useCommand('keeping', 'submit').barred !== undefined;
  const progress = useLatest('keeping', 'disposals') ?? null;
  const acts = stepsBarred ? [] : disposal.acts;
  const next = acts.find((act) => usual.includes(act));
  const step = (act: DisposalAct): void => {
    if (!current) return;
    setSaid('');
    setAsked(act);
  };
  useShortcut('F8', () => { if (next !== undefined) step(next); }, next !== undefined);
  const at = disposalWay.indexOf(disposal.state === 'destroying' ? 'decided' : (disposal.state as (typeof disposalWay)[number]));
  return (
    <section className={styles.column} aria-label={disposal.title}>
      <div className={styles.scroll} data-pane="reading" tabIndex={0} role="group" aria-label={disposal.title}>
        <h2 className={styles.title}>{disposal.title}</h2>
        {disposal.state === 'cancelled' ? (
          <Notice tone="info">{t('keeping.disposal.cancelled')}</Notice>
        ) : (
          <StepTrail
            label={t('keeping.disposal.way')}
            next={null}
            steps={disposalWay.map((name, index) => ({
              name,
              words: t(`keeping.disposalState.${name}`),
              place: index < at || disposal.state === 'destroyed' ? 'done' : index === at ? 'now' : 'later',
              forReaders: '',
            }))}
          />
        )}
        <div className={styles.small}>{t('keeping.disposal.counts', { ...disposal.counts })}</div>
        {disposal.council !== null && <Notice tone="info">{t('keeping.disposal.councilNote', { day: calendarDay(disposal.council.metOn), count: disposal.council.members.length, conclusion: disposal.council.conclusion })}</Notice>}
        {disposal.appraisal !== null && <Notice tone="info">{t('keeping.disposal.appraisalNote', { agency: disposal.appraisal.agency, number: disposal.appraisal.number, day: calendarDay(disposal.appraisal.day), opinion: disposal.appraisal.opinion })}</Notice>}
        {disposal.decision !== null && <Notice tone="attention">{t('keeping.disposal.decisionNote', { number: disposal.decision.number, day: calendarDay(disposal.decision.day), signer: disposal.decision.signer })}</Notice>}
        {progress !== null && progress.disposal === disposal.id && <Notice tone="info" live>{t('keeping.disposal.progress', { done: progress.done, total: progress.total })}</Notice>}
        {disposal.state !== 'destroyed' && disposal.state !== 'cancelled' && disposal.counts.dossiers > 0 && <PreviewNotice id={disposal.id} />}
        {said !== '' && <Notice tone="good" live>{said}</Notice>}
        {print.failure !== undefined && <Notice tone="attention" live>{failureWords(t, print.failure)}</Notice>}
        <Tabs
          label={t('reading.tabs')}
          chosen={tab}
          tabs={(disposal.state === 'destroyed' || disposal.state === 'destroying' ? (['items', 'destroyed', 'steps'] as const) : (['items', 'steps'] as const)).map((name) => ({ name, words: t(`keeping.disposalTab.${name}`, { count: disposal.counts.dossiers }) }))}
          onChoose={setTab}
        />
        {tab === 'items' && <DisposalItems disposal={disposal} onDone={setSaid} />}
        {tab === 'destroyed' && <DestroyedTable disposal={disposal.id} />}
        {tab === 'steps' && (
          <ol className={styles.list} aria-label={t('keeping.disposalTab.steps')} reversed>
            {disposal.steps.toReversed().map((one) => (
              <li key={one.id} className={styles.item}>
                <div>{t(`keeping.step.${one.act}`)}</div>
                <div className={styles.small}>{t('acts.by', { person: one.by, at: momentOf(one.at) })}</div>
                {one.note !== '' && <div>{one.note}</div>}
                {one.file !== null && <SaveLink id={one.file.id} name={one.file.name} words={one.file.name} />}
              </li>
            ))}
          </ol>
        )}
      </div>
      <div className={styles.bar} role="group" aria-label={t('life.acts')}>
        {next !== undefined && (
          <Button appearance="primary" disabledFocusable={!current} aria-keyshortcuts="F8" onClick={() => { step(next); }}>
            {t(`keeping.act.${next}`)}
            <KeyHint keys="F8" onPrimary />
          </Button>
        )}
        {acts
          .filter((act) => act !== next)
          .map((act) => (
            <Button key={act} disabledFocusable={!current} onClick={() => { step(act); }}>
              {t(`keeping.act.${act}`)}
            </Button>
          ))}
        {print.barred === undefined &&
          formsOf(disposal).map((form) => (
            <Button
              key={form}
              size="small"
              icon={<Print16Regular />}
              disabledFocusable={print.pending}
              onClick={() => {
                if (print.pending) return;
                void print.run({ disposal: disposal.id, form, format: 'pdf' }).then((outcome) => {
                  if (!outcome.ok) return;
                  void cache.invalidateQueries({ queryKey: methodKey('printing', 'printed') });
                  goTo('printing', { tab: 'printed', file: outcome.value.id });
                });
              }}
            >
              {t(`keeping.form.${form}`)}
            </Button>
          ))}
      </div>
      {asked !== null && (
        <DisposalStepDialog
          key={asked}
          act={asked}
          disposal={disposal}
          onClose={() => { setAsked(null); }}
          onDone={() => {
            const words = t(`keeping.did.${asked}`);
            void refreshKeeping(cache).then(() => {
              setAsked(null);
              setSaid(words);
            });
          }}
        />
      )}
    </section>
  );
}
