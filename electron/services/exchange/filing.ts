import type { Deviation, QuarantineReason } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import type { BlobRef, ReadDb, WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { QueueStatus } from '../records/index.ts';
import { sameAgency } from './agency-code.store.ts';
import { insertInboxMessage, refileInboxMessage, type InboxState } from './inbox.store.ts';
import type { MessageType, QueueItem } from './ports.ts';

export type FilingDeps = {
  readonly clock: Clock;
  readonly queueStatus: QueueStatus;
  /** told the ids of received documents that came or changed */
  readonly arrived: (ids: readonly string[]) => void;
  /** told the ids of our documents of which a recipient said something */
  readonly heard?: (ids: readonly string[]) => void;
  /** told when a message brought bytes of a recalled document again: they are destroyed again */
  readonly cameBack?: () => void;
};

/** What is known of a message once it was read. */
export type Entry = {
  readonly state: InboxState;
  readonly reason: QuarantineReason | '';
  readonly sender: string;
  readonly documentId: string;
  /** business type of a document, `status-<code>` of a status; '' when it could not be read */
  readonly type: string;
  /** the received document, or the one of ours, that it belongs to */
  readonly document?: string;
  readonly outgoing?: string;
};

/** A message that is being filed, in the caller's transaction. */
export type Filing = {
  readonly db: WriteDb;
  readonly deps: FilingDeps;
  readonly raw: BlobRef;
  /** instant at which it came; of a replay, now */
  readonly at: string;
  /** who handed it in, by the axis' list; '' when that does not say */
  readonly from: string;
  /** how the message deviates from the format; none when it could not be read */
  readonly deviations: readonly Deviation[];
  /** Writes the entry; answers its id. */
  readonly write: (entry: Entry) => string;
};

/** Files a message that has just come. */
export function newFiling(
  deps: FilingDeps,
  db: WriteDb,
  message: {
    readonly messageType: MessageType;
    readonly item: QueueItem;
    readonly raw: BlobRef;
    readonly at: string;
    readonly deviations: readonly Deviation[];
  },
): Filing {
  const { item, raw, at } = message;
  return {
    db,
    deps,
    raw,
    at,
    from: item.from,
    deviations: message.deviations,
    write(entry) {
      const id = insertInboxMessage(db, {
        transportId: item.docId,
        messageType: message.messageType,
        state: entry.state,
        sender: entry.sender,
        senderDocumentId: entry.documentId,
        businessType: entry.type,
        handedBy: item.from,
        deviations: message.deviations,
        receivedAt: at,
        sha256: raw.sha256,
        size: raw.size,
        reason: entry.reason,
        document: entry.document ?? null,
        outgoing: entry.outgoing ?? null,
      });
      if (entry.state !== 'stored' || entry.outgoing !== undefined) {
        appendAudit(db, {
          at,
          actor: 'station',
          action: entry.state === 'stored' ? 'status.heard' : `message.${entry.state}`,
          subjectKind: entry.outgoing === undefined ? 'inbox-message' : 'outgoing-document',
          subjectId: entry.outgoing ?? id,
          detail: { transportId: item.docId, sender: entry.sender, type: entry.type, reason: entry.reason, sha256: raw.sha256 },
        });
      }
      return id;
    },
  };
}

/** Files a kept message again. */
export function repeatedFiling(
  deps: FilingDeps,
  db: WriteDb,
  message: {
    readonly id: string;
    readonly raw: BlobRef;
    readonly at: string;
    readonly from: string;
    readonly actor: string;
    readonly deviations: readonly Deviation[];
  },
): Filing {
  const { id, raw, at } = message;
  return {
    db,
    deps,
    raw,
    at,
    from: message.from,
    deviations: message.deviations,
    write(entry) {
      refileInboxMessage(db, id, {
        state: entry.state,
        sender: entry.sender,
        senderDocumentId: entry.documentId,
        businessType: entry.type,
        reason: entry.reason,
        document: entry.document ?? null,
        outgoing: entry.outgoing ?? null,
        deviations: message.deviations,
        at,
      });
      appendAudit(db, {
        at,
        actor: message.actor,
        action: 'message.replayed',
        subjectKind: entry.outgoing === undefined ? 'inbox-message' : 'outgoing-document',
        subjectId: entry.outgoing ?? id,
        detail: { message: id, state: entry.state, sender: entry.sender, type: entry.type, reason: entry.reason, sha256: raw.sha256 },
      });
      return id;
    },
  };
}

/**
 * Whether a message that would change a document of `issuer` comes from that issuer: by its own From, and by the axis'
 * list where that names a sender. A centre (W00) hands in for its agencies (axis.md §1.1).
 */
export function isParty(filing: Filing, issuer: string, sender: string): boolean {
  return sameAgency(filing.db, issuer, sender) && handedInBy(filing, sender);
}

/** Whether the axis' list names the sender that the message names, or nobody, or a centre. */
export function handedInBy({ db, from }: { readonly db: ReadDb; readonly from: string }, sender: string): boolean {
  return from.trim() === '' || /^\d{2}\.\d{2}\.W00$/i.test(from.trim()) || sameAgency(db, from, sender);
}
