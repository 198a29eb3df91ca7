import { z } from 'zod';
import { command, query } from './define.ts';
import { DriveChoice, packageBuildFailures } from './packages.ts';
import { MadePackage, PackageOrder } from './packing.ts';
import { StoredFile } from './records.ts';
import { Day, FileRef, Id, Instant } from './shared.ts';

const Count = z.number().int().nonnegative();

/** Gói lưu trữ (AIP) of a received package: its files lie in the file store, each under its hash. */
export const ArchivedPackage = z.strictObject({
  /** the received package that it was made of, and the dossier that one became */
  package: Id,
  dossier: Id,
  form: z.enum(['AIP_hoso', 'AIP_tailieu']),
  objectId: z.string(),
  /** of METS.xml */
  sha256: z.string(),
  files: Count,
  bytes: Count,
  keptAt: Instant,
  keptBy: z.string(),
});
export type ArchivedPackage = z.infer<typeof ArchivedPackage>;

/** A document of an archived package; codes and words as its field file has them. */
export const ArchivedDocument = z.strictObject({ docCode: z.string(), codeNumber: z.string(), codeNotation: z.string(), issuedDate: z.string(), subject: z.string() });
export type ArchivedDocument = z.infer<typeof ArchivedDocument>;

const Recipient = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** số định danh cá nhân or number of another paper (TT 05/2025/TT-BNV art. 42.2.c); '' none was asked for */
  id: z.string().trim().max(60),
});

/** Which archive certifies: lưu trữ lịch sử, as art. 42.2 has it, or an agency of its lưu trữ hiện hành (art. 33.3, 41.1). */
export const CertifyingArchive = z.enum(['historical', 'current']);
export type CertifyingArchive = z.infer<typeof CertifyingArchive>;

/** What a văn bản xác thực says beside the request (TT 05/2025/TT-BNV art. 42.2). */
const CertificationWish = z.strictObject({
  archive: CertifyingArchive,
  /** số lượng bản */
  copies: z.number().int().min(1).max(999),
});


/** What a use copy is asked for. `documents` null: all. */
export const UseCopyWish = z.strictObject({
  request: PackageOrder.shape.request,
  recipient: Recipient,
  /** thời hạn sử dụng; null: none was set */
  validUntil: Day.nullable(),
  documents: z.array(z.string().min(1).max(120)).min(1).max(10_000).nullable(),
});
export type UseCopyWish = z.infer<typeof UseCopyWish>;

/**
 * A văn bản xác thực from when its text is made: it waits for the agency's signature, is signed (here or outside), and goes along with
 * the one copy that it was made for, or is thrown away. It lies in the profile meanwhile.
 */
export const Certification = CertificationWish.extend({
  id: Id,
  state: z.enum(['waiting', 'signed', 'used', 'discarded']),
  madeAt: Instant,
  madeBy: z.string(),
  /** mã xác thực lưu trữ */
  code: z.string(),
  /** of the package that the text will go along with; its code is made of it */
  uuid: z.string(),
  issuedAt: Instant,
  /** what it was made of: with another wish it certifies nothing */
  wish: UseCopyWish,
  /** the text as it is now */
  file: FileRef,
  /** by the certificate, or by what was found in the file that came back; level '' where nobody looked */
  signed: z.strictObject({ by: z.string(), at: Instant, level: z.string(), way: z.enum(['here', 'outside']) }).nullable(),
});
export type Certification = z.infer<typeof Certification>;

/** Bản sử dụng (DIP) that was given out of an archived package: who got what, when and what for. */
export const UseCopy = z.strictObject({
  id: Id,
  madeAt: Instant,
  madeBy: z.string(),
  recipient: Recipient,
  /** thời hạn sử dụng; null: none was set */
  validUntil: Day.nullable(),
  request: PackageOrder.shape.request,
  /** of a copy with văn bản xác thực: mã xác thực lưu trữ, số lượng bản, who signed it and what was found of the signature */
  certified: z.strictObject({ code: z.string(), copies: Count, signer: z.string(), indication: z.enum(['passed', 'indeterminate']) }).nullable(),
  /** all of the package's documents, or some */
  whole: z.boolean(),
  documents: Count,
  objectId: z.string(),
  /** of METS.xml */
  sha256: z.string(),
  files: Count,
  bytes: Count,
  /** where it was put */
  path: z.string(),
  /** what the validator said of it there */
  fit: z.boolean(),
});
export type UseCopy = z.infer<typeof UseCopy>;

/** A dossier that was taken over: its package, and its AIP when one is kept. */
export const HeldDossier = z.strictObject({
  /** the received package, and the receipt with which it came */
  package: Id,
  receipt: Id,
  code: z.string(),
  documents: Count,
  archived: z.boolean(),
});
export type HeldDossier = z.infer<typeof HeldDossier>;

const OfPackage = z.strictObject({ package: Id });
const readingCodes = ['not-found', 'no-access'] as const;
/**
 * - `held-unfit`: what is held breaks `count` MUST rules, so nothing is made of it; `held-kind`: no AIP is made of this `profile`
 * - `file-damaged`: `file` of it is missing or damaged in the file store
 */
const makingCodes = [...readingCodes, 'handover-running', 'handover-cancelled', 'handover-thread', 'held-unfit', 'held-kind', 'file-damaged', ...packageBuildFailures] as const;
const entry = { audited: true } as const;

const CopyWish = { package: Id, ...UseCopyWish.shape };
/**
 * - `not-archived`: there is no AIP to make it of; `packages-nothing`: none of the documents is in it
 * - `request-incomplete`: what for, for which request, of which day must be told; `recipient-unidentified`: a certified copy names who gets it by a paper
 */
const wishCodes = ['not-archived', 'packages-nothing', 'request-incomplete', 'recipient-unidentified'] as const;

/**
 * - `certification-other`: the file is not what was made of this very wish, signed; `certification-used`: it went along with another copy
 * - `certification-unsigned`; `certification-invalid`: its signature is not valid; `certification-person`: it is a person's and not the agency's (art. 41.1)
 * - `certification-ended`: it is signed, used or thrown away already
 */
const signedCodes = ['certification-other', 'certification-used', 'certification-unsigned', 'certification-invalid', 'certification-person', 'certification-ended'] as const;

/** Kho lưu trữ: what was taken over, as AIP, and the use copies (DIP) that are given out of it. Who may not read a dossier is told nothing of its package. */
export const holdings = {
  /** The AIP of a received package; null: none was made. */
  archived: query(OfPackage, ArchivedPackage.nullable(), readingCodes),
  /** Documents of a received package in the order of their codes; `after`: as many were shown already. */
  documents: query(z.strictObject({ package: Id, after: Count, limit: z.number().int().min(1).max(1000) }), z.array(ArchivedDocument), readingCodes),
  /** Newest first; `before` is the last id already shown. */
  useCopies: query(z.strictObject({ package: Id, before: Id.nullable(), limit: z.number().int().min(1).max(200) }), z.array(UseCopy), readingCodes),
  /** Makes the AIP of a package that is held without one; has the validator judge it, and keeps it. */
  archive: command(OfPackage, ArchivedPackage, makingCodes, entry),
  /** The package that a dossier came in; null: it was not taken over, so nothing is held of it here. */
  ofDossier: query(z.strictObject({ dossier: Id }), HeldDossier.nullable(), readingCodes),
  /** Of a package, those that wait for their signature or for their copy, oldest first. */
  certifications: query(OfPackage, z.array(Certification), readingCodes),
  /** Makes the text of art. 42.2 as a PDF/A that waits for the agency's signature; nothing is given out by it. */
  makeCertification: command(z.strictObject({ ...CopyWish, certification: CertificationWish }), Certification, [...readingCodes, ...wishCodes], entry),
  /** Takes the text back that was signed outside. Codes as those of `makeUseCopy`. */
  bringCertification: command(z.strictObject({ id: Id, signed: StoredFile }), Certification, [...readingCodes, ...wishCodes, ...signedCodes, 'file-damaged'], entry),
  /** Throws a text away that has not gone along with a copy. */
  discardCertification: command(z.strictObject({ id: Id, reason: z.string().trim().min(1).max(500) }), Certification, [...readingCodes, 'certification-ended'], entry),
  /**
   * Makes a DIP of an archived package for somebody, reads it again, has the validator judge it, and writes down who got it. With `certification`
   * that signed text goes along in `documentation/`.
   */
  makeUseCopy: command(
    z.strictObject({ ...CopyWish, certification: Id.nullable(), output: z.enum(['zip', 'folder']), drive: DriveChoice }),
    z.strictObject({ copy: UseCopy, made: MadePackage }),
    [...makingCodes, ...wishCodes, ...signedCodes, 'handover-no-place'],
    entry,
  ),
};
