import { QuarantineReason, type Deviation, type Outcome } from '#contract';
import { instantOf, vietnamDay, type Clock } from '../../foundation/clock.ts';
import { spellingsOf } from '../../foundation/spellings.ts';
import { afterCommit, type BlobRef, type ReadDb, type WriteDb } from '../../store/index.ts';
import {
  askChange,
  findIncoming,
  findOutgoing,
  getIncoming,
  linkAnswer,
  recordArrival,
  type ArrivedFile,
  type ChangeContent,
} from '../records/index.ts';
import { readAgency } from '../settings/index.ts';
import { codesOfAgency, sameAgency } from './agency-code.store.ts';
import { arrivalOf } from './arrival-of.ts';
import type { EdxmlDocument, EdxmlMessage, EdxmlReadCode } from './edxml/model.ts';
import { violationsOf } from './edxml/violations.ts';
import { dayFromWire } from './edxml/values.ts';
import { fileStatus } from './file-status.ts';
import { handedInBy, isParty, newFiling, type Entry, type Filing, type FilingDeps } from './filing.ts';
import { explanation, isBeyondUse, partsAtMost, shownFileName } from './strangers-text.ts';
import { findSame, findStored, incidentRule, type InboxState } from './inbox.store.ts';
import type { MessageType, QueueItem } from './ports.ts';
import { forerunnerNotes, strikeForerunners, strikeIfReplaced } from './replacement.ts';

/** A message as read from its stored file. */
export type ReadMessage = {
  readonly message: Outcome<EdxmlMessage, EdxmlReadCode>;
  /** by attachment index */
  readonly files: ReadonlyMap<number, BlobRef>;
  /** what was thrown when it was read, by a defect: it cannot be filed */
  readonly thrown?: { readonly error: unknown };
};

/** Decides what a message is and writes it down, in the caller's transaction. */
export function fileMessage(
  deps: FilingDeps,
  db: WriteDb,
  messageType: MessageType,
  item: QueueItem,
  raw: BlobRef,
  read: ReadMessage,
): { id: string; state: InboxState } {
  const deviations = deviationsIn(db, item.from, read, deps.clock);
  return fileInto(newFiling(deps, db, { messageType, item, raw, at: instantOf(deps.clock), deviations }), read);
}

/**
 * Sets aside, whole, a message that this program cannot file though the disk is well: a defect. `incident` is what a
 * person reads out to support.
 */
export function setAside(
  deps: FilingDeps,
  db: WriteDb,
  messageType: MessageType,
  item: QueueItem,
  raw: BlobRef,
  incident: string,
): { id: string; state: InboxState } {
  const filing = newFiling(deps, db, { messageType, item, raw, at: instantOf(deps.clock), deviations: incidentNote(incident) });
  return written(filing, { state: 'quarantined', reason: 'filing-failed', sender: item.from, documentId: '', type: '' });
}

/** How the incident of a message that could not be filed is kept with it. */
export function incidentNote(incident: string): Deviation[] {
  return [{ element: '', rule: incidentRule, value: incident, limit: '', source: '', sure: '' }];
}

/** How a message that `handedBy` handed in deviates from the format; it is taken in all the same (axis.md §2: read tolerantly). */
export function deviationsIn(db: ReadDb, handedBy: string, read: ReadMessage, clock: Clock): Deviation[] {
  const { message } = read;
  if (!message.ok) return [];
  const format = violationsOf(message.value, { today: vietnamDay(clock.now()) }).slice(0, partsAtMost).map(({ element, rule, value, limit, source, sure }) => ({
    element,
    rule,
    value,
    limit: limit === undefined ? '' : String(limit),
    source,
    sure,
  }));
  const forerunners = message.value.kind === 'document' ? forerunnerNotes(db, message.value) : [];
  return [...format, ...strangeParties(db, handedBy, read), ...forerunners];
}

/** What the axis' list and our own code say against the parties that a document names (NĐ 30/2020 art. 21.2: sent to the wrong place). */
function strangeParties(db: ReadDb, handedBy: string, { message }: ReadMessage): Deviation[] {
  if (!message.ok || message.value.kind === 'status') return [];
  const { from, to } = message.value.header;
  const own = readAgency(db).organId;
  const common = { source: 'axis', sure: 'I' };
  const found: Deviation[] = [];
  if (!handedInBy({ db, from: handedBy }, from.organId)) {
    found.push({ ...common, element: 'From/OrganId', rule: 'handed-in-by-another', value: from.organId, limit: handedBy });
  }
  if (own !== '' && !to.some((agency) => sameAgency(db, agency.organId, own))) {
    found.push({ ...common, element: 'To/OrganId', rule: 'not-addressed-to-us', value: to.map((agency) => agency.organId).join(', ').slice(0, 200), limit: own });
  }
  return found;
}

/** The same for a filing of either kind. */
export function fileInto(filing: Filing, { message, files, thrown }: ReadMessage): { id: string; state: InboxState } {
  if (thrown !== undefined) throw thrown.error;
  if (!message.ok) {
    const reason = readReason(message.failure.code);
    return written(filing, { state: 'quarantined', reason, sender: filing.from, documentId: '', type: '' });
  }
  if (isBeyondUse(message.value)) return written(filing, { state: 'quarantined', reason: 'invalid-value', sender: filing.from, documentId: '', type: '' });
  if (message.value.kind === 'status') return fileStatus(filing, message.value);
  const document = message.value;
  const common = {
    sender: document.header.from.organId.trim(),
    documentId: document.header.documentId.trim(),
    type: document.business.bussinessDocType,
  };
  // A recall takes back; whether the files it repeats are all there does not matter.
  const lost = document.references.find((row) => !document.attachments.some((a) => a.contentId === row.contentId));
  if (lost !== undefined && common.type !== '1') {
    return written(filing, { ...common, state: 'quarantined', reason: 'attachment-missing' });
  }
  const arrivedFiles = filesOf(document, files);
  return common.type === '1' || common.type === '2'
    ? fileRequest(filing, document, arrivedFiles, common)
    : fileDocument(filing, document, arrivedFiles, common);
}

type Common = Pick<Entry, 'sender' | 'documentId' | 'type'>;

/** A new document, or one that replaces others. */
function fileDocument(
  filing: Filing,
  document: EdxmlDocument,
  files: readonly ArrivedFile[],
  common: Common,
): { id: string; state: InboxState } {
  const { db, deps, at } = filing;
  // The axis may hand the same document over under the sender's old and new code.
  const earlier = findStored(db, codesOfAgency(db, common.sender), common.documentId, common.type);
  if (earlier !== undefined) {
    // The same id with other content is not a second copy: somebody must look at it.
    destroyAgain(filing, earlier);
    return findSame(db, common.sender, filing.raw.sha256) || sameContent(db, earlier, document, files)
      ? written(filing, { ...common, state: 'duplicate', reason: '', document: earlier })
      : written(filing, { ...common, state: 'kept', reason: 'same-id-other-content' });
  }
  const office = readAgency(db);
  const arrival = arrivalOf(document, files, at, office.organId);
  const id = recordArrival(db, arrival, deps.queueStatus, office.name);
  const struck = strikeForerunners(filing, document, id);
  const changed = [id, ...struck, ...strikeIfReplaced(filing, document, id, struck)];
  for (const answered of document.header.responseFor.slice(0, partsAtMost)) {
    if (answered.organId !== '' && !sameAgency(db, answered.organId, office.organId)) continue;
    for (const ours of findOutgoing(db, answered).slice(0, 1)) linkAnswer(db, id, ours);
  }
  afterCommit(db, () => {
    deps.arrived(changed);
  });
  return written(filing, { ...common, state: 'stored', reason: '', document: id });
}

/** A recall (1) or an update (2): a request to whoever sits at the desk, about a document that is here. */
function fileRequest(
  filing: Filing,
  document: EdxmlDocument,
  files: readonly ArrivedFile[],
  common: Common,
): { id: string; state: InboxState } {
  const { db, deps, at, raw } = filing;
  if (findSame(db, common.sender, raw.sha256)) return written(filing, { ...common, state: 'duplicate', reason: '' });
  const about = document.business.documentId.trim() === '' ? common.documentId : document.business.documentId.trim();
  const known = findIncoming(db, { documentId: about, code: '' });
  if (known.length === 0) return written(filing, { ...common, documentId: about, state: 'kept', reason: 'unknown-document' });
  const incoming = known.find((one) => isParty(filing, one.issuerOrganId, common.sender))?.id;
  if (incoming === undefined) return written(filing, { ...common, documentId: about, state: 'kept', reason: 'not-a-party' });
  const result = written(filing, { ...common, state: 'stored', reason: '', document: incoming });
  destroyAgain(filing, incoming);
  askChange(db, deps.queueStatus, {
    incoming,
    kind: common.type === '1' ? 'recall' : 'update',
    form: 'message',
    reason: explanation(document.business.bussinessDocReason),
    at,
    content: common.type === '1' ? null : contentOf(document, files, at, readAgency(db).organId),
    occasion: result.id,
  });
  afterCommit(db, () => {
    deps.arrived([incoming]);
  });
  return result;
}

/** The message is on disk by now, and what it carries with it. */
function destroyAgain({ db, deps }: Filing, incoming: string): void {
  if (getIncoming(db, incoming)?.state === 'recalled') afterCommit(db, () => deps.cameBack?.());
}

function contentOf(document: EdxmlDocument, files: readonly ArrivedFile[], at: string, own: string): ChangeContent {
  const { signer, issuer: _, addressedOrganId: __, arrivedAt: ___, documentId: ____, files: _____, ...fields } = arrivalOf(document, files, at, own);
  return {
    ...fields,
    toPlaces: [...fields.toPlaces],
    signerName: signer.name,
    signerPosition: signer.position,
    signerCompetence: signer.competence,
    files: files.length === 0 ? null : files.map((file) => ({ ...file })),
  };
}

function written(filing: Filing, entry: Entry): { id: string; state: InboxState } {
  return { id: filing.write(entry), state: entry.state };
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
    return { name: shownFileName(attachment.name), mediaType: attachment.mediaType, size: stored.size, sha256: stored.sha256 };
  });
}

/** Whether a message says the same as the document that is here, in what the register keeps and in its files. */
function sameContent(db: WriteDb, id: string, { header }: EdxmlDocument, files: readonly ArrivedFile[]): boolean {
  const known = getIncoming(db, id);
  return (
    known !== undefined &&
    isSame(known.codeNumber, header.code.codeNumber) &&
    isSame(known.codeNotation, header.code.codeNotation) &&
    known.issuedDate === dayFromWire(header.promulgationInfo.promulgationDate) &&
    isSame(known.subject, explanation(header.subject.trim())) &&
    known.files.length === files.length &&
    files.every((entry, index) => entry.sha256 === known.files[index]?.sha256)
  );
}

/** The same text, however its letters are composed and whatever blanks stand around it. */
function isSame(one: string, other: string): boolean {
  return spellingsOf(one).includes(other.trim().normalize('NFC'));
}
