import { HandlingRole } from '#contract';
import type { ReadDb } from '../../../store/index.ts';
import { readSettings } from '../../settings/index.ts';

/** Who takes a step: the person's row when there is one, and the name for good. */
export type Actor = { readonly person: string | null; readonly name: string; readonly roles: readonly HandlingRole[] };

/** Who sits at the station. One desk has one name in the settings and does everything; sign-in brings persons and roles. */
export function currentActor(db: ReadDb): Actor {
  return { person: null, name: readSettings(db).operator, roles: HandlingRole.options };
}

/** The program itself, when a message of the axis asks for a step. */
export const stationActor: Actor = { person: null, name: 'station', roles: ['clerk'] };
