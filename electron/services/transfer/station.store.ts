import { one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import type { Moment } from './form/kind.ts';

/** The audit entry up to which an export goes. */
export type LastEntry = { readonly seq: number; readonly at: string; readonly hash: string };

/**
 * The newest audit entry that tells of something else than exports and imports; undefined when there is none. What follows
 * it is not exported before something happens again: so an unchanged station gives the same bytes each time.
 */
export function lastEntry(db: ReadDb): LastEntry | undefined {
  return one<LastEntry>(db, sql`SELECT seq, at, hash FROM audit_entry WHERE action NOT LIKE 'transfer.%' ORDER BY seq DESC LIMIT 1`);
}

/** What holds for all records of an export that is taken from this connection. */
export function momentOf(db: ReadDb): Moment {
  const directory = one<{ current: number }>(db, sql`SELECT current FROM directory_state`);
  return { lastEntry: lastEntry(db)?.seq ?? 0, directory: directory?.current ?? 0 };
}

/** Whether the directory holds nothing but what comes with the program. */
export function isFreshDirectory(db: ReadDb): boolean {
  return one(db, sql`SELECT 1 FROM agency WHERE source <> 'decision' LIMIT 1`) === undefined;
}

/** Whether the one office of a new station is there, and nobody has said who it is. */
export function isFreshOffice(db: ReadDb): boolean {
  const row = one<{ n: number; named: number }>(db, sql`SELECT COUNT(*) AS n, SUM(organ_id <> '' OR name <> '') AS named FROM office`);
  return row?.n === 1 && row.named === 0;
}

/** How many settings of these names there are. */
export function countSettings(db: ReadDb, names: readonly string[]): number {
  return names.filter((name) => one(db, sql`SELECT 1 FROM setting WHERE name = ${name}`) !== undefined).length;
}

/** Whether there is a day of the office's own in the calendar. */
export function hasOwnDays(db: ReadDb): boolean {
  return one(db, sql`SELECT 1 FROM calendar_day WHERE origin = 'office' LIMIT 1`) !== undefined;
}

/** Puts the end of an audit log that came as a whole beside it. */
export function setAuditHead(db: WriteDb, { seq, hash }: Pick<LastEntry, 'seq' | 'hash'>): void {
  run(db, sql`INSERT INTO audit_head (one, seq, hash) VALUES (1, ${seq}, ${hash})`);
}

/** Texts are read of what is there; what was destroyed before has none. */
export function forgetDestroyedTexts(db: WriteDb): void {
  run(
    db,
    sql`DELETE FROM file_text WHERE NOT EXISTS (SELECT 1 FROM incoming_file AS f WHERE f.sha256 = file_text.sha256 AND f.destroyed_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM outgoing_file AS f WHERE f.sha256 = file_text.sha256 AND f.destroyed_at IS NULL)`,
  );
}
