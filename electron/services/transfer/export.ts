import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExportDone, ExportProgress } from '#contract';
import { BlobDamaged, BlobMissing, eachRowOf, type Blobs, type ReadDb, type Store } from '../../store/index.ts';
import { readAgency } from '../settings/index.ts';
import { namedFiles, type NamedFile } from './files.store.ts';
import { allKinds, pathOfKind } from './form/all-kinds.ts';
import type { Kind, Moment } from './form/kind.ts';
import { lineMaker } from './form/record.ts';
import { endText, entryText, exportFormat, exportVersion, growingManifest, headText, pathOfFile, type ManifestEntry, type Unreadable } from './manifest.ts';
import { openPlace, type Place, type PlaceFile } from './place.ts';
import { readmeText } from './readme-text.ts';
import { lastEntry, momentOf } from './station.store.ts';

/** Work of the core between two looks at what else is to be done. */
const sliceMs = 6;
const pieceBytes = 256 * 1024;
/** Files on their way to the disk at once: each waits for it once. */
const copiedAtOnce = 8;

export type ExportOrder = {
  readonly store: Store;
  /** must not be there, or be empty */
  readonly folder: string;
  readonly profileKind: 'office' | 'practice';
  readonly signal: AbortSignal;
  readonly progress: (now: ExportProgress) => void;
  /** The moment is taken: what is written from now on is not in it. */
  readonly begun: () => void;
};

/**
 * Writes all that the station holds into a folder, as it is at one moment, while the station works on. The folder has its
 * name when it is whole; on any failure nothing is left. Throws PlaceFault, and the signal's reason when it is given up.
 */
export async function exportWhole(order: ExportOrder): Promise<ExportDone> {
  const { store, signal } = order;
  const snapshot = store.snapshot();
  try {
    order.begun();
    const { read } = snapshot;
    const breathe = breathing(signal);
    let bytes = 0;
    for (const files of namedFiles(read)) {
      for (const { size } of files) bytes += size;
      await breathe();
    }
    const place = await openPlace(order.folder, bytes);
    try {
      return await fill(order, read, place, bytes, breathe);
    } catch (error) {
      await place.abort();
      throw error;
    }
  } finally {
    snapshot.close();
  }
}

async function fill(order: ExportOrder, read: ReadDb, place: Place, total: number, breathe: Breathe): Promise<ExportDone> {
  const documents: ManifestEntry[] = [];
  const readme = await place.file('README.txt');
  await readme.write(Buffer.from(readmeText, 'utf8'));
  documents.push({ path: 'README.txt', ...(await readme.finish()) });

  const moment = momentOf(read);
  const counts: Record<string, number> = {};
  let records = 0;
  for (const kind of allKinds) {
    const path = pathOfKind(kind.kind);
    const { file, count } = await writeKind(read, kind, moment, await place.file(path), breathe);
    documents.push({ path, ...file });
    counts[kind.kind] = count;
    records += count;
    order.progress({ phase: 'records', done: records, total: null });
  }

  const { organId, name } = readAgency(read);
  const head = headText({ format: exportFormat, version: exportVersion, profileKind: order.profileKind, office: { organId, name }, lastEntry: lastEntry(read) ?? null, counts });
  const manifest = await place.file(growingManifest);
  try {
    let files = -documents.length;
    let bytes = 0;
    const note = async (entries: readonly ManifestEntry[]): Promise<void> => {
      let text = '';
      for (const entry of entries) {
        text += entryText(entry, bytes === 0);
        files += 1;
        bytes += entry.size;
      }
      await manifest.write(Buffer.from(text, 'utf8'));
    };
    await manifest.write(Buffer.from(head, 'utf8'));
    await note(documents);
    const unreadable = await copyFiles(order, read, place, total, note, breathe);
    await manifest.write(Buffer.from(endText(unreadable), 'utf8'));
    const { sha256: manifestSha256, size } = await manifest.finish();
    await place.finish();
    return { folder: order.folder, records, files, bytes: bytes + size, manifestSha256, unreadable: unreadable.length };
  } catch (error) {
    await manifest.abort();
    throw error;
  }
}

async function writeKind(
  read: ReadDb,
  kind: Kind,
  moment: Moment,
  file: PlaceFile,
  breathe: Breathe,
): Promise<{ readonly file: { sha256: string; size: number }; readonly count: number }> {
  const lineOf = lineMaker(kind, moment);
  const columns = kind.elements.map(({ column }) => column);
  let count = 0;
  let text = '';
  try {
    for (const values of eachRowOf(read, kind.table, columns, kind.order)) {
      const line = lineOf(values);
      if (line !== undefined) {
        count += 1;
        text += line;
      }
      if (text.length >= pieceBytes) {
        await file.write(Buffer.from(text, 'utf8'));
        text = '';
      }
      const turn = breathe();
      if (turn !== undefined) await turn;
    }
    await file.write(Buffer.from(text, 'utf8'));
    return { file: await file.finish(), count };
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** Copies the stored files, several at once; answers what is not there although it should be, or is damaged. */
async function copyFiles(
  order: ExportOrder,
  read: ReadDb,
  place: Place,
  total: number,
  note: (entries: readonly ManifestEntry[]) => Promise<void>,
  breathe: Breathe,
): Promise<readonly Unreadable[]> {
  const { blobs } = order.store;
  const unreadable: Unreadable[] = [];
  let copied: ManifestEntry[] = [];
  let done = 0;
  const one = async ({ sha256, needed }: NamedFile): Promise<void> => {
    const size = await copyFile(blobs, sha256, place, (bytes) => {
      done += bytes;
      order.signal.throwIfAborted();
      order.progress({ phase: 'files', done, total });
    });
    if (typeof size === 'number') copied.push({ path: pathOfFile(sha256), sha256, size });
    else if (needed === 1 || size === 'damaged') unreadable.push({ sha256, why: size });
  };
  for (const page of namedFiles(read)) {
    await breathe();
    const queue = page.values();
    // All have ended before anything else is done with the place, also when one fails.
    const ends = await Promise.allSettled(
      Array.from({ length: copiedAtOnce }, async () => {
        for (const file of queue) await one(file);
      }),
    );
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    await note(copied.toSorted(byHash));
    copied = [];
  }
  return unreadable.toSorted(byHash);
}

function byHash(a: { readonly sha256: string }, b: { readonly sha256: string }): number {
  return a.sha256 < b.sha256 ? -1 : 1;
}

async function copyFile(blobs: Blobs, sha256: string, place: Place, told: (bytes: number) => void): Promise<number | Unreadable['why']> {
  const file = await place.file(pathOfFile(sha256), sha256);
  try {
    for await (const piece of blobs.pieces(sha256)) {
      await file.write(piece);
      told(piece.length);
    }
    return (await file.finish()).size;
  } catch (error) {
    await file.abort();
    if (error instanceof BlobMissing) return 'missing';
    if (error instanceof BlobDamaged || isOfTheDisk(error)) return 'damaged';
    throw error;
  }
}

/** A sector that cannot be read, or the like: what the place says is a PlaceFault. */
function isOfTheDisk(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string';
}

/** Waits for the others' turn when a slice is over, and ends when the export was given up. */
type Breathe = () => Promise<void> | undefined;

function breathing(signal: AbortSignal): Breathe {
  let since = performance.now();
  const turn = async (): Promise<void> => {
    await nextTurn();
    signal.throwIfAborted();
    since = performance.now();
  };
  return () => (performance.now() - since < sliceMs ? undefined : turn());
}
