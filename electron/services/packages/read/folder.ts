import { lstatSync, type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { filePieces, type DiskPlace } from './file-content.ts';
import type { ReadLimits } from './limits.ts';
import { nameBook, pathRefusal, shownPath } from './names.ts';
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
        const place: DiskPlace = { kind: 'file', path: join(resolve(path), inside), name: inside, size };
        files.push({ path: inside, size, diskPath: place.path, oldName: false, place, pieces: () => filePieces(place) });
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
