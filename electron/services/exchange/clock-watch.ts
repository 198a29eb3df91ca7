import type { Events, SnapshotOf } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import type { HttpPort } from './ports.ts';

type AxisClock = SnapshotOf<Events['connection']['clock']>;

/**
 * A clock that differs by more than this is told. No number is prescribed [I]: QĐ 28/2018 art. 14.4 wants the time
 * synchronised with the axis, and times of signatures and receipts are taken from ours.
 */
export const clockToleranceSeconds = 300;

export type ClockWatch = {
  /** The port, with the `Date` of each answer looked at. */
  readonly over: (http: HttpPort) => HttpPort;
  readonly state: () => AxisClock;
};

/** Compares the other side's clock with ours at each answer, and tells when that makes a difference. */
export function clockWatch(clock: Clock, changed: () => void): ClockWatch {
  let differsBySeconds: number | null = null;

  function note(next: number | null): void {
    // Seconds come and go with the length of a call; a minute more or less is news.
    const same = next === null ? differsBySeconds === null : differsBySeconds !== null && Math.abs(next - differsBySeconds) < 60;
    if (same) return;
    differsBySeconds = next;
    changed();
  }

  return {
    over: (http) => async (request) => {
      const started = clock.now();
      const answer = await http(request);
      const seconds = answer.ok ? secondsAhead(answer.value.headers['date'], started, clock.now()) : null;
      if (seconds !== null) note(Math.abs(seconds) > clockToleranceSeconds ? seconds : null);
      return answer;
    },
    state: () => ({ differsBySeconds }),
  };
}

/**
 * By how many seconds our clock is ahead of a `Date` header, taking the middle of the call for the moment of the
 * answer; negative when it is behind. null without a readable header, and when our clock was set during the call.
 */
export function secondsAhead(header: string | undefined, started: Date, ended: Date): number | null {
  const theirs = Date.parse(header ?? '');
  const length = ended.getTime() - started.getTime();
  if (Number.isNaN(theirs) || length < 0) return null;
  return Math.round((started.getTime() + length / 2 - theirs) / 1000);
}
