import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { allKinds, pathOfKind } from './form/all-kinds.ts';
import { ManifestBroken, manifestName, type Manifest, type ManifestEntry, type Unreadable } from './manifest.ts';

/**
 * What is wrong with a file of an export: not there; of another size; of another content; there and not in the manifest; a link
 * or a folder where a file should be (links are never followed); missing in the manifest itself; the manifest cannot be read
 * from there on.
 */
export type ExportProblem = {
  readonly path: string;
  readonly what: 'missing' | 'size' | 'changed' | 'not-listed' | 'no-file' | 'list-incomplete' | 'list-broken';
};

export type Verified = {
  /** the first of them */
  readonly problems: readonly ExportProblem[];
  readonly problemCount: number;
  readonly files: number;
  readonly bytes: number;
  readonly manifestSha256: string;
  readonly unreadable: readonly Unreadable[];
};

const mostTold = 100;
const pieceBytes = 1024 * 1024;

/** Compares every file of an export with its manifest, and looks for what is not in it. Reads all bytes once. */
export async function verifyExport(folder: string, manifest: Manifest, progress: (bytes: number) => void = () => undefined): Promise<Verified> {
  const problems: ExportProblem[] = [];
  let problemCount = 0;
  const wrong = (path: string, what: ExportProblem['what']): void => {
    problemCount += 1;
    if (problems.length < mostTold) problems.push({ path, what });
  };
  let files = 0;
  let bytes = 0;
  let unreadable: readonly Unreadable[] = [];
  const documents = new Set<string>();
  let shard: { readonly name: string; readonly listed: Set<string> } | undefined;
  const shards = new Set<string>();
  const endShard = async (): Promise<void> => {
    if (shard === undefined) return;
    shards.add(shard.name);
    await strangers(folder, `files/${shard.name}`, shard.listed, wrong);
  };

  try {
    const entries = manifest.entries();
    for (;;) {
      const next = entries.next();
      if (next.done === true) {
        unreadable = next.value;
        break;
      }
      const entry = next.value;
      if (entry.path.startsWith('files/')) {
        const name = entry.path.slice(6, 8);
        if (shard?.name !== name) {
          await endShard();
          shard = { name, listed: new Set() };
        }
        shard.listed.add(entry.sha256);
        files += 1;
      } else {
        documents.add(entry.path);
      }
      const what = await compare(folder, entry, (read) => {
        bytes += read;
        progress(bytes);
      });
      if (what !== undefined) wrong(entry.path, what);
    }
    await endShard();
  } catch (error) {
    if (!(error instanceof ManifestBroken)) throw error;
    wrong(`${manifestName}:${String(error.line)}`, 'list-broken');
  }

  const expected = ['README.txt', ...allKinds.map(({ kind }) => pathOfKind(kind))];
  for (const path of expected) if (!documents.has(path)) wrong(path, 'list-incomplete');
  await strangers(folder, 'documents', new Set([...documents].map((path) => path.slice('documents/'.length))), wrong);
  await strangers(folder, 'files', shards, wrong);
  await strangers(folder, '', new Set(['README.txt', 'documents', 'files', manifestName]), wrong);
  return { problems, problemCount, files, bytes, manifestSha256: await hashOf(join(folder, manifestName), () => undefined), unreadable };
}

async function compare(folder: string, { path, sha256, size }: ManifestEntry, read: (bytes: number) => void): Promise<ExportProblem['what'] | undefined> {
  for (const parent of parentsOf(path)) {
    const stat = await lstat(join(folder, parent)).catch(() => undefined);
    if (stat !== undefined && !stat.isDirectory()) return 'no-file';
  }
  const stat = await lstat(join(folder, path)).catch(() => undefined);
  if (stat === undefined) return 'missing';
  if (!stat.isFile()) return 'no-file';
  if (stat.size !== size) return 'size';
  try {
    return (await hashOf(join(folder, path), read)) === sha256 ? undefined : 'changed';
  } catch {
    // Its disk was pulled out, or cannot read it.
    return 'missing';
  }
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

async function hashOf(path: string, read: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of filePieces(path)) {
    hash.update(piece);
    read(piece.length);
  }
  await nextTurn();
  return hash.digest('hex');
}

/** The bytes of a file of an export; a link is not followed. Each piece is good only until the next is asked for. */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, (await file.stat()).size)));
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Tells of what is in a folder and not in the list. */
async function strangers(folder: string, path: string, listed: ReadonlySet<string>, wrong: (path: string, what: ExportProblem['what']) => void): Promise<void> {
  const stat = await lstat(join(folder, path)).catch(() => undefined);
  if (stat?.isDirectory() !== true) return;
  for (const name of (await readdir(join(folder, path))).toSorted()) {
    if (!listed.has(name)) wrong(path === '' ? name : `${path}/${name}`, 'not-listed');
  }
}
