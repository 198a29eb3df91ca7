import type {
  AttachmentLabel,
  DocumentToWrite,
  EdxmlAgency,
  EdxmlBusiness,
  EdxmlHeader,
  EdxmlResponseFor,
  EdxmlStaff,
  StatusToWrite,
} from './model.ts';
import { branch, leaf, outElement, type OutElement } from './out-tree.ts';

/** A file as the message names it; `contentType` is what VNPT's builder says of its form (axis.md §2.6). */
export type LabelledAttachment = AttachmentLabel & { readonly contentType: string };

/** A document message as elements (axis.md §2.1–2.5), empty ones left out, in no particular profile's order. */
export function documentTree(document: DocumentToWrite, attachments: readonly LabelledAttachment[]): OutElement {
  const header = [...messageHeader(document.header), ...traceHeaders(document)];
  const manifest = outElement('edXMLManifest');
  manifest.attributes.push({ name: 'version', uri: '', value: '1.0' });
  manifest.children = attachments.flatMap(reference);
  const encoded = { ...outElement('AttachmentEncoded'), children: attachments.map(encodedAttachment) };
  const root = outElement('edXML');
  root.children = [
    {
      ...outElement('edXMLEnvelope'),
      children: [...branch('edXMLHeader', header), ...branch('edXMLBody', [manifest])],
    },
    ...(attachments.length === 0 ? [] : [encoded]),
  ];
  return root;
}

/** A status message as elements (axis.md §2.8): `MessageHeader` in the header, no trace, body or attachments. */
export function statusTree(status: StatusToWrite): OutElement {
  const { responseFor } = status;
  const header = branch(
    'MessageHeader',
    agency('From', status.from),
    branch(
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
  const root = outElement('edXML');
  root.children = [...branch('edXMLEnvelope', branch('edXMLHeader', header))];
  return root;
}

function messageHeader(header: EdxmlHeader): readonly OutElement[] {
  const { code, promulgationInfo, documentType, signerInfo, otherInfo } = header;
  return branch(
    'MessageHeader',
    agency('From', header.from),
    header.to.flatMap((to) => agency('To', to)),
    leaf('DocumentId', header.documentId),
    branch('Code', leaf('CodeNumber', code.codeNumber), leaf('CodeNotation', code.codeNotation)),
    branch(
      'PromulgationInfo',
      leaf('Place', promulgationInfo.place),
      leaf('PromulgationDate', promulgationInfo.promulgationDate),
    ),
    branch(
      'DocumentType',
      leaf('Type', documentType.type),
      leaf('TypeDetail', documentType.typeDetail),
      leaf('TypeName', documentType.typeName),
    ),
    leaf('Subject', header.subject),
    leaf('Content', header.content),
    branch(
      'SignerInfo',
      leaf('Competence', signerInfo.competence),
      leaf('Position', signerInfo.position),
      leaf('FullName', signerInfo.fullName),
    ),
    leaf('DueDate', header.dueDate),
    branch(
      'OtherInfo',
      leaf('Priority', otherInfo.priority),
      leaf('SphereOfPromulgation', otherInfo.sphereOfPromulgation),
      leaf('TyperNotation', otherInfo.typerNotation),
      leaf('PromulgationAmount', otherInfo.promulgationAmount),
      leaf('PageAmount', otherInfo.pageAmount),
      leaf('ReplyFors', otherInfo.replyFors),
      leaf('ReferenceCodes', otherInfo.referenceCodes),
      leaf('Direction', otherInfo.direction),
      branch('Appendixes', ...otherInfo.appendixes.map((name) => leaf('Appendix', name))),
    ),
    header.responseFor.flatMap(answered),
    leaf('SteeringType', header.steeringType),
    branch('ResponseForTask', ...header.responseForTask.map((task) => leaf('TaskCode', task))),
    leaf('ApplicationType', header.applicationType),
    branch('ToPlaces', ...header.toPlaces.map((place) => leaf('Place', place))),
  );
}

function answered(one: EdxmlResponseFor): readonly OutElement[] {
  return branch(
    'ResponseFor',
    leaf('OrganId', one.organId),
    leaf('Code', one.code),
    leaf('PromulgationDate', one.promulgationDate),
    leaf('DocumentId', one.documentId),
  );
}

function traceHeaders({ trace, business }: DocumentToWrite): readonly OutElement[] {
  // A hop is written even when nothing is known of it: the next one must not take its place.
  const hops = trace.map((hop) => ({
    ...outElement('TraceHeader'),
    children: [...leaf('OrganId', hop.organId), ...leaf('Timestamp', hop.timestamp)],
  }));
  return branch('TraceHeaderList', bussiness(business), hops);
}

function bussiness(business: EdxmlBusiness): readonly OutElement[] {
  const { documentInfo } = business;
  return branch(
    'Bussiness',
    leaf('DocumentId', business.documentId),
    leaf('BussinessDocType', business.bussinessDocType),
    leaf('BussinessDocReason', business.bussinessDocReason),
    leaf('Paper', business.paper),
    branch(
      'BussinessDocumentInfo',
      leaf('DocumentInfo', documentInfo.documentInfo),
      leaf('DocumentReceiver', documentInfo.documentReceiver),
      branch(
        'ReceiverList',
        ...documentInfo.receivers.map((receiver) =>
          branch('Receiver', leaf('OrganId', receiver.organId), leaf('ReceiverType', receiver.receiverType)),
        ),
      ),
    ),
    branch(
      'ReplacementInfoList',
      ...business.replacements.map((replacement) =>
        branch(
          'ReplacementInfo',
          leaf('DocumentId', replacement.documentId),
          branch('OrganIdList', ...replacement.organIds.map((organId) => leaf('OrganId', organId))),
        ),
      ),
    ),
    staff(business.staff),
  );
}

function agency(name: 'From' | 'To', value: EdxmlAgency): readonly OutElement[] {
  return branch(
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

function staff(value: EdxmlStaff): readonly OutElement[] {
  return branch(
    'StaffInfo',
    leaf('Department', value.department),
    leaf('DepartmentId', value.departmentId),
    leaf('Staff', value.staff),
    leaf('StaffId', value.staffId),
    leaf('Email', value.email),
    leaf('Mobile', value.mobile),
  );
}

function reference(attachment: LabelledAttachment): readonly OutElement[] {
  return branch(
    'Reference',
    leaf('ContentId', `cid:${attachment.contentId}`),
    // VNPT says so whatever the file is, and readers have got used to it (axis.md §2.6).
    leaf('ContentType', 'application/zip'),
    leaf('Description', attachment.description),
    leaf('AttachmentName', attachment.name),
  );
}

function encodedAttachment(attachment: LabelledAttachment, at: number): OutElement {
  const encoded = outElement('Attachment');
  encoded.children = [
    ...leaf('ContentId', `cid:${attachment.contentId}`),
    ...leaf('AttachmentName', attachment.name),
    ...leaf('Description', attachment.description),
    ...leaf('ContentType', attachment.contentType),
    outElement('ContentTransferEncoded', '', at),
  ];
  return encoded;
}
