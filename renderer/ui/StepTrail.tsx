import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, ChevronRight12Regular, Circle16Regular, RadioButton16Filled, Warning16Regular } from '@fluentui/react-icons';
import { own } from '../foundations/theme.ts';
import { ForReaders } from './ForReaders.tsx';

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
  doubt: { color: own.tvtAttention, flexShrink: 0 },
  now: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  later: { color: tokens.colorNeutralForeground3 },
  arrow: { color: tokens.colorNeutralForeground3, flexShrink: 0 },
  name: { color: tokens.colorNeutralForeground1 },
  next: { margin: '2px 0 0', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

export type TrailStep = {
  readonly name: string;
  readonly words: string;
  /** `doubt`: done, and somebody should look at how it ended */
  readonly place: 'done' | 'now' | 'later' | 'doubt';
  /** words beside the name for everybody; '' for none */
  readonly beside?: string;
  /** how it stands, for readers; '' for none */
  readonly forReaders: string;
  /** when and by whom, on hovering; '' for none */
  readonly title?: string;
};

export type StepTrailProps = {
  readonly label: string;
  readonly steps: readonly TrailStep[];
  /** what is to be done next and by whom; null for nothing */
  readonly next: string | null;
};

/** A document's way: what is done, where it is, what comes, and whose turn it is. */
export function StepTrail({ label, steps, next }: StepTrailProps): ReactNode {
  const styles = useStyles();
  return (
    <div>
      <ol className={styles.steps} aria-label={label}>
        {steps.map(({ name, words, place, beside = '', forReaders, title = '' }, index) => (
          <li key={name} className={styles.step} title={title} {...(place === 'now' ? { 'aria-current': 'step' as const } : {})}>
            {place === 'done' && <CheckmarkCircle16Filled className={styles.done} aria-hidden="true" />}
            {place === 'now' && <RadioButton16Filled className={styles.now} aria-hidden="true" />}
            {place === 'doubt' && <Warning16Regular className={styles.doubt} aria-hidden="true" />}
            {place === 'later' && <Circle16Regular className={styles.later} aria-hidden="true" />}
            <span className={mergeClasses((place === 'done' || place === 'doubt') && styles.name, place === 'now' && styles.now, place === 'later' && styles.later)}>{words}</span>
            {beside !== '' && <span className={styles.later}>{beside}</span>}
            {forReaders !== '' && <ForReaders>{forReaders}</ForReaders>}
            {index < steps.length - 1 && <ChevronRight12Regular className={styles.arrow} aria-hidden="true" />}
          </li>
        ))}
      </ol>
      {next !== null && <p className={styles.next}>{next}</p>}
    </div>
  );
}
