import type { Contract, Dispatcher, EventSources, Events, Handlers } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import { httpClient } from '../../platform/http/client.ts';
import { lineProbe } from '../../platform/http/probe.ts';
import {
  axisTransports,
  callJournal,
  clockWatch,
  connectionTest,
  createDirectory,
  createExchange,
  evidenceMaker,
  queueStatusWith,
  type Exchange,
} from '../../services/exchange/index.ts';
import type { QueueStatus } from '../../services/records/index.ts';
import type { Store } from '../../store/index.ts';
import type { CoreOptions } from '../core.ts';
import { decisionCodes } from '../decision-codes.ts';
import { documentFonts } from '../document-fonts.ts';
import { startMessageThread } from '../threads/message-thread.ts';

type Given = {
  readonly store: Store;
  readonly clock: Clock;
  readonly practice: boolean;
  readonly publish: Dispatcher['publish'];
  /** told when it is known, or not any more, by how much the axis' clock differs */
  readonly clockChanged: () => void;
  readonly documentsArrived: (ids: readonly string[]) => void;
  /** told after rows of the outbox came or changed */
  readonly outboxChanged: () => void;
  /** told after there was news of our documents and their recipients */
  readonly outgoingChanged: (ids: readonly string[]) => void;
  readonly barChanged: () => void;
  readonly incident: (error: unknown, method: string) => string;
};

export type AxisParts = {
  readonly exchange: Exchange;
  readonly handlers: Pick<Handlers<Contract>, 'exchange' | 'connection' | 'directory'>;
  readonly sources: Pick<EventSources<Events>, 'exchange' | 'connection' | 'directory'>;
  /** Puts what a received document's sender hears into the outbox. */
  readonly queueStatus: QueueStatus;
  /** by how many seconds the axis' clock differs; null while nobody knows */
  readonly clockDiffersBy: () => number | null;
  /** Receives, sends and keeps the directory by itself from now on. */
  readonly start: () => void;
  /** The agency or the way to the axis changed. */
  readonly reconnect: () => void;
  /** Removes what recalls destroyed. */
  readonly sweep: () => void;
  /** Asks for the directory now. */
  readonly askForDirectory: () => void;
  readonly stop: () => Promise<void>;
};

/** The way to the axis: exchange, directory and the test of the connection, over one transport and one watched clock. */
export function axisParts(options: CoreOptions, { store, clock, practice, publish, clockChanged, documentsArrived, outboxChanged, outgoingChanged, barChanged, incident }: Given): AxisParts {
  const axisClock = clockWatch(clock, () => {
    publish('connection', 'clock', axisClock.state());
    clockChanged();
  });
  const journal = callJournal(axisClock.over(httpClient), clock);
  const transport = axisTransports({ http: journal.http, clock });
  const tester = connectionTest({
    store,
    clock,
    http: httpClient,
    probe: lineProbe,
    practice,
    changed: () => {
      publish('connection', 'progress', tester.progress());
    },
  });
  const rowsQueued = (ids: readonly string[]): void => {
    exchange.rowsChanged(ids);
    exchange.wake();
  };
  const queueStatus = queueStatusWith(rowsQueued);
  const sweep = (): void => {
    exchange.sweep().catch((error: unknown) => incident(error, 'destroying recalled files'));
  };
  const exchange: Exchange = createExchange({
    store,
    clock,
    queueStatus,
    random: options.random ?? Math.random,
    transport,
    journal,
    evidence: evidenceMaker({ store, clock, fonts: documentFonts }),
    rowsQueued,
    onStep: options.onStep ?? (() => undefined),
    openThread: () => startMessageThread(store.blobAccess, options.log),
    recalledCameBack: sweep,
    documentsArrived,
    outboxChanged: (items) => {
      publish('exchange', 'outbox', { items });
      outboxChanged();
    },
    deliveriesChanged: (change) => {
      publish('exchange', 'deliveries', change);
      outgoingChanged(change.documents);
    },
    barChanged,
    incident,
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
  return {
    exchange,
    handlers: { exchange: exchange.handlers, connection: tester.handlers, directory: directory.handlers },
    sources: {
      exchange: { outbox: exchange.outboxSnapshot, deliveries: exchange.alarms },
      connection: { progress: tester.progress, clock: axisClock.state },
      directory: { state: directory.state },
    },
    queueStatus,
    clockDiffersBy: () => axisClock.state().differsBySeconds,
    start: () => {
      exchange.start();
      directory.start();
    },
    reconnect: () => {
      exchange.reconnect();
      directory.reconnect();
    },
    sweep,
    askForDirectory: () => {
      Promise.resolve(directory.handlers.syncNow({ acceptShorter: false })).catch((error: unknown) => incident(error, 'practice directory'));
    },
    stop: async () => {
      await Promise.all([exchange.stop(), directory.stop()]);
    },
  };
}
