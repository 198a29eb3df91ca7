import type { ConnectionFinding, StepState } from '#contract';

/** What one step found; `params` fill its sentence. */
export type Found = {
  readonly state: StepState;
  readonly finding: ConnectionFinding;
  readonly params: Readonly<Record<string, string | number>>;
};

type Params = Found['params'];

/** As it should be. */
export function good(finding: ConnectionFinding, params: Params = {}): Found {
  return { state: 'ok', finding, params };
}

/** It works, and somebody ought to know something about it. */
export function warn(finding: ConnectionFinding, params: Params = {}): Found {
  return { state: 'warning', finding, params };
}

/** It does not work; what builds on it is not tried. */
export function bad(finding: ConnectionFinding, params: Params = {}): Found {
  return { state: 'failed', finding, params };
}

/** There was nothing to try, or no way to. */
export function left(finding: ConnectionFinding, params: Params = {}): Found {
  return { state: 'skipped', finding, params };
}
