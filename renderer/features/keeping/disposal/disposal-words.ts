import type { DisposalState } from '#contract';
import type { Tone } from '../../../ui/StateMark.tsx';

export const disposalTone: Readonly<Record<DisposalState, Tone>> = {
  drafting: 'brand',
  council: 'brand',
  concluded: 'brand',
  decided: 'attention',
  destroying: 'attention',
  destroyed: 'neutral',
  cancelled: 'neutral',
};

/** The way of a list to its end, as the trail shows it. */
export const disposalWay = ['drafting', 'council', 'concluded', 'decided', 'destroyed'] as const;
