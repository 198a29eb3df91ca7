import type { ReadDb } from '../../store/index.ts';
import { allEntries } from './audit.store.ts';

/** The whole log as JSON lines, oldest first, to be kept outside the machine and verified there. */
export function* exportLog(db: ReadDb): Generator<string> {
  for (const entry of allEntries(db)) yield `${JSON.stringify(entry)}\n`;
}
