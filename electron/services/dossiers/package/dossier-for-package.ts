import { instantOf, type Clock } from '../../../foundation/clock.ts';
import type { ReadDb } from '../../../store/index.ts';
import type { DossierDetail, FileRef } from '#contract';
import type { CapturedVerdict } from '../../packages/index.ts';
import { capturedVerdict, certificateOf, newestVerdict } from '../../verification/index.ts';
import { getDossier } from '../dossier.store.ts';
import { everyMember, looseMembers, type PackagedMember } from '../members/members.store.ts';
import { docCode, docId, fileCode, languageCodes, maintenanceCode, modeCode, typeCode } from './codes.ts';
import { arrivalsOf, languageOf, officeOf, traceRows } from './package.store.ts';

/** Shapes of this file are those of `services/packages/model.ts`. */
export type PackagedFile = {
  readonly sha256: string;
  /** bytes */
  readonly size: number;
  readonly name: string;
  readonly mediaType: string;
  /** instant at which it came here */
  readonly createdAt: string;
  /** what is known of its signatures now; null: not looked at, or no PDF */
  readonly verdict: CapturedVerdict | null;
};

export type PackagedDocument = {
  readonly fields: {
    readonly kind: 'doc';
    readonly docId: string;
    readonly docCode: string;
    readonly maintenance: string;
    readonly typeName: string;
    readonly codeNumber: string;
    readonly codeNotation: string;
    readonly issuedDate: string;
    readonly organName: string;
    readonly subject: string;
    readonly languages: readonly string[];
    readonly numberOfPage: number | null;
    readonly inforSign: string;
    readonly keyword: string;
    readonly mode: string;
    readonly confidenceLevel: string;
    readonly autograph: string;
    readonly format: string;
    readonly riskRecovery: boolean;
    readonly riskRecoveryStatus: string;
    readonly description: string;
  };
  readonly content: { readonly kind: 'file'; readonly file: PackagedFile };
  readonly attachments: readonly PackagedFile[];
  readonly trace: readonly { readonly at: string; readonly actor: string; readonly role: string; readonly act: string; readonly detail: string; readonly auditHash: string }[] | null;
};

export type PackagedDossier = {
  readonly id: string;
  readonly state: DossierDetail['state'];
  readonly version: number;
  /** name and code of the office; and its mã phông, '' for none */
  readonly sender: { readonly name: string; readonly code: string };
  readonly fondsCode: string;
  readonly head: {
    readonly kind: 'hoso';
    readonly fileCode: string;
    readonly title: string;
    readonly maintenance: string;
    readonly mode: string;
    readonly languages: readonly string[];
    readonly startDate: string;
    readonly endDate: string;
    readonly keyword: string;
    readonly numberOfPaper: number | null;
    readonly numberOfPage: number | null;
    readonly format: string;
    readonly inforSign: string;
    readonly confidenceLevel: string;
    readonly paperFileCode: string;
    readonly riskRecovery: boolean;
    readonly riskRecoveryStatus: string;
    readonly description: string;
  };
  /** in the dossier's order */
  readonly documents: readonly PackagedDocument[];
  /** members without bytes: on paper only, or destroyed by a recall; a package cannot hold them, so whoever builds one must say so */
  readonly withoutFile: readonly { readonly ordinal: number; readonly docCode: string; readonly subject: string; readonly destroyed: boolean }[];
};

/** What the audit log's names of acts are called in Vietnamese; the host has the catalogue. */
export type ActWords = (action: string) => string;

/**
 * A dossier as plain data for whoever builds a package (TT 05/2025/TT-BNV, SIP_hoso and AIP_hoso): fields with the codes of
 * the circular, documents in order, their files with hashes, what is known of their signatures at this moment, and their trace
 * in the audit log. Bytes stay where they are. Undefined when there is no such dossier. Rights to read are the caller's matter:
 * a package is built of all of a dossier.
 */
export function dossierForPackage(db: ReadDb, clock: Clock, id: string, words: ActWords): PackagedDossier | undefined {
  const dossier = getDossier(db, id);
  if (dossier === undefined) return undefined;
  const office = officeOf(db, id);
  const members = [...everyMember(db, id, { person: null, unit: null, roles: [] })];
  const { fields } = dossier;
  const code = fileCode(office.organId, dossier.catalog, dossier.notation);
  return {
    id,
    state: dossier.state,
    version: dossier.version,
    sender: { name: office.name, code: office.organId },
    fondsCode: office.fondsCode,
    head: {
      kind: 'hoso',
      fileCode: code,
      title: dossier.title,
      maintenance: maintenanceCode(dossier.retention),
      mode: modeCode(fields.useMode),
      languages: languageCodes(fields.language),
      startDate: dossier.startDate ?? dossier.firstDay ?? '',
      endDate: dossier.endDate ?? '',
      keyword: fields.keyword,
      numberOfPaper: fields.paperSheets,
      numberOfPage: dossier.pages === 0 ? null : dossier.pages,
      format: fields.condition,
      inforSign: fields.infoSign,
      confidenceLevel: togetherOf(members.map(({ origin }) => origin)),
      paperFileCode: fields.paperCode,
      riskRecovery: false,
      riskRecoveryStatus: '',
      description: fields.description,
    },
    ...packaged(db, clock, members, commonOf(dossier), code, words),
  };
}

/**
 * Documents of both registers that no dossier was made of, as plain data for a package of loose documents (SIP_tailieu, AIP_tailieu).
 * Their codes are made of the package's; what the registers do not know is told for all of them. Ids that there are not are left out.
 */
export function documentsForPackage(
  db: ReadDb,
  clock: Clock,
  documents: readonly { readonly kind: 'incoming' | 'outgoing'; readonly id: string }[],
  { code, maintenance }: { readonly code: string; readonly maintenance: string },
  words: ActWords,
): Pick<PackagedDossier, 'documents' | 'withoutFile'> {
  return packaged(db, clock, looseMembers(db, documents), { maintenance, mode: '01', inforSign: '', format: '' }, code, words);
}

function packaged(db: ReadDb, clock: Clock, members: readonly PackagedMember[], common: Common, code: string, words: ActWords): Pick<PackagedDossier, 'documents' | 'withoutFile'> {
  const arrived = arrivalsOf(db, members.flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
  const hasFile = ({ files, filesDestroyed }: PackagedMember): boolean => files.length > 0 && !filesDestroyed;
  const fileOf = (member: PackagedMember, { sha256, size, name, mediaType }: FileRef): PackagedFile => ({
    sha256,
    size,
    name,
    mediaType,
    createdAt: arrived.get(sha256) ?? member.addedAt,
    verdict: verdictOn(db, sha256),
  });
  return {
    documents: members.filter(hasFile).map((member): PackagedDocument => {
      const [main, ...attachments] = member.files.map((file) => fileOf(member, file));
      if (main === undefined) throw new Error('a document with files has a first one');
      return { fields: fieldsOf(db, common, code, member), content: { kind: 'file', file: main }, attachments, trace: traceOf(db, member, words, instantOf(clock)) };
    }),
    withoutFile: members.filter((member) => !hasFile(member)).map(({ ordinal, subject, filesDestroyed }) => ({ ordinal, docCode: docCode(code, ordinal), subject, destroyed: filesDestroyed })),
  };
}

/** Gốc điện tử, số hóa; hỗn hợp where both are there. */
function togetherOf(origins: readonly string[]): string {
  const [first = '01', ...others] = new Set(origins);
  return others.length === 0 ? first : '03';
}

/** What the documents of one package have in common. */
type Common = { readonly maintenance: string; readonly mode: string; readonly inforSign: string; readonly format: string };

function commonOf({ retention, fields }: DossierDetail): Common {
  return { maintenance: maintenanceCode(retention), mode: modeCode(fields.useMode), inforSign: fields.infoSign, format: fields.condition };
}

function fieldsOf(db: ReadDb, common: Common, code: string, member: PackagedMember): PackagedDocument['fields'] {
  return {
    kind: 'doc',
    docId: docId(member.document ?? member.id),
    docCode: docCode(code, member.ordinal),
    maintenance: common.maintenance,
    typeName: typeCode(member.typeName),
    codeNumber: member.codeNumber,
    codeNotation: member.codeNotation,
    issuedDate: member.issuedDate ?? '',
    organName: member.issuerName,
    subject: member.subject,
    languages: languageCodes(member.document === null ? '' : languageOf(db, member.document)),
    numberOfPage: member.pageAmount,
    inforSign: common.inforSign,
    keyword: '',
    mode: common.mode,
    confidenceLevel: member.origin,
    autograph: member.autograph,
    format: common.format,
    riskRecovery: false,
    riskRecoveryStatus: '',
    description: member.note,
  };
}

/** What is known now of the signatures in a stored file; null: not looked at, or no PDF. */
export function verdictOn(db: ReadDb, sha256: string): PackagedFile['verdict'] {
  const kept = newestVerdict(db, sha256);
  if (kept === undefined) return null;
  return capturedVerdict(kept.verdict, kept.at, (fingerprint) => certificateOf(db, fingerprint));
}

/** The trace of a document that was handled in this system; of a file of the dossier's own nobody knows more than that it was added. */
function traceOf(db: ReadDb, { document }: PackagedMember, words: ActWords, until: string): PackagedDocument['trace'] {
  if (document === null) return null;
  const rows = traceRows(db, document).filter(({ at }) => at <= until);
  return rows.length === 0 ? null : rows.map(({ at, actor, action, detail, hash }) => ({ at, actor, role: '', act: words(action), detail, auditHash: hash }));
}
