import { randomUUID } from 'node:crypto';
import type { DispatchKind, IncomingDetail, OutgoingDetail, Outcome } from '#contract';
import type { BlobRef, Blobs } from '../../store/index.ts';
import { emptyAgency, emptyStaff, newDocumentBusiness, type DocumentToWrite, type EdxmlBusiness, type EdxmlWriteCode } from './edxml/model.ts';
import { fullCode, wireDay, wireInstant } from './edxml/values.ts';
import type { ElementOrder } from './edxml/element-order.ts';
import { writeDocumentTo } from './edxml/write.ts';
import type { Party } from './recipients.store.ts';

/** What an answer says of the document that it answers. */
type Answered = Pick<IncomingDetail, 'issuerOrganId' | 'codeNumber' | 'codeNotation' | 'issuedDate' | 'documentId'>;

export type MessageFacts = {
  readonly kind: DispatchKind;
  readonly document: OutgoingDetail;
  readonly sender: Party;
  readonly receivers: readonly Party[];
  readonly reason: string;
  /** the person to call */
  readonly staff: string;
  /** instant of writing */
  readonly at: string;
  /** the received document that ours answers */
  readonly answers: Answered | null;
  /** with a replacement: what is replaced and who has it */
  readonly replaces: { readonly documentId: string; readonly organIds: readonly string[] } | null;
};

const bussinessDocTypes = { new: '0', recall: '1', update: '2', replace: '3' } as const satisfies Record<DispatchKind, EdxmlBusiness['bussinessDocType']>;

/**
 * Writes the edXML message of one of our documents into the blob store. A recall and an update are full messages under
 * the same DocumentId, a replacement one under its own that names the old (axis.md §2.3). A recall carries no files: what
 * is taken back is not sent again.
 */
export async function storeDocumentMessage(
  blobs: Blobs,
  facts: MessageFacts,
  order: ElementOrder,
): Promise<Outcome<BlobRef, EdxmlWriteCode>> {
  const files = facts.kind === 'recall' ? [] : facts.document.files;
  const attachments = files.map((file, index) => ({
    contentId: `file-${String(index + 1)}`,
    name: file.name,
    description: file.name,
    size: file.size,
    open: () => blobs.stream(file.sha256),
  }));
  const writer = await blobs.writer();
  let whole = false;
  try {
    const written = await writeDocumentTo(documentToWrite(facts), attachments, { newUuid: randomUUID, order }, writer.write);
    if (!written.ok) return written;
    whole = true;
    return { ok: true, value: await writer.finish() };
  } finally {
    if (!whole) await writer.abort();
  }
}

function documentToWrite(facts: MessageFacts): DocumentToWrite {
  const { document, sender, receivers, at, answers } = facts;
  return {
    header: {
      from: { ...emptyAgency, organId: sender.organId, organName: sender.name },
      to: receivers.map(({ organId, name }) => ({ ...emptyAgency, organId, organName: name })),
      documentId: document.documentId,
      code: { codeNumber: document.codeNumber, codeNotation: document.codeNotation },
      promulgationInfo: { place: document.place, promulgationDate: wireDay(document.issuedDate) },
      // The kind is told by its name; the numbers of the two lists are chaotic in practice (axis.md §2.7).
      documentType: { type: '2', typeDetail: '0', typeName: document.typeName },
      subject: document.subject,
      content: document.subject,
      signerInfo: {
        competence: document.signerCompetence,
        position: document.signerPosition,
        fullName: document.signerName,
      },
      dueDate: document.dueDate === null ? '' : wireDay(document.dueDate),
      otherInfo: {
        priority: String(document.urgency),
        sphereOfPromulgation: '',
        typerNotation: '',
        promulgationAmount: '',
        pageAmount: document.pageAmount === null ? '' : String(document.pageAmount),
        replyFors: '',
        referenceCodes: '',
        direction: 'false',
        appendixes: [],
      },
      responseFor: answers === null ? [] : [answeredOf(answers)],
      steeringType: '0',
      responseForTask: [],
      applicationType: '',
      toPlaces: document.toPlaces,
    },
    trace: [{ organId: sender.organId, timestamp: wireInstant(new Date(at)) }],
    business: businessOf(facts),
  };
}

function answeredOf(answers: Answered): DocumentToWrite['header']['responseFor'][number] {
  return {
    organId: answers.issuerOrganId,
    code: fullCode(answers),
    promulgationDate: answers.issuedDate === null ? '' : wireDay(answers.issuedDate),
    documentId: answers.documentId,
  };
}

function businessOf(facts: MessageFacts): EdxmlBusiness {
  const common: EdxmlBusiness = {
    ...newDocumentBusiness,
    bussinessDocType: bussinessDocTypes[facts.kind],
    bussinessDocReason: facts.reason,
    paper: facts.document.paper ? '1' : '0',
    staff: { ...emptyStaff, staff: facts.staff },
  };
  if (facts.kind === 'recall') return { ...common, documentId: facts.document.documentId };
  if (facts.kind === 'update') {
    const documentInfo = { documentInfo: '1', documentReceiver: '0', receivers: [] };
    return { ...common, documentId: facts.document.documentId, documentInfo };
  }
  return facts.replaces === null ? common : { ...common, replacements: [facts.replaces] };
}
