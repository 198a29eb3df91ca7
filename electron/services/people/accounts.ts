import { fail, ok, type Contract, type Failure, type Handlers } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { afterCommit, type WriteDb } from '../../store/index.ts';
import { accountStateOf, isOlder } from './account-state.ts';
import {
  accountOf,
  anyAccount,
  deleteAccount,
  formerPasswords,
  namesake,
  noteSignIn,
  noteWrongTry,
  openAccount,
  otherAccount,
  otherAdministrator,
  putPassword,
  rulesOf,
  saveRules,
  type Account,
} from './accounts.store.ts';
import type { PeopleDeps } from './deps.ts';
import { note } from './note.ts';
import { fits, hashOf, isStrong } from './password.ts';
import { seat, seated, sessionOf } from './session.ts';
import { personOf } from './staff.store.ts';

type AccountMethod =
  | 'accountRules'
  | 'saveAccountRules'
  | 'session'
  | 'setPassword'
  | 'signIn'
  | 'changePassword'
  | 'unlockAccount'
  | 'removeAccount'
  | 'lock'
  | 'signOut';

type SignInFailure = Failure<'sign-in-wrong' | 'sign-in-wait' | 'account-locked' | 'account-idle'>;

/** Seconds to wait after so many wrong tries: 1, 2, 4 … at most 30. */
function waitAfter(tries: number): number {
  return tries === 0 ? 0 : Math.min(30, 2 ** (tries - 1));
}

/** Signing in and out, and the accounts behind it. Passwords are compared outside of transactions, as that takes long. */
export function accountHandlers(deps: PeopleDeps): Pick<Handlers<Contract>['people'], AccountMethod> {
  const { store, clock } = deps;
  /** Persons whose password is being compared: tries side by side would not be slowed down. */
  const comparing = new Set<string>();

  /** What keeps a person from trying at all now. */
  function barrier(account: Account): SignInFailure | undefined {
    const state = accountStateOf(store.read, account, clock.now());
    if (state === 'locked') return { code: 'account-locked' };
    if (state === 'idle') return { code: 'account-idle', params: { days: rulesOf(store.read).idleDays } };
    if (comparing.has(account.person)) return { code: 'sign-in-wait', params: { seconds: 1 } };
    const since = account.wrongAt === null ? Infinity : (clock.now().getTime() - Date.parse(account.wrongAt)) / 1000;
    const left = Math.ceil(waitAfter(account.wrongTries) - Math.max(0, since));
    return left > 0 ? { code: 'sign-in-wait', params: { seconds: left } } : undefined;
  }

  /** Compares a password; a wrong one is counted and logged. */
  async function check(personId: string, password: string): Promise<{ readonly failure: SignInFailure } | { readonly account: Account }> {
    const account = accountOf(store.read, personId);
    if (account === undefined) return { failure: { code: 'sign-in-wrong' } };
    const stopped = barrier(account);
    if (stopped !== undefined) return { failure: stopped };
    comparing.add(personId);
    let right: boolean;
    try {
      right = await fits(password, account);
    } finally {
      comparing.delete(personId);
    }
    if (right) return { account };
    return store.write((db) => {
      const at = instantOf(clock);
      const tries = account.wrongTries + 1;
      const lock = tries >= rulesOf(db).maxTries;
      noteWrongTry(db, personId, lock, at);
      note(db, at, lock ? 'account-locked' : 'sign-in-failed', ['person', personId], { name: nameOf(db, personId), tries });
      return { failure: lock ? { code: 'account-locked' as const } : { code: 'sign-in-wrong' as const } };
    });
  }

  async function usedBefore(person: string, password: string): Promise<boolean> {
    for (const former of formerPasswords(store.read, person)) if (await fits(password, former)) return true;
    return false;
  }

  function seatAfter(db: WriteDb, desk: Parameters<typeof seat>[1]): void {
    afterCommit(db, () => {
      seat(store.read, desk);
      deps.sessionChanged();
    });
  }

  return {
    accountRules: () => ok(rulesOf(store.read)),
    saveAccountRules: (rules) =>
      store.write((db) => {
        const at = instantOf(clock);
        const before = rulesOf(db);
        saveRules(db, rules, at);
        note(db, at, 'account-rules-saved', ['settings', 'account-rules'], { ...rules, before });
        afterCommit(db, deps.sessionChanged);
        return ok(rules);
      }),
    session: () => ok(sessionOf(store.read)),
    setPassword: async ({ person, password }) => {
      const known = personOf(store.read, person);
      if (known?.validTo !== null) return fail('not-found');
      if (!isStrong(password)) return fail('password-weak', { field: 'password' });
      if (!anyAccount(store.read) && !known.roles.includes('administrator')) return fail('first-account-administrator', { name: known.name });
      if (namesake(store.read, person, known.name)) return fail('account-name-taken', { name: known.name });
      if (await usedBefore(person, password)) return fail('password-used-before', { field: 'password' });
      const made = await hashOf(password);
      return store.write((db) => {
        const at = instantOf(clock);
        const isNew = accountOf(db, person) === undefined;
        // Who sets up the first account, or changes his own, chose the password himself.
        const own = !anyAccount(db) || seated(db) === person;
        note(db, at, isNew ? 'account-created' : 'password-reset', ['person', person], { name: known.name });
        putPassword(db, person, made, !own, at);
        afterCommit(db, deps.sessionChanged);
        return ok({});
      });
    },
    signIn: async ({ person, password }) => {
      const checked = await check(person, password);
      if ('failure' in checked) return { ok: false, failure: checked.failure };
      store.write((db) => {
        const at = instantOf(clock);
        const roles = personOf(db, person)?.roles ?? [];
        const stale = roles.includes('administrator') && isOlder(checked.account.setAt, rulesOf(db).administratorDays, clock.now());
        const toChange = checked.account.toChange || stale;
        const former = seated(db);
        if (former !== null && former !== person) note(db, at, 'signed-out', ['person', former], { name: nameOf(db, former) });
        noteSignIn(db, person, toChange, at);
        note(db, at, 'signed-in', ['person', person], { name: nameOf(db, person) });
        seatAfter(db, { person, locked: false });
      });
      return ok(sessionOf(store.read));
    },
    changePassword: async ({ old, password }) => {
      const person = seated(store.read) ?? '';
      const checked = await check(person, old);
      if ('failure' in checked) {
        const { failure } = checked;
        // He who is signed in is not idle.
        return failure.code === 'account-idle' ? fail('sign-in-wrong') : { ok: false, failure: { ...failure, code: failure.code } };
      }
      if (!isStrong(password)) return fail('password-weak', { field: 'password' });
      if (await usedBefore(person, password)) return fail('password-used-before', { field: 'password' });
      const made = await hashOf(password);
      store.write((db) => {
        const at = instantOf(clock);
        putPassword(db, person, made, false, at);
        note(db, at, 'password-changed', ['person', person], { name: nameOf(db, person) });
        afterCommit(db, deps.sessionChanged);
      });
      return ok(sessionOf(store.read));
    },
    unlockAccount: ({ person }) =>
      store.write((db) => {
        if (accountOf(db, person) === undefined) return fail('not-found');
        const at = instantOf(clock);
        openAccount(db, person, at);
        note(db, at, 'account-unlocked', ['person', person], { name: nameOf(db, person) });
        return ok({});
      }),
    removeAccount: ({ person, reason }) =>
      store.write((db) => {
        const known = personOf(db, person);
        if (known === undefined || accountOf(db, person) === undefined) return fail('not-found');
        if (known.roles.includes('administrator') && otherAccount(db, person) && !otherAdministrator(db, person)) {
          return fail('last-administrator', { name: known.name });
        }
        note(db, instantOf(clock), 'account-removed', ['person', person], { name: known.name, reason });
        deleteAccount(db, person);
        afterCommit(db, deps.sessionChanged);
        return ok({});
      }),
    lock: () => leave('locked'),
    signOut: () => leave('signed-out'),
  };

  function leave(how: 'locked' | 'signed-out'): ReturnType<Handlers<Contract>['people']['lock']> {
    const person = seated(store.read);
    if (person !== null && anyAccount(store.read)) {
      store.write((db) => {
        note(db, instantOf(clock), how, ['person', person], { name: nameOf(db, person) });
        seatAfter(db, how === 'locked' ? { person, locked: true } : null);
      });
    }
    return ok(sessionOf(store.read));
  }

  function nameOf(db: WriteDb, person: string): string {
    return personOf(db, person)?.name ?? '';
  }
}
