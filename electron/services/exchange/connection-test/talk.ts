import type { Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { AxisSecrets } from '../../settings/index.ts';
import type { HttpAnswer, HttpFailureCode, HttpPort } from '../ports.ts';
import type { AxisLine } from '../transports/axis-transports.ts';
import type { Directory } from './answer-steps.ts';
import type { Found } from './found.ts';

export type TalkOptions = {
  readonly axis: AxisLine;
  readonly secrets: AxisSecrets;
  /** goes the way of the settings */
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly allowPlainHttp: boolean;
  /** for one question */
  readonly timeoutMs: number;
  /** for the directory */
  readonly directoryMs: number;
};

/** What a test asks over a protocol. Nothing here may send a message or acknowledge one. */
export type Talk = {
  /** The first call. null when it would be made without the secrets it needs, which could lock an account. */
  readonly knock: () => Promise<Outcome<HttpAnswer, HttpFailureCode>> | null;
  /** Whether an answer in JSON is of this protocol. */
  readonly speaks: (json: object) => boolean;
  /** Judges the account; `codes` are agency codes that messages of this account carry. */
  readonly account: (answer: HttpAnswer) => Promise<{ readonly found: Found; readonly codes: readonly string[] }>;
  readonly directory: () => Promise<Directory>;
  readonly optional: () => Promise<Found>;
};
