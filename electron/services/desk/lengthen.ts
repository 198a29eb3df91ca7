import type { SigningMissing, SigningSettings } from '#contract';
import type { Result } from '../../foundation/outcome.ts';
import type { Completed, SigningRefusal, WorkFault } from '../signing/index.ts';
import type { Certificate } from '../trust/index.ts';
import type { DeskDeps } from './ports.ts';

export type Level = SigningSettings['level'];

const order: readonly Level[] = ['B', 'T', 'LT', 'LTA'];

/** The lower of two levels. */
export function lower(one: Level, other: Level): Level {
  return order.indexOf(one) < order.indexOf(other) ? one : other;
}

/** Whether a level is reached. */
export function reaches(level: Level | null, wanted: Level): boolean {
  return level !== null && order.indexOf(level) >= order.indexOf(wanted);
}

/** Completes a file of the work folder into another one, in a thread; `known`: certificates that may help. */
export function completed(
  { office, completing, clock }: Pick<DeskDeps, 'office' | 'completing' | 'clock'>,
  files: { readonly source: string; readonly target: string },
  level: Exclude<Level, 'B'>,
  known: readonly Certificate[],
): Promise<Result<Completed, SigningRefusal | WorkFault>> {
  const { http, hosts, anchors, cache, crls } = office.trust();
  const { tsa } = office.settings();
  const trust = { anchors, certificates: [...known, ...cache.issuers()] };
  return completing.complete({ ...files, level, tsa: tsa === '' ? null : tsa, at: clock.now(), hosts: { ...hosts }, trust }, { http, lists: crls });
}

/** What is missing when completing a file came to nothing. */
export function missingOf(failure: SigningRefusal | WorkFault): SigningMissing {
  if (failure.code === 'not-completed') return { why: failure.why, detail: failure.detail };
  return { why: 'status', detail: failure.code };
}
