import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AskedMethod, Restored } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { restoredNote, type Store } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { readRestored, saveLife, saveRestored } from './backup.store.ts';
import type { RestoredNote } from './ports.ts';

const Note = z.strictObject({ generation: z.string(), backupAt: z.string(), at: z.string(), place: z.string(), life: z.string(), oldHost: z.string(), manifestSha256: z.string() }) satisfies z.ZodType<RestoredNote>;

/**
 * What a restored profile does at its first start: it notes where it comes from, and gets a life of its own. From then on
 * nothing is changed, received or sent before somebody says that it takes over. The entry is of the kind that exports leave out
 * at the end of the log, so that what it exports is what the former machine exported.
 */
export function adoptRestored(store: Store, clock: Clock): void {
  const path = join(store.access.folder, restoredNote);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const { generation, backupAt, at, place, life, oldHost, manifestSha256 } = Note.parse(JSON.parse(text));
  if (readRestored(store.read)?.at !== at) {
    store.write((db) => {
      const now = instantOf(clock);
      const restored: Restored = { at, backupAt, generation, place, oldHost };
      saveRestored(db, restored, now);
      saveLife(db, now, life);
      appendAudit(db, { at: now, actor: 'station', action: 'transfer.restored', subjectKind: 'station', subjectId: 'station', detail: { ...restored, manifestSha256 } });
    });
  }
  rmSync(path);
}

/** What may be done in a restored station before it takes over: looking, signing in, setting numbers and connection right. */
const open: Readonly<Record<string, readonly string[] | 'all'>> = {
  backup: 'all',
  tokens: 'all',
  search: 'all',
  connection: 'all',
  transfer: 'all',
  people: ['signIn', 'signOut', 'lock', 'changePassword', 'setPassword', 'unlockAccount'],
  numbers: ['startAfter', 'setBack'],
  station: ['saveAxis'],
  keeping: ['checkNow', 'stopCheck'],
};

/** Whether a call is for everybody even then. */
export function isOpenWhileRestored({ domain, name, kind }: AskedMethod): boolean {
  if (kind !== 'command') return true;
  const row = Object.hasOwn(open, domain) ? open[domain] : undefined;
  return row === 'all' || row?.includes(name) === true;
}
