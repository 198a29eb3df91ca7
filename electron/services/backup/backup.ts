import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { fail, ok, type AskedMethod, type BackupRun, type BackupState, type Contract, type Failure, type Generation, type Handlers, type Outcome } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { wrappedKeyText } from '../../foundation/wrapped-key.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { keepPrinted, printFacts, type DocumentFonts } from '../records/index.ts';
import { isOnlySetUp } from '../transfer/index.ts';
import {
  isUntouched,
  lastGoodRun,
  listRuns,
  newRecoveryCode,
  readBackupSettings,
  readElsewhere,
  readRecovery,
  readRestored,
  saveBackupSettings,
  saveElsewhere,
  saveRecovery,
  saveRestored,
} from './backup.store.ts';
import { keyFormat } from './form.ts';
import { chosenPlace } from './names.ts';
import type { CheckJob, JobAnswer, JudgeJob, Listed } from './ports.ts';
import { isOpenWhileRestored } from './restored.ts';
import { isLate, nextBackup } from './schedule.ts';
import { backupWork, type WorkDeps } from './work.ts';

export type BackupDeps = Omit<WorkDeps, 'changed'> & {
  readonly fonts: () => DocumentFonts;
  /** what this machine keeps, and a restored profile's key is kept under */
  readonly machineKey: Uint8Array;
  readonly changed: (state: BackupState) => void;
  /** the profile was replaced: the core is to be closed and started again; undefined where the host cannot */
  readonly startAnew: (() => void) | undefined;
  /** has the shell show the system's dialog for folders; undefined where it has none */
  readonly chooseFolder: ((start: string | null) => Promise<string | null>) | undefined;
  /** somebody said that a restored station takes over: from here on it receives and sends */
  readonly tookOver: () => void;
};

/** What a host may do that names folders itself. */
export type HostBackup = {
  readonly backUpTo: (folder: string | null) => Promise<Outcome<BackupRun, string>>;
};

export type BackupService = {
  readonly handlers: Handlers<Contract>['backup'];
  readonly state: () => BackupState;
  readonly host: HostBackup;
  /** why nobody may call a method now */
  readonly bar: (asked: AskedMethod) => Failure<never> | undefined;
  /** Works by the clock from now on. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const lookEveryMs = 60_000;
const againAfterMs = 15 * 60_000;

/** Copies of the whole profile in a folder elsewhere: made, looked at, checked, and brought back into an empty station. */
export function createBackup(deps: BackupDeps): BackupService {
  const { store, clock } = deps;
  const work = backupWork({
    ...deps,
    changed: () => {
      deps.changed(state());
    },
  });
  let untouched = isUntouched(store.read);
  let isOpenToRestore = isOnlySetUp(store.read);
  let timer: NodeJS.Timeout | undefined;
  let triedAt = -Infinity;
  let looking = false;
  let replaced = false;
  let looked: Promise<unknown> = Promise.resolve();
  const stopped = new AbortController();

  function state(): BackupState {
    untouched &&= isUntouched(store.read);
    isOpenToRestore &&= isOnlySetUp(store.read);
    const settings = readBackupSettings(store.read);
    const recovery = readRecovery(store.read);
    const good = lastGoodRun(store.read);
    const elsewhere = readElsewhere(store.read);
    const now = clock.now();
    const restored = readRestored(store.read) ?? null;
    const nextAt = recovery === undefined || restored !== null ? null : nextBackup(settings, good?.startedAt ?? null, now);
    return {
      settings,
      recovery: recovery === undefined ? null : { code: recovery.code, setAt: recovery.setAt, setBy: recovery.setBy },
      running: work.running(),
      last: listRuns(store.read, null, 1)[0] ?? null,
      lastGoodAt: good?.endedAt ?? null,
      isLate: !untouched && deps.profileKind === 'office' && isLate(settings, good?.endedAt ?? null, now),
      nextAt,
      isDue: nextAt !== null && Date.parse(nextAt) <= now.getTime(),
      elsewhere: elsewhere === undefined || elsewhere.notedAt !== null ? null : { at: elsewhere.at, host: elsewhere.host },
      restored,
      mayRestore: isOpenToRestore && deps.startAnew !== undefined && restored === null,
      isBegun: !untouched,
      showsFolders: deps.chooseFolder !== undefined,
    };
  }

  function noted(action: string, detail: Parameters<typeof appendAudit>[1]['detail'], change: (db: Parameters<typeof appendAudit>[0], at: string, by: string) => void): void {
    store.write((db) => {
      const at = instantOf(clock);
      const by = actorOf(db).name;
      change(db, at, by);
      appendAudit(db, { at, actor: by, action, subjectKind: 'settings', subjectId: 'backup', detail });
    });
    deps.changed(state());
  }

  /** One look at a time: a share that does not answer must not take one thread of the core after the other. */
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      await lookOnce();
    } finally {
      looking = false;
    }
  }

  async function lookOnce(): Promise<void> {
    const { folder } = readBackupSettings(store.read);
    if (folder === null || !state().isDue) return;
    if (work.running() !== null || performance.now() < triedAt + againAfterMs) return;
    // A disk that is plugged in is used within a minute; looking for it writes nothing anywhere.
    const isThere = await stat(folder).then((one) => one.isDirectory(), () => false);
    if (!isThere) return;
    triedAt = performance.now();
    const answer = await work.write(folder, 'station', true);
    if (answer.ok) triedAt = -Infinity;
  }

  /** A look at a folder beside what else is done, one at a time: a share that does not answer must not take one thread after the other. */
  function besides<J extends CheckJob | JudgeJob>(job: J): Promise<JobAnswer<J>> {
    const before = looked;
    const answer = before.then(() => deps.run(job, () => undefined, stopped.signal));
    looked = answer.catch(() => undefined);
    return answer;
  }

  function ownFolder(): string | undefined {
    return readBackupSettings(store.read).folder ?? undefined;
  }

  const handlers: Handlers<Contract>['backup'] = {
    state: () => ok(state()),
    runs: ({ before, limit }) => ok(listRuns(store.read, before, limit)),
    generations: async ({ folder }) => {
      const place = folder === null ? ownFolder() : chosenPlace(folder);
      if (place === undefined) return fail('backup-no-place');
      const answer = await work.exclusive(null, { kind: 'list', place, keyCheck: folder === null ? store.access.keyCheck : null });
      return answer.ok ? ok(answer.value.map(shownOf)) : (answer as never);
    },
    judgeFolder: async ({ folder }) => {
      const usual = lastGoodRun(store.read)?.bytes ?? 0;
      const done = await besides({ kind: 'judge', place: chosenPlace(folder), profile: store.access.folder, keyCheck: store.access.keyCheck, usual });
      return done.ok ? ok(done.value) : (fail(done.failure.code, done.failure.params) as never);
    },
    chooseFolder: async ({ start }) => (deps.chooseFolder === undefined ? fail('folders-not-shown') : ok({ folder: await deps.chooseFolder(start) })),
    saveSettings: async (asked) => {
      const settings = { ...asked, folder: asked.folder === null ? null : chosenPlace(asked.folder) };
      if (settings.folder !== null) {
        if (work.running() !== null) return fail('backup-running');
        const answer = await besides({ kind: 'check', place: settings.folder, profile: store.access.folder });
        if (!answer.ok) return fail(answer.failure.code, answer.failure.params) as never;
      }
      const before = readBackupSettings(store.read);
      noted('settings.backup-saved', { ...settings, retention: { ...settings.retention }, before: { ...before, retention: { ...before.retention } } }, (db, at) => {
        saveBackupSettings(db, settings, at);
      });
      triedAt = -Infinity;
      return ok(state());
    },
    setRecovery: async ({ passphrase }) => {
      const key = wrappedKeyText(keyFormat, await store.wrapMaster(keyFormat, passphrase));
      const code = newRecoveryCode();
      noted('settings.recovery-set', { code }, (db, at, setBy) => {
        saveRecovery(db, { code, setAt: at, setBy, key }, at);
      });
      return ok(state());
    },
    makeSheet: async () => {
      const recovery = readRecovery(store.read);
      if (recovery === undefined) return fail('recovery-not-set');
      const facts = printFacts(store.read, clock);
      const { recoverySheet } = await import('./sheet.ts');
      const bytes = await recoverySheet({ ...recovery, folder: ownFolder() ?? '', version: deps.programVersion }, facts, deps.fonts());
      return ok(await keepPrinted(deps, facts, { kind: 'recovery-sheet', name: `phieu-khoi-phuc-${recovery.code}`, format: 'pdf', bytes, detail: { code: recovery.code } }));
    },
    start: async () => {
      const folder = ownFolder();
      if (folder === undefined) return fail('backup-no-place');
      return (await work.write(folder, actorOf(store.read).name)) as never;
    },
    verify: async ({ generation }) => {
      const place = ownFolder();
      if (place === undefined) return fail('backup-no-place');
      const by = actorOf(store.read).name;
      const answer = await work.exclusive('verify', { kind: 'verify', place, keyCheck: store.access.keyCheck, generation, access: store.access });
      if (!answer.ok) return answer as never;
      const { files, bytes, bad } = answer.value;
      store.write((db) => {
        const at = instantOf(clock);
        appendAudit(db, { at, actor: by, action: 'transfer.backup-checked', subjectKind: 'station', subjectId: 'station', detail: { generation, files, bytes, bad: bad.map(({ path }) => path) } });
      });
      return ok({ generation, files, bytes, bad: [...bad] });
    },
    cancel: async () => {
      await work.cancel();
      return ok(state());
    },
    restore: async ({ folder, keyCheck, generation, passphrase }) => {
      if (!isOnlySetUp(store.read) || deps.startAnew === undefined) return fail('station-not-empty');
      const answer = await work.exclusive('restore', {
        kind: 'restore',
        place: chosenPlace(folder),
        keyCheck,
        generation,
        passphrase,
        profile: store.access.folder,
        machineKey: deps.machineKey,
        profileKind: deps.profileKind,
        at: instantOf(clock),
        life: randomUUID(),
        host: hostname(),
        programVersion: deps.programVersion,
      });
      if (!answer.ok) return answer as never;
      replaced = true;
      deps.startAnew();
      return ok({ unmarked: (answer.value as { unmarked: boolean }).unmarked });
    },
    confirmRestored: ({ numbersChecked, oldStopped }) => {
      const restored = readRestored(store.read);
      if (restored === undefined) return fail('nothing-restored');
      noted('transfer.restore-confirmed', { ...restored, numbersChecked, oldStopped }, (db, at) => {
        saveRestored(db, null, at);
      });
      deps.tookOver();
      return ok(state());
    },
    noteElsewhere: ({ note }) => {
      const elsewhere = readElsewhere(store.read);
      if (elsewhere === undefined || elsewhere.notedAt !== null) return fail('nothing-restored');
      noted('transfer.elsewhere-noted', { ...elsewhere, note }, (db, at) => {
        saveElsewhere(db, { ...elsewhere, notedAt: at }, at);
      });
      return ok(state());
    },
  };

  return {
    handlers,
    state,
    host: {
      backUpTo: async (folder) => {
        const place = folder ?? ownFolder();
        if (place === undefined) return fail('backup-no-place');
        return work.write(place, actorOf(store.read).name);
      },
    },
    bar: (asked) => {
      const isClosed = replaced || work.running()?.what === 'restore' || readRestored(store.read) !== undefined;
      return isClosed && !isOpenWhileRestored(asked) ? { code: 'restored-to-confirm' } : undefined;
    },
    start: () => {
      timer = setInterval(() => {
        look().catch((error: unknown) => deps.incident(error));
      }, lookEveryMs);
      timer.unref();
      look().catch((error: unknown) => deps.incident(error));
    },
    stop: async () => {
      clearInterval(timer);
      stopped.abort();
      await work.stop();
    },
  };
}

/** What a manifest says of a generation, for people. */
export function shownOf({ generation, keyCheck, manifest }: Listed): Generation {
  const none = { at: null, office: '', organId: '', host: '', profileKind: 'office' as const, recovery: '', incoming: 0, outgoing: 0, files: 0, bytes: 0, missing: 0 };
  if (typeof manifest === 'string') return { generation, keyCheck, state: manifest, ...none };
  const { at, office, host, profileKind, recovery, counts, missing, parts } = manifest;
  return { generation, keyCheck, state: 'good', at, office: office.name, organId: office.organId, host, profileKind, recovery, ...counts, bytes: counts.bytes + parts.database.size, missing: missing.length };
}
