import type { FixityState } from '#contract';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import type { Store, WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { isInUse } from '../../exchange/index.ts';
import { namedFiles } from '../../transfer/index.ts';
import { beginRun, countBad, endRun, forgetUnneeded, lastEnd, lastRun, noteBad, noteRepaired, noteSlice, openBad, openRun, readFixitySettings, reportOf, type Run } from './fixity.store.ts';
import type { CheckedFile, CheckFiles, FileToCheck } from './ports.ts';

export type CheckerDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly check: CheckFiles;
  readonly changed: (state: FixityState) => void;
  readonly failed: (error: unknown) => void;
};

export type FixityChecker = {
  readonly state: () => FixityState;
  /** Begins a check for somebody, or leaves the one that is under way to go on. */
  readonly begin: (by: string) => void;
  /** Ends the one that is under way before its time. */
  readonly giveUp: (by: string) => void;
  /** Looks at bad files once more, also those that records need no longer. */
  readonly lookAgain: () => Promise<void>;
  /** Works by the clock from now on, and goes on with what was under way when the station was closed. */
  readonly start: () => void;
  /** Works until the check that is under way has ended. */
  readonly untilEnd: () => Promise<void>;
  readonly tell: () => void;
  readonly stop: () => Promise<void>;
};

const dayMs = 86_400_000;
const longestWaitMs = 60 * 60_000;
const afterFailureMs = 60_000;
/** Files that are handed over at once; a slice ends before them on any disk but the quickest. */
const handed = 400;

/**
 * Reads every stored file that records name and compares it with its SHA-256, in the background and in the order of hashes.
 * What was found is written after each slice with the place in the walk, so that a station that is closed or killed goes on
 * from there.
 */
export function fixityChecker(deps: CheckerDeps): FixityChecker {
  const { store, clock } = deps;
  let working: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let scheduled = false;
  let stopping = false;

  function nextAt(): string | null {
    const { enabled, everyDays } = readFixitySettings(store.read);
    if (!enabled) return null;
    const end = lastEnd(store.read);
    return end === undefined ? instantOf(clock) : new Date(Date.parse(end) + everyDays * dayMs).toISOString();
  }

  function state(): FixityState {
    const running = openRun(store.read);
    const last = lastRun(store.read);
    return {
      running: running === undefined ? null : { report: reportOf(running), percent: running.after === '' ? 0 : Math.floor((Number.parseInt(running.after.slice(0, 8), 16) / 0x1_0000_0000) * 100) },
      last: last === undefined ? null : reportOf(last),
      ...countBad(store.read),
      nextAt: running === undefined ? nextAt() : null,
      settings: readFixitySettings(store.read),
    };
  }
  const tell = (): void => {
    deps.changed(state());
  };

  function begin(by: string): void {
    if (openRun(store.read) === undefined) {
      store.write((db) => {
        const at = instantOf(clock);
        const id = beginRun(db, at, by);
        audit(db, 'begun', id, at, by, {});
      });
      tell();
    }
    wake();
  }

  function audit(db: WriteDb, action: string, id: string, at: string, by: string, detail: Parameters<typeof appendAudit>[1]['detail']): void {
    appendAudit(db, { at, actor: by, action: `fixity.${action}`, subjectKind: 'fixity-run', subjectId: id, detail });
  }

  function end(run: Run, by: string, stopped: boolean): void {
    store.write((db) => {
      const at = instantOf(clock);
      endRun(db, run.id, at, stopped);
      const { files, bytes, missing, damaged, unreadable } = run;
      audit(db, stopped ? 'stopped' : 'ended', run.id, at, by, { files, bytes, missing, damaged, unreadable });
    });
    tell();
  }

  /** Files that records need, from behind a hash on. */
  function following(after: string): FileToCheck[] {
    const next: FileToCheck[] = [];
    for (const page of namedFiles(store.read, after)) {
      for (const { sha256, size, needed } of page) if (needed === 1) next.push({ sha256, size });
      if (next.length >= handed) break;
    }
    return next.slice(0, handed);
  }

  /** Writes down what was found; a file that was destroyed meanwhile is not missing. */
  function note(db: WriteDb, files: readonly FileToCheck[], checked: readonly CheckedFile[], at: string): CheckedFile[] {
    return checked.map((found, index) => {
      const file = files[index];
      if (file === undefined || file.sha256 !== found.sha256) throw new Error('files were answered out of their order');
      if (found.harm === null) {
        if (noteRepaired(db, found.sha256, at, 'station', '')) fileAudit(db, 'whole-again', found.sha256, at, {});
        return found;
      }
      if (!isInUse(db, found.sha256)) {
        forgetUnneeded(db, found.sha256);
        return { ...found, harm: null };
      }
      if (noteBad(db, file, found, at)) fileAudit(db, 'bad-file', found.sha256, at, { harm: found.harm, detail: found.detail, size: file.size });
      return found;
    });
  }

  function fileAudit(db: WriteDb, action: string, sha256: string, at: string, detail: Parameters<typeof appendAudit>[1]['detail']): void {
    appendAudit(db, { at, actor: 'station', action: `fixity.${action}`, subjectKind: 'stored-file', subjectId: sha256, detail });
  }

  async function work(): Promise<void> {
    for (;;) {
      const run = openRun(store.read);
      if (run === undefined || stopping) return;
      const files = following(run.after);
      if (files.length === 0) {
        end(run, 'station', false);
        return;
      }
      const checked = await deps.check(files, readFixitySettings(store.read).share);
      if (stopping) return;
      const before = countBad(store.read).bad;
      store.write((db) => {
        // Somebody may have given it up meanwhile.
        if (openRun(db)?.id !== run.id) return;
        const found = note(db, files, checked, instantOf(clock));
        noteSlice(db, run.id, checked.at(-1)?.sha256 ?? run.after, found);
      });
      if (countBad(store.read).bad !== before) tell();
    }
  }

  function wake(): void {
    if (stopping || working !== undefined) return;
    clearTimeout(timer);
    working = work()
      .then(
        () => sleep(nextAt()),
        (error: unknown) => {
          if (stopping) return;
          deps.failed(error);
          sleep(new Date(clock.now().getTime() + afterFailureMs).toISOString());
        },
      )
      .finally(() => {
        working = undefined;
      });
  }

  function sleep(until: string | null): void {
    if (!scheduled || stopping) return;
    clearTimeout(timer);
    const wait = until === null ? longestWaitMs : Math.min(longestWaitMs, Math.max(1000, Date.parse(until) - clock.now().getTime()));
    timer = setTimeout(turn, wait);
    timer.unref();
  }

  function turn(): void {
    if (stopping || working !== undefined) return;
    const next = nextAt();
    if (openRun(store.read) !== undefined) wake();
    else if (next !== null && next <= instantOf(clock)) begin('station');
    else sleep(next);
  }

  return {
    state,
    tell,
    begin,
    giveUp: (by) => {
      const run = openRun(store.read);
      if (run !== undefined) end(run, by, true);
    },
    async lookAgain() {
      for (let files = openBad(store.read); files.length > 0 && !stopping; ) {
        const now = files.slice(0, handed);
        const checked = await deps.check(now, 100);
        store.write((db) => void note(db, now, checked, instantOf(clock)));
        files = files.slice(checked.length);
      }
      tell();
    },
    start: () => {
      scheduled = true;
      // Not in the first moments of a morning.
      sleep(new Date(clock.now().getTime() + afterFailureMs).toISOString());
    },
    untilEnd: async () => {
      wake();
      await working;
    },
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await working;
    },
  };
}
