import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, DismissCircle16Filled, SubtractCircle16Regular, Warning16Filled } from '@fluentui/react-icons';
import type { ConnectionStepResult, StepState } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark, type Tone } from '../../../ui/StateMark.tsx';
import { stepWords } from '../connection-words.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, userSelect: 'text' },
  step: {
    display: 'grid',
    gridTemplateColumns: '96px minmax(130px, 180px) minmax(0, 1fr)',
    gap: '2px 12px',
    padding: '6px 0',
    alignItems: 'start',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 700px)': { gridTemplateColumns: '96px minmax(0, 1fr)' },
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  words: { overflowWrap: 'anywhere', textWrap: 'pretty', '@media (max-width: 700px)': { gridColumn: '1 / -1' } },
  remedy: {
    display: 'block',
    marginTop: '4px',
    paddingLeft: '8px',
    borderLeft: `2px solid ${tokens.colorNeutralStroke1}`,
  },
  left: { color: tokens.colorNeutralForeground2 },
});

const marks: Readonly<Record<StepState, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  ok: { tone: 'good', icon: <CheckmarkCircle16Filled aria-hidden="true" /> },
  warning: { tone: 'attention', icon: <Warning16Filled aria-hidden="true" /> },
  failed: { tone: 'danger', icon: <DismissCircle16Filled aria-hidden="true" /> },
  skipped: { tone: 'neutral', icon: <SubtractCircle16Regular aria-hidden="true" /> },
};

export type ConnectionStepsProps = { readonly steps: readonly ConnectionStepResult[]; readonly label: string };

/** The steps of a test in order: state, what was looked at, what was found and what to do. */
export function ConnectionSteps({ steps, label }: ConnectionStepsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <ol className={styles.list} aria-label={label}>
      {steps.map((step) => {
        const { said, remedy } = stepWords(t, step);
        return (
          <li key={step.step} className={styles.step}>
            <StateMark {...marks[step.state]}>{t(`connection.state.${step.state}`)}</StateMark>
            <span className={step.state === 'skipped' ? styles.left : styles.name}>{t(`connection.step.${step.step}`)}</span>
            <span className={step.state === 'skipped' ? `${styles.words} ${styles.left}` : styles.words}>
              {said}
              {remedy !== '' && <span className={styles.remedy}>{remedy}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
