import type { requestTimestamp } from '../trust/index.ts';

/**
 * Why a signature that was to have a time has none. `unusable`: the answer is not a sound token over this signature;
 * `too-large`: it does not fit into the room. `detail`: for support
 */
export type MissingTime = { readonly why: 'unreachable' | 'refused' | 'unusable' | 'too-large'; readonly detail: string };

/**
 * Why what checking it later takes is not all there; see `Lack`. `detail` names the certificate, and for support why nothing
 * came about it.
 */
export type MissingEvidence = { readonly why: 'issuer' | 'untrusted' | 'path' | 'status'; readonly detail: string };

export type Missing = MissingTime | MissingEvidence;

type TsaFailure = Extract<Awaited<ReturnType<typeof requestTimestamp>>, { ok: false }>['failure'];

const unreachable: readonly string[] = ['no-answer', 'address', 'http-status'];

/** What an authority's failure means to whoever waits for a time. */
export function noTime(failure: TsaFailure): MissingTime {
  const why = unreachable.includes(failure.code) ? 'unreachable' : failure.code === 'refused' ? 'refused' : 'unusable';
  const detail = 'cause' in failure ? failure.cause : 'words' in failure ? failure.words : 'status' in failure ? String(failure.status) : failure.code;
  return { why, detail };
}
