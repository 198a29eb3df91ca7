import { ok, QuarantineReason, type Outcome } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { afterCommit, type BlobRef, type Blobs, type Store, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { getIncoming, recordArrival, type ArrivedFile, type QueueStatus } from '../records/index.ts';
import { readSettings } from '../settings/index.ts';
import { arrivalOf } from './arrival-of.ts';
import type { EdxmlDocument, EdxmlMessage, EdxmlReadCode } from './edxml/model.ts';
import { readEdxml } from './edxml/read.ts';
import {
  findByTransportId,
  findStored,
  findUnacknowledged,
  insertInboxMessage,
  markAcknowledged,
  type InboxState,
} from './inbox.store.ts';
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

export type InboxDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly queueStatus: QueueStatus;
  readonly onStep: (step: ExchangeStep, transportId: string) => void;
  /** told the ids of documents that came */
  readonly arrived: (ids: readonly string[]) => void;
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
    known = store.write((db) => file(deps, db, messageType, item, raw, read));
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

type ReadMessage = {
  readonly message: Outcome<EdxmlMessage, EdxmlReadCode>;
  /** by attachment index */
  readonly files: ReadonlyMap<number, BlobRef>;
};

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
async function readMessage(raw: BlobRef, blobs: Blobs): Promise<ReadMessage> {
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

/** Decides what a message is and writes it down, in the caller's transaction. */
function file(
  deps: InboxDeps,
  db: WriteDb,
  messageType: MessageType,
  item: QueueItem,
  raw: BlobRef,
  { message, files }: ReadMessage,
): { id: string; state: InboxState } {
  const receivedAt = instantOf(deps.clock);
  const common = { transportId: item.docId, messageType, receivedAt, sha256: raw.sha256, size: raw.size };

  function setAside(
    state: 'quarantined' | 'kept' | 'duplicate',
    reason: QuarantineReason | '',
    sender: string,
    documentId: string,
    type: string,
  ): { id: string; state: InboxState } {
    const id = insertInboxMessage(db, {
      ...common,
      state,
      sender,
      senderDocumentId: documentId,
      businessType: type,
      reason,
      document: null,
    });
    appendAudit(db, {
      at: receivedAt,
      actor: 'station',
      action: `message.${state}`,
      subjectKind: 'inbox-message',
      subjectId: id,
      detail: { transportId: item.docId, sender, reason, sha256: raw.sha256 },
    });
    return { id, state };
  }

  if (!message.ok) return setAside('quarantined', readReason(message.failure.code), item.from, '', '');
  if (message.value.kind === 'status') {
    // Statuses about our own documents are acted on from the outgoing register on; until then they are kept whole.
    const about = message.value.responseFor.documentId;
    return setAside('kept', 'status-not-handled', message.value.from.organId, about, message.value.statusCode);
  }
  const document = message.value;
  const sender = document.header.from.organId;
  const type = document.business.bussinessDocType;
  if (type !== '0') {
    return setAside('kept', `business-type-${type}`, sender, document.header.documentId, type);
  }

  const lost = document.references.find((row) => !document.attachments.some((a) => a.contentId === row.contentId));
  if (lost !== undefined) return setAside('quarantined', 'attachment-missing', sender, document.header.documentId, type);

  const arrivedFiles = filesOf(document, files);
  const earlier = findStored(db, sender, document.header.documentId, type);
  if (earlier !== undefined) {
    // The same id with other files is not a second copy: somebody must look at it.
    return sameFiles(db, earlier, arrivedFiles)
      ? setAside('duplicate', '', sender, document.header.documentId, type)
      : setAside('kept', 'same-id-other-content', sender, document.header.documentId, type);
  }
  const settings = readSettings(db);
  const arrival = arrivalOf(document, arrivedFiles, receivedAt, settings.agency.organId);
  const documentRow = recordArrival(db, arrival, deps.queueStatus, settings.agency.name);
  const id = insertInboxMessage(db, {
    ...common,
    state: 'stored',
    sender,
    senderDocumentId: document.header.documentId,
    businessType: type,
    reason: '',
    document: documentRow,
  });
  afterCommit(db, () => {
    deps.arrived([documentRow]);
  });
  return { id, state: 'stored' };
}

/** Every code of the reader is a reason; one that is not would be a defect, and the message must be kept all the same. */
function readReason(code: string): QuarantineReason {
  const reason = QuarantineReason.safeParse(code);
  return reason.success ? reason.data : 'invalid-value';
}

function filesOf(document: EdxmlDocument, files: ReadonlyMap<number, BlobRef>): ArrivedFile[] {
  return document.attachments.map((attachment) => {
    const stored = files.get(attachment.index);
    if (stored === undefined) throw new Error('an attachment was read but not stored');
    return { name: attachment.name, mediaType: attachment.mediaType, size: stored.size, sha256: stored.sha256 };
  });
}

function sameFiles(db: WriteDb, documentId: string, files: readonly ArrivedFile[]): boolean {
  const known = getIncoming(db, documentId)?.files.map((entry) => entry.sha256) ?? [];
  return known.length === files.length && files.every((entry, index) => entry.sha256 === known[index]);
}
