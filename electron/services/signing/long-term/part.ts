import { closeSync, existsSync, fstatSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../../../foundation/durable-file.ts';
import { fileBytes, openPdf, type Patch, type PdfFile } from '../../../foundation/pdf/index.ts';
import { targetIsFree } from '../prepare.ts';
import { onDisk, read } from '../refusals.ts';

/** A file of this program's own that grows beside its target and has no name yet that anybody looks for. */
export type Part = { readonly path: string; readonly handle: number; size: number };

/** Has work done on a part, which gets the name of its target when `isDone` says so; otherwise it is removed. */
export async function withPart<T>(path: string, target: string, work: (part: Part) => Promise<{ readonly value: T; readonly isDone: boolean }>): Promise<T> {
  try {
    const handle = onDisk('target-unwritable', () => openSync(path, 'r+'));
    let isDone = false;
    let value: T;
    try {
      ({ value, isDone } = await work({ path, handle, size: fstatSync(handle).size }));
      if (isDone) onDisk('target-unwritable', () => { fsyncSync(handle); });
    } finally {
      closeSync(handle);
    }
    if (isDone) {
      targetIsFree(target);
      onDisk('target-unwritable', () => {
        renameSync(path, target);
        syncFolder(dirname(target));
      });
    }
    return value;
  } finally {
    if (existsSync(path)) rmSync(path, { force: true });
  }
}

/** The part as it stands now. */
export function openedPart({ handle, size }: Part): PdfFile {
  return read(openPdf(fileBytes(handle, size)));
}

/** Appends an increment. */
export function append(part: Part, bytes: Uint8Array): void {
  onDisk('target-unwritable', () => {
    for (let written = 0; written < bytes.length; ) written += writeSync(part.handle, bytes, written, bytes.length - written, part.size + written);
  });
  part.size += bytes.length;
}

/** Writes into the room of a signature. */
export function patch({ handle }: Part, { at, bytes }: Patch): void {
  onDisk('target-unwritable', () => {
    for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written, bytes.length - written, at + written);
  });
}
