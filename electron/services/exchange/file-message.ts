import { QuarantineReason, type Outcome } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { afterCommit, type BlobRef, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { getIncoming, recordArrival, type ArrivedFile, type QueueStatus } from '../records/index.ts';
import { readSettings } from '../settings/index.ts';
import { arrivalOf } from './arrival-of.ts';
import type { EdxmlDocument, EdxmlMessage, EdxmlReadCode } from './edxml/model.ts';
import { findStored, insertInboxMessage, type InboxState } from './inbox.store.ts';
import type { MessageType, QueueItem } from './ports.ts';

export type FilingDeps = {
  readonly clock: Clock;
  readonly queueStatus: QueueStatus;
  /** told the ids of documents that came */
  readonly arrived: (ids: readonly string[]) => void;
};

/** A message as read from its stored file. */
export type ReadMessage = {
  readonly message: Outcome<EdxmlMessage, EdxmlReadCode>;
  /** by attachment index */
  readonly files: ReadonlyMap<number, BlobRef>;
};

/** Decides what a message is and writes it down, in the caller's transaction. */
export function fileMessage(
  deps: FilingDeps,
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
