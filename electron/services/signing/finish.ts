import { closeSync, fstatSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../../foundation/durable-file.ts';
import type { Result } from '../../foundation/outcome.ts';
import { contentsPatch, digestRanges, fileBytes, type PdfBytes } from '../../foundation/pdf/index.ts';
import { assembleSignedData, checkSignedData, checkTimestamp, prepareSignature, readCertificate, readSignedData, readTimestamp, signatureValue, type Certificate } from '../trust/index.ts';
import { targetIsFree, thisRun, type PreparedFile } from './prepare.ts';
import { onDisk, refusals, Refused, type SigningRefusal } from './refusals.ts';
import type { SigningLevel } from './wish.ts';

/** A signed file. */
export type SignedFile = {
  readonly path: string;
  readonly size: number;
  readonly field: string;
  /** what it is, not what was wished for */
  readonly level: SigningLevel;
};

/** The DER of the attributes that the token signs (a SET, RFC 5652 §5.4): content type, digest of the file, certificate. */
export function attributesOf(prepared: PreparedFile): Uint8Array {
  return partsOf(prepared).attributes;
}

/** What a time-stamp is asked for: the signature as CMS holds it (EN 319 122-1 §5.3). */
export function toBeStamped(prepared: PreparedFile, signature: Uint8Array): Uint8Array {
  return signatureValue(prepared.way, certificateIn(prepared.certificate).key, signature);
}

/**
 * Last step: puts the signature into its place in the copy, and gives the copy its name once it is on the disk. `signature`
 * is what the token gave for `attributesOf`; `timestamp` a token over `toBeStamped`. What is refused leaves the copy as it was,
 * so that it can be tried again, for instance without a time-stamp that is too large.
 */
export function finish(prepared: PreparedFile, signature: Uint8Array, timestamp?: Uint8Array): Result<SignedFile, SigningRefusal> {
  return refusals(() => {
    const { copy, target, size, field, place } = prepared;
    if (timestamp !== undefined && !isOver(timestamp, toBeStamped(prepared, signature))) throw new Refused({ code: 'time-wrong' });
    const chain = prepared.chain.map(certificateIn);
    const cms = assembleSignedData(partsOf(prepared), { signature, chain, ...(timestamp === undefined ? {} : { timestamp }) });
    if (!holds(cms)) throw new Refused({ code: 'signature-wrong' });
    const patch = contentsPatch(place, cms);
    if (!patch.ok) throw new Refused({ code: 'no-room', ...patch.failure });
    targetIsFree(target);
    const handle = onDisk('target-unwritable', () => openSync(copy, 'r+'));
    try {
      if (!isAsPrepared(prepared, handle)) throw new Refused({ code: 'copy-changed' });
      onDisk('target-unwritable', () => {
        writeSync(handle, patch.value.bytes, 0, patch.value.bytes.length, patch.value.at);
        fsyncSync(handle);
      });
    } finally {
      closeSync(handle);
    }
    onDisk('target-unwritable', () => {
      renameSync(copy, target);
      syncFolder(dirname(target));
    });
    return { path: target, size, field, level: timestamp === undefined ? 'B' : 'T' };
  });
}

/** Whether the CMS, read anew, holds a signature of its certificate over its attributes. The file's digest stands in these. */
function holds(cms: Uint8Array): boolean {
  const signed = readSignedData(cms);
  if (!signed.ok) return false;
  const { signature, bound, algorithmsAgree } = checkSignedData(signed.value, []);
  return signature === 'good' && bound === 'yes' && algorithmsAgree;
}

function isOver(timestamp: Uint8Array, value: Uint8Array): boolean {
  const token = readTimestamp(timestamp);
  return token.ok && checkTimestamp(token.value, [value]).sound;
}

/** What this run wrote itself is looked at briefly; what an earlier run left behind is digested anew. */
function isAsPrepared({ place, size, run, way, digest }: PreparedFile, handle: number): boolean {
  if (fstatSync(handle).size !== size) return false;
  const bytes = fileBytes(handle, size);
  const { contentsFrom: from, contentsTo: to } = place;
  const room = Buffer.from(bytes.read(from, to)).toString('latin1');
  if (room !== `<${'0'.repeat(to - from - 2)}>`) return false;
  return run === thisRun || digestOfCopy(bytes, place.byteRange, way.digest) === digest;
}

/** Hex, over all but the place of the signature; '' when the ranges are not those of this file. */
export function digestOfCopy(bytes: PdfBytes, byteRange: PreparedFile['place']['byteRange'], algorithm: string): string {
  const [from, length, second, rest] = byteRange;
  const fits = from === 0 && length < second && second + rest === bytes.size;
  return fits ? digestRanges(bytes, byteRange, algorithm).toString('hex') : '';
}

function partsOf({ certificate, digest, way }: PreparedFile): ReturnType<typeof prepareSignature> {
  return prepareSignature(certificateIn(certificate), Buffer.from(digest, 'hex'), way);
}

/** A certificate that this program put there itself. */
function certificateIn(base64: string): Certificate {
  const read = readCertificate(Buffer.from(base64, 'base64'));
  if (!read.ok) throw new Error(`certificate: ${read.failure.reason}`);
  return read.value;
}
