import { afterCommit } from '../../store/index.ts';
import { askChange, findIncoming, findOutgoing } from '../records/index.ts';
import { sameAgency } from './agency-code.store.ts';
import type { EdxmlStatus } from './edxml/model.ts';
import { instantFromWire } from './edxml/values.ts';
import { handedInBy, type Entry, type Filing } from './filing.ts';
import { explanation } from './strangers-text.ts';
import { findSame, type InboxState } from './inbox.store.ts';
import { insertRecipientStatus, noteTakeBack, recipientsOf, wasUpdated } from './recipients.store.ts';

type Filed = { id: string; state: InboxState };

/**
 * A business status (axis.md §2.8): news of one of our documents from a recipient, or, with 13, the wish of a sender to
 * take back a document that we have.
 */
export function fileStatus(filing: Filing, status: EdxmlStatus): Filed {
  const sender = status.from.organId.trim();
  const documentId = status.responseFor.documentId.trim();
  // Without an id the number is kept, so that the document is recognised when it comes.
  const common = { sender, documentId: documentId === '' ? status.responseFor.code.trim() : documentId, type: `status-${status.statusCode}` };
  const aside = (state: 'kept' | 'duplicate', reason: Entry['reason']): Filed => ({
    id: filing.write({ ...common, state, reason }),
    state,
  });
  if (findSame(filing.db, sender, filing.raw.sha256)) return aside('duplicate', '');
  return status.statusCode === '13' ? takeBackAsked(filing, status, common, aside) : newsOfOurs(filing, status, common, aside);
}

/** Which document it speaks of; blanks are no id. */
function aboutOf({ responseFor }: EdxmlStatus): { readonly documentId: string; readonly code: string } {
  return { documentId: responseFor.documentId.trim(), code: responseFor.code.trim() };
}

type Common = Pick<Entry, 'sender' | 'documentId' | 'type'>;
type Aside = (state: 'kept' | 'duplicate', reason: Entry['reason']) => Filed;

function takeBackAsked(filing: Filing, status: EdxmlStatus, common: Common, aside: Aside): Filed {
  const { db, deps, at } = filing;
  const known = findIncoming(db, aboutOf(status));
  if (known.length === 0) return aside('kept', 'unknown-document');
  const incoming = known.find((one) => sameAgency(db, one.issuerOrganId, common.sender))?.id;
  if (incoming === undefined || !handedInBy(filing, common.sender)) return aside('kept', 'not-a-party');
  const id = filing.write({ ...common, state: 'stored', reason: '', document: incoming });
  askChange(db, deps.queueStatus, {
    incoming,
    kind: 'recall',
    form: 'status',
    reason: explanation(status.description),
    at,
    content: null,
    occasion: id,
  });
  afterCommit(db, () => {
    deps.arrived([incoming]);
  });
  return { id, state: 'stored' };
}

/**
 * What an answer says of taking back; null for nothing. 15 and 16 answer an update as well, and nothing on the wire tells
 * which: a consent that speaks of an update alone is none to a recall.
 */
function takeBackSaid({ statusCode, description }: EdxmlStatus, updated: boolean): 'agreed' | 'refused' | null {
  if (statusCode === '16') return 'refused';
  if (statusCode !== '15') return null;
  const said = description.normalize('NFC').toLowerCase();
  return updated && said.includes('cập nhật') && !/lấy lại|thu hồi/.test(said) ? null : 'agreed';
}

function newsOfOurs(filing: Filing, status: EdxmlStatus, common: Common, aside: Aside): Filed {
  const { db, deps, at } = filing;
  const ours = findOutgoing(db, aboutOf(status));
  if (ours.length === 0) return aside('kept', 'unknown-document');
  const found = ours
    .map((document) => ({ document, recipient: recipientsOf(db, document).find((one) => sameAgency(db, one.organId, common.sender)) }))
    .find((one) => one.recipient !== undefined);
  if (found?.recipient === undefined || !handedInBy(filing, common.sender)) return aside('kept', 'not-a-party');
  const { document, recipient } = found;
  const message = filing.write({ ...common, state: 'stored', reason: '', outgoing: document });
  insertRecipientStatus(db, {
    recipient: recipient.id,
    code: status.statusCode,
    saidAt: instantFromWire(status.timestamp),
    heardAt: at,
    note: explanation(status.description),
    staff: explanation(status.staff.staff),
    message,
  });
  const takeBack = recipient.takeBack === null ? null : takeBackSaid(status, wasUpdated(db, document, recipient.organId));
  // A refusal after a consent can only be when one of them answered an update; which one, a person must find out.
  if (takeBack !== null) noteTakeBack(db, recipient.id, takeBack, at);
  afterCommit(db, () => {
    deps.heard?.([document]);
  });
  return { id: message, state: 'stored' };
}
