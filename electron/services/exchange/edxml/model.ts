/**
 * edXML messages (QCVN 102:2016 as reconstructed in axis.md §2). Every text is exactly what stood in the file, dates
 * and numbers included: a value that looks odd must survive for echo and as evidence. `values.ts` interprets them.
 * '' means absent or empty, which the format does not tell apart.
 */

export const edxmlNamespace = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';

export type EdxmlAgency = {
  readonly organId: string;
  readonly organizationInCharge: string;
  readonly organName: string;
  readonly organAdd: string;
  readonly email: string;
  readonly telephone: string;
  readonly fax: string;
  readonly website: string;
};

/** The clerk to call. */
export type EdxmlStaff = {
  readonly department: string;
  readonly departmentId: string;
  readonly staff: string;
  readonly staffId: string;
  readonly email: string;
  readonly mobile: string;
};

/** A document that is answered. `code` is the full number, e.g. `267/VPCP-TTĐT`. */
export type EdxmlResponseFor = {
  readonly organId: string;
  readonly code: string;
  /** `yyyy/MM/dd` */
  readonly promulgationDate: string;
  readonly documentId: string;
};

export type EdxmlHeader = {
  readonly from: EdxmlAgency;
  readonly to: readonly EdxmlAgency[];
  /** opaque (axis.md §2.2 1.14) */
  readonly documentId: string;
  readonly code: { readonly codeNumber: string; readonly codeNotation: string };
  readonly promulgationInfo: {
    readonly place: string;
    /** `yyyy/MM/dd` */
    readonly promulgationDate: string;
  };
  readonly documentType: { readonly type: string; readonly typeDetail: string; readonly typeName: string };
  readonly subject: string;
  readonly content: string;
  readonly signerInfo: { readonly competence: string; readonly position: string; readonly fullName: string };
  /** `yyyy/MM/dd` */
  readonly dueDate: string;
  readonly otherInfo: {
    readonly priority: string;
    readonly sphereOfPromulgation: string;
    readonly typerNotation: string;
    readonly promulgationAmount: string;
    readonly pageAmount: string;
    readonly replyFors: string;
    readonly referenceCodes: string;
    readonly direction: string;
    readonly appendixes: readonly string[];
  };
  readonly responseFor: readonly EdxmlResponseFor[];
  readonly steeringType: string;
  readonly responseForTask: readonly string[];
  readonly applicationType: string;
  readonly toPlaces: readonly string[];
};

/** One hop. `timestamp` is `yyyy/MM/dd HH:mm:ss`, Vietnam time; `organId` may be '' on real messages. */
export type EdxmlTrace = { readonly organId: string; readonly timestamp: string };

/** What a document message does: 0 new, 1 recall (thu hồi), 2 update (cập nhật), 3 replace (thay thế). */
export type BussinessDocType = '0' | '1' | '2' | '3';

/** Spelt with double s on the wire. A message without the element is a new document. */
export type EdxmlBusiness = {
  readonly bussinessDocType: BussinessDocType;
  readonly bussinessDocReason: string;
  /** document acted on, with updates */
  readonly documentId: string;
  /** `0` no paper copy, `1` a paper copy follows */
  readonly paper: string;
  readonly documentInfo: {
    /** `1` when the document's data changed */
    readonly documentInfo: string;
    /** `1` when the list of receivers changed */
    readonly documentReceiver: string;
    /** `receiverType` 0/1; which one means added is not known (axis.md §2.3) */
    readonly receivers: readonly { readonly organId: string; readonly receiverType: string }[];
  };
  readonly replacements: readonly { readonly documentId: string; readonly organIds: readonly string[] }[];
  readonly staff: EdxmlStaff;
};

export type EdxmlAttachment = {
  /** position in the file, the number the writer was opened with */
  readonly index: number;
  /** without `cid:` */
  readonly contentId: string;
  readonly name: string;
  readonly description: string;
  /** judged by name and first bytes; what the message declares is not to be trusted (axis.md §2.6) */
  readonly mediaType: string;
  /** as declared beside the attachment */
  readonly contentType: string;
  /** bytes handed to the writer */
  readonly size: number;
  /** the file came in a ZIP of its own and was taken out */
  readonly unzipped: boolean;
};

/** Row of the manifest. One without an attachment of the same `contentId` means that a file is missing. */
export type EdxmlReference = {
  readonly contentId: string;
  readonly contentType: string;
  readonly description: string;
  readonly attachmentName: string;
};

/**
 * Something this version does not know, kept for echo (`unknown.ts`): the text of an element or the value of an
 * attribute, letter for letter. `path` counts from the root: `edXMLEnvelope/edXMLHeader/MessageHeader/To[2]/Foo`,
 * `…/TraceHeaderList/@actor`. `[n]` stands from the second of a name on; another namespace stands in braces before the
 * name, `{urn:x}Foo`. What is empty is not kept, as the format does not tell it from what is absent.
 */
export type EdxmlUnknown = { readonly path: string; readonly text: string };

export type EdxmlDocument = {
  readonly kind: 'document';
  readonly header: EdxmlHeader;
  readonly trace: readonly EdxmlTrace[];
  readonly business: EdxmlBusiness;
  readonly references: readonly EdxmlReference[];
  readonly attachments: readonly EdxmlAttachment[];
  /** a slot with a value is there; it proves nothing (axis.md §2.4) */
  readonly envelopeSignature: 'absent' | 'present';
  readonly unknown: readonly EdxmlUnknown[];
};

export type EdxmlStatus = {
  readonly kind: 'status';
  /** the agency that reports */
  readonly from: EdxmlAgency;
  /** the document spoken of; `organId` = the agency it is told to */
  readonly responseFor: EdxmlResponseFor;
  readonly staff: EdxmlStaff;
  /** two digits; `14` on the wire is read as `15` (axis.md §2.8) */
  readonly statusCode: string;
  readonly statusCodeOnWire: string;
  /** free text; the reason with 02, 13, 16 */
  readonly description: string;
  /** `yyyy/MM/dd HH:mm:ss`, Vietnam time */
  readonly timestamp: string;
  readonly unknown: readonly EdxmlUnknown[];
};

export type EdxmlMessage = EdxmlDocument | EdxmlStatus;

/**
 * Why a message cannot be used. `params.element` names the place, `params.value` what stood there.
 * - `not-xml`, `truncated`, `not-utf8`, `doctype`, `wrong-root`: not an edXML file at all
 * - `missing-element`, `invalid-value`, `invalid-base64`: edXML, but not usable as it is
 * - `too-large`: a guard against hostile files (metadata, nesting, ZIP expansion)
 */
export type EdxmlReadCode =
  | 'not-xml'
  | 'truncated'
  | 'not-utf8'
  | 'doctype'
  | 'wrong-root'
  | 'missing-element'
  | 'invalid-value'
  | 'invalid-base64'
  | 'too-large';

/**
 * Where one attachment goes. Calls come one after another, each awaited. `abort` is called instead of `close` when
 * the message fails while this one is open; what was closed before is the caller's to discard.
 */
export type AttachmentWriter = {
  /** `bytes` are good until this resolves. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly abort: () => Promise<void>;
};

/** `name` and `contentId` are '' when the file gives them only after the content; the message has the final ones. */
export type OpenAttachment = (info: {
  readonly index: number;
  readonly contentId: string;
  readonly name: string;
}) => AttachmentWriter;

/** What is said about a file to be sent. */
export type AttachmentLabel = {
  /** without `cid:`, unique in the message */
  readonly contentId: string;
  readonly name: string;
  readonly description: string;
};

/** A file to be sent that is in memory. */
export type AttachmentToWrite = AttachmentLabel & { readonly bytes: Uint8Array };

/** A file to be sent that is read while the message is written; `open` is called once for each writing. */
export type AttachmentSource = AttachmentLabel & {
  /** bytes that `open` will give */
  readonly size: number;
  readonly open: () => AsyncIterable<Uint8Array>;
};

/** `unknown` is written back at its places (`echoOf` in `unknown.ts`). */
export type DocumentToWrite = Pick<EdxmlDocument, 'header' | 'trace' | 'business'> &
  Partial<Pick<EdxmlDocument, 'unknown'>>;

export type StatusToWrite = Pick<
  EdxmlStatus,
  'from' | 'responseFor' | 'staff' | 'statusCode' | 'description' | 'timestamp'
> &
  Partial<Pick<EdxmlStatus, 'unknown'>>;

/** `params.element` names the place; `illegal-character`: XML 1.0 cannot carry it. */
export type EdxmlWriteCode = 'missing-element' | 'invalid-value' | 'illegal-character';

export const emptyAgency: EdxmlAgency = {
  organId: '',
  organizationInCharge: '',
  organName: '',
  organAdd: '',
  email: '',
  telephone: '',
  fax: '',
  website: '',
};

export const emptyStaff: EdxmlStaff = {
  department: '',
  departmentId: '',
  staff: '',
  staffId: '',
  email: '',
  mobile: '',
};

export const newDocumentBusiness: EdxmlBusiness = {
  bussinessDocType: '0',
  bussinessDocReason: '',
  documentId: '',
  paper: '0',
  documentInfo: { documentInfo: '', documentReceiver: '', receivers: [] },
  replacements: [],
  staff: emptyStaff,
};
