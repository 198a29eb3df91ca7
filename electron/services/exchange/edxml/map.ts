import { fail, ok, type Outcome } from '#contract';
import { mediaTypeOf } from './media-type.ts';
import type {
  BussinessDocType,
  EdxmlAgency,
  EdxmlAttachment,
  EdxmlBusiness,
  EdxmlDocument,
  EdxmlHeader,
  EdxmlMessage,
  EdxmlReadCode,
  EdxmlReference,
  EdxmlResponseFor,
  EdxmlStaff,
  EdxmlStatus,
} from './model.ts';
import { type Element, hasText, takeAll, takeFilled, takeOne, takeText, takeTexts, unknownIn } from './tree.ts';
import { bareContentId } from './values.ts';

/** An attachment as the stream left it; its media type needs the final name. */
export type StreamedAttachment = Omit<EdxmlAttachment, 'mediaType'> & { readonly head: Uint8Array };

/**
 * Turns the metadata tree into a message (axis.md §2.2, §2.3, §2.8), whatever the order of elements.
 * Fails with `missing-element` (params element) or `invalid-value` (params element, value).
 */
export function mapMessage(
  root: Element,
  attachments: readonly StreamedAttachment[],
): Outcome<EdxmlMessage, EdxmlReadCode> {
  gatherAttachments(root);
  const ambiguous = saidTwice(root);
  if (ambiguous !== undefined) return fail('invalid-value', { element: ambiguous, value: 'twice' });
  const envelope = takeOne(root, 'edXMLEnvelope');
  const header = takeOne(envelope, 'edXMLHeader');
  if (header === undefined) return fail('missing-element', { element: 'edXMLHeader' });
  const statusElement = takeOne(header, 'Status');
  const message = takeOne(header, 'MessageHeader');
  if (statusElement !== undefined) return mapStatus(root, statusElement);
  if (message === undefined) return fail('missing-element', { element: 'MessageHeader' });
  if (message.children.some((child) => child.uri === '' && child.name === 'StatusCode')) return mapStatus(root, message);
  return mapDocument(root, envelope, header, message, attachments);
}

/** Files are counted through the message, so a second list of them continues the first. */
function gatherAttachments(root: Element): void {
  gather(root, 'AttachmentEncoded');
}

/** A second list of one name continues the first. */
function gather(parent: Element, name: string): void {
  const [first, ...more] = takeAll(parent, name);
  for (const list of more) {
    first?.children.push(...list.children);
    list.passedOver = true;
  }
}

/**
 * What a message must not say twice: with two envelopes, headers or instructions one of them would be passed over, and a
 * recall taken for a document. Other repetitions are told as deviations.
 */
function saidTwice(root: Element): string | undefined {
  const named = (parents: readonly Element[], ...names: readonly string[]): readonly Element[] =>
    parents.flatMap((parent) => parent.children.filter((child) => child.uri === '' && names.includes(child.name) && hasText(child)));
  const differ = (nodes: readonly Element[]): boolean => new Set(nodes.map((node) => node.text.trim())).size > 1;
  const envelopes = named([root], 'edXMLEnvelope');
  const headers = named(envelopes, 'edXMLHeader');
  const messages = named(headers, 'MessageHeader', 'Status');
  const business = businessIn(headers);
  if (envelopes.length > 1) return 'edXMLEnvelope';
  if (headers.length > 1) return 'edXMLHeader';
  if (messages.length > 1) return 'MessageHeader';
  if (business.length > 1) return 'Bussiness';
  if (differ(named(messages, 'StatusCode'))) return 'StatusCode';
  return differ(named(business, 'BussinessDocType', 'BusinessDocType')) ? 'BussinessDocType' : undefined;
}

/** The instructions in a header, in either of their places, that hold something. */
function businessIn(headers: readonly Element[]): readonly Element[] {
  const lists = headers.flatMap((header) => header.children.filter((child) => child.uri === '' && child.name === 'TraceHeaderList'));
  return [...lists, ...headers]
    .flatMap((parent) => parent.children)
    .filter((child) => child.uri === '' && (child.name === 'Bussiness' || child.name === 'Business') && hasText(child));
}

function mapStatus(root: Element, node: Element): Outcome<EdxmlStatus, EdxmlReadCode> {
  const statusCodeOnWire = takeText(node, 'StatusCode');
  const code = statusCodeOnWire.trim();
  const status: EdxmlStatus = {
    kind: 'status',
    from: agency(takeOne(node, 'From')),
    responseFor: responseFor(takeOne(node, 'ResponseFor')),
    staff: staff(takeOne(node, 'StaffInfo')),
    statusCode: code === '14' ? '15' : code.padStart(2, '0'),
    statusCodeOnWire,
    description: takeText(node, 'Description'),
    timestamp: takeText(node, 'Timestamp'),
    unknown: [],
  };
  if (code === '') return fail('missing-element', { element: 'StatusCode' });
  if (!/^\d{1,2}$/.test(code)) return fail('invalid-value', { element: 'StatusCode', value: shown(statusCodeOnWire) });
  const missing = firstMissing([
    ['From/OrganId', status.from.organId],
    // Either of the two tells which document is meant.
    ['ResponseFor/DocumentId', status.responseFor.documentId + status.responseFor.code],
  ]);
  if (missing !== undefined) return fail('missing-element', { element: missing });
  return ok({ ...status, unknown: unknownIn(root) });
}

function mapDocument(
  root: Element,
  envelope: Element | undefined,
  headerNode: Element,
  message: Element,
  attachments: readonly StreamedAttachment[],
): Outcome<EdxmlDocument, EdxmlReadCode> {
  const header = mapHeader(message);
  gather(headerNode, 'TraceHeaderList');
  const [businessNode] = businessIn([headerNode]);
  const [traceList] = takeAll(headerNode, 'TraceHeaderList');
  for (const parent of [traceList, headerNode]) takeFilled(parent, 'Bussiness', 'Business');
  const type = takeText(businessNode, 'BussinessDocType', 'BusinessDocType');
  const docType = bussinessDocType(type);
  const trace = takeFilled(traceList, 'TraceHeader').map((node) => ({
    organId: takeText(node, 'OrganId'),
    timestamp: takeText(node, 'Timestamp'),
  }));
  const manifest = takeOne(takeOne(envelope, 'edXMLBody'), 'edXMLManifest');
  const references = takeAll(manifest, 'Reference').map(reference);
  const signature = headerNode.children.find((child) => /^(Digital)?Signature$/.test(child.name));

  const missing = firstMissing([
    ['From/OrganId', header.from.organId],
    ['To', header.to.length === 0 ? '' : 'present'],
    ['To/OrganId', header.to.some((to) => to.organId.trim() === '') ? '' : 'present'],
    ['DocumentId', header.documentId],
    ['Code/CodeNumber', header.code.codeNumber],
    ['Code/CodeNotation', header.code.codeNotation],
    ['PromulgationInfo/PromulgationDate', header.promulgationInfo.promulgationDate],
    ['DocumentType/TypeName', header.documentType.typeName],
    ['Subject', header.subject],
  ]);
  if (missing !== undefined) return fail('missing-element', { element: missing });
  // An unknown kind of message might be a recall; taking it for a new document would be wrong.
  if (docType === undefined) return fail('invalid-value', { element: 'BussinessDocType', value: shown(type) });

  const business = mapBusiness(businessNode, docType);
  return ok({
    kind: 'document',
    header,
    trace,
    business,
    references,
    attachments: attachments.map((attachment) => named(attachment, references)),
    envelopeSignature: hasText(signature) ? 'present' : 'absent',
    unknown: unknownIn(root),
  });
}

function mapHeader(message: Element): EdxmlHeader {
  const code = takeOne(message, 'Code');
  const promulgation = takeOne(message, 'PromulgationInfo');
  const type = takeOne(message, 'DocumentType');
  const signer = takeOne(message, 'SignerInfo');
  const other = takeOne(message, 'OtherInfo');
  return {
    from: agency(takeOne(message, 'From')),
    to: takeFilled(message, 'To').map(agency),
    documentId: takeText(message, 'DocumentId'),
    code: { codeNumber: takeText(code, 'CodeNumber'), codeNotation: takeText(code, 'CodeNotation') },
    promulgationInfo: {
      place: takeText(promulgation, 'Place'),
      promulgationDate: takeText(promulgation, 'PromulgationDate'),
    },
    documentType: {
      type: takeText(type, 'Type'),
      typeDetail: takeText(type, 'TypeDetail'),
      typeName: takeText(type, 'TypeName'),
    },
    subject: takeText(message, 'Subject'),
    content: takeText(message, 'Content'),
    signerInfo: {
      competence: takeText(signer, 'Competence'),
      position: takeText(signer, 'Position'),
      fullName: takeText(signer, 'FullName'),
    },
    dueDate: takeText(message, 'DueDate'),
    otherInfo: {
      priority: takeText(other, 'Priority'),
      sphereOfPromulgation: takeText(other, 'SphereOfPromulgation'),
      typerNotation: takeText(other, 'TyperNotation'),
      promulgationAmount: takeText(other, 'PromulgationAmount'),
      pageAmount: takeText(other, 'PageAmount'),
      replyFors: takeText(other, 'ReplyFors'),
      referenceCodes: takeText(other, 'ReferenceCodes'),
      direction: takeText(other, 'Direction'),
      appendixes: takeTexts(takeOne(other, 'Appendixes'), 'Appendix'),
    },
    responseFor: takeFilled(message, 'ResponseFor').map(responseFor),
    steeringType: takeText(message, 'SteeringType'),
    responseForTask: takeTexts(takeOne(message, 'ResponseForTask'), 'TaskCode'),
    applicationType: takeText(message, 'ApplicationType'),
    toPlaces: takeTexts(takeOne(message, 'ToPlaces'), 'Place'),
  };
}

function mapBusiness(node: Element | undefined, docType: BussinessDocType): EdxmlBusiness {
  const info = takeOne(node, 'BussinessDocumentInfo', 'BusinessDocumentInfo');
  return {
    bussinessDocType: docType,
    bussinessDocReason: takeText(node, 'BussinessDocReason', 'BusinessDocReason'),
    documentId: takeText(node, 'DocumentId'),
    paper: takeText(node, 'Paper'),
    documentInfo: {
      documentInfo: takeText(info, 'DocumentInfo'),
      documentReceiver: takeText(info, 'DocumentReceiver'),
      receivers: takeFilled(takeOne(info, 'ReceiverList'), 'Receiver')
        .map((receiver) => ({
          organId: takeText(receiver, 'OrganId'),
          receiverType: takeText(receiver, 'ReceiverType'),
        })),
    },
    replacements: takeFilled(takeOne(node, 'ReplacementInfoList'), 'ReplacementInfo')
      .map((replacement) => ({
        documentId: takeText(replacement, 'DocumentId'),
        organIds: takeTexts(takeOne(replacement, 'OrganIdList'), 'OrganId'),
      })),
    staff: staff(takeOne(node, 'StaffInfo')),
  };
}

function bussinessDocType(text: string): BussinessDocType | undefined {
  const value = text.trim();
  if (value === '') return '0';
  return value === '0' || value === '1' || value === '2' || value === '3' ? value : undefined;
}

function agency(node: Element | undefined): EdxmlAgency {
  return {
    organId: takeText(node, 'OrganId'),
    organizationInCharge: takeText(node, 'OrganizationInCharge'),
    organName: takeText(node, 'OrganName'),
    organAdd: takeText(node, 'OrganAdd'),
    email: takeText(node, 'Email'),
    telephone: takeText(node, 'Telephone'),
    fax: takeText(node, 'Fax'),
    website: takeText(node, 'Website'),
  };
}

function staff(node: Element | undefined): EdxmlStaff {
  return {
    department: takeText(node, 'Department'),
    departmentId: takeText(node, 'DepartmentId'),
    staff: takeText(node, 'Staff'),
    staffId: takeText(node, 'StaffId'),
    email: takeText(node, 'Email'),
    mobile: takeText(node, 'Mobile'),
  };
}

function responseFor(node: Element | undefined): EdxmlResponseFor {
  return {
    organId: takeText(node, 'OrganId'),
    code: takeText(node, 'Code'),
    promulgationDate: takeText(node, 'PromulgationDate'),
    documentId: takeText(node, 'DocumentId'),
  };
}

function reference(node: Element): EdxmlReference {
  return {
    contentId: bareContentId(takeText(node, 'ContentId')),
    contentType: takeText(node, 'ContentType'),
    description: takeText(node, 'Description'),
    attachmentName: takeText(node, 'AttachmentName'),
  };
}

/** The manifest helps out where the attachment itself is silent. */
function named(streamed: StreamedAttachment, references: readonly EdxmlReference[]): EdxmlAttachment {
  const { head, ...attachment } = streamed;
  const row = references.find((one) => one.contentId !== '' && one.contentId === attachment.contentId);
  const name = attachment.name === '' ? (row?.attachmentName ?? '') : attachment.name;
  const description = attachment.description === '' ? (row?.description ?? '') : attachment.description;
  return { ...attachment, name, description, mediaType: mediaTypeOf(name, head) };
}

function firstMissing(rows: readonly (readonly [element: string, text: string])[]): string | undefined {
  return rows.find(([, text]) => text.trim() === '')?.[0];
}

function shown(text: string): string {
  return text.slice(0, 100);
}
