export { packageFiles } from './check/package-files.ts';
export { usualLimits } from './read/limits.ts';
export { openPackage } from './read/open-package.ts';
export { PackageRefused } from './read/refused.ts';
export { checkPackage, type CheckDeps, type CheckOptions, type CheckProgress } from './check/check-package.ts';
export { checkPackage, type CheckDeps, type CheckOptions } from './check/check-package.ts';
export { profileNames } from './check/profile-of.ts';
export type { PackageFinding, PackageReport, ProfileName } from './check/report.ts';
export type { SignatureState, SignedFile, VerdictOf } from './check/signatures.ts';
export { buildPackage, dropUnfinished, workingName, type BuildOrder, type BuildPorts, type BuiltPackage } from './build/build.ts';
export type { BuildFailure } from './build/failures.ts';
export type { BuildProgress } from './build/progress.ts';
export { folderNameOf, joinedCode, objectIdOf, zipNameOf } from './write/ids.ts';
export { escapedName, packageName, unescapedName } from './write/names.ts';
export { contentProblems, type ContentProblem, type ProblemCode } from './write/problems.ts';
export { codeLists, type CodeList } from './profile/codes.ts';
export { differences, type Difference, type DifferenceId } from './profile/differences.ts';
export { fieldTables, type Field, type FieldTables } from './profile/fields.ts';
export { formProfiles, shared, type FormProfile } from './profile/forms.ts';
export {
  packageForms,
  type CapturedSignature,
  type CapturedVerdict,
  type CollectionFields,
  type DocumentFields,
  type DossierFields,
  type LinkedDocument,
  type MediaFields,
  type PackageContent,
  type PackageDocument,
  type PackageFile,
  type PackageForm,
  type Party,
  type PdfAState,
  type PictureFields,
  type PreservationEvent,
  type RecordStatus,
  type RequestFields,
  type SchemaFile,
  type TextFields,
  type TraceEntry,
} from './model.ts';
