import type { Result } from '../../foundation/outcome.ts';
import { requestTimestamp, type ClientDeps } from '../trust/index.ts';
import { attributesOf, finish, toBeStamped, type SignedFile } from './finish.ts';
import { discard, prepare, type PreparedFile, type SigningFiles } from './prepare.ts';
import type { SigningRefusal } from './refusals.ts';
import type { SigningWish } from './wish.ts';

/** Has the attributes signed by a key: a token behind its process, or a key in a test. */
export type SignAttributes<F> = (attributes: Uint8Array) => Promise<Result<Uint8Array, F>>;

/**
 * Why a signature that was to have a time has none. `unusable`: the answer is not a sound token over this signature;
 * `too-large`: it does not fit into the room. `detail`: for support
 */
export type MissingTime = { readonly why: 'unreachable' | 'refused' | 'unusable' | 'too-large'; readonly detail: string };

/** A signed file, and of what was wished for what it lacks. */
export type Signed = SignedFile & {
  /** genTime of the time-stamp; null at level B */
  readonly time: string | null;
  /** null when it is as wished */
  readonly missing: MissingTime | null;
};

/** A time-stamp over a signature, or why there is none. */
export type Stamp = { readonly der?: Uint8Array; readonly time: string | null; readonly missing: MissingTime | null };

/**
 * Signs one file: prepare, have it signed, ask for the time, finish. Without an answer from `tsa` the signature is kept at
 * level B, as the person has signed and the room for a time-stamp stays; the answer says so. What fails leaves nothing behind.
 */
export async function signFile<F>(
  deps: Omit<ClientDeps, 'cache'>,
  { tsa, ...files }: SigningFiles & { readonly tsa: string | null },
  wish: SigningWish,
  sign: SignAttributes<F>,
): Promise<Result<Signed, SigningRefusal | { readonly code: 'not-signed'; readonly cause: F }>> {
  const prepared = prepare(files, wish);
  if (!prepared.ok) return prepared;
  let isDone = false;
  try {
    const signature = await sign(attributesOf(prepared.value));
    if (!signature.ok) return { ok: false, failure: { code: 'not-signed', cause: signature.failure } };
    let stamp: Stamp = { time: null, missing: null };
    if (wish.level === 'T') stamp = await stamped(deps, tsa, prepared.value, signature.value);
    let finished = finish(prepared.value, signature.value, stamp.der);
    if (!finished.ok && finished.failure.code === 'no-room' && stamp.der !== undefined) {
      stamp = { time: null, missing: { why: 'too-large', detail: `${String(finished.failure.needed)} > ${String(finished.failure.room)}` } };
      finished = finish(prepared.value, signature.value);
    }
    if (!finished.ok) return finished;
    isDone = true;
    return { ok: true, value: { ...finished.value, time: stamp.time, missing: stamp.missing } };
  } finally {
    if (!isDone) discard(prepared.value);
  }
}

const unreachable: readonly string[] = ['no-answer', 'address', 'http-status'];

/** Asks an authority for the time of a signature; null: nobody is asked. */
export async function stamped(deps: Omit<ClientDeps, 'cache'>, url: string | null, prepared: PreparedFile, signature: Uint8Array): Promise<Stamp> {
  if (url === null) return { time: null, missing: { why: 'unreachable', detail: '' } };
  const answer = await requestTimestamp(deps, { url, digest: prepared.way.digest, stamped: [toBeStamped(prepared, signature)] });
  if (answer.ok) return { der: answer.value.der, time: answer.value.token.genTime.toISOString(), missing: null };
  const { failure } = answer;
  const why = unreachable.includes(failure.code) ? 'unreachable' : failure.code === 'refused' ? 'refused' : 'unusable';
  const detail = 'cause' in failure ? failure.cause : 'words' in failure ? failure.words : 'status' in failure ? String(failure.status) : failure.code;
  return { time: null, missing: { why, detail } };
}
