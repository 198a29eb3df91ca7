export { packageFiles } from './check/package-files.ts';
export { usualLimits } from './read/limits.ts';
export { openPackage } from './read/open-package.ts';
export { PackageRefused } from './read/refused.ts';
export { checkPackage, type CheckDeps } from './check/check-package.ts';
export { digestPlaces, type DigestOrder, type Digested } from './check/digests.ts';
export type { CheckOptions, CheckProgress, DigestAside } from './check/reading.ts';
export { profileNames } from './check/profile-of.ts';
export type { CheckedFile, Described, PackageFinding, PackageReport, ProfileName } from './check/report.ts';
export type { SignatureState, SignedFile, VerdictOf } from './check/signatures.ts';
export { buildPackage, dropUnfinished, workingName, type BuildOrder, type BuildPorts, type BuiltPackage } from './build/build.ts';
export { failureParams, targetFailure, type BuildFailure } from './build/failures.ts';
export type { BuildProgress } from './build/progress.ts';
export { derivePackage, type DeriveOrder } from './derive/derive.ts';
export {
  packageForms,
  type CapturedVerdict,
  type DossierFields,
  type MediaFields,
  type PackageContent,
  type PackageDocument,
  type PackageFile,
  type PackageForm,
  type PictureFields,
  type SchemaFile,
  type TextFields,
} from './model.ts';
export { codeLists, codeOf, type CodeList } from './profile/codes.ts';
export { codeOfValue, codesOfValues } from './profile/legacy-values.ts';
export { differences } from './profile/differences.ts';
export { fieldTables } from './profile/fields.ts';
export { formProfiles } from './profile/forms.ts';
export { folderNameOf, objectIdOf, zipNameOf } from './write/ids.ts';
export { escapedName, packageName, unescapedName } from './write/names.ts';
export { contentProblems } from './write/problems.ts';
