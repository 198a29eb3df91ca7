import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { BackupSettings, Restored, type BackupFailureCode, type BackupRun } from '#contract';
import { all, changeOne, one, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { readSetting, saveSetting } from '../settings/index.ts';
import { isEmptyStation } from '../transfer/index.ts';
import { usualBackups } from './schedule.ts';

const Recovery = z.strictObject({ code: z.string(), setAt: z.string(), setBy: z.string(), /** the file that goes with each backup */ key: z.string() });
export type Recovery = z.infer<typeof Recovery>;
const Elsewhere = z.strictObject({ at: z.string(), host: z.string(), life: z.string(), notedAt: z.string().nullable() });

/** Where backups go, when, and how long they stay. */
export function readBackupSettings(db: ReadDb): BackupSettings {
  return readSetting(db, 'backup', BackupSettings) ?? usualBackups;
}

/** Stores that. */
export function saveBackupSettings(db: WriteDb, settings: BackupSettings, at: string): void {
  saveSetting(db, 'backup', settings, at);
}

/** The master key under the administrator's passphrase; undefined as long as there is none. */
export function readRecovery(db: ReadDb): Recovery | undefined {
  return readSetting(db, 'backup-recovery', Recovery);
}

/** Stores it. The passphrase is not part of it. */
export function saveRecovery(db: WriteDb, recovery: Recovery, at: string): void {
  saveSetting(db, 'backup-recovery', recovery, at);
}

/** A code for the sheet in the safe, so that sheet and backup are found together: eight letters and digits that nobody mixes up. */
export function newRecoveryCode(): string {
  const letters = 'ABCDEFGHKLMNPQRSTUVWXY3456789';
  const text = [...randomBytes(8)].map((byte) => letters[byte % letters.length]).join('');
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/** What tells this station on this machine from a restored one. */
export function lifeOf(db: ReadDb): string | undefined {
  return readSetting(db, 'backup-life', z.string());
}

/** Gives it one. */
export function saveLife(db: WriteDb, at: string, life: string = randomUUID()): string {
  saveSetting(db, 'backup-life', life, at);
  return life;
}

/** From what this profile was restored, as long as nobody has said that it takes over. */
export function readRestored(db: ReadDb): Restored | undefined {
  return readSetting(db, 'restored', Restored.nullable()) ?? undefined;
}

/** Stores it; null: it takes over. */
export function saveRestored(db: WriteDb, restored: Restored | null, at: string): void {
  saveSetting(db, 'restored', restored, at);
}

/** The other machine that was restored from this one's backups. */
export function readElsewhere(db: ReadDb): z.infer<typeof Elsewhere> | undefined {
  return readSetting(db, 'backup-elsewhere', Elsewhere);
}

/** Stores it. */
export function saveElsewhere(db: WriteDb, elsewhere: z.infer<typeof Elsewhere>, at: string): void {
  saveSetting(db, 'backup-elsewhere', elsewhere, at);
}

/** Whether nothing was done in this station yet. What has a log entry is not asked further. */
export function isUntouched(db: ReadDb): boolean {
  return one(db, sql`SELECT 1 FROM audit_head`) === undefined && isEmptyStation(db);
}

type Row = Omit<BackupRun, 'failure' | 'params'> & { failure: string; params: string };
const columns = sql`id, started_at AS startedAt, ended_at AS endedAt, by, folder, failure, params, generation, files, bytes, new_files AS newFiles, new_bytes AS newBytes,
  missing, manifest_digest AS manifestSha256`;
const runOf = ({ failure, params, ...row }: Row): BackupRun => ({
  ...row,
  failure: failure === '' ? null : (failure as BackupFailureCode),
  params: JSON.parse(params) as BackupRun['params'],
});

/** Writes down a backup that has come to its end. */
export function insertRun(db: WriteDb, run: BackupRun): void {
  changeOne(
    db,
    sql`INSERT INTO backup_run (id, started_at, ended_at, by, folder, failure, params, generation, files, bytes, new_files, new_bytes, missing, manifest_digest)
        VALUES (${run.id}, ${run.startedAt}, ${run.endedAt}, ${run.by}, ${run.folder}, ${run.failure ?? ''}, ${JSON.stringify(run.params)}, ${run.generation}, ${run.files}, ${run.bytes},
          ${run.newFiles}, ${run.newBytes}, ${run.missing}, ${run.manifestSha256})`,
  );
}

/** Backups, the newest first. */
export function listRuns(db: ReadDb, before: string | null, limit: number): BackupRun[] {
  return all<Row>(db, sql`SELECT ${columns} FROM backup_run WHERE id < ${before ?? '~'} ORDER BY id DESC LIMIT ${limit}`).map(runOf);
}

/** The newest good one. */
export function lastGoodRun(db: ReadDb): BackupRun | undefined {
  const row = one<Row>(db, sql`SELECT ${columns} FROM backup_run WHERE failure = '' ORDER BY id DESC LIMIT 1`);
  return row === undefined ? undefined : runOf(row);
}
