import { accessOf, Role, type AskedMethod, type Failure, type Session } from '#contract';
import { readSettings } from '../settings/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { accountOf, anyAccount, rulesOf, signInNames } from './accounts.store.ts';
import { personOf } from './staff.store.ts';

type Desk = { readonly person: string; readonly locked: boolean };

/** Who sits at the desk of an open store. Ends with the process, so that a start begins with signing in. */
const desks = new WeakMap<ReadDb, Desk>();

/** Seats a person, covers the desk, or clears it (null). */
export function seat(db: ReadDb, desk: Desk | null): void {
  if (desk === null) desks.delete(db);
  else desks.set(db, desk);
}

/** The person who signed in last and has not left, also while the window is locked. */
export function seated(db: ReadDb): string | null {
  return desks.get(db)?.person ?? null;
}

export type Actor = {
  readonly person: string | null;
  /** for the log and the registers */
  readonly name: string;
  readonly roles: readonly Role[];
};

/**
 * Who acts: the person signed in; the one operator of the settings while nobody has a password; else the station itself
 * (a terminal with the profile's key). A handler that waits for something asks before it waits.
 */
export function actorOf(db: ReadDb): Actor {
  if (!anyAccount(db)) return { person: null, name: readSettings(db).operator, roles: Role.options };
  const person = personOf(db, seated(db) ?? '');
  return person === undefined ? { person: null, name: 'station', roles: Role.options } : { person: person.id, name: person.name, roles: person.roles };
}

/** What the window is told of who is signed in. */
export function sessionOf(db: ReadDb): Session {
  const base = { lockMinutes: rulesOf(db).lockMinutes, names: signInNames(db) };
  if (!anyAccount(db)) return { ...base, state: 'one-operator', person: null, roles: [...Role.options], lockMinutes: 0 };
  const desk = desks.get(db);
  const person = personOf(db, desk?.person ?? '');
  const account = person === undefined ? undefined : accountOf(db, person.id);
  if (desk === undefined || person === undefined || account === undefined) return { ...base, state: 'signed-out', person: null, roles: [] };
  const { id, name, position } = person;
  const state = desk.locked ? 'locked' : account.toChange ? 'to-change' : 'signed-in';
  return { ...base, state, person: { id, name, position }, roles: state === 'signed-in' ? [...person.roles] : [] };
}

/** Whether the person at the window may call a method now; else why not. For the dispatcher, which asks at every call. */
export function admit(db: ReadDb, { domain, name, kind }: AskedMethod): Failure<never> | undefined {
  if (!anyAccount(db)) return undefined;
  const access = accessOf(domain, name, kind === 'command' ? 'command' : 'query');
  if (access === 'open') return undefined;
  const desk = desks.get(db);
  const account = desk === undefined || desk.locked ? undefined : accountOf(db, desk.person);
  const person = account === undefined ? undefined : personOf(db, account.person);
  if (account === undefined || person === undefined) return { code: 'not-signed-in' };
  if (access === 'self') return undefined;
  if (account.toChange) return { code: 'password-to-change' };
  return access.some((role) => person.roles.includes(role)) ? undefined : { code: 'not-allowed', params: { roles: access.join(' ') } };
}
