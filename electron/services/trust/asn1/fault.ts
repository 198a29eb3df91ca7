import type { Result } from '../../../foundation/outcome.ts';

/** What is wrong with an encoding. For logs, evidence and tests; people read the sentence of the failure's code. */
export type Asn1Reason =
  | 'truncated'
  | 'length'
  | 'tag'
  | 'too-deep'
  | 'too-many'
  | 'too-large'
  | 'trailing'
  | 'missing'
  | 'oid'
  | 'integer'
  | 'boolean'
  | 'bits'
  | 'text'
  | 'time'
  | 'value';

/** Bytes that are not what they claim to be. `what` names the structure in the words of its standard. */
export type Malformed = { readonly code: 'malformed'; readonly reason: Asn1Reason; readonly what: string };

/** Thrown inside the readers only; `attempt` turns it into a value at their doors. */
export class Asn1Fault extends Error {
  readonly reason: Asn1Reason;

  constructor(reason: Asn1Reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Runs a reader over foreign bytes. Only faults of the bytes become values: anything else is ours and is thrown on. */
export function attempt<T>(what: string, read: () => T): Result<T, Malformed> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (!(error instanceof Asn1Fault)) throw error;
    return { ok: false, failure: { code: 'malformed', reason: error.reason, what } };
  }
}
