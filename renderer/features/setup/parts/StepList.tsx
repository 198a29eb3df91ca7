import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, Circle16Regular, SubtractCircle16Regular } from '@fluentui/react-icons';
import type { SetupStep, SetupStepState } from '#contract';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  step: {
    display: 'grid',
    gridTemplateColumns: '22px minmax(0, 1fr)',
    gap: '0 4px',
    width: '100%',
    boxSizing: 'border-box',
    padding: '9px 16px 9px 12px',
    border: 'none',
    textAlign: 'start',
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: 'transparent',
    cursor: 'pointer',
    '@media (hover: hover)': { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  number: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2 },
  name: { fontWeight: tokens.fontWeightSemibold },
  facts: { gridColumn: 2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  lacks: { display: 'block', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

export const stepMarks = {
  done: { tone: 'good', icon: <CheckmarkCircle16Filled aria-hidden="true" /> },
  skipped: { tone: 'neutral', icon: <SubtractCircle16Regular aria-hidden="true" /> },
  open: { tone: 'brand', icon: <Circle16Regular aria-hidden="true" /> },
} as const;

/** What is missing in a step, or would be well to have; '' for nothing. */
export function lackWords(t: Formatter, { state, lacks }: SetupStepState): string {
  if (lacks.length === 0 || state === 'skipped') return '';
  return t(state === 'done' ? 'setup.wellToHave' : 'setup.missing', { what: lacks.map((lack) => t(`setup.lack.${lack}`)).join(', ') });
}

export type StepListProps = {
  readonly steps: readonly SetupStepState[];
  /** null: none is shown */
  readonly here: SetupStep | null;
  readonly onGo: (step: SetupStep) => void;
};

/** The steps in their order, each with how it stands and what it lacks. */
export function StepList({ steps, here, onGo }: StepListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <ol className={styles.list}>
      {steps.map((one, index) => {
        const lacking = one.step === 'review' ? '' : lackWords(t, one);
        return (
          <li key={one.step}>
            <button
              type="button"
              className={mergeClasses(styles.step, one.step === here && styles.here)}
              aria-current={one.step === here ? 'step' : undefined}
              onClick={() => {
                onGo(one.step);
              }}
            >
              <span className={styles.number}>{index + 1}</span>
              <span className={styles.name}>{t(`setup.step.${one.step}`)}</span>
              <span className={styles.facts}>
                <StateMark {...stepMarks[one.state]}>{t(`setup.state.${one.state}`)}</StateMark>
                {lacking !== '' && <span className={styles.lacks}>{lacking}</span>}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
