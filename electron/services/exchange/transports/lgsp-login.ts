import { ok, type Outcome } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { AxisFailureCode, HttpPort } from '../ports.ts';
import { failed, noAnswer } from './answers.ts';
import { lgspTokenOf } from './lgsp-answer.ts';
import { wholeAnswer } from './whole-answer.ts';

export type LgspLoginOptions = {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly applicationCode: string;
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly allowPlainHttp: boolean;
  readonly timeoutMs: number;
};

export type LgspLogin = {
  /** The bearer token, from memory while it is surely good. No failure leaves anything in doubt. */
  readonly token: () => Promise<Outcome<string, AxisFailureCode>>;
  /** The broker did not accept this token: the next call logs in again. */
  readonly forget: (token: string) => void;
};

/** About 30 minutes are reported (axis.md §1.8 [S]); 5 are left for slow calls and clocks that differ. */
const tokenLifeMs = 25 * 60_000;
/** A login that was refused is not repeated at once: every row of the outbox would try it, and lock the account. */
const refusalHoldsMs = 30_000;

/** Logs in to a provincial broker. The token lives in memory only and is told to nobody but the caller. */
export function lgspLogin(options: LgspLoginOptions): LgspLogin {
  let kept: { readonly token: string; readonly sinceMs: number } | null = null;
  let refusal: { readonly outcome: Outcome<string, AxisFailureCode>; readonly sinceMs: number } | null = null;

  const now = (): number => options.clock.now().getTime();
  // A clock that was set back must not make a token live longer.
  const within = (sinceMs: number, lengthMs: number): boolean => now() >= sinceMs && now() - sinceMs < lengthMs;

  async function ask(): Promise<Outcome<string, AxisFailureCode>> {
    const { username, password, applicationCode } = options;
    const answer = await wholeAnswer(options.http, {
      method: 'POST',
      url: options.url,
      headers: [
        ['Content-Type', 'application/json; charset=utf-8'],
        ['Accept', 'application/json'],
      ],
      body: Buffer.from(JSON.stringify({ username, password, applicationCode }), 'utf8'),
      timeoutMs: options.timeoutMs,
      allowPlainHttp: options.allowPlainHttp,
      maxBytes: 1024 * 1024,
      secretAnswer: true,
    });
    if (answer.ok) return withoutPassword(lgspTokenOf(answer.value), password);
    // Whatever became of the login, the call it was for has not left: no try is used up, nothing is in doubt.
    const { code, params } = noAnswer(answer.failure).failure;
    return failed(code === 'time-out' ? 'axis-unreachable' : code, { ...params, outcomeUnknown: 0 });
  }

  return {
    async token() {
      if (kept !== null && within(kept.sinceMs, tokenLifeMs)) return ok(kept.token);
      if (refusal !== null && within(refusal.sinceMs, refusalHoldsMs)) return refusal.outcome;
      const sinceMs = now();
      const outcome = await ask();
      kept = outcome.ok ? { token: outcome.value, sinceMs } : null;
      refusal = !outcome.ok && outcome.failure.code === 'axis-refused' ? { outcome, sinceMs } : null;
      return outcome;
    },
    forget(token) {
      if (kept?.token === token) kept = null;
    },
  };
}

/** A broker may quote what it was given, and its words are kept with the outbox and shown. */
function withoutPassword(outcome: Outcome<string, AxisFailureCode>, password: string): Outcome<string, AxisFailureCode> {
  if (outcome.ok || password === '') return outcome;
  const { failure } = outcome;
  const params = Object.fromEntries(
    Object.entries(failure.params ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(password, '***') : value,
    ]),
  );
  return { ok: false, failure: { ...failure, params } };
}
