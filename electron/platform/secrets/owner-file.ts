import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../foundation/durable-file.ts';
import { keyFailure, type KeyFailure } from './keeper.ts';
import type { Result } from '../../foundation/outcome.ts';

/** A file that holds a key is small; anything larger is not ours. */
const largest = 16 * 1024;

/** Reads a file that only its owner may read. `undefined` when there is none. */
export async function readOwnerFile(folder: string, name: string): Promise<Result<Buffer | undefined, KeyFailure>> {
  const path = join(folder, name);
  try {
    // lstat: a link would let somebody else's file stand in for ours.
    const facts = await lstat(path);
    if (!facts.isFile() || facts.size > largest) return keyFailure('key-wrong', { folder, reason: 'file-damaged' });
    // Windows has no such bits; there the profile folder inherits the user's own access list.
    if (process.platform !== 'win32') {
      if ((facts.mode & 0o077) !== 0) return keyFailure('key-wrong', { folder, reason: 'readable-by-others' });
      if (facts.uid !== process.getuid?.()) return keyFailure('key-wrong', { folder, reason: 'owned-by-another' });
    }
    return { ok: true, value: await readFile(path) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { ok: true, value: undefined };
    if (code === 'EACCES' || code === 'EPERM') return keyFailure('key-wrong', { folder, reason: 'not-readable' });
    throw error;
  }
}

/**
 * Writes a new file readable by its owner only, durably, and never over one that is there: a second process that
 * creates a key at the same moment must lose, not overwrite.
 */
export async function createOwnerFile(
  folder: string,
  name: string,
  content: Uint8Array | string,
): Promise<Result<'created' | 'exists', KeyFailure>> {
  const path = join(folder, name);
  const temporary = join(folder, `.${name}.${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const outcome = await putInPlace(temporary, path);
    syncFolder(folder);
    return { ok: true, value: outcome };
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOSPC' || code === 'EDQUOT') return keyFailure('disk-full', { folder });
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(code)) return keyFailure('folder-read-only', { folder });
    throw error;
  }
}

async function putInPlace(temporary: string, path: string): Promise<'created' | 'exists'> {
  try {
    // A hard link refuses an existing name, which a rename does not.
    await link(temporary, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code !== 'EEXIST') {
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
      return renameInto(temporary, path);
    }
    await unlink(temporary);
    return 'exists';
  }
  await unlink(temporary);
  return 'created';
}

/** File systems without hard links (FAT, some network drives). */
async function renameInto(temporary: string, path: string): Promise<'created' | 'exists'> {
  const taken = await lstat(path).then(
    () => true,
    () => false,
  );
  if (taken) {
    await unlink(temporary);
    return 'exists';
  }
  await rename(temporary, path);
  return 'created';
}
