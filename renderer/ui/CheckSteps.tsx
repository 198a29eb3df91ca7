import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, DismissCircle16Filled, SubtractCircle16Regular, Warning16Filled } from '@fluentui/react-icons';
import { StateMark, type Tone } from './StateMark.tsx';

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
  left: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

export type CheckState = 'ok' | 'warning' | 'failed' | 'skipped';

const marks: Readonly<Record<CheckState, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  ok: { tone: 'good', icon: <CheckmarkCircle16Filled aria-hidden="true" /> },
  warning: { tone: 'attention', icon: <Warning16Filled aria-hidden="true" /> },
  failed: { tone: 'danger', icon: <DismissCircle16Filled aria-hidden="true" /> },
  skipped: { tone: 'neutral', icon: <SubtractCircle16Regular aria-hidden="true" /> },
};

export type CheckStep = {
  readonly key: string;
  readonly state: CheckState;
  /** the state in a word */
  readonly mark: string;
  /** what was looked at */
  readonly name: string;
  readonly said: string;
  /** what to do; '' for nothing */
  readonly remedy: string;
};

export type CheckStepsProps = { readonly steps: readonly CheckStep[]; readonly label: string };

/** Steps of a check in their order: state, what was looked at, what was found and what to do. */
export function CheckSteps({ steps, label }: CheckStepsProps): ReactNode {
  const styles = useStyles();
  return (
    <ol className={styles.list} aria-label={label}>
      {steps.map(({ key, state, mark, name, said, remedy }) => (
        <li key={key} className={styles.step}>
          <StateMark {...marks[state]}>{mark}</StateMark>
          <span className={mergeClasses(styles.name, state === 'skipped' && styles.left)}>{name}</span>
          <span className={mergeClasses(styles.words, state === 'skipped' && styles.left)}>
            {said}
            {remedy !== '' && <span className={styles.remedy}>{remedy}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
