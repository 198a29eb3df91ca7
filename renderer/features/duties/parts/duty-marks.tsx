import type { ReactNode } from 'react';
import { CheckmarkCircle16Regular, Clock16Regular, Warning16Regular } from '@fluentui/react-icons';
import type { DutyState } from '#contract';
import type { Tone } from '../../../ui/StateMark.tsx';

/** Colour and icon of each state; the word stands beside them. */
export const dutyMarks: Readonly<Record<DutyState, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  ok: { tone: 'neutral', icon: <Clock16Regular aria-hidden="true" /> },
  soon: { tone: 'attention', icon: <Clock16Regular aria-hidden="true" /> },
  overdue: { tone: 'danger', icon: <Warning16Regular aria-hidden="true" /> },
  'done-late': { tone: 'neutral', icon: <CheckmarkCircle16Regular aria-hidden="true" /> },
};
