import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { shownPath } from './names.ts';
import { borrowed, pieceBytes, piecesAt, readUpTo } from './random-access.ts';
import { PackageRefused } from './refused.ts';

/** A file on the disk; plain data, which another thread can read by too. */
export type DiskPlace = {
  readonly kind: 'file';
  /** on the disk */
  readonly path: string;
  /** inside the package */
  readonly name: string;
  readonly size: number;
};

// A link that took the file's place since the folder was read is not followed.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** The content of a file that must have the size it had when its folder was read, and be no link. */
export async function* filePieces({ path, name, size }: DiskPlace): AsyncGenerator<Buffer> {
  const file = shownPath(name);
  try {
    if (size > pieceBytes) yield* large(path, file, size);
    else yield* small(path, file, size);
  } catch (error) {
    if (error instanceof PackageRefused) throw error;
    const detail = (error as NodeJS.ErrnoException).code ?? '';
    throw new PackageRefused(detail === 'ENOENT' ? 'read.changed' : 'read.unreadable', file, { detail });
  }
}

function* small(path: string, file: string, size: number): Generator<Buffer> {
  const fd = openSync(path, flags);
  const [buffer, give] = borrowed();
  try {
    if (fstatSync(fd).size !== size || readUpTo(fd, buffer, 0, size) !== size) throw new PackageRefused('read.changed', file, { detail: 'size' });
    if (size > 0) yield buffer.subarray(0, size);
  } finally {
    give();
    closeSync(fd);
  }
}

async function* large(path: string, file: string, size: number): AsyncGenerator<Buffer> {
  const handle = await open(path, flags);
  try {
    let read = 0;
    if ((await handle.stat()).size !== size) throw new PackageRefused('read.changed', file, { detail: 'size' });
    for await (const piece of piecesAt(handle.fd, 0, size)) {
      read += piece.length;
      yield piece;
    }
    if (read !== size) throw new PackageRefused('read.changed', file, { detail: 'size' });
  } finally {
    await handle.close();
  }
}
