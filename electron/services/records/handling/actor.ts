import { HandlingRole } from '#contract';
import type { ReadDb } from '../../../store/index.ts';
import { actorOf } from '../../people/index.ts';

/** Who takes a step: the person's row when there is one, and the name for good. */
export type Actor = { readonly person: string | null; readonly name: string; readonly roles: readonly HandlingRole[] };

/** Who is signed in, with the parts that count here; without accounts one name that does everything. */
export function currentActor(db: ReadDb): Actor {
  const { person, name, roles } = actorOf(db);
  return { person, name, roles: HandlingRole.options.filter((role) => roles.includes(role)) };
}

/** The program itself, when a message of the axis asks for a step. */
export const stationActor: Actor = { person: null, name: 'station', roles: ['clerk'] };
