import { z } from 'zod';

/** A drive that `packages.lying` lists, as a folder; null: the folder that the host gives. */
export const DriveChoice = z.string().min(1).max(300).nullable();

/**
 * Why an archival package was not built. What is finished stays beside the target and is used the next time; only
 * `packages-content` begins nothing, and `packages-target-exists` leaves nothing.
 * - `packages-content`: the circular does not allow it (`count` places, `place` the first); `packages-target-exists`: `path` is taken
 * - `packages-target-gone`, `packages-target-refused`: the disk went away, or nothing may be written (`detail`)
 * - `packages-disk-full`: `needed` MB in all, 0 unknown; `packages-file-limit`: the disk holds no file as large as `path`
 * - `packages-source-unreadable`: the original of `path` is missing or damaged; `packages-written-differs`: `path` was read again
 *   and is not what was written
 * - `packages-cancelled`: somebody stopped it; `packages-thread-ended`: it crashed (`detail`)
 */
export const packageBuildFailures = [
  'packages-content',
  'packages-target-exists',
  'packages-target-gone',
  'packages-target-refused',
  'packages-disk-full',
  'packages-file-limit',
  'packages-source-unreadable',
  'packages-written-differs',
  'packages-cancelled',
  'packages-thread-ended',
] as const;
export type PackageBuildFailure = (typeof packageBuildFailures)[number];
