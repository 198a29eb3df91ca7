import type { Result } from '../../foundation/outcome.ts';
import { requestTimestamp, type ClientDeps } from '../trust/index.ts';
import { extended } from './long-term/extend.ts';
import type { EvidenceDeps } from './long-term/gather.ts';
import { withPart } from './long-term/part.ts';
import { noTime, type Missing, type MissingTime } from './missing.ts';
import { attributesOf, finish, toBeStamped, type SignedFile } from './finish.ts';
import { discard, prepare, type PreparedFile, type SigningFiles } from './prepare.ts';
import { refusalsOf, type SigningRefusal } from './refusals.ts';
import type { SigningWish } from './wish.ts';

/** Has the attributes signed by a key: a token behind its process, or a key in a test. */
export type SignAttributes<F> = (attributes: Uint8Array) => Promise<Result<Uint8Array, F>>;

/** A signed file, and of what was wished for what it lacks. */
export type Signed = SignedFile & {
  /** genTime of the time-stamp; null at level B */
  readonly time: string | null;
  /** null when it is as wished */
  readonly missing: Missing | null;
};

/** Without `evidence` nothing above level T can be wished for. */
export type SignDeps = Omit<ClientDeps, 'cache'> & { readonly evidence?: Omit<EvidenceDeps, keyof Omit<ClientDeps, 'cache'>> };

/** A time-stamp over a signature, or why there is none. */
export type Stamp = { readonly der?: Uint8Array; readonly time: string | null; readonly missing: MissingTime | null };

/**
 * Signs one file: prepare, have it signed, ask for the time, finish; for LT and LTA gather the evidence and stamp it before the
 * file gets its name. What does not come from the network leaves the signature at the level that it has, with its room for a
 * time-stamp, and the answer says so. What fails leaves nothing behind.
 */
export async function signFile<F>(
  deps: SignDeps,
  { tsa, ...files }: SigningFiles & { readonly tsa: string | null },
  wish: SigningWish,
  sign: SignAttributes<F>,
): Promise<Result<Signed, SigningRefusal | { readonly code: 'not-signed'; readonly cause: F }>> {
  const { level } = wish;
  const isLong = level === 'LT' || level === 'LTA';
  if (isLong && deps.evidence === undefined) throw new Error(`level ${level} needs evidence`);
  const made = prepare(files, wish);
  if (!made.ok) return made;
  const prepared = isLong ? { ...made.value, target: `${made.value.copy}.part` } : made.value;
  let isDone = false;
  try {
    const signature = await sign(attributesOf(prepared));
    if (!signature.ok) return { ok: false, failure: { code: 'not-signed', cause: signature.failure } };
    let stamp: Stamp = { time: null, missing: null };
    if (level !== 'B') stamp = await stamped(deps, tsa, prepared, signature.value);
    let finished = finish(prepared, signature.value, stamp.der);
    if (!finished.ok && finished.failure.code === 'no-room' && stamp.der !== undefined) {
      stamp = { time: null, missing: { why: 'too-large', detail: `${String(finished.failure.needed)} > ${String(finished.failure.room)}` } };
      finished = finish(prepared, signature.value);
    }
    if (!finished.ok) return finished;
    isDone = true;
    const signed: Signed = { ...finished.value, time: stamp.time, missing: stamp.missing };
    return deps.evidence === undefined || !isLong ? { ok: true, value: signed } : await lengthened({ ...deps, ...deps.evidence }, signed, { level, tsa }, files.target);
  } finally {
    if (!isDone) discard(prepared);
  }
}

/** Brings a signed file that has no name yet to its level, and gives it its name; one without a time gets it as it is. */
function lengthened(deps: EvidenceDeps, signed: Signed, { level, tsa }: { readonly level: 'LT' | 'LTA'; readonly tsa: string | null }, target: string): Promise<Result<Signed, SigningRefusal>> {
  return refusalsOf(() =>
    withPart(signed.path, target, async (part) => {
      if (signed.time === null) return { value: { ...signed, path: target }, isDone: true };
      const { levels, missing } = await extended(deps, part, { level, tsa, only: signed.field });
      const reached = levels.find(({ field }) => field === signed.field)?.level ?? signed.level;
      return { value: { ...signed, path: target, size: part.size, level: reached, missing }, isDone: true };
    }),
  );
}

/** Asks an authority for the time of a signature; null: nobody is asked. */
export async function stamped(deps: Omit<ClientDeps, 'cache'>, url: string | null, prepared: PreparedFile, signature: Uint8Array): Promise<Stamp> {
  if (url === null) return { time: null, missing: { why: 'unreachable', detail: 'no-address' } };
  const answer = await requestTimestamp(deps, { url, digest: prepared.way.digest, stamped: [toBeStamped(prepared, signature)] });
  if (answer.ok) return { der: answer.value.der, time: answer.value.token.genTime.toISOString(), missing: null };
  return { time: null, missing: noTime(answer.failure) };
}
