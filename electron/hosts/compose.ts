import { randomBytes } from 'node:crypto';
import {
  contract,
  dispatcherFor,
  events,
  fail,
  ok,
  type Contract,
  type Dispatcher,
  type EventSources,
  type Events,
  type Handlers,
  type Outcome,
  type SnapshotOf,
  type StartFailureCode,
  type StationStatus,
} from '#contract';
import { instantOf, systemClock, type Clock } from '../foundation/clock.ts';
import { httpClient } from '../platform/http/client.ts';
import { verifyChain } from '../services/audit/index.ts';
import {
  axisTransports,
  createDirectory,
  createExchange,
  queueStatusWith,
  type Exchange,
  type ExchangeStep,
} from '../services/exchange/index.ts';
import { countIncoming, fileOf, recordsHandlers } from '../services/records/index.ts';
import { readSettings, settingsHandlers, settledKind } from '../services/settings/index.ts';
import { BlobDamaged, BlobMissing, openStore, profileExists, storeFaultOf, type Store } from '../store/index.ts';
import { decisionCodes } from './decision-codes.ts';
import type { PracticeAxisProcess } from './practice-axis-process.ts';
import { startPractice } from './practice.ts';

export type CoreOptions = {
  readonly profileDir: string;
  readonly key: Outcome<Buffer, StartFailureCode>;
  /**
   * true: a practice profile; its axis is started in a process of its own. false: a real one. The other kind is
   * refused, so that practice data never mixes with real data. 'as-stored': whichever it is, without starting an axis.
   */
  readonly practice: boolean | 'as-stored';
  /** Practice only: a folder with real documents to practise on, in place of made ones. */
  readonly samplesFolder?: string;
  readonly version: string;
  readonly log: (line: string) => void;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Whether the station polls and sends by itself; off for single commands. Default: true. */
  readonly background?: boolean;
  /** Told of each step of the exchange. */
  readonly onStep?: (step: ExchangeStep, id: string) => void;
};

export type FileBytes = {
  readonly size: number;
  readonly mediaType: string;
  readonly name: string;
  readonly bytes: Uint8Array;
};

export type Core = {
  readonly dispatcher: Dispatcher;
  /** Bytes of a stored file, a range at a time. */
  readonly readFile: (
    fileId: string,
    start: number,
    length: number,
  ) => Promise<Outcome<FileBytes, 'not-found' | 'file-damaged'>>;
  readonly close: () => Promise<void>;
  /** only in a practice profile that was started as one */
  readonly practiceAxis?: PracticeAxisProcess;
};

/** Builds the services over the store and hands them their ports. The one place where everything meets. */
export async function startCore(options: CoreOptions): Promise<Core> {
  const incident = incidentLog(options.log);
  if (!options.key.ok) return failedCore(options, incident, startCodeOf(options.key.failure.code), {});
  try {
    const opened = openStore({
      folder: options.profileDir,
      key: options.key.value,
      programVersion: options.version,
      mayCreate: !profileExists(options.profileDir),
    });
    if (!opened.ok) return failedCore(options, incident, opened.failure.code, opened.failure.params);
    try {
      return await openCore(options, opened.value, incident);
    } catch (error) {
      opened.value.close();
      throw error;
    }
  } catch (error) {
    return failedCore(options, incident, 'internal', { incident: incident(error, 'start') });
  }
}

async function openCore(
  options: CoreOptions,
  store: Store,
  incident: (error: unknown, method: string) => string,
): Promise<Core> {
  const clock = options.clock ?? systemClock;
  const kind = store.write((db) => settledKind(db, options.practice === true ? 'practice' : 'office', instantOf(clock)));
  if (options.practice !== 'as-stored' && (kind === 'practice') !== options.practice) {
    store.close();
    return failedCore(options, incident, 'profile-kind', { kind });
  }
  const practiceAxis =
    options.practice === true
      ? await startPractice(store, clock, options.log, options.samplesFolder)
      : undefined;

  // Streams are told through the dispatcher, which is built last; until then nobody listens.
  let publish: Dispatcher['publish'] = () => undefined;
  const barChanged = (): void => {
    publish('station', 'bar', exchange.bar());
  };
  const documentsChanged = (ids: readonly string[]): void => {
    publish('records', 'incoming', { ids, counts: countIncoming(store.read) });
  };
  const queueStatus = queueStatusWith((ids) => {
    exchange.rowsChanged(ids);
    exchange.wake();
  });

  const transport = axisTransports({ http: httpClient, clock });
  const exchange: Exchange = createExchange({
    store,
    clock,
    queueStatus,
    transport,
    onStep: options.onStep ?? (() => undefined),
    documentsArrived: documentsChanged,
    outboxChanged: (items) => {
      publish('exchange', 'outbox', { items });
    },
    barChanged,
    loopFailed: (error) => void incident(error, 'exchange loop'),
  });

  const directory = createDirectory({
    store,
    clock,
    transport,
    decisions: decisionCodes(options.log),
    changed: (state) => {
      publish('directory', 'state', state);
    },
    failed: (error) => void incident(error, 'directory'),
  });

  const handlers: Handlers<Contract> = {
    station: {
      status: () => {
        const { agency, operator } = readSettings(store.read);
        return ok({ ...statusOf(options, kind === 'practice'), state: 'open', agency, operator, failure: null });
      },
      ...settingsHandlers({
        store,
        clock,
        practice: kind === 'practice',
        changed: () => {
          exchange.reconnect();
          directory.reconnect();
        },
      }),
    },
    records: recordsHandlers({ store, clock, queueStatus, changed: documentsChanged }),
    audit: { verify: () => ok(verifyChain(store.read)) },
    exchange: exchange.handlers,
    directory: directory.handlers,
  };
  const sources: EventSources<Events> = {
    station: { bar: exchange.bar },
    records: { incoming: () => countIncoming(store.read) },
    exchange: { outbox: exchange.outboxSnapshot },
    directory: { state: directory.state },
  };
  const dispatcher = dispatcherFor(contract, handlers, events, sources, { classify: storeFaultOf, incident });
  publish = dispatcher.publish;
  if (options.background !== false) {
    exchange.start();
    directory.start();
  }

  return {
    dispatcher,
    readFile: (fileId, start, length) => readFile(store, fileId, start, length),
    close: async () => {
      await Promise.all([exchange.stop(), directory.stop()]);
      await practiceAxis?.stop();
      store.close();
    },
    ...(practiceAxis === undefined ? {} : { practiceAxis }),
  };
}

async function readFile(
  store: Store,
  fileId: string,
  start: number,
  length: number,
): Promise<Outcome<FileBytes, 'not-found' | 'file-damaged'>> {
  const file = fileOf(store.read, fileId);
  if (file === undefined) return fail('not-found');
  try {
    const { size, bytes } = await store.blobs.range(file.sha256, start, length);
    return ok({ size, mediaType: file.mediaType, name: file.name, bytes });
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return fail('file-damaged');
    throw error;
  }
}

function statusOf(options: CoreOptions, practice: boolean): Pick<StationStatus, 'version' | 'practice' | 'folder'> {
  return { version: options.version, practice, folder: options.profileDir };
}

/** A core whose store did not open: it answers `station.status` with why, and everything else with a refusal. */
function failedCore(
  options: CoreOptions,
  incident: (error: unknown, method: string) => string,
  code: StartFailureCode,
  params: Readonly<Record<string, string | number>>,
): Core {
  const closed = (): { ok: false; failure: { code: 'station-not-open' } } => ({
    ok: false,
    failure: { code: 'station-not-open' },
  });
  const status: StationStatus = {
    ...statusOf(options, options.practice === true),
    state: 'failed',
    agency: { organId: '', name: '' },
    operator: '',
    failure: { code, params: { folder: options.profileDir, ...params } },
  };
  const handlers: Handlers<Contract> = {
    station: { status: () => ok(status), settings: closed, saveStation: closed, saveAxis: closed },
    records: { incomingList: closed, incomingGet: closed, trace: closed, registerIncoming: closed },
    audit: { verify: closed },
    exchange: { receiveNow: closed, outbox: closed, sendNow: closed, quarantine: closed },
    directory: {
      search: closed,
      get: closed,
      lookup: closed,
      groups: closed,
      saveGroup: closed,
      removeGroup: closed,
      syncNow: closed,
      state: closed,
      saveSync: closed,
    },
  };
  const sources: EventSources<Events> = {
    station: { bar: () => ({ axis: 'off', trouble: null, lastReceivedAt: null, outboxWaiting: 0, outboxAttention: 0 }) },
    records: { incoming: () => ({ arrived: 0, registered: 0 }) },
    exchange: { outbox: () => [] },
    directory: { state: () => noDirectory },
  };
  return {
    dispatcher: dispatcherFor(contract, handlers, events, sources, { incident }),
    readFile: () => Promise.resolve(fail('not-found')),
    close: () => Promise.resolve(),
  };
}

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

function startCodeOf(code: string): StartFailureCode {
  return code === 'key-missing' || code === 'key-wrong' || code === 'folder-read-only' || code === 'disk-full'
    ? code
    : 'internal';
}

/** Writes an unexpected error to the log under a number that a person can read out; inputs are never written. */
function incidentLog(log: (line: string) => void): (error: unknown, method: string) => string {
  return (error, method) => {
    const number = randomBytes(4).toString('hex').toUpperCase();
    log(`incident ${number} in ${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return number;
  };
}
