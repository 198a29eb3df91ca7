import { FixitySettings, type BadFile, type FileHarm, type FileHolder, type FixityReport } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../../store/index.ts';
import { readSetting } from '../../settings/index.ts';
import type { CheckedFile, FileToCheck } from './ports.ts';

/** Every month, with a quarter of one disk's time: far more often than the whole holding every three years (TT 05/2025 art. 27). */
const usual: FixitySettings = { enabled: true, everyDays: 30, share: 25 };

/** How often and how gently is checked. */
export function readFixitySettings(db: ReadDb): FixitySettings {
  return readSetting(db, 'fixity', FixitySettings) ?? usual;
}

export type Run = FixityReport & { readonly after: string };
type RunRow = Omit<Run, 'stopped'> & { stopped: number };
const runColumns = sql`id, started_at AS startedAt, ended_at AS endedAt, by, after, files, bytes, missing, damaged, unreadable, stopped`;
const runOf = ({ stopped, ...row }: RunRow): Run => ({ ...row, stopped: stopped === 1 });

/** A run without its place in the walk. */
export function reportOf({ after: _, ...report }: Run): FixityReport {
  return report;
}

/** The check that is under way. */
export function openRun(db: ReadDb): Run | undefined {
  const row = one<RunRow>(db, sql`SELECT ${runColumns} FROM fixity_run WHERE ended_at IS NULL`);
  return row === undefined ? undefined : runOf(row);
}

/** The newest check that came to its end by itself. */
export function lastRun(db: ReadDb): Run | undefined {
  const row = one<RunRow>(db, sql`SELECT ${runColumns} FROM fixity_run WHERE ended_at IS NOT NULL AND stopped = 0 ORDER BY id DESC LIMIT 1`);
  return row === undefined ? undefined : runOf(row);
}

/** When a check was last ended, by itself or by a person. */
export function lastEnd(db: ReadDb): string | undefined {
  return one<{ at: string }>(db, sql`SELECT ended_at AS at FROM fixity_run WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1`)?.at;
}

/** Checks, the newest first. */
export function listRuns(db: ReadDb, after: string | null, limit: number): FixityReport[] {
  return all<RunRow>(db, sql`SELECT ${runColumns} FROM fixity_run WHERE id < ${after ?? '~'} ORDER BY id DESC LIMIT ${limit}`).map((row) => reportOf(runOf(row)));
}

/** Begins a check. */
export function beginRun(db: WriteDb, at: string, by: string): string {
  const id = newId();
  changeOne(db, sql`INSERT INTO fixity_run (id, started_at, by) VALUES (${id}, ${at}, ${by})`);
  return id;
}

/** Ends a check. */
export function endRun(db: WriteDb, id: string, at: string, stopped: boolean): void {
  changeOne(db, sql`UPDATE fixity_run SET ended_at = ${at}, stopped = ${stopped ? 1 : 0} WHERE id = ${id} AND ended_at IS NULL`);
}

/** Notes how far a check came and what it found. */
export function noteSlice(db: WriteDb, id: string, after: string, checked: readonly CheckedFile[]): void {
  const harmed = (harm: FileHarm): number => checked.filter((one) => one.harm === harm).length;
  let bytes = 0;
  for (const one of checked) bytes += one.bytes;
  changeOne(
    db,
    sql`UPDATE fixity_run SET after = ${after}, files = files + ${checked.length}, bytes = bytes + ${bytes}, missing = missing + ${harmed('missing')},
          damaged = damaged + ${harmed('damaged')}, unreadable = unreadable + ${harmed('unreadable')} WHERE id = ${id} AND ended_at IS NULL`,
  );
}

/** Notes a bad file; answers whether it was not known before. */
export function noteBad(db: WriteDb, { sha256, size }: FileToCheck, { harm, detail }: CheckedFile, at: string): boolean {
  if (harm === null) return false;
  const known = run(db, sql`UPDATE fixity_bad SET harm = ${harm}, detail = ${detail}, last_seen_at = ${at} WHERE content = ${sha256} AND repaired_at IS NULL`) > 0;
  if (known) return false;
  changeOne(
    db,
    sql`INSERT INTO fixity_bad (id, content, size, harm, detail, found_at, last_seen_at) VALUES (${newId()}, ${sha256}, ${size}, ${harm}, ${detail}, ${at}, ${at})`,
  );
  return true;
}

/** Notes that a bad file is whole again. */
export function noteRepaired(db: WriteDb, sha256: string, at: string, by: string, from: string): boolean {
  return run(db, sql`UPDATE fixity_bad SET repaired_at = ${at}, repaired_by = ${by}, repaired_from = ${from} WHERE content = ${sha256} AND repaired_at IS NULL`) > 0;
}

/** Notes that a person has seen a loss. */
export function noteSeen(db: WriteDb, sha256: string, at: string, by: string, reason: string): void {
  changeOne(db, sql`UPDATE fixity_bad SET noted_at = ${at}, noted_by = ${by}, noted_reason = ${reason} WHERE content = ${sha256} AND repaired_at IS NULL`);
}

/** Takes files off the list that are not needed any more: what was destroyed cannot be lost. */
export function forgetUnneeded(db: WriteDb, sha256: string): void {
  run(db, sql`DELETE FROM fixity_bad WHERE content = ${sha256} AND repaired_at IS NULL`);
}

/** Files that are bad now, by their hashes. */
export function openBad(db: ReadDb): FileToCheck[] {
  return all<FileToCheck>(db, sql`SELECT content AS sha256, size FROM fixity_bad WHERE repaired_at IS NULL ORDER BY content`);
}

/** How many are bad, and of how many nobody has taken note. */
export function countBad(db: ReadDb): { readonly bad: number; readonly alarms: number } {
  const row = one<{ bad: number; alarms: number | null }>(db, sql`SELECT COUNT(*) AS bad, SUM(noted_at IS NULL) AS alarms FROM fixity_bad WHERE repaired_at IS NULL`);
  return { bad: row?.bad ?? 0, alarms: row?.alarms ?? 0 };
}

type BadRow = Omit<BadFile, 'holders'> & { id: string };
const badColumns = sql`id, content AS sha256, size, harm, detail, found_at AS foundAt, last_seen_at AS lastSeenAt, repaired_at AS repairedAt, repaired_by AS repairedBy,
  repaired_from AS repairedFrom, noted_at AS notedAt, noted_by AS notedBy, noted_reason AS notedReason`;

/** Bad files, the newest first, each with whose it is. */
export function listBad(db: ReadDb, open: boolean, after: string | null, limit: number): { items: BadFile[]; next: string | null } {
  const rows = all<BadRow>(
    db,
    sql`SELECT ${badColumns} FROM fixity_bad WHERE id < ${after ?? '~'} AND ${open ? sql`repaired_at IS NULL` : sql`TRUE`} ORDER BY id DESC LIMIT ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  return { items: items.map((row) => badOf(db, row)), next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** The newest finding about a file. */
export function getBad(db: ReadDb, sha256: string): BadFile | undefined {
  const row = one<BadRow>(db, sql`SELECT ${badColumns} FROM fixity_bad WHERE content = ${sha256} ORDER BY id DESC LIMIT 1`);
  return row === undefined ? undefined : badOf(db, row);
}

function badOf(db: ReadDb, { id: _, ...row }: BadRow): BadFile {
  return { ...row, holders: holdersOf(db, row.sha256) };
}

type HolderRow = Omit<FileHolder, 'dossiers'>;

/** Whose a stored file is: documents with the dossiers that they are in, drafts, messages, and what else has it. */
function holdersOf(db: ReadDb, sha256: string): FileHolder[] {
  const rows = all<HolderRow>(
    db,
    sql`SELECT 'incoming' AS kind, d.id AS document, d.code_number || '/' || d.code_notation AS about, d.subject, f.name
          FROM incoming_file AS f JOIN incoming_document AS d ON d.id = f.document WHERE f.sha256 = ${sha256} AND f.destroyed_at IS NULL
        UNION ALL SELECT 'outgoing', d.id, d.code_number || '/' || d.code_notation, d.subject, f.name
          FROM outgoing_file AS f JOIN outgoing_document AS d ON d.id = f.document WHERE f.sha256 = ${sha256} AND f.destroyed_at IS NULL
        UNION ALL SELECT 'draft', d.id, '', d.subject, f.name FROM draft_file AS f JOIN draft AS d ON d.id = f.draft WHERE f.sha256 = ${sha256}
        UNION ALL SELECT 'message', m.document, m.transport_id, COALESCE(d.subject, ''), m.transport_id || '.edxml'
          FROM inbox_message AS m LEFT JOIN incoming_document AS d ON d.id = m.document WHERE m.sha256 = ${sha256}
        UNION ALL SELECT 'message', m.document, d.code_number || '/' || d.code_notation, d.subject, m.kind || '.edxml'
          FROM dispatch AS m JOIN outgoing_document AS d ON d.id = m.document WHERE m.sha256 = ${sha256}
        UNION ALL SELECT 'other', m.id, d.notation, d.title, m.name FROM dossier_member AS m JOIN dossier AS d ON d.id = m.dossier
          WHERE m.sha256 = ${sha256} AND m.destroyed_at IS NULL
        UNION ALL SELECT 'other', NULL, '', '', name FROM evidence_file WHERE sha256 = ${sha256}
        UNION ALL SELECT 'other', NULL, '', '', name FROM printed_file WHERE sha256 = ${sha256}
        UNION ALL SELECT 'other', NULL, '', '', name FROM register_import WHERE sha256 = ${sha256}
        UNION ALL SELECT 'other', NULL, '', '', name FROM signing_picture WHERE sha256 = ${sha256}
        UNION ALL SELECT 'other', NULL, '', '', file_name FROM retention_schedule WHERE sha256 = ${sha256}
        UNION ALL SELECT 'other', NULL, '', '', file_name FROM disposal_step WHERE sha256 = ${sha256}
        LIMIT 50`,
  );
  return rows.map((row) => ({ ...row, dossiers: row.document === null ? [] : dossiersOf(db, row.document) }));
}

function dossiersOf(db: ReadDb, document: string): FileHolder['dossiers'] {
  return all(
    db,
    sql`SELECT d.id, d.notation AS code, d.title FROM dossier_member AS m JOIN dossier AS d ON d.id = m.dossier WHERE m.incoming = ${document} AND m.ordinal IS NOT NULL
        UNION SELECT d.id, d.notation, d.title FROM dossier_member AS m JOIN dossier AS d ON d.id = m.dossier WHERE m.outgoing = ${document} AND m.ordinal IS NOT NULL
        UNION SELECT d.id, d.notation, d.title FROM dossier_member AS m JOIN dossier AS d ON d.id = m.dossier WHERE m.id = ${document}`,
  );
}
