import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type CodeOf, type Contract, type ExportDone, type ExportProgress, type Handlers, type ImportFailureCode, type Outcome, type TransferState } from '#contract';
import { instantOf, vietnamTime, type Clock } from '../../foundation/clock.ts';
import { storeFaultOf, type Store } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { readAgency } from '../settings/index.ts';
import { exportWhole } from './export.ts';
import { importWhole, type Import, type ImportStep } from './import.ts';
import { growingManifest } from './manifest.ts';
import { PlaceFault, unfinishedName } from './place.ts';

export type TransferDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly profileKind: 'office' | 'practice';
  /** the folder in which exports of the window are put; null: none */
  readonly place: string | null;
  readonly changed: (state: TransferState) => void;
  /** notes an unexpected error, and answers its number */
  readonly incident: (error: unknown) => string;
};

/** What a host may do that names folders itself. */
export type HostTransfer = {
  readonly exportTo: (folder: string, signal?: AbortSignal) => Promise<ExportOutcome>;
  /** Without `write` it only looks. The core is to be closed after a written import. */
  readonly importFrom: (folder: string, write: boolean, progress: (step: ImportStep) => void) => Promise<Outcome<Import, ImportFailureCode>>;
};

type ExportOutcome = Outcome<ExportDone, CodeOf<Contract['transfer']['start']>>;

export type TransferService = {
  readonly handlers: Handlers<Contract>['transfer'];
  readonly state: () => TransferState;
  readonly host: HostTransfer;
  readonly stop: () => Promise<void>;
};

/** So often the window hears how far an export is. */
const toldEveryMs = 200;
const namePrefix = 'Tram-Van-thu-';
/** Nobody writes to an export that was not touched for a day. */
const leftAfterMs = 86_400_000;

/** The whole of a station out of it, and into an empty one. */
export function createTransfer(deps: TransferDeps): TransferService {
  const { store, clock } = deps;
  let running: { readonly giveUp: AbortController; readonly over: Promise<unknown>; now: ExportProgress } | undefined;
  let last: TransferState['last'] = null;
  let toldAt = 0;
  const state = (): TransferState => ({ place: deps.place, running: running?.now ?? null, last });

  function tell(): void {
    toldAt = performance.now();
    deps.changed(state());
  }

  function note(action: string, actor: string, detail: Parameters<typeof appendAudit>[1]['detail']): void {
    store.write((db) => {
      appendAudit(db, { at: instantOf(clock), actor, action: `transfer.${action}`, subjectKind: 'station', subjectId: 'station', detail });
    });
  }

  /** One export from its beginning to its end; both stand in the log. */
  async function exported(folder: string, giveUp: AbortController): Promise<ExportOutcome> {
    const actor = actorOf(store.read).name;
    try {
      const done = await exportWhole({
        store,
        folder,
        profileKind: deps.profileKind,
        signal: giveUp.signal,
        begun: () => {
          note('export-begun', actor, { folder });
        },
        progress: (now) => {
          if (running !== undefined) running.now = now;
          if (performance.now() - toldAt >= toldEveryMs) tell();
        },
      });
      const { manifestSha256, records, files, unreadable } = done;
      note('exported', actor, { folder, manifestSha256, records, files, unreadable });
      last = { end: 'done', at: instantOf(clock), done };
      return ok(done);
    } catch (error) {
      const outcome = failureOf(error, giveUp.signal.aborted);
      const { code, params = {} } = outcome.failure;
      last = { end: code, at: instantOf(clock), params };
      note('export-ended', actor, { folder, why: code });
      return outcome;
    }
  }

  function failureOf(error: unknown, givenUp: boolean): Extract<ExportOutcome, { readonly ok: false }> {
    if (error instanceof PlaceFault) return fail(error.code, error.params);
    if (givenUp) return fail('export-cancelled');
    const fault = storeFaultOf(error);
    if (fault !== undefined) return { ok: false, failure: { code: fault } };
    const incident = deps.incident(error);
    return { ok: false, failure: { code: 'internal', params: { incident }, incident } };
  }

  async function exportTo(folder: string, signal?: AbortSignal): Promise<ExportOutcome> {
    if (running !== undefined) return fail('export-running');
    const giveUp = new AbortController();
    const follow = (): void => {
      giveUp.abort();
    };
    signal?.addEventListener('abort', follow);
    const over = Promise.withResolvers<undefined>();
    running = { giveUp, over: over.promise, now: { phase: 'records', done: 0, total: null } };
    tell();
    try {
      return await exported(folder, giveUp);
    } finally {
      signal?.removeEventListener('abort', follow);
      running = undefined;
      over.resolve(undefined);
      tell();
    }
  }

  /**
   * Takes away what exports of before left behind when the station was ended: it holds documents that nobody would look for
   * there. What was written lately may be another station's, which is at it.
   */
  async function clearUnfinished(place: string): Promise<void> {
    // What the place itself says is told by the export that follows.
    for (const name of await readdir(place).catch(() => [])) {
      if (!name.startsWith(namePrefix) || !name.endsWith(unfinishedName(''))) continue;
      const path = join(place, name);
      const touched = await Promise.all(['', growingManifest, 'documents', 'files'].map((part) => stat(join(path, part)).catch(() => undefined)));
      const newest = Math.max(...touched.map((one) => one?.mtimeMs ?? 0));
      if (Date.now() - newest > leftAfterMs) await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  function newFolder(place: string): string {
    const code = readAgency(store.read).organId.replaceAll(/[^A-Za-z0-9.]/g, '');
    const minute = vietnamTime(clock.now()).slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
    const name = join(place, `${namePrefix}${code === '' ? '' : `${code}-`}${minute}`);
    for (let n = 1; ; n += 1) {
      const free = n === 1 ? name : `${name}-${String(n)}`;
      if (!existsSync(free)) return free;
    }
  }

  return {
    state,
    handlers: {
      state: () => ok(state()),
      start: async () => {
        const { place } = deps;
        if (place === null) return fail('export-no-place');
        if (running === undefined) await clearUnfinished(place);
        return exportTo(newFolder(place));
      },
      cancel: async () => {
        running?.giveUp.abort();
        await running?.over;
        return ok(state());
      },
    },
    host: {
      exportTo,
      importFrom: async (folder, write, progress) => {
        try {
          const { profileKind } = deps;
          return await importWhole({ store, clock, folder, profileKind, write, actor: actorOf(store.read).name, progress });
        } catch (error) {
          const fault = storeFaultOf(error);
          return { ok: false, failure: fault === undefined ? { code: 'internal', incident: deps.incident(error) } : { code: fault } };
        }
      },
    },
    stop: async () => {
      running?.giveUp.abort();
      await running?.over;
    },
  };
}
