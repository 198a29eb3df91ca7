import type { ReadDb } from '../../../store/index.ts';
import { actorOf as signedIn } from '../../people/index.ts';

/** Who is at the desk, as the trace names him. */
export function actorOf(db: ReadDb): string {
  return signedIn(db).name;
}
