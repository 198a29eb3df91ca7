import { z } from 'zod';
import { command, query } from './define.ts';
import { HandoverRemark } from './handover.ts';
import { DriveChoice, packageBuildFailures } from './packages.ts';
import { StoredFile } from './records.ts';
import { Day, Empty, Id, Instant } from './shared.ts';

const Count = z.number().int().nonnegative();
const Text = (most: number): z.ZodString => z.string().trim().max(most);
const Code = Text(35).regex(/^([A-Za-z0-9][A-Za-z0-9._-]*)?$/);

/** Forms that the window makes: TT 05/2025/TT-BNV Phụ lục I–V, E-ARK SIP, a bag of RFC 8493. */
export const MadeForm = z.enum(['SIP_hoso', 'SIP_tailieu', 'AIP_hoso', 'AIP_tailieu', 'DIP', 'EARK_2_1_0', 'EARK_2_2_0', 'BagIt']);
export type MadeForm = z.infer<typeof MadeForm>;

/** Code of `maintenance`: 01 vĩnh viễn, 02 70, 03 50, 04 30, 05 20, 06 10 năm, 07 khác (TT 05/2025, field tables). */
export const MaintenanceCode = z.enum(['01', '02', '03', '04', '05', '06', '07']);
/** Code of `purpose` and of `feeObjectType` (TT 05/2025, Phụ lục V). */
export const PurposeCode = z.enum(['01', '02', '03']);
export const FeeObjectCode = z.enum(['', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10']);

/**
 * What packages are made of. Forms of dossiers make one package for each of `dossiers`; a DIP holds the documents of all of them;
 * forms of loose documents (tài liệu) hold `documents` in one. What a form does not ask for stays empty.
 */
export const PackageOrder = z.strictObject({
  form: MadeForm,
  dossiers: z.array(Id).max(200),
  documents: z.array(z.strictObject({ kind: z.enum(['incoming', 'outgoing']), id: Id })).max(2000),
  /** mã đăng ký yêu cầu thu nộp */
  agreement: Text(60),
  /** who keeps or receives it: name and code; '' none */
  archive: z.strictObject({ name: Text(200), code: Code }),
  /** of a package of loose documents; its code is made of year, turn and number (Phụ lục II, IV) */
  collection: z.strictObject({ title: Text(1000), turn: z.number().int().min(1).max(99), number: z.number().int().min(1).max(9_999_999), maintenance: MaintenanceCode, description: Text(2000) }),
  /** what a reader asked for */
  request: z.strictObject({ id: Text(100), day: Day.nullable(), purpose: PurposeCode, content: Text(500), payer: FeeObjectCode, topic: Text(250), description: Text(2000) }),
});
export type PackageOrder = z.infer<typeof PackageOrder>;

/** One package that would be made. `key`: the dossier, or the form's name. */
export const PlannedPackage = z.strictObject({ key: z.string(), code: z.string(), title: z.string(), documents: Count, files: Count, bytes: Count, stopping: Count });
export type PlannedPackage = z.infer<typeof PlannedPackage>;
export const PackageLook = z.strictObject({ packages: z.array(PlannedPackage), /** what stops comes first */ remarks: z.array(HandoverRemark), stopping: Count });
export type PackageLook = z.infer<typeof PackageLook>;

/** Where packages lie below this machine's folder: made by hand, made for a hand-over, or brought here. */
export const LyingIn = z.enum(['made', 'given', 'arrived']);
export const LyingPackage = z.strictObject({ /** its place below that folder, parted by `/`; of one on a drive the whole path */ path: z.string(), name: z.string(), container: z.enum(['zip', 'folder']), in: LyingIn, drive: DriveChoice, /** of a ZIP; null of a folder */ bytes: Count.nullable(), changedAt: Instant, /** a receipt has looked at it as it lies there */ taken: z.boolean() });
export type LyingPackage = z.infer<typeof LyingPackage>;

export const PackageProfile = z.enum(['tt05-sip-hoso', 'tt05-sip-tailieu', 'tt05-aip-hoso', 'tt05-aip-tailieu', 'tt05-dip', 'csip-2.1.0', 'csip-2.2.0', 'bagit-1.0', 'tt02-2019', 'none']);
export const RuleLevelName = z.enum(['must', 'should', 'may']);
/** One broken rule at one place; its sentence is `package.rule.<rule>`, which `params` fill. */
export const PackageRemark = z.strictObject({
  rule: z.string(),
  level: RuleLevelName,
  /** article, annex or rule number that demands it */
  source: z.string(),
  /** P: primary text, R: reported, K: our reading */
  confidence: z.enum(['P', 'R', 'K']),
  /** '' for the package as a whole */
  file: z.string(),
  at: z.string(),
  /** 0 when there is none to name */
  line: Count,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type PackageRemark = z.infer<typeof PackageRemark>;
export const PackageVerdict = z.strictObject({
  name: z.string(),
  container: z.enum(['zip', 'folder']),
  profile: PackageProfile,
  objectId: z.string(),
  /** code and title as its field file has them; '' none */
  code: z.string(),
  title: z.string(),
  fit: z.boolean(),
  /** false: reading was ended early */
  complete: z.boolean(),
  files: Count,
  failed: Count,
  bytes: Count,
  documents: Count,
  broken: z.strictObject({ must: Count, should: Count, may: Count }),
  /** the gravest first; what is left out is counted in `broken` */
  remarks: z.array(PackageRemark),
});
export type PackageVerdict = z.infer<typeof PackageVerdict>;

export const MadePackage = z.strictObject({
  /** place below the machine's folder, for a further look; and where that is */
  path: z.string(),
  folder: z.string(),
  objectId: z.string(),
  code: z.string(),
  title: z.string(),
  documents: Count,
  files: Count,
  bytes: Count,
  /** of METS.xml, or of the tag manifest of a bag */
  sha256: z.string(),
  /** what the validator said of it after it was written */
  fit: z.boolean(),
  broken: PackageVerdict.shape.broken,
});
export type MadePackage = z.infer<typeof MadePackage>;

/**
 * - `handover-running`: other long work is on; `handover-no-place`: this machine has no folder for packages
 * - `packages-nothing`: nothing was chosen; `packages-remarks-stop`: something is to be mended first (`count`)
 */
export const makingCodes = ['handover-running', 'handover-no-place', 'handover-thread', 'packages-nothing', 'packages-remarks-stop', ...packageBuildFailures] as const;

/** Packages made by hand, and the look at those that come from elsewhere. The long work is told by `handover.progress`. */
export const packages = {
  /** What would be made, and everything that stands against it; reads no file. Quick enough to be asked while one chooses. */
  look: query(PackageOrder, PackageLook),
  /** Packages in the machine's folder and on its drives, the newest first. */
  lying: query(Empty, z.strictObject({ place: z.string().nullable(), /** drives that are plugged in, as folders */ drives: z.array(z.string()), packages: z.array(LyingPackage) })),
  /** Makes them one after another, reads each again, and has the validator judge it; what was begun and not finished is taken away. */
  make: command(z.strictObject({ order: PackageOrder, output: z.enum(['zip', 'folder']), drive: DriveChoice }), z.array(MadePackage), makingCodes, { audited: true }),
  /** Judges a package that lies there, by the rules of its own profile. */
  judge: command(z.strictObject({ path: z.string().min(1).max(500) }), PackageVerdict, ['handover-running', 'handover-thread', 'handover-cancelled', 'package-gone'], { audited: { no: 'it reads, and changes nothing' } }),
  /** Has the shell show where a package lies, or a folder with packages in it; only what `lying` finds, nothing else of this machine. */
  show: command(z.strictObject({ path: z.string().min(1).max(500) }), Empty, ['package-gone', 'files-not-shown'], { audited: { no: 'it shows, and changes nothing' } }),
  /** Lays a ZIP that came through the window where packages that came lie. */
  layIn: command(z.strictObject({ file: StoredFile }), LyingPackage, ['handover-no-place', 'package-there', 'package-no-zip', 'file-damaged', ...packageBuildFailures], { audited: { no: 'it is noted when it is taken in' } }),
};
