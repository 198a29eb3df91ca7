import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir, statfs, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderSynced } from '../../foundation/durable-file.ts';
import { growingManifest, manifestName } from './manifest.ts';

/** What the place of an export may say; each with a sentence for people. */
export type PlaceFaultCode = 'place-full' | 'place-read-only' | 'place-gone' | 'place-taken' | 'place-file-size';

/** Thrown when the place that is written to refuses. */
export class PlaceFault extends Error {
  override readonly name = 'PlaceFault';
  readonly code: PlaceFaultCode;
  readonly params: Readonly<Record<string, string | number>>;
  constructor(code: PlaceFaultCode, params: Readonly<Record<string, string | number>>, cause?: unknown) {
    super(code, { cause });
    this.code = code;
    this.params = params;
  }
}

const faults: readonly (readonly [RegExp, PlaceFaultCode])[] = [
  [/^(ENOSPC|EDQUOT)$/, 'place-full'],
  [/^(EROFS|EACCES|EPERM)$/, 'place-read-only'],
  [/^(ENOENT|ENOTDIR|ENODEV|ENXIO|EIO|ESTALE)$/, 'place-gone'],
  // FAT32 holds no file of 4 GiB.
  [/^EFBIG$/, 'place-file-size'],
];

export type WrittenFile = { readonly sha256: string; readonly size: number };

/** One file that is being written. */
export type PlaceFile = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** when this resolves, the bytes are on the disk */
  readonly finish: () => Promise<WrittenFile>;
  /** closes it and takes it away */
  readonly abort: () => Promise<void>;
};

/** A folder that grows under another name until it is whole. */
export type Place = {
  /** `path` with `/`, as the manifest has it; `sha256`: where whoever writes has compared what comes with it already */
  readonly file: (path: string, sha256?: string) => Promise<PlaceFile>;
  /** Gives the manifest its name, and the folder; the last act. */
  readonly finish: () => Promise<void>;
  /** Takes away what was written. */
  readonly abort: () => Promise<void>;
};

/** The name under which an export grows. */
export const unfinishedName = (folder: string): string => `${folder}.unfinished`;

const ownNames: ReadonlySet<string> = new Set(['README.txt', 'documents', 'files', growingManifest, manifestName]);

/**
 * Opens the place of a new export. `folder` must not be there, or be empty; what an export that broke off left behind is
 * taken away. `bytes`: what will be written, roughly; throws PlaceFault when there is no room for it.
 */
export async function openPlace(folder: string, bytes: number): Promise<Place> {
  const growing = unfinishedName(folder);
  const made = new Set<string>();
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      const fault = faults.find(([pattern]) => pattern.test(code))?.[1];
      throw fault === undefined ? error : new PlaceFault(fault, { folder, needed: mebibytes(bytes) }, error);
    }
  };

  await attempt(async () => {
    if ((await namesIn(folder)).length > 0) throw new PlaceFault('place-taken', { folder });
    const left = await namesIn(growing);
    // Nothing is removed that an export has not made.
    if (left.some((name) => !ownNames.has(name))) throw new PlaceFault('place-taken', { folder: growing });
    await rm(growing, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    const { bavail, bsize } = await statfs(dirname(folder));
    if (bavail * bsize < bytes) throw new PlaceFault('place-full', { folder, needed: mebibytes(bytes) });
    await mkdir(growing, { mode: 0o700 });
  });

  async function folderOf(path: string): Promise<void> {
    const parent = dirname(path);
    if (made.has(parent)) return;
    await mkdir(join(growing, parent), { recursive: true, mode: 0o700 });
    made.add(parent);
  }

  return {
    file: (path, sha256) =>
      attempt(async () => {
        await folderOf(path);
        const full = join(growing, path);
        return placeFile(await open(full, 'wx', 0o600), full, sha256, attempt);
      }),
    finish: () =>
      attempt(async () => {
        await rename(join(growing, growingManifest), join(growing, manifestName));
        for (const name of made) {
          const path = join(growing, name);
          // Of a file that could not be read its folder is left.
          if ((await readdir(path)).length === 0) await rmdir(path);
          else await folderSynced(path);
        }
        await folderSynced(growing);
        // An empty one may stand there.
        await rmdir(folder).catch(() => undefined);
        await rename(growing, folder);
        await folderSynced(dirname(folder));
      }),
    abort: () => rm(growing, { recursive: true, force: true }),
  };
}

function placeFile(file: FileHandle, path: string, known: string | undefined, attempt: <T>(work: () => Promise<T>) => Promise<T>): PlaceFile {
  const hash = known === undefined ? createHash('sha256') : undefined;
  let size = 0;
  return {
    write: (bytes) =>
      attempt(async () => {
        hash?.update(bytes);
        for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
        size += bytes.length;
      }),
    finish: () =>
      attempt(async () => {
        try {
          await file.datasync();
        } finally {
          await file.close();
        }
        return { sha256: known ?? hash?.digest('hex') ?? '', size };
      }),
    abort: async () => {
      await file.close().catch(() => undefined);
      await rm(path, { force: true });
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}
