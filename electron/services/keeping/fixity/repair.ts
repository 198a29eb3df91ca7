import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RepairResult, StoredFile } from '#contract';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, blobsBeside, type Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { isInUse } from '../../exchange/index.ts';
import { actorOf } from '../../people/index.ts';
import { noteRepaired, openBad } from './fixity.store.ts';

type Deps = { readonly store: Store; readonly clock: Clock };

/**
 * Mends with files that came through `staging`. What has the SHA-256 and the size of a bad file is in the store under its name
 * already, over what was bad; it is read once more and noted. Nothing else is kept.
 */
export async function repairWith({ store, clock }: Deps, files: readonly StoredFile[]): Promise<RepairResult[]> {
  const results: RepairResult[] = [];
  for (const { name, sha256, size } of files) {
    const wanted = openBad(store.read).some((one) => one.sha256 === sha256 && one.size === size);
    if (!wanted && !isInUse(store.read, sha256)) await store.blobs.remove(sha256);
    const whole = wanted && (await isWhole(store, sha256, size));
    if (whole) note({ store, clock }, sha256, size, name);
    results.push({ file: name, sha256, result: wanted ? (whole ? 'repaired' : 'still-bad') : 'not-wanted' });
  }
  return results;
}

export type FolderRepair = { readonly looked: number; readonly repaired: readonly { readonly sha256: string; readonly from: string }[]; readonly left: number };

/**
 * Mends from a folder and all below it: a copy of this profile (its files lie there in the store's own form, under this key), an
 * export, or any files. Only what has the SHA-256 and the size of a bad file is taken, whatever it is called.
 */
export async function repairFrom(deps: Deps, folder: string, onLooked: (files: number) => void): Promise<FolderRepair> {
  const { store } = deps;
  const wanted = new Map(openBad(store.read).map(({ sha256, size }) => [sha256, size]));
  const sizes = new Set(wanted.values());
  const repaired: { sha256: string; from: string }[] = [];
  let looked = 0;
  for await (const path of filesBelow(folder)) {
    if (wanted.size === 0) break;
    looked += 1;
    if (looked % 200 === 0) onLooked(looked);
    const sha256 = (await sealed(deps, path, wanted)) ?? (await plain(deps, path, wanted, sizes));
    if (sha256 === undefined) continue;
    const size = wanted.get(sha256) ?? 0;
    if (!(await isWhole(store, sha256, size))) continue;
    note(deps, sha256, size, path);
    wanted.delete(sha256);
    repaired.push({ sha256, from: path });
  }
  return { looked, repaired, left: wanted.size };
}

/** Regular files of a folder and those below it; links are not followed, and what cannot be opened is passed over. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isDirectory()) {
      try {
        yield* filesBelow(path);
      } catch (error) {
        if (!['EACCES', 'EPERM', 'ENOENT', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      }
    }
  }
}

/** A file of another copy of this store: named by its hash, in a folder that is named by the beginning of it. */
async function sealed({ store }: Deps, path: string, wanted: ReadonlyMap<string, number>): Promise<string | undefined> {
  const sha256 = basename(path);
  if (!wanted.has(sha256) || basename(dirname(path)) !== sha256.slice(0, 2)) return undefined;
  const other = blobsBeside({ folder: dirname(dirname(path)), key: store.blobAccess.key });
  try {
    const { size } = await other.verify(sha256);
    if (size !== wanted.get(sha256)) return undefined;
    return await taken(store, other.pieces(sha256), sha256);
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing || isUnreadable(error)) return undefined;
    throw error;
  }
}

/** A file as it is: read once to know its hash, and only then taken. */
async function plain({ store }: Deps, path: string, wanted: ReadonlyMap<string, number>, sizes: ReadonlySet<number>): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    if (!sizes.has(size)) return undefined;
    const hash = createHash('sha256');
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
    const sha256 = hash.digest('hex');
    if (wanted.get(sha256) !== size) return undefined;
    return await taken(store, createReadStream(path) as AsyncIterable<Uint8Array>, sha256);
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

function isUnreadable(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'ENOENT', 'EIO', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Writes pieces into the store under their own hash; undefined when they are not what they were a moment ago. */
async function taken({ blobs, read }: Store, pieces: AsyncIterable<Uint8Array>, sha256: string): Promise<string | undefined> {
  const writer = await blobs.writer();
  try {
    for await (const piece of pieces) await writer.write(piece);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  const made = await writer.finish();
  if (made.sha256 === sha256) return sha256;
  if (!isInUse(read, made.sha256)) await blobs.remove(made.sha256);
  return undefined;
}

async function isWhole({ blobs }: Store, sha256: string, size: number): Promise<boolean> {
  try {
    return (await blobs.verify(sha256)).size === size;
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return false;
    throw error;
  }
}

function note({ store, clock }: Deps, sha256: string, size: number, from: string): void {
  store.write((db) => {
    const at = instantOf(clock);
    const by = actorOf(db).name;
    if (!noteRepaired(db, sha256, at, by, from)) return;
    appendAudit(db, { at, actor: by, action: 'fixity.repaired', subjectKind: 'stored-file', subjectId: sha256, detail: { from, size } });
  });
}
