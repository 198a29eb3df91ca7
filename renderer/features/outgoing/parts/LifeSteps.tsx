import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, ChevronRight12Regular, Circle16Regular, RadioButton16Filled } from '@fluentui/react-icons';
import type { LifeState } from '#contract';
import { own } from '../../../foundations/theme.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ForReaders } from '../../../ui/ForReaders.tsx';

const useStyles = makeStyles({
  steps: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 4px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  step: { display: 'inline-flex', alignItems: 'center', gap: '4px', whiteSpace: 'nowrap' },
  done: { color: own.tvtGood },
  now: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  later: { color: tokens.colorNeutralForeground3 },
  name: { color: tokens.colorNeutralForeground1 },
  next: { margin: '2px 0 0', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** The step that a state waits for; a document that is through waits for none. */
const steps = ['draft', 'content', 'form', 'sign', 'number', 'seal', 'issue', 'send'] as const;
const waitsFor = {
  draft: 'draft',
  submitted: 'content',
  'content-checked': 'form',
  'form-checked': 'sign',
  signed: 'number',
  numbered: 'seal',
  sealed: 'issue',
  issued: 'send',
} as const satisfies Partial<Record<LifeState, (typeof steps)[number]>>;

export type LifeStepsProps = {
  readonly state: LifeState;
  /** an issued document that all have been sent */
  readonly through?: boolean;
};

/** Where a document of ours is on its way, and who acts next. Nothing for one that has ended. */
export function LifeSteps({ state, through = false }: LifeStepsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  if (!(state in waitsFor)) return null;
  const now = waitsFor[state as keyof typeof waitsFor];
  const at = through ? steps.length : steps.indexOf(now);
  return (
    <div>
      <ol className={styles.steps} aria-label={t('steps.label')}>
        {steps.map((name, index) => (
          <li key={name} className={styles.step} {...(index === at ? { 'aria-current': 'step' as const } : {})}>
            {index < at && <CheckmarkCircle16Filled className={styles.done} aria-hidden="true" />}
            {index === at && <RadioButton16Filled className={styles.now} aria-hidden="true" />}
            {index > at && <Circle16Regular className={styles.later} aria-hidden="true" />}
            <span className={mergeClasses(index < at && styles.name, index === at && styles.now, index > at && styles.later)}>
              {t(`life.step.${name}`)}
            </span>
            {index <= at && <ForReaders>{t(index < at ? 'steps.is.done' : 'steps.is.now')}</ForReaders>}
            {index < steps.length - 1 && <ChevronRight12Regular className={styles.later} aria-hidden="true" />}
          </li>
        ))}
      </ol>
      <p className={styles.next}>{t(through ? 'life.next.none' : `life.next.${now}`)}</p>
    </div>
  );
}
