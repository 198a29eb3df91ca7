import { closeSync, constants, fstatSync, lstatSync, openSync, type Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { ReadLimits } from './limits.ts';
import { nameBook, pathRefusal, shownPath } from './names.ts';
import { borrowed, pieceBytes, piecesAt, readUpTo } from './random-access.ts';
import { PackageRefused, type Refusal } from './refused.ts';
import type { PackageFile, PackageSource } from './source.ts';

/**
 * Opens a folder for reading. Links and whatever is neither file nor folder are not followed and not read; each is a refusal.
 * Throws `PackageRefused` beyond the limits.
 */
export async function openFolder(path: string, limits: ReadLimits): Promise<PackageSource> {
  const files: PackageFile[] = [];
  const folders: string[] = [];
  const refusals: Refusal[] = [];
  const note = nameBook();
  const waiting: { readonly bytes: Buffer; readonly inside: string }[] = [{ bytes: Buffer.from(resolve(path)), inside: '' }];
  let seen = 0;
  let total = 0;
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    for (const entry of await sorted(folder.bytes, folder.inside)) {
      seen += 1;
      if (seen > limits.entries) throw new PackageRefused('read.too-many', '', { most: limits.entries });
      const name = entry.name.toString('utf8');
      const inside = folder.inside === '' ? name : `${folder.inside}/${name}`;
      const bytes = Buffer.concat([folder.bytes, Buffer.from('/'), entry.name]);
      const kind = entry.isDirectory() ? 'folder' : 'file';
      const refusal = entryRefusal(entry, inside) ?? pathRefusal(inside, limits) ?? note(inside, kind);
      if (refusal !== undefined) {
        refusals.push(refusal);
      } else if (kind === 'folder') {
        folders.push(inside);
        waiting.push({ bytes, inside });
      } else {
        const { size } = lstatSync(bytes);
        total += size;
        if (size > limits.fileBytes || total > limits.totalBytes) throw new PackageRefused('read.too-large', shownPath(inside), { most: size > limits.fileBytes ? limits.fileBytes : limits.totalBytes });
        const diskPath = join(resolve(path), inside);
        files.push({ path: inside, size, diskPath, oldName: false, pieces: () => content(diskPath, inside, size) });
      }
    }
  }
  return { container: 'folder', name: basename(resolve(path)), files, folders, refusals, close: async () => undefined };
}

async function sorted(folder: Buffer, inside: string): Promise<readonly Dirent<Buffer>[]> {
  try {
    return (await readdir(folder, { withFileTypes: true, encoding: 'buffer' })).sort((one, other) => Buffer.compare(one.name, other.name));
  } catch (error) {
    throw new PackageRefused('read.unreadable', shownPath(inside), { detail: (error as NodeJS.ErrnoException).code ?? '' });
  }
}

function entryRefusal(entry: Dirent<Buffer>, inside: string): Refusal | undefined {
  const file = shownPath(inside);
  if (entry.isSymbolicLink()) return { rule: 'read.link', file, params: {} };
  if (!entry.isFile() && !entry.isDirectory()) return { rule: 'read.special', file, params: {} };
  if (!Buffer.from(entry.name.toString('utf8')).equals(entry.name)) return { rule: 'read.name-bytes', file, params: {} };
  return undefined;
}

// A link that took the file's place since the folder was read is not followed.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

async function* content(path: string, inside: string, size: number): AsyncGenerator<Buffer> {
  const file = shownPath(inside);
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
    for await (const piece of piecesAt(handle, 0, size)) {
      read += piece.length;
      yield piece;
    }
    if (read !== size) throw new PackageRefused('read.changed', file, { detail: 'size' });
  } finally {
    await handle.close();
  }
}
