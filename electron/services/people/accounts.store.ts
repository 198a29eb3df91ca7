import { AccountRules, type Session } from '#contract';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { readSetting, saveSetting } from '../settings/index.ts';
import type { PasswordHash } from './password.ts';

/** QCVN 12:2026/BCA 3.7 has 45 idle days and two months; tries and minutes are a default of ours, inferred. */
const usualRules: AccountRules = { lockMinutes: 15, maxTries: 5, idleDays: 45, administratorDays: 60 };
/** QCVN 12:2026/BCA 3.7: none of the last ten. */
const passwordsKept = 10;

export type Account = PasswordHash & {
  readonly person: string;
  readonly setAt: string;
  readonly toChange: boolean;
  readonly wrongTries: number;
  readonly wrongAt: string | null;
  readonly lockedAt: string | null;
  readonly usedAt: string;
  readonly lastSignInAt: string | null;
};

type Row = {
  person: string;
  salt: Buffer;
  hash: Buffer;
  cost: number;
  set_at: string;
  to_change: number;
  wrong_tries: number;
  wrong_at: string | null;
  locked_at: string | null;
  used_at: string;
  last_sign_in_at: string | null;
};

/** The account of a person; undefined when he cannot sign in. */
export function accountOf(db: ReadDb, person: string): Account | undefined {
  const row = one<Row>(db, sql`SELECT * FROM account WHERE person = ${person}`);
  return row === undefined
    ? undefined
    : {
        person: row.person,
        salt: row.salt,
        hash: row.hash,
        cost: row.cost,
        setAt: row.set_at,
        toChange: row.to_change === 1,
        wrongTries: row.wrong_tries,
        wrongAt: row.wrong_at,
        lockedAt: row.locked_at,
        usedAt: row.used_at,
        lastSignInAt: row.last_sign_in_at,
      };
}

/** Whether anybody has a password: then the station asks for one. */
export function anyAccount(db: ReadDb): boolean {
  return one(db, sql`SELECT 1 FROM account LIMIT 1`) !== undefined;
}

/** Who can sign in, in the order of the list of persons. */
export function signInNames(db: ReadDb): Session['names'] {
  return all(
    db,
    sql`SELECT p.id, p.name, p.position FROM account AS a JOIN person AS p ON p.id = a.person ORDER BY p.ordinal, p.id`,
  );
}

/** Another person of this name who can sign in; names of the log must tell people apart. */
export function namesake(db: ReadDb, person: string, name: string): boolean {
  return (
    one(
      db,
      sql`SELECT 1 FROM account AS a JOIN person AS p ON p.id = a.person WHERE p.name = ${name} AND p.id <> ${person}`,
    ) !== undefined
  );
}

/** Whether an administrator other than this person can sign in. */
export function otherAdministrator(db: ReadDb, person: string): boolean {
  return (
    one(
      db,
      sql`SELECT 1 FROM account AS a JOIN person_role AS r ON r.person = a.person AND r.role = 'administrator'
          WHERE a.person <> ${person} AND a.locked_at IS NULL`,
    ) !== undefined
  );
}

/** Whether anybody but this person has a password. */
export function otherAccount(db: ReadDb, person: string): boolean {
  return one(db, sql`SELECT 1 FROM account WHERE person <> ${person}`) !== undefined;
}

/** Passwords that may not come again, newest first. */
export function formerPasswords(db: ReadDb, person: string): PasswordHash[] {
  return all<PasswordHash>(
    db,
    sql`SELECT salt, hash, cost FROM former_password WHERE person = ${person} ORDER BY set_at DESC LIMIT ${passwordsKept}`,
  );
}

/** Stores a password, opens the account, and remembers it among those that may not come again. */
export function putPassword(db: WriteDb, person: string, made: PasswordHash, toChange: boolean, at: string): void {
  run(
    db,
    sql`INSERT INTO account (person, salt, hash, cost, set_at, to_change, used_at)
        VALUES (${person}, ${made.salt}, ${made.hash}, ${made.cost}, ${at}, ${toChange ? 1 : 0}, ${at})
        ON CONFLICT (person) DO UPDATE SET salt = excluded.salt, hash = excluded.hash, cost = excluded.cost,
          set_at = excluded.set_at, to_change = excluded.to_change, used_at = excluded.used_at,
          wrong_tries = 0, wrong_at = NULL, locked_at = NULL`,
  );
  run(
    db,
    sql`INSERT OR REPLACE INTO former_password (person, set_at, salt, hash, cost)
        VALUES (${person}, ${at}, ${made.salt}, ${made.hash}, ${made.cost})`,
  );
}

/** Notes a right password; `toChange` when it has become too old. */
export function noteSignIn(db: WriteDb, person: string, toChange: boolean, at: string): void {
  changeOne(
    db,
    sql`UPDATE account SET wrong_tries = 0, wrong_at = NULL, used_at = ${at}, last_sign_in_at = ${at},
          to_change = ${toChange ? 1 : 0} WHERE person = ${person}`,
  );
}

/** Notes a wrong password; `lock` closes the account. */
export function noteWrongTry(db: WriteDb, person: string, lock: boolean, at: string): void {
  changeOne(
    db,
    sql`UPDATE account SET wrong_tries = wrong_tries + 1, wrong_at = ${at}, locked_at = ${lock ? at : null} WHERE person = ${person}`,
  );
}

/** Opens a locked or idle account. */
export function openAccount(db: WriteDb, person: string, at: string): void {
  changeOne(
    db,
    sql`UPDATE account SET wrong_tries = 0, wrong_at = NULL, locked_at = NULL, used_at = ${at} WHERE person = ${person}`,
  );
}

/** Takes a person's password away; those of before stay remembered. */
export function deleteAccount(db: WriteDb, person: string): void {
  changeOne(db, sql`DELETE FROM account WHERE person = ${person}`);
}

/** The rules of signing in. */
export function rulesOf(db: ReadDb): AccountRules {
  return readSetting(db, 'account-rules', AccountRules) ?? usualRules;
}

/** Stores the rules of signing in. */
export function saveRules(db: WriteDb, rules: AccountRules, at: string): void {
  saveSetting(db, 'account-rules', rules, at);
}
