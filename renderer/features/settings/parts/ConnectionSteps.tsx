import type { ReactNode } from 'react';
import type { ConnectionStepResult } from '#contract';
import { useWords } from '../../../i18n/use-words.ts';
import { CheckSteps } from '../../../ui/CheckSteps.tsx';
import { stepWords } from '../connection-words.ts';

export type ConnectionStepsProps = { readonly steps: readonly ConnectionStepResult[]; readonly label: string };

/** The steps of a connection test. */
export function ConnectionSteps({ steps, label }: ConnectionStepsProps): ReactNode {
  const t = useWords();
  const shown = steps.map((step) => ({ key: step.step, state: step.state, mark: t(`connection.state.${step.state}`), name: t(`connection.step.${step.step}`), ...stepWords(t, step) }));
  return <CheckSteps steps={shown} label={label} />;
}
