import {
  contract,
  dispatcherFor,
  events,
  fail,
  ok,
  type Contract,
  type EventSources,
  type Events,
  type Handlers,
  type SnapshotOf,
  type StartFailureCode,
  type StationStatus,
} from '#contract';
import type { Core, CoreOptions } from './core.ts';
import { noTokens } from './no-tokens.ts';

/** What every station tells of itself, open or not. */
export function statusOf(options: CoreOptions, practice: boolean): Pick<StationStatus, 'version' | 'practice' | 'folder'> {
  return { version: options.version, practice, folder: options.profileDir };
}

/** A core whose store did not open: it answers `station.status` with why, and everything else with a refusal. */
export function failedCore(
  options: CoreOptions,
  incident: (error: unknown, method: string) => string,
  code: StartFailureCode,
  params: Readonly<Record<string, string | number>>,
): Core {
  const status: StationStatus = {
    ...statusOf(options, options.practice === true),
    state: 'failed',
    agency: { organId: '', name: '' },
    operator: '',
    failure: { code, params: { folder: options.profileDir, ...params } },
  };
  const closed = allClosed();
  const handlers: Handlers<Contract> = { ...closed, station: { ...closed.station, status: () => ok(status) } };
  const sources: EventSources<Events> = {
    station: { bar: () => ({ axis: 'off', trouble: null, lastReceivedAt: null, outboxWaiting: 0, outboxAttention: 0 }) },
    records: {
      incoming: () => noIncoming,
      outgoing: () => 0,
    },
    drafting: {
      life: () => ({ draft: 0, checking: 0, signing: 0, numbering: 0, issuing: 0, issued: 0, ended: 0 }),
    },
    exchange: { outbox: () => [], deliveries: () => 0 },
    connection: { progress: () => ({ running: false, steps: [] }), clock: () => ({ differsBySeconds: null }) },
    directory: { state: () => noDirectory },
    search: { index: () => ({ waiting: 0, building: null }) },
    messageFiles: { opened: () => [] },
    legacy: { progress: () => ({ phase: 'idle', rows: 0, percent: null }) },
    transfer: { progress: () => ({ place: null, running: null, last: null }) },
    backup: { state: () => noBackup },
    duties: { counts: () => ({ ok: 0, soon: 0, overdue: 0, doneLate: 0 }) },
    people: { session: () => ({ state: 'one-operator', person: null, roles: [], lockMinutes: 0, names: [] }) },
    verification: { verdicts: () => 0 },
    dossiers: { changed: () => ({ open: 0, closed: 0, locked: 0, discarded: 0 }) },
    handover: { progress: () => ({ place: null, showsFiles: false, running: null }) },
    tokens: { devices: () => ({ summary: 'unread', modules: [], devices: [], watchFromStart: false }) },
    signing: { progress: () => null, lacking: () => ({ ids: [] }) },
    keeping: { disposals: () => null, fixity: () => noFixity, deadlines: () => ({ at: new Date(0).toISOString(), expiry: noDeadlines, handIn: noDeadlines }) },
  };
  return {
    dispatcher: dispatcherFor(contract, handlers, events, sources, { incident }),
    readFile: () => Promise.resolve(fail('not-found')),
    storeFile: () => Promise.reject(new Error('the store did not open')),
    openFile: () => undefined,
    transfer: {
      exportTo: () => Promise.reject(new Error('the store did not open')),
      importFrom: () => Promise.reject(new Error('the store did not open')),
    },
    backup: { backUpTo: () => Promise.reject(new Error('the store did not open')) },
    keeping: {
      check: () => Promise.reject(new Error('the store did not open')),
      repairFrom: () => Promise.reject(new Error('the store did not open')),
      destroyed: () => Promise.resolve(),
    },
    handover: {
      packageTo: () => Promise.reject(new Error('the store did not open')),
      takeFrom: () => Promise.reject(new Error('the store did not open')),
    },
    tokens: noTokens,
    close: () => Promise.resolve(),
  };
}

const noIncoming: SnapshotOf<Events['records']['incoming']> = {
  arrived: 0,
  registered: 0,
  presented: 0,
  assigned: 0,
  'in-progress': 0,
  done: 0,
  refused: 0,
  recalled: 0,
  replaced: 0,
  overdue: 0,
  soon: 0,
  openChanges: 0,
};

const noDeadlines = { overdue: 0, soon: 0, later: 0 };
const noFixity: SnapshotOf<Events['keeping']['fixity']> = { running: null, last: null, bad: 0, alarms: 0, nextAt: null, settings: { enabled: false, everyDays: 30, share: 25 } };

const noBackup: SnapshotOf<Events['backup']['state']> = {
  settings: { folder: null, enabled: false, at: '17:30', retention: { daily: 7, weekly: 4, monthly: 12 }, warnAfterDays: 3 },
  recovery: null,
  running: null,
  last: null,
  lastGoodAt: null,
  isLate: false,
  nextAt: null,
  isDue: false,
  elsewhere: null,
  restored: null,
  mayRestore: false,
  isBegun: true,
  showsFolders: false,
};

const noDirectory: SnapshotOf<Events['directory']['state']> = {
  open: 0,
  closed: 0,
  running: false,
  received: 0,
  lastFullAt: null,
  lastAt: null,
  lastTriedAt: null,
  trouble: null,
  troubleDetail: '',
  incomplete: false,
  everyHours: 0,
};

/** The start failure that a missing key is. */
export function startCodeOf(code: string): StartFailureCode {
  return code === 'key-missing' || code === 'key-wrong' || code === 'folder-read-only' || code === 'disk-full' ? code : 'internal';
}

/** A handler for every method of the contract that refuses. */
function allClosed(): Handlers<Contract> {
  const refusing = Object.entries(contract).map(([domain, methods]) => [
    domain,
    Object.fromEntries(Object.keys(methods).map((name) => [name, () => fail('station-not-open')])),
  ]);
  return Object.fromEntries(refusing) as Handlers<Contract>;
}
