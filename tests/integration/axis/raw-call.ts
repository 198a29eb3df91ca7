import { httpClient } from '../../../electron/platform/http/client.ts';
import { vxpHeaders } from '../../../electron/services/exchange/transports/vxp-envelope.ts';
import { wholeAnswer } from '../../../electron/services/exchange/transports/whole-answer.ts';
import type { Outcome } from '#contract';
import { systems } from './practice-process.ts';

export type RawCall = {
  readonly params?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
  readonly method?: 'GET' | 'POST';
  readonly system?: 0 | 1;
  readonly at?: Date;
  readonly contentType?: 'application/json' | 'application/octet-stream';
};

export type RawAnswer = { readonly status: number; readonly text: string };

/** One signed call of any verb, with the answer as it came. */
export async function rawCall(port: number, verb: string, call: RawCall = {}): Promise<Outcome<RawAnswer, string>> {
  const { systemId, secret } = systems[call.system ?? 0];
  const headers = vxpHeaders({
    systemId,
    secret,
    at: call.at ?? new Date(),
    contentType: call.contentType ?? 'application/json',
    params: call.params ?? [],
  });
  const answer = await wholeAnswer(httpClient, {
    method: call.method ?? 'POST',
    url: `http://127.0.0.1:${String(port)}/XrdAdapter/adapter/${verb}`,
    headers,
    body: call.body ?? null,
    timeoutMs: 20_000,
    allowPlainHttp: true,
    maxBytes: 64 * 1024 * 1024,
  });
  if (!answer.ok) return answer;
  return { ok: true, value: { status: answer.value.status, text: Buffer.from(answer.value.body).toString('utf8') } };
}

export type Said = {
  readonly status: string;
  readonly ErrorCode: string;
  readonly ErrorDesc: string;
  readonly DocId?: string;
  readonly count?: number;
  readonly data?: readonly Readonly<Record<string, string>>[];
};

/** The same, read as JSON. */
export async function ask(port: number, verb: string, call: RawCall = {}): Promise<Said> {
  const answer = await rawCall(port, verb, call);
  if (!answer.ok) throw new Error(answer.failure.code);
  return JSON.parse(answer.value.text) as Said;
}
