import { fail, type FileRef, type FileVerdict, type IntakeFile, type MessageFile, type MessageKind, type OpenedFile, type Outcome, type StoredFile } from '#contract';
import { vietnamDay, type Clock } from '../../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, type ReadDb, type Store } from '../../../store/index.ts';
import { findDuplicates, findOutgoing, partsOf, waitingMessage } from '../../records/index.ts';
import { readAgency } from '../../settings/index.ts';
import { codesOfAgency, sameAgency } from '../agency-code.store.ts';
import { arrivalOf } from '../arrival-of.ts';
import type { EdxmlDocument, EdxmlMessage, EdxmlReadCode, EdxmlStatus } from '../edxml/model.ts';
import { readEdxml } from '../edxml/read.ts';
import { fullCode } from '../edxml/values.ts';
import { violationsOf } from '../edxml/violations.ts';
import { deviationsIn } from '../file-message.ts';
import { explanation } from '../strangers-text.ts';

/** Files that the system handed to the program; the host knows their paths. */
export type OpenedFiles = {
  readonly list: () => readonly OpenedFile[];
  /** Stores one, which is then on the list no more. */
  readonly store: (id: string) => Promise<Outcome<StoredFile, 'not-found' | 'file-unreadable' | 'file-too-large'>>;
};

export type MessageFileDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly opened: OpenedFiles;
  /** what the desk's policy makes of a file that no document has yet */
  readonly verdictOn: (file: FileRef) => Promise<FileVerdict>;
  /** whether a stamp of State secrecy stands on a waiting file's first page */
  readonly isSecret: (file: FileRef) => Promise<boolean>;
  /** told after a document came */
  readonly changed: (ids: readonly string[]) => void;
};

/** A message that waits, read again, with the files that it carries. */
export type WaitingMessage = { readonly file: IntakeFile; readonly message: EdxmlMessage; readonly files: readonly FileRef[] };

const kinds: Readonly<Record<EdxmlDocument['business']['bussinessDocType'], MessageKind>> = { 0: 'new', 1: 'recall', 2: 'update', 3: 'replacement' };

/** Why a file is no message that can be used, with its name and the element in question. */
export function unreadable(file: string, { failure }: Extract<Outcome<EdxmlMessage, EdxmlReadCode>, { readonly ok: false }>): ReturnType<typeof fail<'message-unreadable'>> {
  return fail('message-unreadable', { file, errorCode: failure.code, element: String(failure.params?.['element'] ?? '') });
}

/** Reads a waiting message once more; what it carries stays where it is. */
export async function readWaiting(store: Store, id: string): Promise<Outcome<WaitingMessage, 'file-not-waiting' | 'message-unreadable' | 'file-damaged'>> {
  const file = waitingMessage(store.read, id);
  if (file === undefined) return fail('file-not-waiting');
  try {
    const nowhere = { write: () => Promise.resolve(), close: () => Promise.resolve(), abort: () => Promise.resolve() };
    const message = await readEdxml(store.blobs.pieces(file.sha256), () => nowhere);
    return message.ok ? { ok: true, value: { file, message: message.value, files: partsOf(store.read, id) } } : unreadable(file.name, message);
  } catch (error) {
    if (error instanceof BlobDamaged || error instanceof BlobMissing) return fail('file-damaged', { file: file.name });
    throw error;
  }
}

/** Why a message cannot be entered as a document: by its kind, or because it does not carry all that it names. */
export function obstacleOf(message: EdxmlMessage): MessageFile['obstacle'] {
  if (message.kind === 'status') return 'message-no-document';
  if (message.business.bussinessDocType === '1' || message.business.bussinessDocType === '2') return 'message-no-document';
  return missingIn(message).length > 0 ? 'message-incomplete' : null;
}

/** Names of the files that a message speaks of and does not carry. */
export function missingIn(document: EdxmlDocument): string[] {
  return document.references.filter((row) => !document.attachments.some((one) => one.contentId === row.contentId)).map((row) => row.attachmentName || row.description || row.contentId);
}

/** Everything that the window shows of a waiting message. */
export function shownMessage(deps: Pick<MessageFileDeps, 'store' | 'clock'>, waiting: WaitingMessage): MessageFile {
  const { message, file, files } = waiting;
  return message.kind === 'status' ? shownStatus(deps, message, file) : shownDocument(deps, message, file, files);
}

/** Notes about forerunners tell what the station does with a message of the axis, and it does nothing of that here. */
const ofTheAxis = ['replaces-not-here', 'replaces-anothers'];

function shownDocument({ store: { read: db }, clock }: Pick<MessageFileDeps, 'store' | 'clock'>, document: EdxmlDocument, file: IntakeFile, files: readonly FileRef[]): MessageFile {
  const { header, business } = document;
  const { issuer, signer, addressedOrganId: _, arrivedAt: __, files: ___, ...fields } = arrivalOf(document, [], '', readAgency(db).organId);
  const deviations = deviationsIn(db, '', { message: { ok: true, value: document }, files: new Map() }, clock);
  return {
    file,
    kind: kinds[business.bussinessDocType],
    ...fields,
    issuer,
    toPlaces: [...fields.toPlaces],
    recipients: header.to.map(({ organId, organName }) => ({ organId, name: organName })),
    signerName: signer.name,
    signerPosition: signer.position,
    signerCompetence: signer.competence,
    reason: explanation(business.bussinessDocReason),
    statusCode: '',
    files: [...files],
    missing: missingIn(document),
    deviations: deviations.filter(({ rule }) => !ofTheAxis.includes(rule)),
    duplicates: findDuplicates(
      db,
      { ...fields, issuerName: issuer.name, issuerOrganId: issuer.organId, sha256: files.map(({ sha256 }) => sha256), except: null },
      codesOfAgency,
    ),
    ours: oursLike(db, issuer.organId, fields.documentId, header.code),
    obstacle: obstacleOf(document),
  };
}

function shownStatus({ clock }: Pick<MessageFileDeps, 'clock'>, status: EdxmlStatus, file: IntakeFile): MessageFile {
  const { from, responseFor } = status;
  const deviations = violationsOf(status, { today: vietnamDay(clock.now()) }).map(({ limit, ...one }) => ({ ...one, limit: limit === undefined ? '' : String(limit) }));
  return {
    file,
    kind: 'status',
    documentId: responseFor.documentId,
    codeNumber: responseFor.code,
    codeNotation: '',
    issuedDate: null,
    place: '',
    typeName: '',
    subject: '',
    issuer: { organId: from.organId, name: from.organName },
    recipients: [{ organId: responseFor.organId, name: '' }],
    signerName: '',
    signerPosition: '',
    signerCompetence: '',
    urgency: 0,
    dueDate: null,
    toPlaces: [],
    pageAmount: null,
    reason: explanation(status.description),
    statusCode: status.statusCode,
    files: [],
    missing: [],
    deviations: deviations.map(({ element, rule, value, limit, source, sure }) => ({ element, rule, value, limit, source, sure })),
    duplicates: [],
    ours: [],
    obstacle: obstacleOf(status),
  };
}

/** Documents of our own that a message brings back to us. */
function oursLike(db: ReadDb, issuer: string, documentId: string, code: EdxmlDocument['header']['code']): MessageFile['ours'] {
  const own = readAgency(db).organId;
  if (own === '' || !sameAgency(db, issuer, own)) return [];
  return findOutgoing(db, { documentId, code: fullCode(code) }).map((id) => ({ id, code: fullCode(code) }));
}
