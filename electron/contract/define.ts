import type { z } from 'zod';

/**
 * Failure codes that any method may answer with, beside the ones it declares.
 * - `internal`: unexpected; carries an incident number, the details stay in the core's log
 * - `unknown-method`, `bad-input`, `wrong-sender`: the call was stopped at the door
 * - `station-not-open`: the core runs but its store could not be opened (see `station.status`)
 * - `core-gone`: the core process ended while the call was under way
 * - `not-signed-in`, `password-to-change`, `not-allowed`: who is (not) at the desk may not do this; `roles` says who may
 * - `restored-to-confirm`: the profile came from a backup; nothing is changed before somebody says that it takes over
 * - `disk-full`, `store-read-only`, `store-damaged`: the disk refused; nothing was changed
 */
export const commonFailureCodes = [
  'internal',
  'unknown-method',
  'bad-input',
  'wrong-sender',
  'station-not-open',
  'core-gone',
  'not-signed-in',
  'password-to-change',
  'not-allowed',
  'restored-to-confirm',
  'disk-full',
  'store-read-only',
  'store-damaged',
] as const;
export type CommonFailureCode = (typeof commonFailureCodes)[number];

/** An expected failure. Text is chosen by the renderer from `code`; the core never holds sentences. */
export type Failure<Code extends string> = {
  readonly code: Code | CommonFailureCode;
  /** Values for the sentence; `field` names the input field a form should point at. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Only with `internal`: what the user reads out to support. */
  readonly incident?: string;
};

export type Outcome<T, Code extends string = never> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure<Code> };

/** A value that the method promised. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** An expected failure with its code, typed so that an undeclared code does not compile. */
export function fail<Code extends string>(
  code: Code,
  params?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly failure: Failure<Code> } {
  return { ok: false, failure: params === undefined ? { code } : { code, params } };
}

type Facts = {
  /** The input holds a secret (PIN, key, password): it is never logged, cached or audited in clear. */
  readonly sensitive?: boolean;
  /** The audit entry is written in the same transaction as the change. Every command says yes or why not. */
  readonly audited?: true | { readonly no: string };
};

export type Method<
  Kind extends 'query' | 'command' = 'query' | 'command',
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  Code extends string = string,
> = {
  readonly kind: Kind;
  readonly input: In;
  readonly output: Out;
  readonly codes: readonly Code[];
  readonly sensitive: boolean;
  readonly audited: true | { readonly no: string };
};

/** A method that only reads. */
export function query<In extends z.ZodType, Out extends z.ZodType, const Code extends string = never>(
  input: In,
  output: Out,
  codes: readonly Code[] = [],
): Method<'query', In, Out, Code> {
  return { kind: 'query', input, output, codes, sensitive: false, audited: { no: 'reads only' } };
}

/** A method that changes something. `audited` must be stated. */
export function command<In extends z.ZodType, Out extends z.ZodType, const Code extends string = never>(
  input: In,
  output: Out,
  codes: readonly Code[],
  facts: Facts & { readonly audited: true | { readonly no: string } },
): Method<'command', In, Out, Code> {
  return {
    kind: 'command',
    input,
    output,
    codes,
    sensitive: facts.sensitive ?? false,
    audited: facts.audited,
  };
}

/** A stream: a snapshot at subscription, then one change after another, in order and without a gap. */
export type EventStream<Snapshot extends z.ZodType = z.ZodType, Change extends z.ZodType = z.ZodType> = {
  readonly snapshot: Snapshot;
  readonly change: Change;
};

/** Describes one event stream. */
export function eventStream<Snapshot extends z.ZodType, Change extends z.ZodType>(
  snapshot: Snapshot,
  change: Change,
): EventStream<Snapshot, Change> {
  return { snapshot, change };
}
