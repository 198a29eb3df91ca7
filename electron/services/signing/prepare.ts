import { closeSync, existsSync, fstatSync, openSync, rmSync, writeSync, type Stats } from 'node:fs';
import { entropy } from '../../foundation/entropy.ts';
import type { Result } from '../../foundation/outcome.ts';
import { allFileBytes, appendIncrement, auditPdf, isTrusted, openPdf, writeIncrement, type Increment, type PdfBytes, type PdfFile, type SignaturePlace } from '../../foundation/pdf/index.ts';
import { digestLength, prepareSignature, signedDataSize, type Certificate, type SigningWay } from '../trust/index.ts';
import { planOf } from './plan.ts';
import { damaged, onDisk, read, refusals, Refused, refusedIncrement, type SigningRefusal } from './refusals.ts';
import type { SigningLevel, SigningWish } from './wish.ts';

/**
 * The file to be signed, and where its signed copy shall be; the latter does not exist yet. `copy`: the copy's name until
 * then, where whoever asks must know it beforehand; default: one beside the target that no other has.
 */
export type SigningFiles = { readonly source: string; readonly target: string; readonly copy?: string };

/**
 * A file that waits for its signature: plain JSON, so that it can be put down and taken up by another process. `copy` is
 * the signed file but for what `place` holds, and lies beside `target`; whoever gives up calls `discard`.
 */
export type PreparedFile = SigningFiles & {
  readonly copy: string;
  /** bytes of the copy */
  readonly size: number;
  readonly place: SignaturePlace;
  /** hex, by `way.digest`, over everything but the place */
  readonly digest: string;
  readonly way: SigningWay;
  readonly level: SigningLevel;
  /** full name of the field that is signed */
  readonly field: string;
  /** DER as Base64 */
  readonly certificate: string;
  readonly chain: readonly string[];
  /** the run of the program that wrote the copy; another one does not take it on trust */
  readonly run: string;
};

/** This run of the program. */
export const thisRun = entropy(8).toString('hex');

/**
 * First of three steps: judges the file, writes the copy with everything but the signature, and digests it on the way.
 * The file is read from the disk piece by piece and only once for copy and digest, whatever its size; nothing is written to it.
 */
export function prepare(files: SigningFiles, wish: SigningWish): Result<PreparedFile, SigningRefusal> {
  return refusals(() => {
    signerMay(wish);
    targetIsFree(files.target);
    return withOriginal(files.source, (file, mode) => {
      const unsigned = prepareSignature(wish.certificate, Buffer.alloc(digestLength[wish.way.digest]), wish.way);
      const room = wish.level === 'B' ? signedDataSize(unsigned, wish.chain, 0) : signedDataSize(unsigned, wish.chain);
      const { increment: plan, field } = planOf(file, wish, room);
      const increment = writeIncrement(file, plan);
      if (!increment.ok) throw refusedIncrement(increment.failure);
      const { digest, ...made } = writeCopy(files, file.bytes, increment.value, wish.way.digest, mode);
      const place = increment.value.signature;
      if (place === undefined || digest === undefined) throw new Error('an increment without a signature');
      const base64 = ({ der }: Certificate): string => Buffer.from(der).toString('base64');
      const { way, level, certificate, chain } = wish;
      return { ...files, ...made, place, digest: digest.toString('hex'), way, level, field, certificate: base64(certificate), chain: chain.map(base64), run: thisRun };
    });
  });
}

/**
 * Opens a file for reading only, judges it, and has a copy made of it; a copy of a file that somebody wrote to meanwhile is
 * removed. `mode`: who may read the file.
 */
export function withOriginal<T extends { readonly copy: string }>(source: string, make: (file: PdfFile, mode: number) => T): T {
  const handle = onDisk('file-unreadable', () => openSync(source, 'r'));
  try {
    const before = onDisk('file-unreadable', () => fileFacts(handle));
    const made = make(trusted(allFileBytes(handle, before.size)), before.mode);
    const after = fstatSync(handle);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      rmSync(made.copy);
      throw new Refused({ code: 'file-changed' });
    }
    return made;
  } finally {
    closeSync(handle);
  }
}

/** Removes the copy of a file that will not be signed. */
export function discard({ copy }: Pick<PreparedFile, 'copy'>): void {
  rmSync(copy, { force: true });
}

export function targetIsFree(target: string): void {
  if (existsSync(target)) throw new Refused({ code: 'target-exists' });
}

function signerMay({ certificate, way, at }: SigningWish): void {
  const { notBefore, notAfter, key } = certificate;
  if (at < notBefore || at > notAfter) throw new Refused({ code: 'certificate-not-current', from: notBefore.toISOString(), to: notAfter.toISOString() });
  const fits = way.kind === 'ecdsa' ? key.kind === 'ec' : key.kind === 'rsa' || (way.kind === 'rsa-pss' && key.kind === 'rsa-pss');
  if (!fits) throw new Refused({ code: 'key-does-not-fit', kind: way.kind, key: key.name });
}

function fileFacts(handle: number): Stats {
  const facts = fstatSync(handle);
  // Reading a folder would fail later, and less plainly.
  if (!facts.isFile()) throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
  return facts;
}

/** The file, read as a whole and found to have one reading. */
export function trusted(bytes: PdfBytes): PdfFile {
  const file = read(openPdf(bytes));
  if (file.isEncrypted) throw new Refused({ code: 'pdf-encrypted' });
  const faults = read(auditPdf(file));
  if (!isTrusted(faults)) throw damaged(faults);
  return file;
}

/** Reads a file as signing would and tells something of it, or why it cannot be signed. */
export function withTrusted<T>(path: string, tell: (file: PdfFile) => T): Result<T, SigningRefusal> {
  return refusals(() => {
    const handle = onDisk('file-unreadable', () => openSync(path, 'r'));
    try {
      return tell(trusted(allFileBytes(handle, onDisk('file-unreadable', () => fileFacts(handle)).size)));
    } finally {
      closeSync(handle);
    }
  });
}

/** Writes base and increment into the copy, a new file; `digest` is over what a signature in the increment covers. */
export function writeCopy(
  { target, copy = `${target}.${entropy(6).toString('hex')}.part` }: Pick<SigningFiles, 'target' | 'copy'>,
  base: PdfBytes,
  increment: Increment,
  algorithm: string,
  mode: number,
): { readonly copy: string; readonly size: number; readonly digest: Buffer | undefined } {
  // Nobody writes to it but this program; who may read it is taken over from the file.
  const handle = onDisk('target-unwritable', () => openSync(copy, 'wx', (mode & 0o666) | 0o600));
  try {
    const made = appendIncrement(base, increment, algorithm, (piece) => {
      onDisk('target-unwritable', () => {
        writeWhole(handle, piece);
      });
    });
    return { copy, ...made };
  } catch (error) {
    rmSync(copy);
    throw error;
  } finally {
    closeSync(handle);
  }
}

export function writeWhole(handle: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
}
