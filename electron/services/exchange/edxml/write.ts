import { fail, ok, type Outcome } from '#contract';
import {
  edxmlNamespace,
  type AttachmentToWrite,
  type DocumentToWrite,
  type EdxmlAgency,
  type EdxmlBusiness,
  type EdxmlHeader,
  type EdxmlResponseFor,
  type EdxmlStaff,
  type EdxmlWriteCode,
  type StatusToWrite,
} from './model.ts';
import { statusCodes } from './values.ts';
import { wrapped } from './zip-rule.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
// XML 1.0 §2.2 Char, turned round; a lone surrogate has no UTF-8 form either.
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const wireDate = /^\d{4}\/\d{2}\/\d{2}$/;
const wireTime = /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}$/;

/**
 * A document message as .edxml bytes: prefixes and element order of VNPT's builder (axis.md §2.1, order b of §2.2),
 * empty elements left out, attachments packed by its ZIP rule (§2.6). Dates must already be in wire form.
 * @param options.newUuid names the single entry of a transport ZIP
 */
export function writeDocument(
  document: DocumentToWrite,
  attachments: readonly AttachmentToWrite[],
  options: { readonly newUuid: () => string },
): Outcome<Uint8Array, EdxmlWriteCode> {
  const problem = documentProblem(document, attachments);
  if (problem !== undefined) return problem;
  const head =
    prefixed('edXMLHeader', messageHeader(document.header), traceHeaders(document)) +
    `<edXML:edXMLBody>${manifest(attachments)}</edXML:edXMLBody>`;
  const parts: string[] = [opened(head)];
  if (attachments.length > 0) {
    parts.push('<AttachmentEncoded>');
    for (const attachment of attachments) parts.push(...encoded(attachment, options.newUuid));
    parts.push('</AttachmentEncoded>');
  }
  parts.push('</edXML>');
  // Joined as bytes: a large attachment must not be copied once more inside one long string.
  return legal(Buffer.concat(parts.map((part) => Buffer.from(part, 'utf8'))), parts);
}

/** A status message as .edxml bytes (axis.md §2.8): `MessageHeader` in the header, no trace, body or attachments. */
export function writeStatus(status: StatusToWrite): Outcome<Uint8Array, EdxmlWriteCode> {
  const missing = firstMissing([
    ['From/OrganId', status.from.organId],
    ['ResponseFor/OrganId', status.responseFor.organId],
    ['ResponseFor/DocumentId', status.responseFor.documentId + status.responseFor.code],
    ['StatusCode', status.statusCode],
    ['Timestamp', status.timestamp],
  ]);
  if (missing !== undefined) return fail('missing-element', { element: missing });
  if (!statusCodes.some((code) => code === status.statusCode)) {
    return fail('invalid-value', { element: 'StatusCode', value: status.statusCode });
  }
  if (!wireTime.test(status.timestamp)) {
    return fail('invalid-value', { element: 'Timestamp', value: status.timestamp });
  }
  const { responseFor } = status;
  const header = prefixed(
    'MessageHeader',
    agency('From', status.from),
    prefixed(
      'ResponseFor',
      leaf('OrganId', responseFor.organId),
      leaf('Code', responseFor.code),
      leaf('DocumentId', responseFor.documentId),
      leaf('PromulgationDate', responseFor.promulgationDate),
    ),
    staff(status.staff),
    leaf('StatusCode', status.statusCode),
    leaf('Description', status.description),
    leaf('Timestamp', status.timestamp),
  );
  const text = `${opened(prefixed('edXMLHeader', header))}</edXML>`;
  return legal(Buffer.from(text, 'utf8'), [text]);
}

function documentProblem(
  { header, trace, business }: DocumentToWrite,
  attachments: readonly AttachmentToWrite[],
): Outcome<never, EdxmlWriteCode> | undefined {
  const missing = firstMissing([
    ['From/OrganId', header.from.organId],
    ['From/OrganName', header.from.organName],
    ['To', header.to.length === 0 ? '' : 'present'],
    ...header.to.map((to) => ['To/OrganId', to.organId] as const),
    ['DocumentId', header.documentId],
    ['Code/CodeNumber', header.code.codeNumber],
    ['Code/CodeNotation', header.code.codeNotation],
    ['PromulgationInfo/PromulgationDate', header.promulgationInfo.promulgationDate],
    ['DocumentType/TypeName', header.documentType.typeName],
    ['Subject', header.subject],
    ['TraceHeader', trace.length === 0 ? '' : 'present'],
    ...attachments.map((attachment) => ['Attachment/ContentId', attachment.contentId] as const),
    ...attachments.map((attachment) => ['Attachment/AttachmentName', attachment.name] as const),
  ]);
  if (missing !== undefined) return fail('missing-element', { element: missing });
  const dates: readonly (readonly [string, string, RegExp])[] = [
    ['PromulgationInfo/PromulgationDate', header.promulgationInfo.promulgationDate, wireDate],
    ['DueDate', header.dueDate, wireDate],
    ...header.responseFor.map((one) => ['ResponseFor/PromulgationDate', one.promulgationDate, wireDate] as const),
    ...trace.map((hop) => ['TraceHeader/Timestamp', hop.timestamp, wireTime] as const),
  ];
  const wrong = dates.find(([, text, form]) => text !== '' && !form.test(text));
  if (wrong !== undefined) return fail('invalid-value', { element: wrong[0], value: wrong[1] });
  const twice = firstTwice(header.to.map((to) => to.organId));
  if (twice !== undefined) return fail('invalid-value', { element: 'To/OrganId', value: twice });
  const sameId = firstTwice(attachments.map((attachment) => attachment.contentId));
  if (sameId !== undefined) return fail('invalid-value', { element: 'Attachment/ContentId', value: sameId });
  if (business.bussinessDocType === '3' && business.replacements.length === 0) {
    return fail('missing-element', { element: 'ReplacementInfo' });
  }
  return undefined;
}

function messageHeader(header: EdxmlHeader): string {
  const { code, promulgationInfo, documentType, signerInfo, otherInfo } = header;
  return prefixed(
    'MessageHeader',
    agency('From', header.from),
    ...header.to.map((to) => agency('To', to)),
    leaf('DocumentId', header.documentId),
    prefixed('Code', leaf('CodeNumber', code.codeNumber), leaf('CodeNotation', code.codeNotation)),
    prefixed(
      'PromulgationInfo',
      leaf('Place', promulgationInfo.place),
      leaf('PromulgationDate', promulgationInfo.promulgationDate),
    ),
    prefixed(
      'DocumentType',
      leaf('Type', documentType.type),
      leaf('TypeDetail', documentType.typeDetail),
      leaf('TypeName', documentType.typeName),
    ),
    leaf('Subject', header.subject),
    leaf('Content', header.content),
    prefixed(
      'SignerInfo',
      leaf('Competence', signerInfo.competence),
      leaf('Position', signerInfo.position),
      leaf('FullName', signerInfo.fullName),
    ),
    leaf('DueDate', header.dueDate),
    prefixed(
      'OtherInfo',
      leaf('Priority', otherInfo.priority),
      leaf('SphereOfPromulgation', otherInfo.sphereOfPromulgation),
      leaf('TyperNotation', otherInfo.typerNotation),
      leaf('PromulgationAmount', otherInfo.promulgationAmount),
      leaf('PageAmount', otherInfo.pageAmount),
      leaf('ReplyFors', otherInfo.replyFors),
      leaf('ReferenceCodes', otherInfo.referenceCodes),
      leaf('Direction', otherInfo.direction),
      prefixed('Appendixes', ...otherInfo.appendixes.map((name) => leaf('Appendix', name))),
    ),
    ...header.responseFor.map(answered),
    leaf('SteeringType', header.steeringType),
    prefixed('ResponseForTask', ...header.responseForTask.map((task) => leaf('TaskCode', task))),
    leaf('ApplicationType', header.applicationType),
    prefixed('ToPlaces', ...header.toPlaces.map((place) => leaf('Place', place))),
  );
}

function answered(one: EdxmlResponseFor): string {
  return prefixed(
    'ResponseFor',
    leaf('OrganId', one.organId),
    leaf('Code', one.code),
    leaf('PromulgationDate', one.promulgationDate),
    leaf('DocumentId', one.documentId),
  );
}

function traceHeaders({ trace, business }: DocumentToWrite): string {
  return prefixed(
    'TraceHeaderList',
    bussiness(business),
    ...trace.map((hop) => prefixed('TraceHeader', leaf('OrganId', hop.organId), leaf('Timestamp', hop.timestamp))),
  );
}

function bussiness(business: EdxmlBusiness): string {
  const { documentInfo } = business;
  return prefixed(
    'Bussiness',
    leaf('DocumentId', business.documentId),
    leaf('BussinessDocType', business.bussinessDocType),
    leaf('BussinessDocReason', business.bussinessDocReason),
    leaf('Paper', business.paper),
    prefixed(
      'BussinessDocumentInfo',
      leaf('DocumentInfo', documentInfo.documentInfo),
      leaf('DocumentReceiver', documentInfo.documentReceiver),
      prefixed(
        'ReceiverList',
        ...documentInfo.receivers.map((receiver) =>
          prefixed('Receiver', leaf('OrganId', receiver.organId), leaf('ReceiverType', receiver.receiverType)),
        ),
      ),
    ),
    prefixed(
      'ReplacementInfoList',
      ...business.replacements.map((replacement) =>
        prefixed(
          'ReplacementInfo',
          leaf('DocumentId', replacement.documentId),
          prefixed('OrganIdList', ...replacement.organIds.map((organId) => leaf('OrganId', organId))),
        ),
      ),
    ),
    staff(business.staff),
  );
}

function agency(name: 'From' | 'To', value: EdxmlAgency): string {
  return prefixed(
    name,
    leaf('OrganId', value.organId),
    leaf('OrganizationInCharge', value.organizationInCharge),
    leaf('OrganName', value.organName),
    leaf('OrganAdd', value.organAdd),
    leaf('Email', value.email),
    leaf('Telephone', value.telephone),
    leaf('Fax', value.fax),
    leaf('Website', value.website),
  );
}

function staff(value: EdxmlStaff): string {
  return prefixed(
    'StaffInfo',
    leaf('Department', value.department),
    leaf('DepartmentId', value.departmentId),
    leaf('Staff', value.staff),
    leaf('StaffId', value.staffId),
    leaf('Email', value.email),
    leaf('Mobile', value.mobile),
  );
}

function manifest(attachments: readonly AttachmentToWrite[]): string {
  const references = attachments.map((attachment) =>
    prefixed(
      'Reference',
      leaf('ContentId', `cid:${attachment.contentId}`),
      // VNPT says so whatever the file is, and readers have got used to it (axis.md §2.6).
      leaf('ContentType', 'application/zip'),
      leaf('Description', attachment.description),
      leaf('AttachmentName', attachment.name),
    ),
  );
  return `<edXML:edXMLManifest version="1.0">${references.join('')}</edXML:edXMLManifest>`;
}

function encoded(attachment: AttachmentToWrite, newUuid: () => string): readonly string[] {
  const { bytes, contentType } = wrapped(attachment.name, attachment.bytes, newUuid);
  const facts =
    plain('ContentId', `cid:${attachment.contentId}`) +
    plain('AttachmentName', attachment.name) +
    plain('Description', attachment.description) +
    plain('ContentType', contentType);
  // The one prefixed element outside the envelope, so it declares its prefix itself.
  return [
    `<Attachment>${facts}<edXML:ContentTransferEncoded xmlns:edXML="${edxmlNamespace}">`,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    '</edXML:ContentTransferEncoded></Attachment>',
  ];
}

/** Everything up to the attachments; `</edXML>` is left to the caller. */
function opened(envelope: string): string {
  const start = `<edXML xmlns="${edxmlNamespace}"><edXML:edXMLEnvelope xmlns:edXML="${edxmlNamespace}">`;
  return `${declaration}${start}${envelope}</edXML:edXMLEnvelope>`;
}

/** An element with element content; left out when all of that was left out. */
function prefixed(name: string, ...children: readonly string[]): string {
  const content = children.join('');
  return content === '' ? '' : `<edXML:${name}>${content}</edXML:${name}>`;
}

function leaf(name: string, text: string): string {
  return text === '' ? '' : `<edXML:${name}>${escaped(text)}</edXML:${name}>`;
}

function plain(name: string, text: string): string {
  return text === '' ? '' : `<${name}>${escaped(text)}</${name}>`;
}

function escaped(text: string): string {
  // A bare carriage return would come back as a line feed (XML 1.0 §2.11).
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

function legal(bytes: Uint8Array, parts: readonly string[]): Outcome<Uint8Array, EdxmlWriteCode> {
  for (const part of parts) {
    const found = illegal.exec(part);
    if (found === null) continue;
    const before = part.slice(0, found.index);
    const element = /<([\w:]+)[^<>]*>[^<]*$/.exec(before)?.[1] ?? '';
    const code = found[0].codePointAt(0) ?? 0;
    return fail('illegal-character', { element: element.replace(/^edXML:/, ''), value: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` });
  }
  return ok(bytes);
}

function firstMissing(rows: readonly (readonly [element: string, text: string])[]): string | undefined {
  return rows.find(([, text]) => text.trim() === '')?.[0];
}

function firstTwice(values: readonly string[]): string | undefined {
  return values.find((value, at) => values.indexOf(value) !== at);
}
