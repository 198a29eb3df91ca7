import { ok, type Failure, type Outcome } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { slots } from '../../foundation/slots.ts';
import { isOfTheContent, type Store, type WriteDb } from '../../store/index.ts';
import { acknowledger, type Acknowledge, type StoredMessage } from './acknowledge.ts';
import { fileMessage, setAside } from './file-message.ts';
import type { FilingDeps } from './filing.ts';
import { isHeard, troubleOf } from './inbox-failures.ts';
import { bringer, type Bring } from './inbox-fetch.ts';
import { findTaken, findUnacknowledged, isSameAgain, type InboxState, type Taken } from './inbox.store.ts';
import type { AxisFailureCode, AxisTransport, MessageType, QueueItem } from './ports.ts';
import { unaskable } from './transports/answers.ts';
import { patienceOf, type Patience } from './patience.ts';
import type { MessageThread, Whole } from './store-message.ts';
import { clearWithheld, forgetUnlisted, isFetchDue, noteWithheld, withheldOf } from './withheld.store.ts';

/** Named moments of the exchange; tests end the process at each of them, the practice day shows them. */
export type ExchangeStep =
  | 'fetched'
  | 'files-stored'
  | 'stored'
  | 'acknowledged'
  | 'acknowledgement-noted'
  | 'send-noted'
  | 'sent'
  | 'delivery-noted';

export type InboxDeps = FilingDeps & {
  readonly store: Store;
  /** logs an unexpected error; answers the number that a person reads out to support */
  readonly incident: (error: unknown, doing: string) => string;
  readonly onStep: (step: ExchangeStep, transportId: string) => void;
  /** starts a second thread for as long as many messages are taken in; default: there is none */
  readonly openThread?: () => MessageThread;
  /** rows of the list that were found in this run to be the message that was taken earlier; default: none is remembered */
  readonly looked?: Set<string>;
  /** how long a queue is taken in at a time, in milliseconds; default two minutes */
  readonly roundMs?: number;
  /** told when that was not enough: the rest is for the next round */
  readonly unfinished?: () => void;
};

export type ReceiveTally = { received: number; duplicates: number; quarantined: number };

/** Messages written down in one transaction. A batch waits for more no longer than `batchMs`. */
const batchSize = 32;
const batchMs = 100;
/** Messages fetched, under way or waiting for a place, but not yet written down. */
const windowSize = 2 * batchSize;
/** What waits in the outbox does not wait for the end of a long list, or of a slow one. */
const usualRoundMs = 120_000;
/** A list this long is worth a second thread, which takes about as long to start as this many messages to store. */
const manyMessages = 100;
/** So many messages that could not be fetched, one after another and none between that could, are the connection's fault. */
const suspectsLimit = 3;

/**
 * Polls both queues once: list, fetch, store durably, acknowledge (axis.md §1.5). Messages are fetched side by side and
 * written down in the order of the list, many in one transaction. Each is acknowledged only when it is on disk, so a
 * crash at any point leads to seeing it again, never to losing it; the keys of the inbox keep it from being stored
 * twice. A failure of the connection stops the round, after what came whole is stored; a message that alone cannot be
 * fetched is counted, tried again in growing distance, and hides nobody.
 */
export async function receive(deps: InboxDeps, axis: AxisTransport): Promise<Outcome<ReceiveTally, AxisFailureCode>> {
  const tally: ReceiveTally = { received: 0, duplicates: 0, quarantined: 0 };
  const connections = slots(axis.connections);
  const acknowledge = acknowledger({ ...deps, connections }, axis);
  let failed: Failed | null = null;
  for (const messageType of ['edoc', 'status'] as const) {
    const polled = await pollQueue(messageType);
    if (polled.ok) continue;
    failed ??= polled;
    // What the axis says of one queue, or cannot say, does not keep the other from being taken in.
    if (!isHeard(polled.failure)) break;
  }
  return failed ?? ok(tally);

  async function pollQueue(messageType: MessageType): Promise<Outcome<null, AxisFailureCode>> {
    const listed = await axis.list(messageType);
    if (!listed.ok) return listed;
    const state = { failure: null, unheard: null, thrown: null, suspects: [], fetched: 0, probing: false, moved: false, until: performance.now() + (deps.roundMs ?? usualRoundMs) };
    const thread = listed.value.length < manyMessages ? undefined : deps.openThread?.();
    const bring = bringer({ blobs: deps.store.blobs, connections, thread, onStep: deps.onStep }, axis);
    try {
      const taken = await takeIn({ deps, axis, messageType, tally, bring, acknowledge, ...state }, listed.value);
      if (!taken.ok) return taken;
    } finally {
      await thread?.close();
    }
    // What was acknowledged but not noted before a crash is said again. The axis may not list such a message any more;
    // to repeat the word does no harm, and a refusal only says that it needs none.
    const open = findUnacknowledged(deps.store.read, messageType);
    for (let at = 0; at < open.length; at += batchSize) {
      const failure = await acknowledge(open.slice(at, at + batchSize), 'settle');
      if (failure !== null) return { ok: false, failure };
    }
    return ok(null);
  }
}

type Failed = { readonly ok: false; readonly failure: Failure<AxisFailureCode> };

/** One queue in one round. */
type Round = {
  readonly deps: InboxDeps;
  readonly axis: AxisTransport;
  readonly messageType: MessageType;
  readonly tally: ReceiveTally;
  readonly bring: Bring;
  readonly acknowledge: Acknowledge;
  /** why nothing more is fetched */
  failure: Failure<AxisFailureCode> | null;
  /** the axis answered an acknowledgement with what cannot be read: it is said again next time, and holds nobody up */
  unheard: Failure<AxisFailureCode> | null;
  thrown: { readonly error: unknown } | null;
  /** could not be fetched, and nothing has been since: the message's fault, or the connection's */
  suspects: Trouble[];
  /** how many came whole */
  fetched: number;
  /** one is tried to tell whose fault a trouble is: who has not begun waits for that */
  probing: boolean;
  /** something came of at least one row: a round that is late before that would never get on */
  moved: boolean;
  /** by the clock of `performance`, when the rest is left for the next round */
  readonly until: number;
};

/** A row of the list, and how often it could not be fetched before. */
type Entry = { readonly item: QueueItem; readonly tries: number };
type Trouble = { readonly entry: Entry; readonly failure: Failure<AxisFailureCode> };

/** On disk: come whole now, or taken in an earlier round and listed still. */
type Kept = { readonly entry: Entry } & (
  | { readonly kind: 'whole'; readonly whole: Whole }
  | { readonly kind: 'known'; readonly id: string; readonly state: InboxState }
);
/** What became of a row. */
type Arrival = Kept | ({ readonly kind: 'failed' } & Trouble) | { readonly kind: 'not-begun'; readonly entry: Entry } | { readonly kind: 'thrown' };

async function takeIn(round: Round, listed: readonly QueueItem[]): Promise<Outcome<null, AxisFailureCode>> {
  const entries = entriesDue(round, listed);
  const line: Promise<Arrival>[] = [];
  const waiting: { batch: Kept[]; patience: Patience | null; acknowledging: Promise<void> } = {
    batch: [],
    patience: null,
    acknowledging: Promise.resolve(),
  };

  async function flush(): Promise<void> {
    const kept = waiting.batch;
    waiting.batch = [];
    waiting.patience?.end();
    waiting.patience = null;
    if (kept.length === 0) return;
    const stored = writeDown(round, kept);
    // The next batch is fetched while this one is acknowledged, but does not run ahead of it.
    await waiting.acknowledging;
    waiting.acknowledging = acknowledgeBatch(round, stored);
  }

  try {
    for (;;) {
      while (!isOver(round) && line.length < windowSize && !isLate(round)) {
        // The last one is kept back as long as there are others: it may be wanted to tell whose fault a trouble is.
        const entry = entries.length > 1 || line.length === 0 ? entries.shift() : undefined;
        if (entry === undefined) break;
        line.push(begin(round, entry));
      }
      const [head] = line;
      if (head === undefined) break;
      const arrival = await (waiting.patience === null ? head : Promise.race([head, waiting.patience.over]));
      if (arrival !== 'late') {
        void line.shift();
        if (arrival.kind === 'not-begun' && !isOver(round) && !isLate(round)) {
          line.unshift(begin(round, arrival.entry));
          continue;
        }
        round.moved = true;
        const kept = [judge(round, arrival)].filter((one) => one !== null);
        if (round.suspects.length >= suspectsLimit && round.failure === null) kept.push(...(await probe(round, entries)));
        waiting.batch.push(...kept);
        if (kept.length > 0) waiting.patience ??= patienceOf(batchMs);
      }
      if (arrival === 'late' || waiting.batch.length >= batchSize) await flush();
    }
    await flush();
  } finally {
    waiting.patience?.end();
    // Nobody may still be at work when the round is over, however it ended; who has not begun does not.
    const left = line.splice(0);
    if (left.length > 0) round.thrown ??= { error: new Error('the round broke off') };
    await Promise.all(left);
    await waiting.acknowledging;
  }
  if (round.thrown !== null) throw round.thrown.error;
  if (isLate(round) && !isOver(round)) round.deps.unfinished?.();
  return conclude(round);
}

/** Rows that are to be taken now, in the order of the list; those that could not be fetched before come last. */
function entriesDue({ deps, messageType }: Round, listed: readonly QueueItem[]): Entry[] {
  const withheld = withheldOf(deps.store.read, messageType);
  const byId = new Map(listed.map((item) => [item.docId, item]));
  const gone = [...withheld].filter(([transportId]) => !byId.has(transportId));
  if (gone.length > 0) {
    deps.store.write((db) => {
      for (const [transportId, { tries }] of gone) forgetUnlisted(db, transportId, tries, instantOf(deps.clock));
    });
  }
  const now = deps.clock.now();
  const items = [...byId.values()];
  const troubled = items.flatMap((item) => {
    const before = withheld.get(item.docId);
    return before !== undefined && isFetchDue(before, now) ? [{ item, tries: before.tries }] : [];
  });
  return [...items.filter(({ docId }) => !withheld.has(docId)).map((item) => ({ item, tries: 0 })), ...troubled];
}

function isOver(round: Round): boolean {
  return round.failure !== null || round.thrown !== null;
}

/** Whether the rest of the list is for the next round. */
function isLate({ moved, until }: Round): boolean {
  return moved && performance.now() >= until;
}

/** Brings one row in. Never rejects: what is thrown ends the round and waits in it. */
async function begin(round: Round, entry: Entry, isWaiting = (): boolean => round.probing || isLate(round)): Promise<Arrival> {
  try {
    const known = findTaken(round.deps.store.read, round.messageType, entry.item, round.deps.clock.now());
    if (known !== undefined && (!known.isOver || round.deps.looked?.has(rowKey(round, entry.item)) === true)) return { kind: 'known', entry, ...known };
    if (known !== undefined) return await lookAgain(round, entry, known, isWaiting);
    const brought = await round.bring(entry.item.docId, () => isOver(round) || isWaiting());
    if (brought === 'not-begun') return { kind: 'not-begun', entry };
    if (brought.ok) return { kind: 'whole', entry, whole: brought.value };
    // Told at once, so that nobody else is sent after it.
    if (troubleOf(brought.failure) === null) round.failure ??= brought.failure;
    return { kind: 'failed', entry, failure: brought.failure };
  } catch (error) {
    round.thrown ??= { error };
    return { kind: 'thrown' };
  }
}

/** What tells a row of the list from another one under the same id. */
function rowKey({ messageType }: Round, { docId, from, createdTime }: QueueItem): string {
  return JSON.stringify([messageType, docId, from, createdTime]);
}

/** The most rows that are remembered; beyond them all are looked at again. */
const lookedAtMost = 100_000;

/**
 * A row whose message we have, and the axis has heard so. It may go on listing it, or have given the id to another message:
 * only the bytes tell. Once in a run of the program is enough.
 */
async function lookAgain(round: Round, entry: Entry, known: Taken, isWaiting: () => boolean): Promise<Arrival> {
  const { deps, messageType } = round;
  const { docId } = entry.item;
  const brought = await round.bring(docId, () => isOver(round) || isWaiting());
  if (brought === 'not-begun') return { kind: 'not-begun', entry };
  if (brought.ok && !isSameAgain(deps.store.read, messageType, docId, brought.value.raw.sha256)) return { kind: 'whole', entry, whole: brought.value };
  if (brought.ok || troubleOf(brought.failure) === 'refused') {
    if ((deps.looked?.size ?? 0) >= lookedAtMost) deps.looked?.clear();
    deps.looked?.add(rowKey(round, entry.item));
    // Its files are on disk once more; of a recalled document they must not stay.
    if (brought.ok) deps.cameBack?.();
  }
  return { kind: 'known', entry, ...known };
}

/** Takes the arrivals in the order of the list; answers what is to be written down. */
function judge(round: Round, arrival: Arrival): Kept | null {
  switch (arrival.kind) {
    case 'not-begun':
    case 'thrown':
      return null;
    case 'known':
      return arrival;
    case 'whole':
      round.fetched += 1;
      // The connection carries messages, so it was not at fault.
      noteTroubles(round, round.suspects.splice(0));
      return arrival;
    case 'failed': {
      const trouble = troubleOf(arrival.failure);
      // The axis itself said so, or the message was on its way, or could not be asked for: the connection is not at fault.
      if (trouble === 'refused' || trouble === 'too-large' || arrival.failure.params?.['errorCode'] === unaskable.errorCode) noteTroubles(round, [arrival]);
      else if (trouble !== null) round.suspects.push(arrival);
      return null;
    }
  }
}

/**
 * Several in a row could not be fetched: whose fault that is shows by one from the other end of the list. If that comes,
 * they are to blame, and those behind them are not held up by them in every round to come; if not, the round is over.
 */
async function probe(round: Round, entries: Entry[]): Promise<Kept[]> {
  const kept: Kept[] = [];
  round.probing = true;
  for (;;) {
    const entry = entries.pop();
    const arrival = entry === undefined ? null : await begin(round, entry, () => false);
    const one = arrival === null ? null : judge(round, arrival);
    if (one !== null) kept.push(one);
    if (one?.kind === 'known') continue;
    if (one === null) round.failure ??= round.suspects.at(-1)?.failure ?? null;
    round.probing = false;
    return kept;
  }
}

function noteTroubles({ deps, messageType }: Round, troubles: readonly Trouble[]): void {
  if (troubles.length === 0) return;
  deps.store.write((db) => {
    for (const { entry, failure } of troubles) {
      const trouble = troubleOf(failure);
      if (trouble === null) continue;
      const words = [failure.params?.['errorCode'], failure.params?.['errorDesc']].map((word) => String(word ?? ''));
      const detail = words.filter((word) => word !== '').join(': ');
      noteWithheld(db, { item: entry.item, messageType, failure: trouble, detail }, entry.tries, deps.clock.now());
    }
  });
}

/** Writes messages down in one transaction, in their order. */
function writeDown(round: Round, kept: readonly Kept[]): StoredMessage[] {
  const { deps, messageType, tally } = round;
  const { store } = deps;

  function write(db: WriteDb, one: Kept): StoredMessage {
    const { item, tries } = one.entry;
    if (tries > 0) clearWithheld(db, item.docId);
    const { id, state } = one.kind === 'known' ? one : fileMessage(deps, db, messageType, item, one.whole.raw, one.whole.read);
    return { id, state, transportId: item.docId };
  }

  function writeOne(one: Kept): StoredMessage {
    const { item } = one.entry;
    const known = (): StoredMessage | undefined => {
      const taken = findTaken(store.read, messageType, item, deps.clock.now());
      return taken === undefined || (one.kind === 'whole' && !isSameAgain(store.read, messageType, item.docId, one.whole.raw.sha256)) ? undefined : { ...taken, transportId: item.docId };
    };
    try {
      return known() ?? store.write((db) => write(db, one));
    } catch (error) {
      // It would be thrown at each poll, and nothing behind it would come.
      if (one.kind === 'known' || !isOfTheContent(error)) throw error;
      const incident = deps.incident(error, `filing message ${item.docId}`);
      return known() ?? { ...store.write((db) => setAside(deps, db, messageType, item, one.whole.raw, incident)), transportId: item.docId };
    }
  }

  let stored: StoredMessage[];
  try {
    stored = store.write((db) => kept.map((one) => write(db, one)));
  } catch {
    // One of them must not keep the others from being written down; its error comes again.
    stored = kept.map(writeOne);
  }
  kept.forEach((one, index) => {
    const state = one.kind === 'known' ? 'duplicate' : (stored[index]?.state ?? 'kept');
    tally[state === 'stored' ? 'received' : state === 'duplicate' ? 'duplicates' : 'quarantined'] += 1;
    if (one.kind === 'whole') deps.onStep('stored', one.entry.item.docId);
  });
  return stored;
}

/** Never rejects, like `begin`. */
async function acknowledgeBatch(round: Round, stored: readonly StoredMessage[]): Promise<void> {
  try {
    const failure = await round.acknowledge(stored, 'leave-open');
    if (failure !== null && isHeard(failure)) round.unheard ??= failure;
    else if (failure !== null) round.failure ??= failure;
  } catch (error) {
    round.thrown ??= { error };
  }
}

/**
 * What is said of the round. Messages that could not be fetched, while nothing came after them, are the connection's
 * fault when the axis cannot be asked now either; else they are noted against the messages. Where that is all that
 * happened, and for one of them the first time, it is told as the failure it looks like.
 */
async function conclude(round: Round): Promise<Outcome<null, AxisFailureCode>> {
  if (round.failure !== null) return { ok: false, failure: round.failure };
  if (round.suspects.length > 0) {
    const asked = await round.axis.list(round.messageType);
    if (!asked.ok) return asked;
    noteTroubles(round, round.suspects);
  }
  const fresh = round.fetched > 0 ? undefined : round.suspects.find(({ entry }) => entry.tries === 0);
  const failure = round.unheard ?? fresh?.failure ?? null;
  return failure === null ? ok(null) : { ok: false, failure };
}
