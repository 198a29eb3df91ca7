import type { ReactNode } from 'react';
import type { LifeState } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { StepTrail } from '../../../ui/StepTrail.tsx';

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
  const t = useWords();
  if (!(state in waitsFor)) return null;
  const now = waitsFor[state as keyof typeof waitsFor];
  const at = through ? steps.length : steps.indexOf(now);
  return (
    <StepTrail
      label={t('steps.label')}
      steps={steps.map((name, index) => {
        const place = index < at ? 'done' : index === at ? 'now' : 'later';
        return { name, words: t(`life.step.${name}`), place, forReaders: t(`steps.is.${place}`) };
      })}
      next={t(through ? 'life.next.none' : `life.next.${now}`)}
    />
  );
}
