import { z } from 'zod';
import { command, query } from './define.ts';
import { PurposeCode } from './packing.ts';
import { Day, Empty, FileRef, Id, Instant } from './shared.ts';

const Words = (most: number) => z.string().trim().max(most);

/** Bản sao tài liệu lưu trữ số: without authentication (TT 05/2025/TT-BNV art. 40), or with the agency's digital signature (art. 41). */
export const DocumentCopyKind = z.enum(['plain', 'certified']);
export type DocumentCopyKind = z.infer<typeof DocumentCopyKind>;

/**
 * - `waiting`: made, and nobody's yet: the agency has to sign it
 * - `ready`: may be given out; `discarded`: thrown away before it was signed
 * - `removed`: deleted by a person once its term was over; what it was stays on record
 */
export const CopiedFileState = z.enum(['waiting', 'ready', 'discarded', 'removed']);
export type CopiedFileState = z.infer<typeof CopiedFileState>;

/** The copy of one file of a document. */
export const CopiedFile = z.strictObject({
  id: Id,
  state: CopiedFileState,
  /** of the document, as they were then */
  codeNumber: z.string(),
  codeNotation: z.string(),
  subject: z.string(),
  /** name and hash of the original */
  source: z.strictObject({ name: z.string(), sha256: z.string() }),
  pages: z.number().int(),
  /** files and media inside the original that are in no copy of its pages */
  leftOut: z.number().int(),
  /** null: there is none any more */
  file: FileRef.nullable(),
  /** of a certified one that is signed: who by the certificate, when, and the level that the signature has reached */
  signed: z.strictObject({ by: z.string(), at: Instant, level: z.string() }).nullable(),
});
export type CopiedFile = z.infer<typeof CopiedFile>;

const Recipient = z.strictObject({ name: Words(200).min(1), /** number of an identity paper; '' none was asked for */ id: Words(60) });
const Request = z.strictObject({ /** mã yêu cầu */ id: Words(100), day: Day.nullable(), purpose: PurposeCode, content: Words(500) });

/** Who got copies of which documents of a dossier, when, what for and for how long. */
export const DocumentCopy = z.strictObject({
  id: Id,
  dossier: Id,
  kind: DocumentCopyKind,
  madeAt: Instant,
  madeBy: z.string(),
  recipient: Recipient,
  request: Request,
  /** when the request was approved, and by whom; '' where nobody had to be named */
  approvedOn: Day,
  approver: z.string(),
  /** the last day of downloading or sending (art. 40.5), and the day on which the copy is to be deleted (art. 40.6) */
  downloadUntil: Day,
  removeOn: Day,
  /** `open`: may be given out; `over`: its days are over; `due`: it is to be deleted, which a person does; `none`: no file of it is left */
  term: z.enum(['open', 'over', 'due', 'none']),
  files: z.array(CopiedFile),
});
export type DocumentCopy = z.infer<typeof DocumentCopy>;

/** Why a file was not copied; `failure.<code>` is its sentence. */
export const NotCopiedFile = z.strictObject({ subject: z.string(), name: z.string(), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type NotCopiedFile = z.infer<typeof NotCopiedFile>;

/** A rule that the copies keep: in the words of the circular where `confidence` is P, else our reading of it (K). */
export const CopyRule = z.strictObject({ key: z.string(), source: z.string(), confidence: z.enum(['P', 'K']), words: z.string() });
export type CopyRule = z.infer<typeof CopyRule>;

/** A paper of the archive that waits for the agency's signature at the signing desk. */
export const WaitingPaper = z.strictObject({ id: Id, kind: z.enum(['copy', 'certification']), dossier: Id, code: z.string(), subject: z.string(), recipient: z.string(), madeAt: Instant, madeBy: z.string() });
export type WaitingPaper = z.infer<typeof WaitingPaper>;

const entry = { audited: true } as const;
const readingCodes = ['not-found', 'no-access'] as const;

/** Copies of single documents out of the archive (TT 05/2025/TT-BNV art. 38–41). */
export const copies = {
  /** The law's terms and what is read into it, to be shown beside the days. */
  rules: query(Empty, z.strictObject({ downloadDays: z.number().int(), removeDays: z.number().int(), rules: z.array(CopyRule) })),
  /** Of a dossier, newest first; `before` is the last id already shown. */
  list: query(z.strictObject({ dossier: Id, before: Id.nullable(), limit: z.number().int().min(1).max(200) }), z.array(DocumentCopy), readingCodes),
  /** Copies of all dossiers that are to be deleted by now, longest first: as many as a person looks at. */
  due: query(Empty, z.array(z.strictObject({ copy: Id, dossier: Id, recipient: z.string(), removeOn: Day }))),
  /** What waits for the agency's signature, longest first. */
  waiting: query(Empty, z.array(WaitingPaper)),
  /**
   * Copies every PDF of the chosen documents and writes down for whom; certified ones wait for the agency's signature. Files that cannot
   * be copied are told with the reason and left out; `copy` is null where none could be.
   * - `copies-dossier-open`: what is being made is no archive yet; `copies-dossier-gone`: it was destroyed
   * - `copies-why-missing`: what for; `copies-approver-missing`: documents of conditional access are approved by the head (art. 39.1.d)
   * - `copies-day-wrong`: a day of approval to come; `copies-agency-missing`: the office has no name to show
   */
  make: command(
    z.strictObject({ dossier: Id, members: z.array(Id).min(1).max(200), kind: DocumentCopyKind, recipient: Recipient, request: Request, approvedOn: Day, approver: Words(200) }),
    z.strictObject({ copy: DocumentCopy.nullable(), refused: z.array(NotCopiedFile) }),
    [...readingCodes, 'copies-dossier-open', 'copies-dossier-gone', 'copies-why-missing', 'copies-approver-missing', 'copies-day-wrong', 'copies-agency-missing'],
    entry,
  ),
  /** Throws a copy away that waits for its signature. */
  discard: command(z.strictObject({ file: Id, reason: Words(500).min(1) }), DocumentCopy, [...readingCodes, 'copies-step'], entry),
  /** Deletes the files of a copy whose days are over (art. 40.6); what was given to whom stays. */
  remove: command(z.strictObject({ copy: Id }), DocumentCopy, [...readingCodes, 'copies-step', 'copies-not-over'], entry),
};
