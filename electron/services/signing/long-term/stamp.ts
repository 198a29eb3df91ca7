import { appendIncrement, contentsPatch, writeIncrement, type Patch } from '../../../foundation/pdf/index.ts';
import { readSignedData, requestTimestamp, timestampsOf, withTimestamp, type ClientDeps } from '../../trust/index.ts';
import { noTime, type MissingTime } from '../missing.ts';
import { timestampPlanOf } from '../plan.ts';
import { refusedIncrement } from '../refusals.ts';
import { timeIn, type SignatureFacts } from './facts.ts';
import { append, openedPart, patch, type Part } from './part.ts';

type TsaDeps = Omit<ClientDeps, 'cache'>;

/** Time-stamps are asked for over SHA-256, which every authority takes. */
const digest = 'sha256' as const;
/** The smallest tokens seen have some 3 KB; with less room the authority is not asked in vain. */
const smallestToken = 2048;
/** A real token with its chain has 3.75 KB (signing.md §1.3). */
const usualToken = 8192;

/**
 * Whether a time-stamp may be put into a signature's own room. It changes bytes inside the gap of that signature only; yet
 * what was appended later covers these, so nothing may have been. A CMS that is not DER would have to be written anew.
 */
export function hasOwnRoom({ kind, isSound, coversFile, signed, place }: SignatureFacts): boolean {
  if (kind !== 'signature' || !isSound || !coversFile || signed === undefined || place === undefined) return false;
  const room = (place.contentsTo - place.contentsFrom - 2) / 2;
  return signed.encoding === 'der' && timestampsOf(signed).length === 0 && room - signed.length >= smallestToken;
}

/** Puts a time-stamp over a signature into its room. `too-large`: it does not fit, and nothing was written. */
export async function stampSignature(deps: TsaDeps, part: Part, { signed, contents, place }: SignatureFacts, url: string): Promise<MissingTime | undefined> {
  if (signed === undefined || place === undefined) throw new Error('a signature without room');
  const answer = await requestTimestamp(deps, { url, digest, stamped: [signed.signer.signature] });
  if (!answer.ok) return noTime(answer.failure);
  const longer = withTimestamp(contents.subarray(0, signed.length), answer.value.der);
  const again = longer.ok ? readSignedData(longer.value) : longer;
  const holds = again.ok && timestampsOf(again.value).some((token) => timeIn(token, [signed.signer.signature]) !== undefined);
  if (!longer.ok || !holds) return { why: 'unusable', detail: '' };
  const change = contentsPatch(place, longer.value);
  if (!change.ok) return tooLarge(change.failure);
  patch(part, change.value);
  return undefined;
}

/**
 * Appends a document time-stamp over all that is there (ISO 32000-2 12.8.5). The room is that of a usual token; an authority
 * whose tokens are longer is asked once more with room for them. Nothing is written before the token is there.
 */
export async function stampDocument(deps: TsaDeps, part: Part, url: string): Promise<MissingTime | undefined> {
  let room = usualToken;
  for (let attempt = 0; ; attempt += 1) {
    const file = openedPart(part);
    const increment = writeIncrement(file, timestampPlanOf(file, room).increment);
    if (!increment.ok) throw refusedIncrement(increment.failure);
    const { bytes, baseSize, signature: place } = increment.value;
    const covered = appendIncrement(file.bytes, increment.value, digest, () => undefined).digest;
    if (place === undefined || covered === undefined) throw new Error('an increment without a signature');
    const answer = await requestTimestamp(deps, { url, digest, stamped: () => covered });
    if (!answer.ok) return noTime(answer.failure);
    const change = contentsPatch(place, answer.value.der);
    if (change.ok) {
      put(bytes, change.value, baseSize);
      append(part, bytes);
      return undefined;
    }
    if (attempt > 0) return tooLarge(change.failure);
    room = change.failure.needed + smallestToken;
  }
}

function put(bytes: Buffer, { at, bytes: digits }: Patch, baseSize: number): void {
  digits.copy(bytes, at - baseSize);
}

function tooLarge({ needed, room }: { readonly needed: number; readonly room: number }): MissingTime {
  return { why: 'too-large', detail: `${String(needed)} > ${String(room)}` };
}
