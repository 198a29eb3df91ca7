import type { Failure } from '#contract';

/** Any failure of any method, as the query cache carries it. */
export type AnyFailure = Failure<string>;

/** TanStack Query tells failure from success by a throw; the failure itself stays a value inside. */
export class FailureError extends Error {
  readonly failure: AnyFailure;
  constructor(failure: AnyFailure) {
    super(failure.code);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** The failure inside an error; what was thrown by something else is `internal`. */
export function failureOf(error: unknown): AnyFailure {
  return error instanceof FailureError ? error.failure : { code: 'internal' };
}
