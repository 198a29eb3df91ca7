import { usualLimits, type ReadLimits } from '../read/limits.ts';
import { openPackage } from '../read/open-package.ts';
import type { PackageSource } from '../read/source.ts';
import { contentOf } from './content.ts';
import { refusalOf, type ReadFile } from './digests.ts';
import { judgeFormat, judgeName } from './file-judge.ts';
import { findings, type Findings } from './findings.ts';
import { namedAlgorithms } from './named-algorithms.ts';
import { packageFiles, type PackageFiles } from './package-files.ts';
import { startReading, type CheckOptions, type DigestAside } from './reading.ts';
import type { CheckedFile, Described, PackageReport, ProfileName } from './report.ts';
import { judgeSignature, type VerdictOf } from './signatures.ts';

/** What a check needs from its host. */
export type CheckDeps = {
  readonly limits?: ReadLimits;
  /** what is to be believed of the signatures in a file; left out where nobody can say */
  readonly verdictOf?: VerdictOf;
  /** other threads that read files meanwhile; left out where there are none */
  readonly digestAside?: DigestAside;
};

/**
 * Checks a package, a folder or a ZIP, and never throws for anything in it: what is wrong is in the report. What it does throw is a
 * fault of the program. Every file is digested once, in bounded memory. Stands on no database; a host runs it aside
 * (`hosts/threads/package-check-threads.ts`), as the METS of ten thousand documents takes long to parse.
 */
export async function checkPackage(path: string, deps: CheckDeps = {}, options: CheckOptions = {}): Promise<PackageReport> {
  const limits = deps.limits ?? usualLimits;
  const found = findings();
  let source: PackageSource;
  try {
    source = await openPackage(path, limits);
  } catch (error) {
    const refused = refusalOf(error, '');
    found.refused(refused, '');
    return reportOf(found, undefined, { profile: options.profile ?? 'none', from: options.profile === undefined ? 'nothing' : 'asked' });
  }
  try {
    return await checked(source, found, limits, deps, options);
  } finally {
    await source.close();
  }
}

async function checked(source: PackageSource, found: Findings, limits: ReadLimits, deps: CheckDeps, options: CheckOptions): Promise<PackageReport> {
  const package_ = packageFiles(source);
  for (const refusal of source.refusals) found.refused(refusal, package_.base);
  const reading = startReading(package_, await namedAlgorithms(package_, limits), limits, found, deps.digestAside, options);
  const content = await contentOf(found, package_, limits, reading, options.profile);
  const reads = await reading.all();
  const signed = new Map<string, readonly string[]>();
  let complete = true;
  for (const [path, file] of package_.files) {
    if (options.signal?.aborted === true) {
      complete = false;
      found.add('read.stopped', {});
      break;
    }
    judgeName(found, path, file.oldName);
    const done = await reading.one(path, content.algorithms(path));
    if (done === undefined) continue;
    judgeFormat(found, path, done);
    content.judgeFile(path, done);
    if (deps.verdictOf === undefined) continue;
    const values = await judgeSignature(found, { path, file, read: done }, deps.verdictOf);
    if (values !== undefined) signed.set(path, values);
  }
  if (complete) content.conclude(reads, signed);
  return reportOf(found, source, { profile: content.profile, from: content.profileFrom, package_, reads, complete, objectId: content.objectId, described: content.described });
}

type Parts = {
  readonly profile: ProfileName;
  readonly from: PackageReport['profileFrom'];
  readonly package_?: PackageFiles;
  readonly reads?: ReadonlyMap<string, ReadFile>;
  readonly complete?: boolean;
  readonly objectId?: string;
  readonly described?: readonly Described[];
};

function reportOf(found: Findings, source: PackageSource | undefined, { profile, from, package_, reads, complete = false, objectId = '', described = [] }: Parts): PackageReport {
  const { findings: told, broken } = found.concluded(profile);
  const by = found.brokenBy(profile);
  const files = [...(package_?.files ?? [])].map(([path, { size }]): CheckedFile => {
    const read = reads?.get(path);
    const rules = by.get(path) ?? [];
    return { path, size: read?.size ?? size, sha256: read?.digests['sha256'] ?? '', passed: read !== undefined && rules.length === 0, broken: rules };
  });
  return {
    format: 1,
    container: source?.container ?? 'folder',
    root: package_?.rootName ?? '',
    profile,
    profileFrom: from,
    objectId,
    fit: complete && broken.must === 0,
    complete,
    files,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    broken,
    findings: told,
    described,
  };
}
