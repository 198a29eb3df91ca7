import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import type { BackupProgress, BackupRun, BackupState, Outcome } from '#contract';
import { fail, ok } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { newId } from '../../foundation/ids.ts';
import type { Store } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { insertRun, lifeOf, readBackupSettings, readElsewhere, readRecovery, saveElsewhere, saveLife, type Recovery } from './backup.store.ts';
import type { BackupJob, JobAnswer, RunJob, WriteDone } from './ports.ts';

export type WorkDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly profileKind: 'office' | 'practice';
  readonly programVersion: string;
  readonly run: RunJob;
  readonly changed: () => void;
  /** notes an unexpected error, and answers its number */
  readonly incident: (error: unknown) => string;
};

type Running = NonNullable<BackupState['running']>;
type Failed = Extract<Outcome<never, string>, { readonly ok: false }>;
type Done<J extends BackupJob> = Extract<JobAnswer<J>, { readonly ok: true }>;

export type BackupWork = {
  readonly running: () => Running | null;
  /** One job at a time; `failed` is what the contract answers. */
  readonly exclusive: <J extends BackupJob>(what: Running['what'] | null, job: J) => Promise<Done<J> | Failed>;
  /** A backup from its beginning to its line in the log. `quiet`: a folder that is away is no news. */
  readonly write: (folder: string, by: string, quiet?: boolean) => Promise<Outcome<BackupRun, never> | Failed>;
  readonly stop: () => Promise<void>;
  readonly cancel: () => Promise<void>;
};

const toldEveryMs = 250;

/** What is done with the folder of the backups: one thing at a time, beside the core. */
export function backupWork(deps: WorkDeps): BackupWork {
  const { store, clock } = deps;
  let running: { readonly what: Running['what'] | null; readonly since: number; readonly giveUp: AbortController; readonly over: Promise<unknown>; now: BackupProgress; filesSince: number } | undefined;
  let toldAt = 0;

  function told(now: BackupProgress): void {
    if (running === undefined) return;
    if (now.phase !== running.now.phase) running.filesSince = performance.now();
    running.now = now;
    if (performance.now() - toldAt < toldEveryMs) return;
    toldAt = performance.now();
    deps.changed();
  }

  async function exclusive<J extends BackupJob>(what: Running['what'] | null, job: J): Promise<Done<J> | Failed> {
    if (running !== undefined) return fail('backup-running');
    const over = Promise.withResolvers<undefined>();
    const giveUp = new AbortController();
    running = { what, since: performance.now(), giveUp, over: over.promise, now: { phase: what === 'verify' ? 'checking' : 'database', done: 0, total: null }, filesSince: performance.now() };
    if (what !== null) deps.changed();
    try {
      const answer = await deps.run(job, told, giveUp.signal);
      return answer.ok ? (answer) : fail(answer.failure.code, answer.failure.params);
    } catch (error) {
      const incident = deps.incident(error);
      return { ok: false, failure: { code: 'internal', params: { incident }, incident } };
    } finally {
      running = undefined;
      over.resolve(undefined);
      if (what !== null) deps.changed();
    }
  }

  function facts(recovery: Recovery, folder: string): Extract<BackupJob, { readonly kind: 'write' }> {
    const life = lifeOf(store.read) ?? store.write((db) => saveLife(db, instantOf(clock)));
    const at = instantOf(clock);
    return {
      kind: 'write',
      place: folder,
      access: store.access,
      facts: { life, host: hostname(), programVersion: deps.programVersion, profileKind: deps.profileKind },
      at,
      generation: `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z-${randomBytes(4).toString('hex')}`,
      key: recovery.key,
      recovery: recovery.code,
      keep: readBackupSettings(store.read).retention,
    };
  }

  async function write(folder: string, by: string, quiet = false): Promise<Outcome<BackupRun, never> | Failed> {
    if (running !== undefined) return fail('backup-running');
    const recovery = readRecovery(store.read);
    if (recovery === undefined) return fail('recovery-not-set');
    const job = facts(recovery, folder);
    const answer = await exclusive('write', job);
    if (!answer.ok) {
      const { code, params = {} } = answer.failure;
      if (!quiet || code !== 'backup-place-gone') note({ ...nothing(job.generation, job.at, by, folder), failure: code as BackupRun['failure'], params: { ...params } });
      return answer;
    }
    const done = answer.value;
    const { manifest, manifestSha256, newFiles, newBytes, restoredElsewhere } = done;
    const run: BackupRun = {
      ...nothing(job.generation, job.at, by, folder),
      files: manifest.counts.files,
      bytes: manifest.counts.bytes + manifest.parts.database.size,
      newFiles,
      newBytes: newBytes + manifest.parts.database.size,
      missing: manifest.missing.length,
      manifestSha256,
    };
    note(run, done);
    if (restoredElsewhere !== null && readElsewhere(store.read)?.life !== restoredElsewhere.life) {
      store.write((db) => {
        saveElsewhere(db, { ...restoredElsewhere, notedAt: null }, instantOf(clock));
      });
      deps.changed();
    }
    return ok(run);
  }

  function nothing(generation: string, startedAt: string, by: string, folder: string): BackupRun {
    return { id: newId(), startedAt, endedAt: instantOf(clock), by, folder, failure: null, params: {}, generation, files: 0, bytes: 0, newFiles: 0, newBytes: 0, missing: 0, manifestSha256: '' };
  }

  /** Entries of this kind wait at the end of the log for the next export: a backup changes nothing of what is exported. */
  function note(run: BackupRun, done?: WriteDone): void {
    const { id: _, startedAt, endedAt, by, params, ...facts } = run;
    store.write((db) => {
      insertRun(db, run);
      const detail = { ...facts, startedAt, ...params, ...(done === undefined ? {} : { forgotten: [...done.forgotten], recovery: done.manifest.recovery }) };
      appendAudit(db, { at: endedAt, actor: by, action: run.failure === null ? 'transfer.backed-up' : 'transfer.backup-ended', subjectKind: 'station', subjectId: 'station', detail });
    });
    deps.changed();
  }

  async function cancel(): Promise<void> {
    running?.giveUp.abort();
    await running?.over;
  }

  return {
    running: () => {
      if (running === undefined || running.what === null) return null;
      const { what, now, filesSince } = running;
      const elapsed = (performance.now() - filesSince) / 1000;
      const secondsLeft = now.total === null || now.done === 0 || elapsed < 2 ? null : Math.ceil((elapsed / now.done) * Math.max(0, now.total - now.done));
      return { what, now, secondsLeft };
    },
    exclusive,
    write,
    cancel,
    stop: cancel,
  };
}
