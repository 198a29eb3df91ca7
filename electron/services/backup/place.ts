import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, readSync, realpathSync, renameSync, rmSync, statSync, statfsSync, utimesSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, relative, sep } from 'node:path';
import type { BackupFailureCode } from '#contract';
import { replaceFile, syncFolder } from '../../foundation/durable-file.ts';
import type { Part } from './form.ts';
import { names, rootName } from './names.ts';

/** Thrown where a backup cannot go on, with the sentence's facts. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
  readonly code: BackupFailureCode;
  readonly params: Readonly<Record<string, string | number>>;
  constructor(code: BackupFailureCode, params: Readonly<Record<string, string | number>>, cause?: unknown) {
    super(code, { cause });
    this.code = code;
    this.params = params;
  }
}

const faults: readonly (readonly [RegExp, BackupFailureCode])[] = [
  [/^(ENOSPC|EDQUOT)$/, 'backup-place-full'],
  [/^(EROFS|EACCES|EPERM)$/, 'backup-place-read-only'],
  [/^(ENOENT|ENOTDIR|ENODEV|ENXIO|EIO|ESTALE|EHOSTDOWN|ENOTCONN|ETIMEDOUT|EREMOTEIO)$/, 'backup-place-gone'],
  // FAT32 holds no file of 4 GiB.
  [/^EFBIG$/, 'backup-place-file-size'],
];

/** Does something at the place of the backups; what its disk says gets a sentence. `bytes`: what is to be written there. */
export function atPlace<T>(place: string, bytes: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw faultOf(error, place, bytes);
  }
}

/** The same of what takes its time. */
export async function atPlaceLong<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw faultOf(error, place, 0);
  }
}

function faultOf(error: unknown, place: string, bytes: number): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const fault = faults.find(([pattern]) => pattern.test(code))?.[1];
  return fault === undefined ? error : new BackupFault(fault, { folder: place, needed: mebibytes(bytes) }, error);
}

/** Rounded up. */
function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}

/** Looks whether backups may lie in a folder; made is only what lies below it, so that a disk that is away is not written on another. */
export function checkPlace(place: string, profile: string): void {
  atPlace(place, 0, () => {
    if (!statSync(place).isDirectory()) throw new BackupFault('backup-place-gone', { folder: place });
  });
  const [there, own] = [realpathSync(place), realpathSync(profile)];
  if (isWithin(there, own) || isWithin(own, there)) throw new BackupFault('backup-place-profile', { folder: place });
  for (const name of ['station.db', 'station.json']) {
    if (statSync(join(place, name), { throwIfNoEntry: false }) !== undefined) throw new BackupFault('backup-place-profile', { folder: place });
  }
}

function isWithin(inner: string, outer: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !/^[A-Za-z]:|^[\\/]/.test(way));
}

/** Throws when the disk of a folder has no room for so many bytes. */
export function needRoom(place: string, bytes: number): void {
  const { bavail, bsize } = atPlace(place, bytes, () => statfsSync(place));
  if (bavail * bsize < bytes) throw new BackupFault('backup-place-full', { folder: place, needed: mebibytes(bytes) });
}

type Lock = { readonly touch: () => void; readonly release: () => void };
/** Nobody works for so long without a word. */
const staleMs = 15 * 60_000;
const touchedEveryMs = 30_000;

/**
 * One writer at a time in a station's folder. A killed one is told by its own life, or by its silence, for which the clocks of
 * two machines may differ by minutes.
 */
export function lockPlace(station: string, { life, host }: { readonly life: string; readonly host: string }): Lock {
  const path = join(station, names.lock);
  const text = JSON.stringify({ life, host });
  for (let tries = 0; ; tries += 1) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, text);
      closeSync(file);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 1) throw error;
    }
    const holder = heldBy(path);
    if (holder === undefined) continue;
    if (holder.life !== life && Date.now() - holder.at < staleMs) throw new BackupFault('backup-place-busy', { folder: station, host: holder.host });
    rmSync(path, { force: true });
  }
  let touched = Date.now();
  return {
    touch: () => {
      if (Date.now() - touched < touchedEveryMs) return;
      touched = Date.now();
      utimesSync(path, new Date(), new Date());
    },
    release: () => {
      rmSync(path, { force: true });
    },
  };
}

function heldBy(path: string): { readonly life: string; readonly host: string; readonly at: number } | undefined {
  try {
    const at = statSync(path).mtimeMs;
    const text = readFileSync(path, 'utf8');
    const { life = '', host = '' } = text === '' ? {} : (JSON.parse(text) as { life?: string; host?: string });
    return { life, host, at };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return { life: '', host: '', at: 0 };
    throw error;
  }
}

const pieceBytes = 1024 * 1024;
const piece = Buffer.allocUnsafeSlow(pieceBytes);

/** The bytes of a file, one piece after the other; a piece is good until the next is asked for. */
export function* piecesOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const read = readSync(file, piece, 0, pieceBytes, null);
      if (read === 0) return;
      yield piece.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

/** SHA-256 and size of a file as it lies there. `breathe` may throw. */
export function partOf(path: string, breathe: (bytes: number) => void = () => undefined): Part {
  const hash = createHash('sha256');
  let size = 0;
  for (const bytes of piecesOf(path)) {
    hash.update(bytes);
    size += bytes.length;
    breathe(bytes.length);
  }
  return { sha256: hash.digest('hex'), size };
}

/** Copies a file, waits until it is on the disk, and reads it back; answers what lies there. Throws when that is something else. */
export function copyPart(from: string, to: string, breathe: (bytes: number) => void): Part {
  const hash = createHash('sha256');
  const file = openSync(to, 'w', 0o600);
  try {
    for (const bytes of piecesOf(from)) {
      hash.update(bytes);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      breathe(bytes.length);
    }
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  const written = partOf(to);
  if (written.sha256 !== hash.digest('hex')) throw new BackupFault('backup-not-the-same', { file: to });
  return written;
}

/** Writes a small file durably and answers what lies there. */
export function writePart(path: string, text: string): Part {
  replaceFile(path, text);
  return partOf(path);
}

/** Gives a whole folder its name, so that a power cut leaves it there. */
export function nameFolder(from: string, to: string): void {
  syncFolder(from);
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** Makes the folders of a station. */
export function makeStationFolder(place: string, station: string): void {
  for (const folder of [join(place, rootName), station, join(station, names.generations), join(station, names.blobs), join(station, names.blobs, names.unfinished)]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}
