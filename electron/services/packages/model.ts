/*
 * What a package is built from: plain data, taken from the registers at one moment by whoever has them. Nothing here reads a
 * database or a clock. Values are as the circular writes them (codes as two digits); '' is "none". Days are `yyyy-MM-dd`
 * (`yyyy-MM` and `yyyy` where only so much is known), instants ISO 8601 UTC.
 */

import type { PdfACondition } from './pdf-a/structure.ts';

/** Forms of TT 05/2025/TT-BNV (Phụ lục I–V), of E-ARK SIP, and a bag of RFC 8493. */
export const packageForms = ['SIP_hoso', 'SIP_tailieu', 'AIP_hoso', 'AIP_tailieu', 'DIP', 'EARK_2_1_0', 'EARK_2_2_0', 'BagIt'] as const;
export type PackageForm = (typeof packageForms)[number];

/** `mets/metsHdr/@RECORDSTATUS`, the values that TT 05/2025 allows. */
export type RecordStatus = 'NEW' | 'SUPPLEMENT' | 'REPLACEMENT' | 'TEST' | 'OTHER';

/** An organisation with its identification code (mã định danh QĐ 20/2020, or mã phông for the fonds). */
export type Party = { readonly name: string; readonly code: string };

/** Hồ sơ (Phụ lục I, III; 18 fields). Totals of documents are counted, not told. */
export type DossierFields = {
  readonly kind: 'hoso';
  /** mã cơ quan + năm + số, ký hiệu, ≤ 100 characters */
  readonly fileCode: string;
  readonly title: string;
  /** code of `maintenance` */
  readonly maintenance: string;
  /** code of `mode` */
  readonly mode: string;
  /** codes of `language`, at least one */
  readonly languages: readonly string[];
  readonly startDate: string;
  readonly endDate: string;
  readonly keyword: string;
  /** sheets of paper, for digitised dossiers */
  readonly numberOfPaper: number | null;
  readonly numberOfPage: number | null;
  /** code of `format` */
  readonly format: string;
  readonly inforSign: string;
  /** code of `confidenceLevel` */
  readonly confidenceLevel: string;
  /** [mã cơ quan lưu trữ].[kho/giá/hộp].[số hồ sơ giấy], for digitised dossiers */
  readonly paperFileCode: string;
  readonly riskRecovery: boolean;
  /** code of `riskRecoveryStatus`, when riskRecovery */
  readonly riskRecoveryStatus: string;
  readonly description: string;
};

/** Loose documents (Phụ lục II, IV). */
export type CollectionFields = {
  readonly kind: 'tailieu';
  /** mã cơ quan + năm + số lần nộp (2) + số thứ tự (7) */
  readonly fileCode: string;
  readonly title: string;
  /** '0' văn bản đi, '1' văn bản đến */
  readonly source: string;
  readonly description: string;
};

/** What a reader asked for (Phụ lục V). */
export type RequestFields = {
  readonly kind: 'request';
  readonly requestID: string;
  readonly requestDate: string;
  /** code of `purpose` */
  readonly purpose: string;
  readonly purposeContent: string;
  /** code of `feeObjectType` */
  readonly feeObjectType: string;
  readonly researchTopic: string;
  readonly description: string;
};

type CommonFields = {
  /** fileCode + 7-digit ordinal; the writers put the archive's code before it for arcDocCode */
  readonly docCode: string;
  /** code; '' takes that of the dossier */
  readonly maintenance: string;
  readonly inforSign: string;
  readonly mode: string;
  readonly format: string;
  readonly riskRecovery: boolean;
  readonly riskRecoveryStatus: string;
  readonly description: string;
};

/** Văn bản. `process` is not here: it is 1 when a trace comes along. */
export type TextFields = CommonFields & {
  readonly kind: 'doc';
  /** ≤ 25 characters */
  readonly docId: string;
  /** code of `typeName` */
  readonly typeName: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly issuedDate: string;
  readonly organName: string;
  readonly subject: string;
  readonly languages: readonly string[];
  readonly numberOfPage: number | null;
  readonly keyword: string;
  readonly confidenceLevel: string;
  /** bút tích: notes by hand, not the signer */
  readonly autograph: string;
};

/** Phim âm bản, ảnh. */
export type PictureFields = CommonFields & {
  readonly kind: 'pic';
  readonly typePic: string;
  readonly archivesNumber: string;
  readonly eventName: string;
  readonly imageTitle: string;
  readonly photographer: string;
  readonly photoPlace: string;
  readonly photoTime: string;
  readonly colour: string;
  readonly filmSize: string;
  readonly docAttached: boolean;
};

/** Ghi âm, ghi hình. */
export type MediaFields = CommonFields & {
  readonly kind: 'media';
  readonly typeMedia: string;
  readonly archivesNumber: string;
  readonly eventName: string;
  readonly movieTitle: string;
  readonly recorder: string;
  readonly recordPlace: string;
  readonly recordDate: string;
  readonly languages: readonly string[];
  readonly playTime: string;
  readonly docAttached: boolean;
  readonly quality: string;
};

export type DocumentFields = TextFields | PictureFields | MediaFields;

/** A signature as it stands in its file, for PREMIS. */
export type SignatureAsWritten = {
  /** subject of the certificate (RFC 4514) */
  readonly subject: string;
  /** e.g. RSA-SHA256 */
  readonly method: string;
  /** Base64 (RFC 5652 §5.3) */
  readonly value: string;
  /** the signer's, DER as Base64; '' not known */
  readonly certificate: string;
};

/** One signature as it was judged when the package was made: a later judge may find less. */
export type CapturedSignature = {
  /** as the certificate names him */
  readonly signer: string;
  readonly organisation: string;
  /** ISO 8601 with its zone; '' unknown */
  readonly signedAt: string;
  readonly indication: 'passed' | 'failed' | 'indeterminate';
  /** ETSI EN 319 102-1, '' none */
  readonly subIndication: string;
  /** codes of the verdict's reasons and remarks */
  readonly reasons: readonly string[];
  /** e.g. PAdES-B-LT */
  readonly level: string;
  /** left out where the verdict does not know it, as one of before */
  readonly written?: SignatureAsWritten;
};

export type CapturedVerdict = {
  /** instant of the judgement */
  readonly judgedAt: string;
  /** whole verdict over the file */
  readonly indication: 'passed' | 'failed' | 'indeterminate' | 'none';
  /** edition of the table of anchors that was believed; '' or left out: not known */
  readonly anchors?: string;
  readonly signatures: readonly CapturedSignature[];
};

/** A stored file. Its bytes come through `open(sha256)`. */
export type PackageFile = {
  /** lower-case hex */
  readonly sha256: string;
  /** bytes */
  readonly size: number;
  /** as it came, any characters */
  readonly name: string;
  readonly mediaType: string;
  /** instant */
  readonly createdAt: string;
  /** null: not judged */
  readonly verdict: CapturedVerdict | null;
};

/** One act on a document as the audit knows it. */
export type TraceEntry = {
  /** instant */
  readonly at: string;
  readonly actor: string;
  readonly role: string;
  /** in Vietnamese, for people */
  readonly act: string;
  readonly detail: string;
  /** hash of the audit entry, lower-case hex; '' none */
  readonly auditHash: string;
};

/** A document that was handed over before and is only named: `.fetch.txt` (PL III.II.1.d; PL I.II.1, "tài liệu liên kết"). */
export type LinkedDocument = {
  /** name that the file would have */
  readonly name: string;
  /** SIP: mã định danh, or title of a picture or film; AIP: the four-part reference of PL I */
  readonly reference: string;
};

export type PackageDocument = {
  readonly fields: DocumentFields;
  readonly content: { readonly kind: 'file'; readonly file: PackageFile } | { readonly kind: 'link'; readonly link: LinkedDocument };
  readonly attachments: readonly PackageFile[];
  /** as the audit tells it, or as the file that came with a package; null: none comes along (not handled in a system) */
  readonly trace: readonly TraceEntry[] | PackageFile | null;
};

/** One preservation act for PREMIS; making the package itself is added by the writer. */
export type PreservationEvent = {
  /** of the Library of Congress' list, e.g. `transfer` for digitising (PL I.II.3) */
  readonly type: string;
  readonly at: string;
  readonly outcome: 'success' | 'partial' | 'failure';
  readonly note: string;
};

export type PackageContent = {
  readonly form: PackageForm;
  /** UUID in upper case; OBJID is made of it by the form's rule */
  readonly uuid: string;
  /** instant; the same order gives the same bytes */
  readonly createdAt: string;
  readonly recordStatus: RecordStatus;
  readonly software: { readonly name: string; readonly version: string };
  /** who hands over; its code is the mã phông or mã định danh */
  readonly sender: Party;
  /** who receives; wanted for AIP and DIP (arcFileCode, arcDocCode) */
  readonly archive: Party | null;
  /** mã đăng ký yêu cầu thu nộp; '' none */
  readonly agreement: string;
  /** number in the batch, for the name of the ZIP; null none */
  readonly batchOrdinal: number | null;
  readonly head: DossierFields | CollectionFields | RequestFields;
  readonly documents: readonly PackageDocument[];
  readonly events: readonly PreservationEvent[];
  /** documents of the dossier that have no file: on paper, or destroyed; they are listed in `documentation/` */
  readonly withoutFile?: readonly WithoutFile[];
  /** what describes a package of which this one was made: goes along byte by byte in `documentation/`, `path` below that */
  readonly kept?: readonly { readonly path: string; readonly file: PackageFile }[];
};

/**
 * A document that no package can hold: each field file of the circular stands for a file (PL III.II.1.c), and paper is handed in by its
 * own rules (TT 05/2025/TT-BNV Điều 22.1.b).
 */
export type WithoutFile = {
  readonly docCode: string;
  readonly subject: string;
  /** its file was there once */
  readonly destroyed: boolean;
};

/** An XML schema that goes along in `schemas/`. */
export type SchemaFile = { readonly name: string; readonly text: string };

/**
 * What is known of PDF/A, without a validator: a declaration in XMP is a claim of whoever made the file. `broken`: which of the
 * conditions that are judged do not hold.
 */
export type PdfAState =
  | { readonly state: 'declared'; readonly part: string; readonly conformance: string; readonly broken: readonly PdfACondition[] }
  | { readonly state: 'no-declaration-found' }
  | { readonly state: 'not-pdf' };
