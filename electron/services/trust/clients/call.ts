import type { Result } from '../../../foundation/outcome.ts';
import type { HostTable, NoAnswer, TrustAnswer, TrustCache, TrustHttp, TrustRequest } from '../ports.ts';
import type { Clock } from '../../../foundation/clock.ts';
import { reachable } from './addresses.ts';

/** What every client needs. */
export type ClientDeps = {
  readonly http: TrustHttp;
  readonly clock: Clock;
  readonly cache: TrustCache;
  readonly hosts: HostTable;
};

/** `address`: not one that can be asked. `http-status`: the server answered with something else than what was asked for. */
export type CallFailure =
  | NoAnswer
  | { readonly code: 'address'; readonly url: string }
  | { readonly code: 'http-status'; readonly status: number };

export type Limits = {
  /** for the whole call and the longest silence in it, milliseconds */
  readonly timeoutMs: number;
  readonly idleMs: number;
  readonly maxBytes: number;
};

export type Call = Limits & {
  readonly url: string;
  readonly headers?: TrustRequest['headers'];
  /** makes it a POST */
  readonly body?: Uint8Array;
};

/** Makes a call; the body of the answer is still to be read. */
export async function call({ http, hosts }: Pick<ClientDeps, 'http' | 'hosts'>, wanted: Call): Promise<Result<TrustAnswer, CallFailure>> {
  const { url, headers = [], body, ...limits } = wanted;
  const address = reachable(url, hosts);
  if (address === undefined) return { ok: false, failure: { code: 'address', url } };
  const request = { url: address, headers, allowPlainHttp: true, repeatable: true, ...limits } as const;
  const answer = await http(body === undefined ? { ...request, method: 'GET', body: null } : { ...request, method: 'POST', body });
  return answer.ok ? answer : { ok: false, failure: noAnswer(answer.failure) };
}

/** The body of an answer with status 200, held whole. */
export async function fetchWhole(deps: Pick<ClientDeps, 'http' | 'hosts'>, wanted: Call): Promise<Result<Buffer, CallFailure>> {
  const answer = await call(deps, wanted);
  if (!answer.ok) return answer;
  const { status, body, abort } = answer.value;
  if (status !== 200) {
    abort();
    return { ok: false, failure: { code: 'http-status', status } };
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of body) {
    if (!piece.ok) return { ok: false, failure: noAnswer(piece.failure) };
    pieces.push(piece.value);
  }
  return { ok: true, value: Buffer.concat(pieces) };
}

/** A failure of the network door as one of ours. */
export function noAnswer({ code, params }: { readonly code: string; readonly params?: Readonly<Record<string, unknown>> }): NoAnswer {
  const detail = params?.['detail'];
  return { code: 'no-answer', cause: code, detail: typeof detail === 'string' ? detail : '' };
}
