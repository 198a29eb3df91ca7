import type { ReadDb } from '../../../store/index.ts';
import { readSettings } from '../../settings/index.ts';

/** Who is at the desk, as the trace names him. */
export function actorOf(db: ReadDb): string {
  return readSettings(db).operator;
}
