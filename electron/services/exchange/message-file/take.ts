import { fail, ok, type IntakeFile, type Outcome, type StoredFile } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, type BlobRef, type Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { discardWaiting, firstDamaged, putMessage, sameWaitingMessage, wasDestroyed } from '../../records/index.ts';
import { isInUse } from '../destroyed.store.ts';
import type { EdxmlAttachment } from '../edxml/model.ts';
import type { ReadMessage } from '../file-message.ts';
import { readMessage } from '../store-message.ts';
import { unreadable, type MessageFileDeps } from './message.ts';

/**
 * Takes a stored file in as a message that waits to be entered, with what it carries: read by the reader of the axis'
 * messages, under the same limits. What is no such message leaves nothing behind.
 */
export async function takeMessage(deps: MessageFileDeps, file: StoredFile): Promise<Outcome<IntakeFile, 'message-unreadable' | 'file-damaged'>> {
  const { store } = deps;
  const waits = sameWaitingMessage(store.read, file.sha256);
  if (waits !== undefined) return ok(waits);
  const read = await readStored(store, file);
  if (read === undefined) return fail('file-damaged', { file: file.name });
  const { message } = read;
  if (!message.ok) {
    await forget(store, [file.sha256, ...[...read.files.values()].map(({ sha256 }) => sha256)]);
    if (read.thrown !== undefined) throw read.thrown.error;
    return unreadable(file.name, message);
  }
  const parts = message.value.kind === 'status' ? [] : message.value.attachments.map((one) => partOf(one, read.files));
  const added = store.write((db) => {
    const at = instantOf(deps.clock);
    const row = putMessage(db, file, parts, at);
    appendAudit(db, {
      at,
      actor: actorOf(db).name,
      action: 'file.added',
      subjectKind: 'intake-file',
      subjectId: row.id,
      detail: { name: file.name, size: file.size, sha256: file.sha256, carries: parts.map(({ name, sha256 }) => ({ name, sha256 })) },
    });
    return row;
  });
  // Bytes that were to be destroyed may have been, between their writing and the row that keeps them.
  const doubtful = [file, ...parts].filter(({ sha256 }) => wasDestroyed(store.read, sha256));
  if ((await firstDamaged(store.blobs, doubtful)) === undefined) return ok(added);
  store.write((db) => {
    discardWaiting(db, added.id, instantOf(deps.clock));
  });
  return fail('file-damaged', { file: file.name });
}

function partOf({ index, name, mediaType }: EdxmlAttachment, files: ReadonlyMap<number, BlobRef>): StoredFile {
  const stored = files.get(index);
  if (stored === undefined) throw new Error('an attachment was read but not stored');
  return { name, mediaType, size: stored.size, sha256: stored.sha256 };
}

async function readStored(store: Store, { sha256 }: StoredFile): Promise<ReadMessage | undefined> {
  try {
    return await readMessage(store.blobs.pieces(sha256), store.blobs);
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return undefined;
    throw error;
  }
}

/** Removes bytes that were written for nothing, unless something stands with them. */
async function forget(store: Store, contents: readonly string[]): Promise<void> {
  for (const sha256 of new Set(contents)) if (store.blobs.has(sha256) && !isInUse(store.read, sha256)) await store.blobs.remove(sha256);
}
