import { useState, type ReactNode } from 'react';
import { Button, makeStyles, Select, tokens } from '@fluentui/react-components';
import { Add16Regular, ArrowImport20Regular, DocumentFolder24Regular, Print16Regular } from '@fluentui/react-icons';
import type { PlanDetail, PlanSummary } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { HistoryTab } from '../pane/HistoryTab.tsx';
import { useShowPrinted } from '../../printing/index.ts';
import { PlanLines } from './PlanLines.tsx';
import { NewPlanDialog } from './NewPlanDialog.tsx';
import { PlanImport } from './PlanImport.tsx';
import { PlanStep, type PlanStepName } from './PlanStep.tsx';
import { usePlanAct } from './use-plan-act.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', padding: '8px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  about: { marginInlineEnd: 'auto', color: tokens.colorNeutralForeground2 },
  notes: { padding: '8px 16px 0', display: 'flex', flexDirection: 'column', gap: '8px', flexShrink: 0 },
  body: { flexGrow: 1, minHeight: 0 },
});

/** Danh mục hồ sơ: the plans by year; headings and entries of one, its approval, its print. */
export function PlanView(): ReactNode {
  const t = useWords();
  const { params } = useAddress();
  const plans = useAsk('dossiers', 'plans', {});
  const create = useCommand('dossiers', 'createPlan');
  const [making, setMaking] = useState(false);
  const chosen = plans.data?.find(({ id }) => id === params['plan']) ?? plans.data?.[0];
  const detail = useAsk('dossiers', 'plan', { id: chosen?.id ?? '' }, { enabled: chosen !== undefined });
  const may = create.barred === undefined;
  useShortcut('Alt+N', () => { setMaking(true); }, may && chosen === undefined && plans.data !== undefined);
  const begin = may ? (): void => { setMaking(true); } : null;
  const failed = plans.isError ? plans.error : detail.isError ? detail.error : null;
  return (
    <>
      {failed !== null ? (
        <Notice tone="attention">{failureWords(t, failureOf(failed), 'dossiers')}</Notice>
      ) : plans.data === undefined || (chosen !== undefined && detail.data === undefined) ? (
        <Waiting label={t('common.loading')} lines={10} />
      ) : detail.data === undefined ? (
        <EmptyState icon={<DocumentFolder24Regular />} title={t('dossiers.plan.empty.title')} text={t(may ? 'dossiers.plan.empty.text' : 'dossiers.plan.empty.wait')}>
          {may && (
            <Button appearance="primary" onClick={() => { setMaking(true); }}>
              {t('dossiers.plan.new')}
              <KeyHint keys="Alt+N" onPrimary />
            </Button>
          )}
        </EmptyState>
      ) : (
        <PlanPage key={detail.data.id} plan={detail.data} plans={plans.data} onNew={begin} />
      )}
      {making && (
        <NewPlanDialog
          plans={plans.data ?? []}
          onClose={() => { setMaking(false); }}
          onDone={(plan) => {
            setMaking(false);
            adjustAddress({ plan: plan.id });
          }}
        />
      )}
    </>
  );
}

type PlanPageProps = { readonly plan: PlanDetail; readonly plans: readonly PlanSummary[]; readonly onNew: (() => void) | null };

function PlanPage({ plan, plans, onNew }: PlanPageProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const print = useCommand('dossiers', 'makePlan');
  const printed = useShowPrinted();
  const renumber = usePlanAct('renumberPlan');
  const [step, setStep] = useState<PlanStepName | null>(null);
  const [shown, setShown] = useState<'import' | 'trace' | null>(null);
  const [said, setSaid] = useState('');
  const makePlan = (format: 'pdf' | 'xlsx'): void => {
    if (!print.pending) printed.show(print.run({ plan: plan.id, format }));
  };
  const next: PlanStepName | 'print' = plan.may.includes('approve') && plan.entries.length > 0 ? 'approve' : 'print';
  const act = (): void => {
    setSaid('');
    if (next === 'print') makePlan('pdf');
    else setStep(next);
  };
  useShortcut('F8', act, next !== 'print' || plan.entries.length > 0);
  const draft = plan.may.includes('change');
  const failure = printed.failure ?? renumber.failure;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <Select aria-label={t('dossiers.plan.year')} value={plan.id} onChange={(_, { value }) => { adjustAddress({ plan: value }); }}>
          {plans.map((one) => (
            <option key={one.id} value={one.id}>
              {t('dossiers.plan.ofYear', { year: String(one.year), state: t(`dossiers.planState.${one.state}`) })}
            </option>
          ))}
        </Select>
        <span className={styles.about}>
          {t('dossiers.plan.counts', { entries: plan.entryTotal, permanent: plan.permanentTotal, dossiers: plan.dossierTotal })}
        </span>
        {(next === 'approve' || plan.entries.length > 0) && (
          <Button appearance="primary" size="small" aria-keyshortcuts="F8" disabledFocusable={print.pending} onClick={act}>
            {t(next === 'print' ? 'dossiers.plan.print' : 'dossiers.plan.approve')}
            <KeyHint keys="F8" onPrimary />
          </Button>
        )}
        {next !== 'print' && plan.entries.length > 0 && (
          <Button size="small" icon={<Print16Regular />} onClick={() => { makePlan('pdf'); }}>
            {t('dossiers.plan.print')}
          </Button>
        )}
        {plan.entries.length > 0 && (
          <Button size="small" onClick={() => { makePlan('xlsx'); }}>
            {t('dossiers.act.printExcel')}
          </Button>
        )}
        {draft && (
          <Button size="small" icon={<ArrowImport20Regular />} onClick={() => { setShown('import'); }}>
            {t('dossiers.plan.import')}
          </Button>
        )}
        {draft && plan.entries.length > 0 && (
          <Button
            size="small"
            disabledFocusable={renumber.pending}
            onClick={() => {
              setSaid('');
              void renumber.run({ id: plan.id, version: plan.version }).then((changed) => {
                if (changed !== undefined) setSaid(t('dossiers.plan.renumbered'));
              });
            }}
          >
            {t('dossiers.plan.renumber')}
          </Button>
        )}
        {(['withdraw', 'close', 'reopen'] as const)
          .filter((one) => plan.may.includes(one))
          .map((one) => (
            <Button key={one} size="small" onClick={() => { setSaid(''); setStep(one); }}>
              {t(`dossiers.plan.${one}`)}
            </Button>
          ))}
        <Button size="small" onClick={() => { setShown('trace'); }}>
          {t('reading.tab.trace')}
        </Button>
        {onNew !== null && (
          <Button size="small" icon={<Add16Regular />} onClick={onNew}>
            {t('dossiers.plan.new')}
          </Button>
        )}
      </div>
      <div className={styles.notes}>
        {plan.decisionDate !== null && <Notice tone="info">{t('dossiers.plan.decided', { number: plan.decisionNumber, day: calendarDay(plan.decisionDate), approver: plan.approver })}</Notice>}
        {plan.note !== '' && <Notice tone="info">{plan.note}</Notice>}
        {said !== '' && <Notice tone="good" live>{said}</Notice>}
        {failure !== undefined && <Notice tone="attention" live>{failureWords(t, failure, 'dossiers')}</Notice>}
      </div>
      <div className={styles.body}>
        <PlanLines plan={plan} onDone={setSaid} />
      </div>
      {step !== null && (
        <PlanStep
          step={step}
          plan={plan}
          onClose={() => { setStep(null); }}
          onDone={(words) => {
            setStep(null);
            setSaid(words);
          }}
        />
      )}
      {shown === 'import' && (
        <PlanImport
          plan={plan}
          onClose={() => { setShown(null); }}
          onDone={(words) => {
            setShown(null);
            setSaid(words);
          }}
        />
      )}
      <ModalDialog open={shown === 'trace'} title={t('dossiers.plan.history', { year: String(plan.year) })} closeLabel={t('common.close')} onClose={() => { setShown(null); }}>
        <HistoryTab id={plan.id} />
      </ModalDialog>
    </div>
  );
}
