import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../../../foundation/durable-file.ts';
import type { Result } from '../../../foundation/outcome.ts';
import { openPlainDb, type PlainDb } from '../../../store/index.ts';
import { axisForm, messageIdOf } from './axis.store.ts';

/** Bytes of messages by the sender's id. */
type MessageFiles = {
  /** On disk when this returns, if there is a disk. */
  readonly put: (docId: string, bytes: Uint8Array) => void;
  readonly get: (docId: string) => Uint8Array | undefined;
};

/** All that a practice axis remembers. */
export type AxisStore = { readonly db: PlainDb; readonly files: MessageFiles; readonly close: () => void };

/** Forgotten with the process. */
export function memoryAxisStore(): AxisStore {
  const opened = openPlainDb(null, axisForm);
  if (!opened.ok) throw new Error('a database in memory cannot be in use');
  const held = new Map<string, Uint8Array>();
  return {
    db: opened.value,
    files: {
      put: (docId, bytes) => {
        held.set(docId, bytes);
      },
      get: (docId) => held.get(docId),
    },
    close: opened.value.close,
  };
}

/**
 * Opens or makes the memory of a practice axis in `folder`: `axis.db`, and the messages as files in `messages`, so
 * that they are not held in memory. `in-use`: another axis runs on it; `foreign`: `axis.db` is something else.
 */
export function openAxisStore(folder: string): Result<AxisStore, { readonly code: 'in-use' | 'foreign' }> {
  const messages = join(folder, 'messages');
  mkdirSync(messages, { recursive: true, mode: 0o700 });
  const path = join(folder, 'axis.db');
  // SQLite gives its other files the rights of this one.
  closeSync(openSync(path, 'a', 0o600));
  const opened = openPlainDb(path, axisForm);
  if (!opened.ok) return opened;
  const db = opened.value;
  sweep(db, messages);
  return { ok: true, value: { db, files: filesIn(messages), close: db.close } };
}

function filesIn(folder: string): MessageFiles {
  return {
    put(docId, bytes) {
      const path = join(folder, nameOf(docId));
      const handle = openSync(`${path}.part`, 'w', 0o600);
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(`${path}.part`, path);
      syncFolder(folder);
    },
    get(docId) {
      try {
        return readFileSync(join(folder, nameOf(docId)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

const suffix = '.edxml';

function nameOf(docId: string): string {
  if (!/^[\w-]{1,100}$/.test(docId)) throw new Error(`not a message id: ${docId}`);
  return `${docId}${suffix}`;
}

/** A message whose file was written and whose row was not, because the process ended in between, was never answered. */
function sweep(db: PlainDb, folder: string): void {
  for (const name of readdirSync(folder)) {
    const known = name.endsWith(suffix) && messageIdOf(db.read, name.slice(0, -suffix.length)) !== undefined;
    if (!known) rmSync(join(folder, name), { force: true });
  }
}
