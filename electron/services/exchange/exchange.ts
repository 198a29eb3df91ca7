import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import {
  fail,
  ok,
  type ChangeOf,
  type Contract,
  type Events,
  type Failure,
  type Handlers,
  type OutboxItem,
  type Outcome,
  type SnapshotOf,
} from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { storeFaultOf, type Store } from '../../store/index.ts';
import { forerunnersOf, type QueueStatus, type SendPlanned } from '../records/index.ts';
import { axisSecrets, noteReplayedWith, readSettings, replayedWith } from '../settings/index.ts';
import type { CallJournal } from './call-journal.ts';
import { sweepDestroyed } from './destroyed.ts';
import { exchangeHandlers, type MakeEvidence } from './handlers.ts';
import { receive, type ExchangeStep } from './inbox.ts';
import { currentRow, sendDue, sendOne } from './outbox.ts';
import {
  countOutbox,
  findRow,
  hasInterrupted,
  isItsTurn,
  listOutbox,
  nextDue,
  recoverInterrupted,
  wakeUnreachable,
} from './outbox.store.ts';
import type { AxisFailureCode, AxisTransport } from './ports.ts';
import { replayAll, replayMessage, replayWaiting } from './replay.ts';
import { isPollDue, longestRestSeconds, restSeconds, untilNextPollSeconds, type Random } from './retry-policy.ts';
import { countAlarms } from './sent-lines.ts';
import type { SentLists } from './sent-look-up.ts';
import type { MessageThread } from './store-message.ts';
import { sendPlanned } from './send-planned.ts';
import type { TransportOf } from './transports/axis-transports.ts';

type Bar = SnapshotOf<Events['station']['bar']>;
type AxisState = Bar['axis'];

export type ExchangeDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly queueStatus: QueueStatus;
  /** spreads polls and tries; `Math.random`, or a test's */
  readonly random: Random;
  /** builds the transport for the present settings */
  readonly transport: TransportOf;
  readonly onStep: (step: ExchangeStep, id: string) => void;
  /** starts a second thread for as long as many messages are taken in */
  readonly openThread: () => MessageThread;
  readonly documentsArrived: (ids: readonly string[]) => void;
  /** bytes of a recalled document came once more */
  readonly recalledCameBack: () => void;
  readonly outboxChanged: (items: readonly OutboxItem[]) => void;
  /** news of our documents and their recipients */
  readonly deliveriesChanged: (change: ChangeOf<Events['exchange']['deliveries']>) => void;
  /** rows were put into the outbox: told to the window, and the loop wakes */
  readonly rowsQueued: (ids: readonly string[]) => void;
  /** notes the calls of each try; the transport goes over its `http` */
  readonly journal: CallJournal;
  readonly evidence: MakeEvidence;
  readonly barChanged: () => void;
  /** logs an unexpected error, after which things go on; answers its number */
  readonly incident: (error: unknown, doing: string) => string;
};

export type Exchange = {
  readonly handlers: Handlers<Contract>['exchange'];
  /** Gives an issued document to the outbox for the recipients that its draft named. */
  readonly sendPlanned: SendPlanned;
  readonly bar: () => Bar;
  readonly outboxSnapshot: () => OutboxItem[];
  /** how many recipients of our documents ask for attention */
  readonly alarms: () => number;
  /** Rows of the outbox came or changed: tells the window. */
  readonly rowsChanged: (ids: readonly string[]) => void;
  /** Starts polling and sending by itself. */
  readonly start: () => void;
  /** Removes what recalls destroyed, when nothing else is going on. */
  readonly sweep: () => Promise<void>;
  /** Does something while nothing is sent or taken in: files of what comes are on disk before the row that names them. */
  readonly whileQuiet: <T>(work: () => Promise<T>) => Promise<T>;
  /** Reads what was kept apart again if another version of the program did so last. */
  readonly readAgain: (programVersion: string) => Promise<void>;
  /** Something waits in the outbox. */
  readonly wake: () => void;
  /** The axis settings changed. */
  readonly reconnect: () => void;
  /** Ends the loop and waits a moment for what is under way. */
  readonly stop: () => Promise<void>;
};

/** How long closing waits for a call that is under way. */
const closingLimitMs = 2000;

/** The exchange with the axis: one thing at a time, in the background and on request. */
export function createExchange(deps: ExchangeDeps): Exchange {
  const { store, clock } = deps;
  let axisState: AxisState = readSettings(store.read).axis.endpoint === '' ? 'off' : 'offline';
  let lastReceivedAt: string | null = null;
  let trouble: Bar['trouble'] = null;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let stopped = false;
  /** closing waits no longer: the store may be closed, and what still comes back is in doubt until the next start */
  let over = false;
  let nextPollMs = 0;
  /** until then nothing is asked by itself, as the other side wishes */
  let restUntilMs = 0;
  let queue: Promise<unknown> = Promise.resolve();

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(async () => {
      try {
        const value = await work();
        setTrouble(null);
        return value;
      } catch (error) {
        // A full disk is told to whoever asked, and shown to everybody until a later run gets through.
        setTrouble(storeFaultOf(error) ?? 'internal');
        throw error;
      }
    });
    queue = result.catch(() => undefined);
    return result;
  }

  function setTrouble(next: Bar['trouble']): void {
    if (over || next === trouble) return;
    trouble = next;
    deps.barChanged();
  }

  function transport(): AxisTransport | undefined {
    const { axis } = readSettings(store.read);
    return axis.endpoint === '' ? undefined : deps.transport(axis, axisSecrets(store.read));
  }

  function setState(next: AxisState): void {
    axisState = next;
    deps.barChanged();
  }

  function noteFailure(failure: Failure<AxisFailureCode>): void {
    const restMs = restSeconds(failure) * 1000;
    if (restMs > 0) restUntilMs = clock.now().getTime() + restMs;
    setState(failure.code === 'axis-refused' ? 'refused' : 'offline');
  }

  /** How long the axis is still to be left alone; not at all when the clock was set back since. */
  function restLeftMs(): number {
    const left = restUntilMs - clock.now().getTime();
    return left > longestRestSeconds * 1000 ? 0 : Math.max(0, left);
  }

  const sentChanged = (documents: readonly string[]): void => {
    deps.deliveriesChanged({ documents: [...new Set(documents)], alarms: countAlarms(store.read, clock.now()) });
  };
  const changed = (ids: readonly string[]): void => {
    const items = ids.map((id) => currentRow(store, id).item);
    deps.outboxChanged(items);
    deps.barChanged();
    const ours = items.flatMap((item) => (item.outgoing === null || item.state === 'sending' ? [] : [item.outgoing]));
    for (const { dispatch, outgoing } of items) {
      if (dispatch === 'replace' && outgoing !== null) ours.push(...forerunnersOf(store.read, outgoing).map((one) => one.id));
    }
    if (ours.length > 0) sentChanged(ours);
  };

  const sentBefore: SentLists = new Map();
  const filing = { clock, queueStatus: deps.queueStatus, arrived: deps.documentsArrived, heard: sentChanged, cameBack: deps.recalledCameBack };
  const unfinished = (): void => {
    nextPollMs = 0;
  };
  const inboxDeps = { ...filing, store, looked: new Set<string>(), unfinished, onStep: deps.onStep, incident: deps.incident, openThread: deps.openThread };
  const outboxDeps = { store, clock, random: deps.random, onStep: deps.onStep, changed, journal: deps.journal, startedAt: instantOf(clock), sentBefore };

  async function receiveOnce(axis: AxisTransport): Promise<ReturnType<typeof receive>> {
    const received = await receive(inboxDeps, axis);
    await replayWaiting(inboxDeps);
    if (!received.ok) {
      noteFailure(received.failure);
      return received;
    }
    lastReceivedAt = instantOf(clock);
    store.write((db) => wakeUnreachable(db, instantOf(clock)));
    setState('online');
    return received;
  }

  async function sendOnce(axis: AxisTransport): Promise<ReturnType<typeof sendDue>> {
    const sent = await sendDue(outboxDeps, axis);
    if (!sent.ok) noteFailure(sent.failure);
    return sent;
  }

  function schedule(ms: number): void {
    if (!running || stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void tick(), Math.max(0, ms));
  }

  async function tick(): Promise<void> {
    try {
      await oneAtATime(async () => {
        if (stopped || restLeftMs() > 0) return;
        const axis = transport();
        if (axis === undefined) return;
        const { pollSeconds } = readSettings(store.read).axis;
        if (isPollDue(clock.now().getTime(), nextPollMs, pollSeconds)) {
          nextPollMs = clock.now().getTime() + untilNextPollSeconds(pollSeconds, deps.random) * 1000;
          await receiveOnce(axis);
        }
        if (restLeftMs() === 0) await sendOnce(axis);
      });
    } catch (error) {
      if (!over) deps.incident(error, 'exchange loop');
    }
    if (stopped) return;
    // Without an axis there is nothing to wait for; new settings wake the loop themselves.
    if (axisState === 'off') return;
    const now = clock.now().getTime();
    const due = nextDue(store.read);
    const untilDue = due === null ? Infinity : Date.parse(due) - now;
    // Never sooner than a second: a row that stays due for whatever reason must not spin.
    schedule(Math.max(1000, restLeftMs(), Math.min(untilDue, Math.max(nextPollMs - now, 0), 300_000)));
  }

  const sendDeps = { store, clock, queued: deps.rowsQueued, sentChanged };
  const handlers = exchangeHandlers({
    ...sendDeps,
    filing,
    evidence: deps.evidence,
    receiveNow: () =>
      oneAtATime(async () => {
        const axis = transport();
        if (axis === undefined) return fail('axis-off');
        const received = await receiveOnce(axis);
        if (!received.ok) return told(received);
        const sent = await sendOnce(axis);
        if (!sent.ok) return told(sent);
        return ok({ ...received.value, sent: sent.value });
      }),
    sendNow: ({ id }) =>
      oneAtATime(async () => {
        if (hasInterrupted(store.read)) store.write((db) => recoverInterrupted(db, instantOf(clock)));
        const row = findRow(store.read, id);
        if (row === undefined) return fail('not-found');
        if (row.item.state === 'delivered') return fail('already-delivered');
        if (row.item.state === 'cancelled') return fail('row-cancelled');
        if (!isItsTurn(store.read, id)) return fail('not-its-turn', { about: row.item.about });
        const axis = transport();
        if (axis === undefined) return fail('axis-off');
        const sent = await sendOne(outboxDeps, axis, row);
        return sent.ok ? ok(currentRow(store, id).item) : told(sent);
      }),
    replay: (id, actor) => oneAtATime(() => replayMessage(inboxDeps, id, actor)),
  });

  return {
    handlers,
    sendPlanned: (document, first) => sendPlanned(sendDeps, document, first),
    bar: () => {
      const { waiting, attention } = countOutbox(store.read);
      return { axis: axisState, trouble, lastReceivedAt, outboxWaiting: waiting, outboxAttention: attention };
    },
    outboxSnapshot: () => listOutbox(store.read),
    alarms: () => countAlarms(store.read, clock.now()),
    rowsChanged: changed,
    start: () => {
      running = true;
      schedule(0);
    },
    whileQuiet: oneAtATime,
    sweep: () => oneAtATime(async () => (stopped ? undefined : sweepDestroyed(store, clock))),
    readAgain: (programVersion) =>
      oneAtATime(async () => {
        if (replayedWith(store.read) === programVersion) return;
        await replayAll(inboxDeps);
        store.write((db) => {
          noteReplayedWith(db, programVersion, instantOf(clock));
        });
      }),
    wake: () => {
      schedule(0);
    },
    reconnect: () => {
      sentBefore.clear();
      inboxDeps.looked.clear();
      nextPollMs = 0;
      restUntilMs = 0;
      setState(readSettings(store.read).axis.endpoint === '' ? 'off' : 'offline');
      schedule(0);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      // A call that hangs must not keep the window open: what it leaves behind is in doubt and looked up at next start.
      await Promise.race([queue, setTimeoutPromise(closingLimitMs, undefined, { ref: false })]);
      over = true;
    },
  };
}

/** A transport's failure as the window hears it: to a person a time-out is an axis that cannot be reached. */
function told(outcome: Extract<Outcome<never, AxisFailureCode>, { ok: false }>): Outcome<
  never,
  'axis-unreachable' | 'axis-refused' | 'axis-answer-unreadable'
> {
  const { failure } = outcome;
  return { ok: false, failure: { ...failure, code: failure.code === 'time-out' ? 'axis-unreachable' : failure.code } };
}
