import { closeSync, existsSync, fstatSync, openSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileBytes, type PdfBytes } from '../../../foundation/pdf/index.ts';
import { isAlive } from '../../../foundation/process-alive.ts';
import { attributesOf, digestOfCopy } from '../finish.ts';
import type { PreparedFile } from '../prepare.ts';
import type { Asker, LeftBatch, LeftFile } from './job.ts';
import { clearHeadless, journalsIn, runOfBatches, scrapNames, type Journal, type JournalFile } from './journal.ts';

/** This run, where others may have batches in the same folder. */
export const oneOfMany: Asker = { run: runOfBatches, isAlone: false };

/**
 * Finds the batches in a folder of journals whose program is gone, removes what they left half made, and tells of each file
 * whether it was signed. Removed are only the names that a journal gives and a batch makes; a journal whose program still
 * runs, or ran on another machine, is left alone with its files. Reads whole files: not for a thread that must answer.
 */
export function clearLeft(folder: string, asker: Asker): readonly LeftBatch[] {
  clearHeadless(folder, asker.isAlone);
  return journalsIn(folder)
    .filter((journal) => asker.isAlone || isGone(journal, asker.run))
    .map((journal) => ({ journal: journal.path, started: journal.started, files: journal.files.map((file) => cleared(journal, file)) }));
}

function isGone({ host, pid, run }: Journal, ownRun: string): boolean {
  if (host !== hostname()) return false;
  // A number that is this program's own now was another's then.
  return pid === process.pid ? run !== ownRun : !isAlive(pid);
}

function cleared(journal: Journal, { id, source, target, steps }: JournalFile): LeftFile {
  for (const name of scrapNames({ target, steps }, journal.mark)) rmSync(name, { force: true });
  const prepared = journal.naming.get(target);
  const known = { id, source, target };
  if (prepared === undefined || !isFinished(prepared)) return { ...known, state: 'unsigned' };
  return { ...known, state: 'signed', certificate: prepared.certificate, isOfSource: existsSync(source) && beginsWith(target, source) };
}

/**
 * Whether the target of a prepared file is what finishing made of the copy: every byte outside the place as it was digested,
 * and in the place a CMS over just that digest.
 */
export function isFinished(prepared: PreparedFile): boolean {
  const { target, size, place, way, digest } = prepared;
  if (!statSync(target, { throwIfNoEntry: false })?.isFile()) return false;
  return withBytes(target, (bytes) => {
    if (bytes.size !== size) return false;
    const room = Buffer.from(bytes.read(place.contentsFrom + 1, place.contentsTo - 1)).toString('latin1');
    // In CMS the attributes stand under another tag (RFC 5652 §5.4), of the same length.
    const attributes = attributesOf(prepared).subarray(1);
    return Buffer.from(room, 'hex').includes(Buffer.from(attributes)) && digestOfCopy(bytes, place.byteRange, way.digest) === digest;
  });
}

const pieceBytes = 1024 * 1024;

function beginsWith(longer: string, shorter: string): boolean {
  return withBytes(longer, (whole) =>
    withBytes(shorter, (start) => {
      if (start.size > whole.size) return false;
      for (let at = 0; at < start.size; at += pieceBytes) {
        const to = Math.min(start.size, at + pieceBytes);
        if (Buffer.compare(whole.read(at, to), start.read(at, to)) !== 0) return false;
      }
      return true;
    }),
  );
}

function withBytes<T>(path: string, use: (bytes: PdfBytes) => T): T {
  const handle = openSync(path, 'r');
  try {
    return use(fileBytes(handle, fstatSync(handle).size));
  } finally {
    closeSync(handle);
  }
}
