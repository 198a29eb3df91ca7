import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { fail, ok, type Contract, type DirectoryState, type DirectoryTrouble, type Handlers, type Outcome } from '#contract';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import { afterCommit, type Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { axisSecrets, readSettings } from '../../settings/index.ts';
import type { AxisTransport } from '../ports.ts';
import type { TransportOf } from '../transports/axis-transports.ts';
import { agencyDetailOf, resolve } from './agency.store.ts';
import { takeDecisions } from './decisions.ts';
import { groupHandlers } from './groups.ts';
import { buildIndex, type SearchIndex } from './search-index.ts';
import { lookUp, searchAgencies } from './search.ts';
import { directoryRow, noteTrouble, saveInterval } from './sync.store.ts';
import { takeChanges, takeFullList, type SyncFailureCode } from './sync.ts';

export type DirectoryDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** builds the transport for the present settings */
  readonly transport: TransportOf;
  /** the codes of the decisions as a table (see `takeDecisions`); '' leaves them out */
  readonly decisions: string;
  readonly changed: (state: DirectoryState) => void;
  /** an unexpected error of a run in the background */
  readonly failed: (error: unknown) => void;
};

export type Directory = {
  readonly handlers: Handlers<Contract>['directory'];
  readonly state: () => DirectoryState;
  /** Keeps the directory up to date by itself from now on. */
  readonly start: () => void;
  /** The axis settings changed. */
  readonly reconnect: () => void;
  /** Breaks off what is under way and waits a moment for it. */
  readonly stop: () => Promise<void>;
};

type SyncCode = 'axis-off' | DirectoryTrouble;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** After a start, receiving and sending come first. */
const firstLookMs = 20_000;
/** After a start the window comes first; then the index is made, before somebody looks for the first recipient. */
const indexAfterMs = 1500;
/** No official intervals are known (axis.md §1.5): changes are asked for often enough to be of use on the same day. */
const changesEveryMs = 4 * hourMs;
/** After a failure. */
const againMs = hourMs;
const closingLimitMs = 2000;

/** The directory of agencies: kept up to date from the axis, searched without it. */
export function createDirectory(deps: DirectoryDeps): Directory {
  const { store, clock } = deps;
  takeDecisions(store, deps.decisions);
  let serving: { readonly generation: number; readonly index: SearchIndex } | undefined;
  let building: { readonly generation: number; readonly ready: Promise<SearchIndex | undefined> } | undefined;
  let run: Promise<Outcome<DirectoryState, SyncCode>> | undefined;
  let received = 0;
  let told = 0;
  let timer: NodeJS.Timeout | undefined;
  let indexTimer: NodeJS.Timeout | undefined;
  let started = false;
  let stopped = false;

  function state(): DirectoryState {
    const row = directoryRow(store.read);
    return {
      open: row.open,
      closed: row.closed,
      running: run !== undefined,
      received: run === undefined ? 0 : received,
      lastFullAt: row.last_full_at,
      lastAt: row.last_at,
      lastTriedAt: row.last_tried_at,
      trouble: row.trouble,
      troubleDetail: row.trouble_detail,
      incomplete: row.incomplete === 1,
      everyHours: row.every_hours,
    };
  }

  const changed = (): void => {
    if (!stopped) deps.changed(state());
  };

  /** Begins to build the index of the present generation, unless that is there or under way. */
  function freshIndex(): Promise<SearchIndex | undefined> {
    const { current } = directoryRow(store.read);
    if (building?.generation === current) return building.ready;
    const ready = buildIndex(store.read, () => stopped).then((index) => {
      if (index !== undefined) serving = { generation: current, index };
      return index;
    });
    building = { generation: current, ready };
    ready.catch((error: unknown) => {
      building = undefined;
      deps.failed(error);
    });
    return ready;
  }

  /** The newest index there is; only the very first search waits for one. */
  async function searchIndex(): Promise<SearchIndex> {
    if (serving?.generation === directoryRow(store.read).current) return serving.index;
    const fresh = freshIndex();
    const index = serving?.index ?? (await fresh);
    if (index === undefined) throw new Error('the station is closing');
    return index;
  }

  function transport(): AxisTransport | undefined {
    const { axis } = readSettings(store.read);
    return axis.endpoint === '' ? undefined : deps.transport(axis, axisSecrets(store.read));
  }

  function sync(mode: 'full' | 'changes', acceptShorter: boolean): Promise<Outcome<DirectoryState, SyncCode>> {
    if (run !== undefined) return run;
    const axis = transport();
    if (axis === undefined) return Promise.resolve(fail('axis-off'));
    received = 0;
    told = 0;
    run = runOnce(mode, axis, acceptShorter).finally(() => {
      run = undefined;
      changed();
      schedule();
    });
    changed();
    return run;
  }

  async function runOnce(
    mode: 'full' | 'changes',
    axis: AxisTransport,
    acceptShorter: boolean,
  ): Promise<Outcome<DirectoryState, SyncCode>> {
    const actor = actorOf(store.read).name;
    const syncDeps = {
      store,
      clock,
      stopped: () => stopped,
      received: (rows: number) => {
        received = rows;
        if (rows - told < 5000) return;
        told = rows;
        changed();
      },
    };
    try {
      const outcome = mode === 'full' ? await takeFullList(syncDeps, axis, acceptShorter) : await takeChanges(syncDeps, axis);
      if (outcome.ok) {
        if (acceptShorter) noteAccepted(actor);
        // Who searches on finds what has just come.
        if (started || serving !== undefined) await freshIndex();
        return ok({ ...state(), running: false, received: 0 });
      }
      const { code, params } = outcome.failure;
      const trouble = troubleOf(code as SyncFailureCode);
      if (trouble !== null) noteFailure(trouble, detailOf(params));
      return fail(trouble ?? 'internal', params);
    } catch (error) {
      if (!stopped) noteFailure('internal', '');
      throw error;
    }
  }

  function noteFailure(trouble: DirectoryTrouble, detail: string): void {
    store.write((db) => {
      noteTrouble(db, instantOf(clock), trouble, detail);
    });
  }

  function noteAccepted(actor: string): void {
    store.write((db) => {
      appendAudit(db, {
        at: instantOf(clock),
        actor,
        action: 'directory.shorter-list-accepted',
        subjectKind: 'directory',
        subjectId: 'axis',
        detail: { open: directoryRow(db).open },
      });
    });
  }

  function schedule(): void {
    clearTimeout(timer);
    if (!started || stopped || run !== undefined) return;
    const wait = untilNext();
    if (wait === null) return;
    timer = setTimeout(() => void tick(), Math.min(Math.max(wait, firstLookMs), 24 * hourMs));
  }

  /** Milliseconds until something is due; null while nothing will be. */
  function untilNext(): number | null {
    const row = directoryRow(store.read);
    if (row.every_hours === 0 || readSettings(store.read).axis.endpoint === '') return null;
    const now = clock.now().getTime();
    const since = (instant: string | null): number => (instant === null ? Infinity : now - Date.parse(instant));
    const due = Math.min(row.every_hours * hourMs - since(row.last_full_at), changesEveryMs - since(row.last_at));
    // A list that was refused or cannot be had is not asked for every minute.
    return row.trouble === null ? due : Math.max(due, againMs - since(row.last_tried_at));
  }

  async function tick(): Promise<void> {
    const wait = untilNext();
    if (wait === null || wait > 0) {
      schedule();
      return;
    }
    const row = directoryRow(store.read);
    const sinceFull = row.last_full_at === null ? Infinity : clock.now().getTime() - Date.parse(row.last_full_at);
    try {
      await sync(sinceFull >= row.every_hours * hourMs ? 'full' : 'changes', false);
    } catch (error) {
      deps.failed(error);
    }
  }

  const handlers: Directory['handlers'] = {
    ...groupHandlers(store, clock),
    search: async (question) => ok(searchAgencies(store.read, await searchIndex(), question)),
    get: ({ code }) => {
      const row = resolve(store.read, code);
      return row === undefined ? fail('not-found') : ok(agencyDetailOf(store.read, row));
    },
    lookup: async ({ lines }) => {
      const ready = await searchIndex();
      const results = [];
      for (const line of lines.filter((one) => one.trim() !== '')) {
        results.push(lookUp(store.read, ready, line.trim()));
        // A long list is looked up between everything else.
        if (results.length % 5 === 0) await setTimeoutPromise(0);
      }
      return ok(results);
    },
    syncNow: async ({ acceptShorter }) => {
      const outcome = await sync('full', acceptShorter);
      if (outcome.ok) return outcome;
      const { code, params } = outcome.failure;
      // Closing, and nobody is left to hear of it.
      if (code === 'internal') return { ok: false, failure: { code: 'core-gone' } };
      return { ok: false, failure: { code, ...(params === undefined ? {} : { params }) } };
    },
    state: () => ok(state()),
    saveSync: ({ everyHours }) => {
      store.write((db) => {
        saveInterval(db, everyHours);
        appendAudit(db, {
          at: instantOf(clock),
          actor: actorOf(db).name,
          action: 'directory.interval-saved',
          subjectKind: 'directory',
          subjectId: 'axis',
          detail: { everyHours },
        });
        afterCommit(db, () => {
          schedule();
          changed();
        });
      });
      return ok(state());
    },
  };

  return {
    handlers,
    state,
    start: () => {
      started = true;
      schedule();
      // What goes wrong is told where it is made.
      indexTimer = setTimeout(() => void freshIndex().catch(() => undefined), indexAfterMs);
    },
    reconnect: schedule,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(indexTimer);
      const ending = Promise.allSettled([run, building?.ready]);
      await Promise.race([ending, setTimeoutPromise(closingLimitMs, undefined, { ref: false })]);
    },
  };
}

/** A run's failure as the state tells it; null when the station is closing. */
function troubleOf(code: SyncFailureCode): DirectoryTrouble | null {
  switch (code) {
    case 'not-offered':
      return 'directory-not-offered';
    case 'too-short':
      return 'directory-too-short';
    case 'time-out':
      return 'axis-unreachable';
    case 'stopped':
      return null;
    case 'axis-unreachable':
    case 'axis-refused':
    case 'axis-answer-unreadable':
      return code;
  }
}

function detailOf(params: Readonly<Record<string, string | number>> = {}): string {
  if ('before' in params) return `${String(params['received'])} / ${String(params['before'])}`;
  return [params['errorCode'], params['errorDesc']].filter((part) => part !== undefined && part !== '').join(' ');
}
