import type { DocumentVerdicts, FileVerdict } from '#contract';
import { useWords } from '../../i18n/use-words.ts';
import type { TrailStep } from '../../ui/StepTrail.tsx';
import { useVerdicts } from './use-verdicts.ts';

/** The worst first; of a document with several files it is told. */
const states = ['failed', 'indeterminate', 'waiting', 'passed', 'none', 'other'] as const;
type CheckState = (typeof states)[number];

/** How the check of a document's signatures stands, as a step of its way. Only what passed as it is shown has the tick. */
export function useCheckStep(document: string): Pick<TrailStep, 'place' | 'beside'> {
  const t = useWords();
  const { data } = useVerdicts(document);
  if (data === undefined) return { place: 'later', beside: '' };
  const state = stateOf(data);
  const asks = data.decision !== null && data.decision.decision !== 'accept';
  const doubted = state === 'failed' || state === 'indeterminate' || asks;
  return { place: doubted ? 'doubt' : state === 'passed' ? 'done' : 'later', beside: t(state === 'passed' && asks ? 'steps.check.asks' : `steps.check.${state}`) };
}

function stateOf({ files }: DocumentVerdicts): CheckState {
  const found = new Set(files.map(stateOfFile));
  return states.find((one) => found.has(one)) ?? 'other';
}

function stateOfFile({ state, result }: FileVerdict): CheckState {
  if (result === null) return state === 'other' ? 'other' : 'waiting';
  return result.verdict.state === 'none' ? 'none' : result.verdict.indication;
}
