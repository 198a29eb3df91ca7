import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok, type ImportFailureCode, type Outcome } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { brokenReference, columnsOf, emptyTable, lastRowSetter, referencesMayFollow, rowWriter, type Store, type WriteDb } from '../../store/index.ts';
import { appendAudit, verifyChain } from '../audit/index.ts';
import { indexAnew } from '../search/index.ts';
import { givenKinds, isEmptyStation } from './empty-station.ts';
import { allKinds, pathOfKind } from './form/all-kinds.ts';
import { UnfitRecord, type Kind } from './form/kind.ts';
import { lineReader } from './form/record.ts';
import { LineTooLong, linesOf, longestLine, openManifest, type Manifest, type ManifestEntry, type ManifestHead } from './manifest.ts';
import { forgetDestroyedTexts, lastEntry, setAuditHead } from './station.store.ts';
import { filePieces, verifyExport, type Verified } from './verify.ts';

export type ImportOrder = {
  readonly store: Store;
  readonly clock: Clock;
  readonly folder: string;
  /** of the station that it goes into */
  readonly profileKind: 'office' | 'practice';
  /** false: only looks, and says what would be taken in */
  readonly write: boolean;
  /** name of who does it, for the log */
  readonly actor: string;
  readonly progress: (step: ImportStep) => void;
};

export type ImportStep = { readonly step: 'checking' | 'files'; readonly bytes: number } | { readonly step: 'records'; readonly kind: string };

/** What an export holds, and what became of it. */
export type Import = { readonly head: ManifestHead; readonly verified: Verified; readonly written: boolean };

const copiedAtOnce = 8;

/** Thrown inside the transaction, so that it is undone. */
class Refused extends Error {
  readonly code: ImportFailureCode;
  readonly params: Readonly<Record<string, string | number>>;
  constructor(code: ImportFailureCode, params: Readonly<Record<string, string | number>>) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

/**
 * Takes an export into an empty station. Everything is compared with the manifest before anything is written; then the stored
 * files are taken in, which changes nothing that anybody sees and is gone on with after an interruption; then all records in
 * one transaction. The core must be opened anew afterwards: what it holds in memory is of the station before.
 */
export async function importWhole(order: ImportOrder): Promise<Outcome<Import, ImportFailureCode>> {
  const { store, folder } = order;
  const opened = openManifest(folder);
  if (!opened.ok) return opened;
  const manifest = opened.value;
  const { head } = manifest;
  if (head.profileKind !== order.profileKind) return fail('export-other-kind', { kind: head.profileKind });
  if (!isEmptyStation(store.read)) return fail('station-not-empty');
  const verified = await verifyExport(folder, manifest, (bytes) => {
    order.progress({ step: 'checking', bytes });
  });
  const [first] = verified.problems;
  if (first !== undefined) return fail('export-changed', { file: first.path, what: first.what, count: verified.problemCount });
  if (!order.write) return ok({ head, verified, written: false });
  try {
    await takeFiles(order, manifest);
    store.write((db) => {
      // Somebody may have begun to work while the files came.
      if (!isEmptyStation(db)) throw new Refused('station-not-empty', {});
      takeRecords(db, order, manifest);
      finish(db, order, manifest, verified);
    });
  } catch (error) {
    if (error instanceof Refused) return fail(error.code, error.params);
    throw error;
  }
  return ok({ head, verified, written: true });
}

async function takeFiles({ store, folder, progress }: ImportOrder, manifest: Manifest): Promise<void> {
  const { blobs } = store;
  let bytes = 0;
  const one = async ({ path, sha256 }: ManifestEntry): Promise<void> => {
    if (blobs.has(sha256)) return;
    const writer = await blobs.writer();
    try {
      for await (const piece of fromExport(folder, path)) {
        await writer.write(piece);
        bytes += piece.length;
        progress({ step: 'files', bytes });
      }
    } catch (error) {
      await writer.abort();
      throw error;
    }
    const stored = await writer.finish();
    if (stored.sha256 === sha256) return;
    // It was changed since it was compared.
    await blobs.remove(stored.sha256);
    throw new Refused('export-changed', { file: path, what: 'changed', count: 1 });
  };
  const queue = storedFiles(manifest);
  const ends = await Promise.allSettled(
    Array.from({ length: copiedAtOnce }, async () => {
      for (const entry of queue) await one(entry);
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** The bytes of a file of the export; what its disk says is told as a change of it. */
async function* fromExport(folder: string, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* filePieces(join(folder, path));
  } catch {
    throw new Refused('export-changed', { file: path, what: 'missing', count: 1 });
  }
}

function* storedFiles(manifest: Manifest): Generator<ManifestEntry> {
  for (const entry of manifest.entries()) if (entry.path.startsWith('files/')) yield entry;
}

function takeRecords(db: WriteDb, order: ImportOrder, { head, entries }: Manifest): void {
  referencesMayFollow(db);
  const hashes = new Map<string, string>();
  for (const entry of entries()) if (entry.path.startsWith('documents/')) hashes.set(entry.path, entry.sha256);
  for (const { kind, table } of allKinds) if (givenKinds.includes(kind)) emptyTable(db, table);
  for (const kind of allKinds) {
    order.progress({ step: 'records', kind: kind.kind });
    const path = pathOfKind(kind.kind);
    const { count, sha256 } = takeKind(db, kind, order.folder, path);
    if (sha256 !== hashes.get(path)) throw new Refused('export-changed', { file: path, what: 'changed', count: 1 });
    if (count !== head.counts[kind.kind]) throw new Refused('export-records-unfit', { file: path, line: count });
  }
  const broken = brokenReference(db);
  if (broken !== undefined) {
    const kind = allKinds.find(({ table }) => table === broken.table)?.kind ?? broken.table;
    throw new Refused('export-records-unfit', { file: pathOfKind(kind), line: 0 });
  }
}

function takeKind(db: WriteDb, kind: Kind, folder: string, path: string): { readonly count: number; readonly sha256: string } {
  const { columns, read } = lineReader(kind, columnsOf(db, kind.table));
  const write = rowWriter(db, kind.table, columns);
  const setAgain = kind.setAgain === undefined ? undefined : { at: columns.indexOf(kind.setAgain), set: lastRowSetter(db, kind.table, kind.setAgain) };
  const hash = createHash('sha256');
  let count = 0;
  try {
    for (const line of linesOf(join(folder, path), longestLine.record, (bytes) => void hash.update(bytes))) {
      count += 1;
      const values = read(line);
      write(values);
      setAgain?.set(values[setAgain.at] ?? null);
    }
  } catch (error) {
    if (isOfTheRecord(error)) throw new Refused('export-records-unfit', { file: path, line: count });
    throw error;
  }
  return { count, sha256: hash.digest('hex') };
}

/** What a record is, a line or the database's own rules say; the rest is the disk's matter or a defect. */
function isOfTheRecord(error: unknown): boolean {
  if (error instanceof UnfitRecord || error instanceof LineTooLong) return true;
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)|ERR_ENCODING_INVALID_ENCODED_DATA)/.test(code);
}

function finish(db: WriteDb, order: ImportOrder, { head }: Manifest, verified: Verified): void {
  const end = lastEntry(db);
  if (end !== undefined) setAuditHead(db, end);
  const chain = verifyChain(db);
  if (chain.brokenAt !== null) throw new Refused('export-log-broken', { entry: chain.brokenAt });
  if (JSON.stringify(end ?? null) !== JSON.stringify(head.lastEntry)) throw new Refused('export-log-broken', { entry: chain.entries });
  forgetDestroyedTexts(db);
  indexAnew(db);
  const records = Object.values(head.counts).reduce((sum, count) => sum + count, 0);
  appendAudit(db, {
    at: instantOf(order.clock),
    actor: order.actor,
    action: 'transfer.imported',
    subjectKind: 'station',
    subjectId: 'station',
    detail: { folder: order.folder, manifestSha256: verified.manifestSha256, records, files: verified.files, unreadable: verified.unreadable.length },
  });
}
