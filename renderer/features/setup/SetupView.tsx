import type { ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { SetupStep, type StationStatus } from '#contract';
import { useAddress } from '../../foundations/address.ts';
import { layout } from '../../foundations/layout.ts';
import { own } from '../../foundations/theme.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { StepList } from './parts/StepList.tsx';
import { AgencyStep } from './steps/AgencyStep.tsx';
import { AxisStep } from './steps/AxisStep.tsx';
import { BackupStep } from './steps/BackupStep.tsx';
import { NumbersStep } from './steps/NumbersStep.tsx';
import { PeopleStep } from './steps/PeopleStep.tsx';
import { ReviewStep } from './steps/ReviewStep.tsx';
import type { StepProps } from './steps/step.ts';
import { TokenStep } from './steps/TokenStep.tsx';
import { SetupCard } from './SetupCard.tsx';
import { useSetup } from './use-setup.ts';
import { Welcome } from './Welcome.tsx';

const useStyles = makeStyles({
  page: {
    height: '100%',
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: '264px minmax(0, 1fr)',
    gridTemplateRows: `${layout.topBar} minmax(0, 1fr)`,
    gridTemplateAreas: '"top top" "steps main"',
    '@media (max-width: 900px)': { gridTemplateColumns: '208px minmax(0, 1fr)' },
  },
  practice: { borderTop: `3px solid ${own.tvtPracticeBorder}` },
  top: {
    gridArea: 'top',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '0 8px 0 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    minWidth: 0,
  },
  title: { margin: 0, flexShrink: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  agency: { flexGrow: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2 },
  tools: { display: 'flex', alignItems: 'center', gap: '2px', flexShrink: 0 },
  steps: { gridArea: 'steps', overflowY: 'auto', padding: '8px 0', borderRight: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: own.tvtRail },
  main: { gridArea: 'main', minWidth: 0, overflowY: 'auto', padding: '20px 28px', boxSizing: 'border-box', outlineOffset: '-2px' },
  whole: { gridColumn: '1 / -1' },
  note: { maxWidth: '680px', marginBottom: '16px' },
});

const views: Readonly<Record<SetupStep, (props: StepProps) => ReactNode>> = {
  agency: AgencyStep,
  people: PeopleStep,
  numbers: NumbersStep,
  token: TokenStep,
  axis: AxisStep,
  backup: BackupStep,
  review: ReviewStep,
};

export type SetupViewProps = {
  readonly status: StationStatus;
  /** language and theme */
  readonly tools: ReactNode;
};

/** Thiết lập ban đầu: the steps at the left, one of them at the right. It may be left at any time and goes on where it was. */
export function SetupView({ status, tools }: SetupViewProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const setup = useSetup();
  const { params } = useAddress();
  const { state, failure, barred } = setup;
  const wanted = SetupStep.safeParse(params['step']);
  // Who may not set the station up is told so, and sees no half of it.
  const here = barred !== undefined || state?.begun == null ? null : wanted.success ? wanted.data : state.place;
  const step = state?.steps.find((one) => one.step === here);
  const notice = barred ?? failure ?? (status.practice ? { code: 'practice-fixed' } : undefined);
  return (
    <div className={mergeClasses(styles.page, status.practice && styles.practice)}>
      <header className={styles.top}>
        <h1 className={styles.title}>{t('section.setup')}</h1>
        <span className={styles.agency}>{status.agency.name}</span>
        <div className={styles.tools}>{tools}</div>
        {(step !== undefined || notice !== undefined) && (
          <Button size="small" icon={<Dismiss20Regular />} onClick={setup.leave}>
            {t(notice === undefined ? 'setup.leave' : 'setup.toWork')}
          </Button>
        )}
      </header>
      {state !== undefined && step !== undefined && (
        <nav className={styles.steps} aria-label={t('setup.steps')} data-pane="list">
          <StepList steps={state.steps} here={step.step} onGo={setup.goTo} />
        </nav>
      )}
      <main className={mergeClasses(styles.main, step === undefined && styles.whole)} aria-label={t('section.setup')} data-pane="reading" tabIndex={0}>
        {notice !== undefined && (
          <div className={styles.note}>
            <Notice tone={failure === undefined || barred !== undefined ? 'info' : 'attention'} live>
              {failureWords(t, notice, 'setup')}
            </Notice>
          </div>
        )}
        {state === undefined && failure === undefined && <Waiting label={t('common.loading')} lines={8} />}
        {status.practice && <SetupCard practice />}
        {state !== undefined && step === undefined && barred === undefined && !status.practice && <Welcome setup={setup} state={state} status={status} />}
        {step !== undefined && <Step key={step.step} step={step} setup={setup} status={status} />}
      </main>
    </div>
  );
}

function Step(props: StepProps): ReactNode {
  const View = views[props.step.step];
  return <View {...props} />;
}
