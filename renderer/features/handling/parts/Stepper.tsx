import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, ChevronRight12Regular, Circle16Regular, RadioButton16Filled } from '@fluentui/react-icons';
import type { HandlingDetail, IncomingDetail, IncomingState } from '#contract';
import { own } from '../../../foundations/theme.ts';
import { momentOf } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { useHandling } from '../use-handling.ts';

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
  turn: { margin: '2px 0 0', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

type Place = 'done' | 'now' | 'later' | 'absent';
const stepNames = ['arrived', 'checked', 'registered', 'presented', 'assigned', 'in-progress', 'done'] as const;
type StepName = (typeof stepNames)[number];

/** Which step is to be taken next at a standing; steps before it are done. */
const nextAt: Partial<Readonly<Record<IncomingState, StepName>>> = {
  arrived: 'registered',
  registered: 'presented',
  presented: 'assigned',
  assigned: 'in-progress',
  'in-progress': 'done',
};

export type StepperProps = { readonly document: IncomingDetail };

/** The document's way through the house: what is done, when and by whom; what comes next, and whose turn it is. */
export function Stepper({ document }: StepperProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const handling = useHandling(document.id).data;
  return (
    <div>
      <ol className={styles.steps} aria-label={t('steps.label')}>
        {stepNames.map((name, index) => {
          const place = placeOf(name, document.state);
          const when = place === 'done' ? whenWords(t, name, document, handling) : '';
          return (
            <li key={name} className={styles.step} title={when} {...(place === 'now' ? { 'aria-current': 'step' as const } : {})}>
              {place === 'done' && <CheckmarkCircle16Filled className={styles.done} aria-hidden="true" />}
              {place === 'now' && <RadioButton16Filled className={styles.now} aria-hidden="true" />}
              {(place === 'later' || place === 'absent') && <Circle16Regular className={styles.later} aria-hidden="true" />}
              <span className={mergeClasses(place === 'done' && styles.name, place === 'now' && styles.now, (place === 'later' || place === 'absent') && styles.later)}>
                {t(`steps.${name}`)}
              </span>
              {place === 'absent' ? (
                <span className={styles.later}>{t('steps.absent')}</span>
              ) : (
                <ForReaders>{when === '' ? t(`steps.is.${place}`) : when}</ForReaders>
              )}
              {index < stepNames.length - 1 && <ChevronRight12Regular className={styles.arrow} aria-hidden="true" />}
            </li>
          );
        })}
      </ol>
      {handling !== undefined && handling.turn.length > 0 && <p className={styles.turn}>{turnWords(t, handling)}</p>}
    </div>
  );
}

function placeOf(name: StepName, state: IncomingState): Place {
  // Signatures are not checked by this version, and it must not look as if they were.
  if (name === 'checked') return 'absent';
  const next = nextAt[state];
  if (next === undefined) return 'done';
  const [at, now] = [stepNames.indexOf(name), stepNames.indexOf(next)];
  return at < now ? 'done' : at === now ? 'now' : 'later';
}

/** When a step was taken last, and by whom. */
function whenWords(t: Formatter, name: StepName, document: IncomingDetail, handling: HandlingDetail | undefined): string {
  if (name === 'arrived') return t('steps.when', { at: momentOf(document.arrivedAt), by: '', known: 'no' });
  const step = handling?.steps.findLast((one) => one.to === name && one.from !== one.to);
  if (step !== undefined) return t('steps.when', { at: momentOf(step.at), by: step.by, known: step.by === '' ? 'no' : 'yes' });
  if (name === 'registered' && document.registeredAt !== null) {
    const by = document.registeredBy ?? '';
    return t('steps.when', { at: momentOf(document.registeredAt), by, known: by === '' ? 'no' : 'yes' });
  }
  return '';
}

/** Whose turn it is, with the name where one is known. */
function turnWords(t: Formatter, { turn, standing, leaderName, assignments }: HandlingDetail): string {
  const role = turn[0] ?? 'clerk';
  const lead = assignments.find((one) => one.part === 'lead' && one.endedAt === null);
  const name = standing === 'presented' ? leaderName : lead === undefined ? '' : [lead.personName, lead.unitName].filter((one) => one !== '').join(', ');
  return t('handling.turn', { role: t(`handling.role.${role}`), name, known: name === '' || role === 'clerk' ? 'no' : 'yes' });
}
