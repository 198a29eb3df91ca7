import { z } from 'zod';
import { command, query } from './define.ts';
import { DriveChoice, packageBuildFailures } from './packages.ts';
import { MadePackage, PackageOrder } from './packing.ts';
import { Day, Id, Instant } from './shared.ts';

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

/** Bản sử dụng (DIP) that was given out of an archived package: who got what, when and what for. */
export const UseCopy = z.strictObject({
  id: Id,
  madeAt: Instant,
  madeBy: z.string(),
  recipient: Recipient,
  /** thời hạn sử dụng; null: none was set */
  validUntil: Day.nullable(),
  request: PackageOrder.shape.request,
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

const OfPackage = z.strictObject({ package: Id });
const readingCodes = ['not-found', 'no-access'] as const;
/**
 * - `held-unfit`: what is held breaks `count` MUST rules, so nothing is made of it; `held-kind`: no AIP is made of this `profile`
 * - `file-damaged`: `file` of it is missing or damaged in the file store
 */
const makingCodes = [...readingCodes, 'handover-running', 'handover-cancelled', 'handover-thread', 'held-unfit', 'held-kind', 'file-damaged', ...packageBuildFailures] as const;
const entry = { audited: true } as const;

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
  /** Makes a DIP of an archived package for somebody, reads it again, has the validator judge it, and writes down who got it. `documents` null: all. */
  makeUseCopy: command(
    z.strictObject({ package: Id, request: PackageOrder.shape.request, recipient: Recipient, validUntil: Day.nullable(), documents: z.array(z.string().min(1).max(120)).min(1).max(10_000).nullable(), output: z.enum(['zip', 'folder']), drive: DriveChoice }),
    z.strictObject({ copy: UseCopy, made: MadePackage }),
    [...makingCodes, 'handover-no-place', 'not-archived', 'packages-nothing', 'request-incomplete'],
    entry,
  ),
};
