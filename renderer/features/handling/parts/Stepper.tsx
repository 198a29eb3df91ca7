import type { ReactNode } from 'react';
import type { HandlingDetail, IncomingDetail, IncomingState } from '#contract';
import { momentOf } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StepTrail } from '../../../ui/StepTrail.tsx';
import { useCheckStep } from '../../verification/index.ts';
import { useHandling } from '../use-handling.ts';

type Place = 'done' | 'now' | 'later';
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
  const t = useWords();
  const handling = useHandling(document.id).data;
  const check = useCheckStep(document.id);
  return (
    <StepTrail
      label={t('steps.label')}
      steps={stepNames.map((name) => {
        // Says itself how it stands, whatever was done with the document.
        if (name === 'checked') return { name, words: t('steps.checked'), forReaders: '', ...check };
        const place = placeOf(name, document.state);
        const when = place === 'done' ? whenWords(t, name, document, handling) : '';
        return { name, words: t(`steps.${name}`), place, title: when, forReaders: when === '' ? t(`steps.is.${place}`) : when };
      })}
      next={handling !== undefined && handling.turn.length > 0 ? turnWords(t, handling) : null}
    />
  );
}

function placeOf(name: StepName, state: IncomingState): Place {
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
