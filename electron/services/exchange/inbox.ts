import { ok, type Outcome } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import type { BlobRef, Blobs, Store } from '../../store/index.ts';
import { readEdxml } from './edxml/read.ts';
import { fileMessage, type ReadMessage } from './file-message.ts';
import type { FilingDeps } from './filing.ts';
import { findByTransportId, findUnacknowledged, markAcknowledged, type InboxState } from './inbox.store.ts';
import type { AxisFailureCode, AxisTransport, MessageType, QueueItem } from './ports.ts';

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
  readonly onStep: (step: ExchangeStep, transportId: string) => void;
};

export type ReceiveTally = { received: number; duplicates: number; quarantined: number };

/**
 * Polls both queues once: list, fetch, store durably, acknowledge (axis.md §1.5). A message is acknowledged only when
 * it is on disk, so a crash at any point leads to seeing it again, never to losing it; the keys of the inbox keep it
 * from being stored twice. Stops at the first failure of the connection.
 */
export async function receive(deps: InboxDeps, axis: AxisTransport): Promise<Outcome<ReceiveTally, AxisFailureCode>> {
  const tally: ReceiveTally = { received: 0, duplicates: 0, quarantined: 0 };
  for (const messageType of ['edoc', 'status'] as const) {
    const listed = await axis.list(messageType);
    if (!listed.ok) return listed;
    for (const item of listed.value) {
      const taken = await takeIn(deps, axis, messageType, item, tally);
      // One message that the axis will not hand over must not hide the others behind it.
      if (!taken.ok && taken.failure.code !== 'axis-refused') return taken;
    }
    const settled = await settleAcknowledgements(deps, axis, messageType);
    if (!settled.ok) return settled;
  }
  return ok(tally);
}

async function takeIn(
  deps: InboxDeps,
  axis: AxisTransport,
  messageType: MessageType,
  item: QueueItem,
  tally: ReceiveTally,
): Promise<Outcome<null, AxisFailureCode>> {
  const { store } = deps;
  let known = findByTransportId(store.read, item.docId);
  if (known === undefined) {
    const fetched = await fetchInto(deps, axis, item.docId);
    if (!fetched.ok) return fetched;
    const raw = fetched.value;
    const read = await readMessage(raw, store.blobs);
    deps.onStep('files-stored', item.docId);
    known = store.write((db) => fileMessage(deps, db, messageType, item, raw, read));
    if (known.state === 'stored') tally.received += 1;
    if (known.state === 'duplicate') tally.duplicates += 1;
    if (known.state === 'quarantined' || known.state === 'kept') tally.quarantined += 1;
    deps.onStep('stored', item.docId);
  } else {
    tally.duplicates += 1;
  }
  const acknowledged = await axis.acknowledge(item.docId, answerTo(known.state));
  if (!acknowledged.ok) return acknowledged;
  deps.onStep('acknowledged', item.docId);
  const { id } = known;
  store.write((db) => {
    markAcknowledged(db, id, instantOf(deps.clock));
  });
  deps.onStep('acknowledgement-noted', item.docId);
  return ok(null);
}

/**
 * Says again what was acknowledged but not noted before a crash. The axis may not list such a message any more; to
 * repeat the word does no harm, and a refusal only says that it needs none.
 */
async function settleAcknowledgements(
  deps: InboxDeps,
  axis: AxisTransport,
  messageType: MessageType,
): Promise<Outcome<null, AxisFailureCode>> {
  for (const open of findUnacknowledged(deps.store.read, messageType)) {
    const outcome = await axis.acknowledge(open.transportId, answerTo(open.state));
    if (!outcome.ok && outcome.failure.code !== 'axis-refused') return outcome;
    deps.store.write((db) => {
      markAcknowledged(db, open.id, instantOf(deps.clock));
    });
  }
  return ok(null);
}

/** What the axis is told: `fail` only for what could not be read at all (axis.md §1.5). */
function answerTo(state: InboxState): 'done' | 'fail' {
  return state === 'quarantined' ? 'fail' : 'done';
}

/** Puts a message into the blob store as it arrives. What did not arrive whole leaves nothing behind. */
async function fetchInto(deps: InboxDeps, axis: AxisTransport, docId: string): Promise<Outcome<BlobRef, AxisFailureCode>> {
  const writer = await deps.store.blobs.writer();
  let whole = false;
  try {
    const fetched = await axis.fetch(docId, writer.write);
    if (!fetched.ok) return fetched;
    deps.onStep('fetched', docId);
    whole = true;
    return ok(await writer.finish());
  } finally {
    if (!whole) await writer.abort();
  }
}

/** Reads a stored message and puts its attachments into the blob store on the way. */
export async function readMessage(raw: BlobRef, blobs: Blobs): Promise<ReadMessage> {
  const files = new Map<number, BlobRef>();
  const message = await readEdxml(blobs.stream(raw.sha256), ({ index }) => {
    const opening = blobs.writer();
    // Its failure is met where it is first awaited; until then nobody has it in hand.
    opening.catch(() => undefined);
    return {
      write: async (piece) => (await opening).write(piece),
      close: async () => void files.set(index, await (await opening).finish()),
      abort: async () => (await opening).abort(),
    };
  });
  return { message, files };
}
