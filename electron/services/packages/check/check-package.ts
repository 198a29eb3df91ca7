import { usualLimits, type ReadLimits } from '../read/limits.ts';
import { openPackage } from '../read/open-package.ts';
import { PackageRefused, type Refusal } from '../read/refused.ts';
import type { PackageFile, PackageSource } from '../read/source.ts';
import { contentOf } from './content.ts';
import { readWhole, type ReadFile, type ReadPath } from './digests.ts';
import { judgeFormat, judgeName } from './file-judge.ts';
import { findings, type Findings } from './findings.ts';
import { packageFiles, type PackageFiles } from './package-files.ts';
import type { CheckedFile, Described, PackageReport, ProfileName } from './report.ts';
import { judgeSignature, type VerdictOf } from './signatures.ts';

/** What a check needs from its host. */
export type CheckDeps = {
  readonly limits?: ReadLimits;
  /** what is to be believed of the signatures in a file; left out where nobody can say */
  readonly verdictOf?: VerdictOf;
};

export type CheckProgress = {
  /** bytes read so far, and bytes of all files */
  readonly bytes: number;
  readonly total: number;
  /** files read so far, and all of them */
  readonly files: number;
  readonly of: number;
};

export type CheckOptions = {
  /** judge by this profile, whatever the package says of itself */
  readonly profile?: ProfileName;
  /** told after each file and at least every 16 MiB */
  readonly onProgress?: (progress: CheckProgress) => void;
  readonly signal?: AbortSignal;
};

const progressStep = 16 * 2 ** 20;
/** milliseconds */
const longestTurn = 20;

/**
 * Checks a package, a folder or a ZIP, and never throws for anything in it: what is wrong is in the report. What it does throw is a fault of the program. Every file is read
 * once, in bounded memory. Stands on no database; a host runs it aside (`hosts/package-check-threads.ts`), as the METS of ten
 * thousand documents takes a second to parse.
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
  const reads = new Map<string, ReadFile>();
  const read = reader(package_, found, reads, options, source);
  const content = await contentOf(found, package_, limits, read, options.profile);
  let complete = true;
  for (const path of package_.files.keys()) {
    if (options.signal?.aborted === true) {
      complete = false;
      found.add('read.stopped', {});
      break;
    }
    const file = package_.files.get(path);
    if (file === undefined) continue;
    judgeName(found, path, file.oldName);
    const done = reads.get(path) ?? (await read(path, content.algorithms(path), false));
    if (done === undefined) continue;
    judgeFormat(found, path, done);
    content.judgeFile(path, done);
    if (deps.verdictOf !== undefined) await judgeSignature(found, { path, file, read: done }, deps.verdictOf);
  }
  if (complete) content.conclude(reads);
  return reportOf(found, source, { profile: content.profile, from: content.profileFrom, package_, reads, complete, objectId: content.objectId, described: content.described });
}

function reader(package_: PackageFiles, found: Findings, reads: Map<string, ReadFile>, { onProgress, signal }: CheckOptions, source: PackageSource): ReadPath {
  const total = source.files.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  let told = 0;
  let turned = performance.now();
  const tell = (): void => {
    told = bytes;
    onProgress?.({ bytes, total, files: reads.size, of: package_.files.size });
  };
  return async (path, also, keep) => {
    const file: PackageFile | undefined = package_.files.get(path);
    if (file === undefined) return undefined;
    try {
      const done = await readWhole(file, {
        also,
        keep,
        onBytes: (count) => {
          bytes += count;
          if (signal?.aborted === true) throw new PackageRefused('read.stopped');
          if (bytes - told >= progressStep) tell();
        },
      });
      // The content has been taken by then; what is kept for the comparison is small.
      reads.set(path, { ...done, bytes: undefined });
      tell();
      // Small files are read without waiting for anything; messages and a wish to stop must get through all the same.
      if (performance.now() - turned > longestTurn) {
        await new Promise((resolve) => setImmediate(resolve));
        turned = performance.now();
      }
      return done;
    } catch (error) {
      found.refused(refusalOf(error, path), package_.base);
      return undefined;
    }
  };
}

/** What a failure while reading means: a refusal, or what the operating system said. A fault of our own goes on to the host. */
function refusalOf(error: unknown, file: string): Refusal {
  if (error instanceof PackageRefused) return error.refusal;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return { rule: 'read.unreadable', file, params: { detail: code } };
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
