import { z } from 'zod';
import type { Failure } from '#contract';
import type { AxisFailureCode, HttpAnswer, HttpFailureCode } from '../ports.ts';
import { parseExact } from './exact-json.ts';

/** Java writers give numbers or texts for the same field, and null for what is not there. */
export const loose = z.union([z.string(), z.number(), z.boolean()]).transform(String);
/** A text; '' when absent. */
export const text = loose.nullish().transform((value) => value ?? '');
/** A text that must be there. */
export const id = loose.pipe(z.string().min(1));

type Params = Readonly<Record<string, string | number>>;

/** Fits any `Outcome` of an axis call. */
export type AxisFailed = { readonly ok: false; readonly failure: { readonly code: AxisFailureCode; readonly params: Params } };

/** The failure of a call that got no answer (see `HttpFailureCode` on what each means for repeating). */
export function noAnswer(failure: Failure<HttpFailureCode>): AxisFailed {
  const { code, params } = failure;
  const facts = { errorCode: code, errorDesc: String(params?.['detail'] ?? '') };
  if (code === 'time-out') return failed('time-out', { ...facts, outcomeUnknown: 1 });
  if (code === 'too-large') return failed('axis-answer-unreadable', { ...facts, outcomeUnknown: 1 });
  return failed('axis-unreachable', { ...facts, outcomeUnknown: code === 'cut' ? 1 : 0 });
}

/** `where` tells support what could not be read. `retryAfter`: seconds that the other side asks to be left alone for. */
export function unreadable(where: string, answer: Pick<HttpAnswer, 'status'> & Partial<Pick<HttpAnswer, 'headers'>>): AxisFailed {
  // A 4xx was turned away before the axis; anything else may have been done.
  const outcomeUnknown = answer.status >= 400 && answer.status < 500 ? 0 : 1;
  const seconds = retryAfter(answer.headers ?? {});
  const rest = seconds === null ? {} : { retryAfter: seconds };
  return failed('axis-answer-unreadable', { errorCode: `${answer.status}`, errorDesc: where, outcomeUnknown, ...rest });
}

/**
 * `Retry-After` in seconds (RFC 9110 §10.2.3): a number of them, or a date, which is held against the answer's own clock
 * where it tells one. Null for none, for what is neither, and for what is over.
 */
export function retryAfter(headers: HttpAnswer['headers'], now = Date.now()): number | null {
  const said = headers['retry-after']?.trim() ?? '';
  // Beyond nine digits nobody means it; a date begins with the name of its day.
  if (/^\d{1,9}$/.test(said)) return Number(said) === 0 ? null : Number(said);
  const until = /^[A-Za-z]{3,9},? /.test(said) ? Date.parse(/gmt$/i.test(said) ? said : `${said} GMT`) : Number.NaN;
  const date = Date.parse(headers['date'] ?? '');
  const seconds = Math.ceil((until - (Number.isNaN(date) ? now : date)) / 1000);
  return seconds > 0 ? seconds : null;
}

/** The JSON of a body; undefined when it is none. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return parseExact(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** An id out of the axis' list by which it cannot be asked: no fault of the connection. */
export const unaskable = { errorCode: 'id', errorDesc: 'control letters', outcomeUnknown: 0 } as const;

/** A failure of an axis call; what `params` must hold says `AxisFailureCode`. */
export function failed(code: AxisFailureCode, params: Params): AxisFailed {
  return { ok: false, failure: { code, params } };
}
