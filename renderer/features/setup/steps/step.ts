import type { SetupStepState, StationStatus } from '#contract';
import type { Setup } from '../use-setup.ts';

/** What each step is given. */
export type StepProps = { readonly step: SetupStepState; readonly setup: Setup; readonly status: StationStatus };
