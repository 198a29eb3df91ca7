import type { FileRef } from '#contract';
import type { ReadDb } from '../../../store/index.ts';
import { currentAsker, mayReadMember } from '../access/readers.store.ts';
import { ownFileOf } from './members.store.ts';

/** A file of a dossier's own that whoever is at the desk may read; undefined for any other. */
export function readableOwnFile(db: ReadDb, id: string): FileRef | undefined {
  const file = ownFileOf(db, id);
  return file !== undefined && mayReadMember(db, currentAsker(db), id) ? file : undefined;
}
