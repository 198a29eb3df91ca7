import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type BatchDetail, type BatchItem, type CodeOf, type Contract, type Outcome, type PackageBuildFailure } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { getDossier } from '../../dossiers/index.ts';
import { actorOf } from '../../people/index.ts';
import { failureParams, objectIdOf, targetFailure, type BuildFailure, type PackageContent } from '../../packages/index.ts';
import type { HandoverDeps } from '../ports.ts';
import type { Running, Runs } from '../runs.ts';
import { contentOf, everyItem, getBatch, moveBatch, noteBuilt, raiseBatch, remarksOfBatch, saveContent, setFolder, setPackaged } from './batch.store.ts';
import { captured } from './content.ts';
import { mayActOn } from './life.ts';
import { batchNow, note } from './on-batch.ts';

type Answer = Outcome<BatchDetail, CodeOf<Contract['handover']['package']>>;
type ThreadEnded = { readonly code: 'packages-thread-ended'; readonly detail: string };
type Begun = Outcome<{ readonly folder: string }, CodeOf<Contract['handover']['package']>>;

export type PackagingOrder = {
  readonly id: string;
  readonly version: number;
  readonly seen: readonly string[];
  /** null: where this batch's packages lie already, else a folder of its own in the host's place */
  readonly folder: string | null;
  readonly output: 'zip' | 'folder';
  /** a drive in place of the host's place */
  readonly drive?: string | null;
};

/**
 * Makes one SIP_hoso for each dossier of a checked batch. What goes in is taken down first, dossier by dossier, with the verdicts
 * of that moment, and does not change any more; a package that is whole is not made again. Called again after a kill, a
 * cancellation or a failure it goes on where it was. Originals are only read.
 */
export function packageBatch(deps: HandoverDeps, runs: Runs, order: PackagingOrder, signal?: AbortSignal): Promise<Answer> {
  return runs.run('packaging', order.id, (running) => packaged(deps, order, running), signal);
}

async function packaged(deps: HandoverDeps, order: PackagingOrder, running: Running): Promise<Answer> {
  const root = await rootOf(deps, order.drive ?? null);
  if (!root.ok) return root;
  const begun = begin(deps, order, root.value);
  if (!begun.ok) return begun;
  const { folder } = begun.value;
  const items = everyItem(deps.store.read, order.id);
  const contents = new Map<string, PackageContent>();
  for (const item of items) {
    if (item.builtAt !== null) continue;
    if (running.signal.aborted) return fail('packages-cancelled');
    const content = contentOf(deps.store.read, item.id) ?? takenDown(deps, order.id, item);
    if (content === undefined) return fail('remarks-stop', { code: item.fileCode });
    contents.set(item.id, content);
    // Each is a transaction of its own: others get their turn between them.
    await new Promise(setImmediate);
  }
  const bytesOf = [...contents.values()].reduce((sum, content) => sum + sizeOf(content), 0);
  const full = await roomFor(folder, bytesOf);
  if (full !== undefined) return full;
  let done = items.length - contents.size;
  let bytesDone = 0;
  const started = performance.now();
  running.tell({ done, of: items.length, bytesDone, bytesOf });
  for (const item of items) {
    const content = contents.get(item.id);
    if (content === undefined) continue;
    const built = await deps.build(
      { content, schemas: deps.schemas('SIP_hoso'), into: folder, output: order.output },
      {
        signal: running.signal,
        progress: (now) => {
          const at = bytesDone + now.bytesDone;
          const spent = performance.now() - started;
          running.tell({ bytesDone: at, secondsLeft: at === 0 || spent < 1000 ? null : Math.ceil(((bytesOf - at) * spent) / at / 1000) });
        },
      },
    );
    const known = { ...item, objectId: objectIdOf(content) };
    const facts = built.ok ? built.value : built.failure.code === 'packages-target-exists' ? await foundWhole(deps, built.failure.path, known, running.signal) : undefined;
    if (facts === undefined) return refusalOf(built.ok ? { code: 'packages-cancelled' } : built.failure, item);
    deps.store.write((db) => {
      noteBuilt(db, item.id, instantOf(deps.clock), facts);
    });
    done += 1;
    bytesDone += sizeOf(content);
    running.tell({ done, bytesDone });
  }
  return ended(deps, order.id);
}

/** Where folders of packages are made: the host's place, or a drive that is plugged in now. */
export async function rootOf({ place, drives }: Pick<HandoverDeps, 'place' | 'drives'>, drive: string | null): Promise<Outcome<string | null, 'packages-target-gone'>> {
  if (drive === null) return ok(place);
  return (await drives()).includes(drive) ? ok(drive) : fail('packages-target-gone', { detail: drive });
}

/** The batch is being packaged from here on. */
function begin(deps: HandoverDeps, order: PackagingOrder, root: string | null): Begun {
  return deps.store.write((db): Begun => {
    const batch = getBatch(db, order.id);
    if (batch === undefined) return fail('not-found');
    if (batch.version !== order.version) return fail('batch-changed');
    if (!mayActOn('package', batch.state)) return fail('batch-step', { state: batch.state });
    const seen = new Set(order.seen);
    const unseen = batch.state === 'checked' ? remarksOfBatch(db, batch.id).filter(({ key }) => !seen.has(key)) : [];
    if (unseen.length > 0) return fail('handover-remarks-unseen', { count: unseen.length });
    const chosen = order.folder ?? (batch.folder === '' ? null : batch.folder);
    if (chosen === null && root === null) return fail('handover-no-place');
    const folder = chosen ?? join(root ?? '', `nop-luu-${String(batch.turn)}-${batch.id.slice(-12)}`);
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      return placeRefusal(error, folder);
    }
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
    if (batch.folder !== folder) setFolder(db, batch.id, folder);
    if (batch.state === 'checked') moveBatch(db, batch.id, 'packaging');
    note(db, 'handover-batch', batch.id, batch.state === 'checked' ? 'packaging-begun' : 'packaging-resumed', moment, { folder, built: batch.built });
    return ok({ folder });
  });
}

/** Writes down what goes into a package; undefined when the dossier is not what was checked any more. */
function takenDown(deps: HandoverDeps, batch: string, item: BatchItem): PackageContent | undefined {
  return deps.store.write((db) => {
    const now = getBatch(db, batch);
    const dossier = getDossier(db, item.dossier);
    const found = now && captured(deps, db, item.dossier, now.fields, item.ordinal);
    if (found === undefined || dossier === undefined || dossier.closedAt === null || (dossier.state !== 'closed' && dossier.state !== 'locked')) return undefined;
    saveContent(db, item.id, found.content, objectIdOf(found.content));
    return found.content;
  });
}

type Facts = { readonly sha256: string; readonly files: number; readonly bytes: number };

/**
 * What lies there under the package's name: its UUID is in it, so it is this very package when a kill came between its
 * completion and the note of it. It is judged before it is believed.
 */
async function foundWhole(deps: HandoverDeps, path: string, { objectId }: BatchItem, signal: AbortSignal): Promise<Facts | undefined> {
  const checked = await deps.check(path, { onProgress: () => undefined, signal });
  if (!checked.ok || !checked.value.fit || checked.value.objectId !== objectId) return undefined;
  const { files, bytes } = checked.value;
  const mets = files.find((file) => file.path === 'METS.xml');
  return mets && { sha256: mets.sha256, files: files.length, bytes };
}

function ended(deps: HandoverDeps, id: string): Answer {
  return deps.store.write((db) => {
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
    setPackaged(db, id, moment.at);
    raiseBatch(db, id);
    const batch = batchNow(db, id);
    note(db, 'handover-batch', id, 'packaged', moment, { totals: batch.totals, packages: everyItem(db, id).map(({ objectId, sha256 }) => ({ objectId, sha256 })) });
    return ok(batch);
  });
}

/** Bytes of all files that go into a package. */
export function sizeOf(content: Pick<PackageContent, 'documents'>): number {
  return content.documents.reduce((sum, { content: main, attachments }) => sum + (main.kind === 'file' ? main.file.size : 0) + attachments.reduce((all, { size }) => all + size, 0), 0);
}

/** METS, field files and schemas of a package, at most. */
const spare = 1024 * 1024;

/** Why there is no room for so many bytes of documents; undefined when there is. */
export async function roomFor(folder: string, bytes: number): Promise<Extract<Outcome<never, 'packages-disk-full'>, { readonly ok: false }> | undefined> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return free < bytes + spare ? fail('packages-disk-full', failureParams({ code: 'packages-disk-full', needed: bytes + spare, free })) : undefined;
}

/** Why a folder for packages cannot be made, in the words of the contract. */
export function placeRefusal(error: unknown, folder: string): Extract<Outcome<never, PackageBuildFailure>, { readonly ok: false }> {
  const failure = targetFailure(error, folder);
  if (failure !== undefined) return fail(failure.code, failureParams(failure));
  if ((error as NodeJS.ErrnoException).code === 'EEXIST') return fail('packages-target-exists', { path: folder });
  throw error;
}

/** Why a package was not made, in the words of the contract; places in it are told with the dossier's code. */
export function refusalOf(failure: BuildFailure | ThreadEnded, { fileCode }: Pick<BatchItem, 'fileCode'>): Extract<Outcome<never, PackageBuildFailure>, { readonly ok: false }> {
  if (failure.code === 'packages-thread-ended') return fail(failure.code, { detail: failure.detail });
  const params = failureParams(failure);
  return fail(failure.code, 'place' in params ? { ...params, place: `${fileCode}: ${String(params['place'])}` } : params);
}
