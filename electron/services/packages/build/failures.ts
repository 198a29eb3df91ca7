import type { PackageBuildFailure } from '#contract';
import type { ContentProblem } from '../write/problems.ts';

/** Why a package was not made. What is finished of it stays beside the target and is used the next time, unless said otherwise. */
export type BuildFailure =
  /** the circular does not allow this content; nothing was begun */
  | { readonly code: 'packages-content'; readonly problems: readonly ContentProblem[] }
  /** something of that name is there already */
  | { readonly code: 'packages-target-exists'; readonly path: string }
  /** the folder, its disk or the network to it is not there (any more) */
  | { readonly code: 'packages-target-gone'; readonly detail: string }
  /** no right to write there */
  | { readonly code: 'packages-target-refused'; readonly detail: string }
  /** bytes wanted and free; free is 0 when the disk said so itself */
  | { readonly code: 'packages-disk-full'; readonly needed: number; readonly free: number }
  /** the disk's file system has no files of this size (FAT32: 4 GiB) */
  | { readonly code: 'packages-file-limit'; readonly path: string }
  /** an original cannot be read, or is not what its digest says */
  | { readonly code: 'packages-source-unreadable'; readonly path: string; readonly sha256: string; readonly detail: string }
  /** what was read again from the target is not what was written there */
  | { readonly code: 'packages-written-differs'; readonly path: string }
  | { readonly code: 'packages-cancelled' };

/** Carries a failure up to `buildPackage`. */
export class BuildStop extends Error {
  readonly failure: BuildFailure;
  constructor(failure: BuildFailure) {
    super(failure.code satisfies PackageBuildFailure);
    this.failure = failure;
  }
}

const gone = new Set(['ENOENT', 'ENODEV', 'ENXIO', 'EIO', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN', 'EHOSTUNREACH', 'ETIMEDOUT', 'ENOTDIR', 'ENOTFOUND', 'UNKNOWN']);
const refused = new Set(['EACCES', 'EPERM', 'EROFS']);

/** The declared failure that a system error at the target is; undefined for one that nobody thought of. */
export function targetFailure(error: unknown, path: string): BuildFailure | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'packages-disk-full', needed: 0, free: 0 };
  // Somebody else took the name in the last moment.
  if (code === 'EEXIST' || code === 'ENOTEMPTY') return { code: 'packages-target-exists', path };
  if (code === 'EFBIG') return { code: 'packages-file-limit', path };
  if (gone.has(code)) return { code: 'packages-target-gone', detail: code };
  if (refused.has(code)) return { code: 'packages-target-refused', detail: code };
  return undefined;
}

/** What the sentence of a failure tells (`packageBuildFailures`). */
export function failureParams(failure: BuildFailure): Readonly<Record<string, string | number>> {
  const { code, ...facts } = failure;
  if (code === 'packages-content') return { count: failure.problems.length, place: failure.problems[0]?.place ?? '' };
  if (code === 'packages-disk-full') return { needed: Math.ceil(failure.needed / 1_000_000), free: Math.floor(failure.free / 1_000_000) };
  return facts as Readonly<Record<string, string>>;
}
