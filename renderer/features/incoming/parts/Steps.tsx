import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, ChevronRight12Regular, Circle16Regular, RadioButton16Filled } from '@fluentui/react-icons';
import type { IncomingState } from '#contract';
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
  arrow: { color: tokens.colorNeutralForeground3, flexShrink: 0 },
  name: { color: tokens.colorNeutralForeground1 },
});

type Place = 'done' | 'now' | 'absent';
const stepNames = ['arrived', 'checked', 'registered', 'presented'] as const;

export type StepsProps = { readonly state: IncomingState };

/** The document's way through the house. Steps that this version does not have are named as such. */
export function Steps({ state }: StepsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <ol className={styles.steps} aria-label={t('steps.label')}>
      {stepNames.map((name, index) => {
        const place = placeOf(name, state);
        return (
          <li key={name} className={styles.step} {...(place === 'now' ? { 'aria-current': 'step' as const } : {})}>
            {place === 'done' && <CheckmarkCircle16Filled className={styles.done} aria-hidden="true" />}
            {place === 'now' && <RadioButton16Filled className={styles.now} aria-hidden="true" />}
            {place === 'absent' && <Circle16Regular className={styles.later} aria-hidden="true" />}
            <span className={mergeClasses(place === 'done' && styles.name, place === 'now' && styles.now, place === 'absent' && styles.later)}>
              {t(`steps.${name}`)}
            </span>
            {place === 'absent' ? (
              <span className={styles.later}>{t('steps.absent')}</span>
            ) : (
              <ForReaders>{t(`steps.${place}`)}</ForReaders>
            )}
            {index < stepNames.length - 1 && <ChevronRight12Regular className={styles.arrow} aria-hidden="true" />}
          </li>
        );
      })}
    </ol>
  );
}

function placeOf(name: (typeof stepNames)[number], state: IncomingState): Place {
  if (name === 'arrived') return 'done';
  if (name === 'registered') return state === 'registered' ? 'done' : 'now';
  return 'absent';
}
