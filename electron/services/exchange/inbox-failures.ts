import type { Failure, WithheldFailure } from '#contract';
import type { AxisFailureCode } from './ports.ts';

/** Whether there was an answer, of whatever kind: the connection is not at fault. */
export function isHeard({ code, params }: Failure<AxisFailureCode>): boolean {
  return code === 'axis-refused' || (code === 'axis-answer-unreadable' && params?.['errorCode'] !== 'too-large');
}

/** What kept a message from being fetched; null when the axis could not be reached at all. */
export function troubleOf({ code, params }: Failure<AxisFailureCode>): WithheldFailure | null {
  const observed = params?.['errorCode'];
  if (code === 'axis-refused') return 'refused';
  if (code === 'time-out') return 'time-out';
  if (code === 'axis-unreachable') return observed === 'cut' ? 'cut' : null;
  return observed === 'too-large' ? 'too-large' : 'unreadable';
}
