import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { fail, ok, type Outcome, type PackageBuildFailure } from '#contract';
import { workingName } from '../../packages/index.ts';
import { placeRefusal, roomFor, rootOf } from '../giving/package-batch.ts';
import type { HandoverDeps } from '../ports.ts';
import { madeHere } from './lying.ts';

/** Where packages are made, and how the window names what lies there. */
export type PackagePlace = {
  /** the folder, whole */
  readonly into: string;
  /** of a package that was made in it: by its place below the host's, or whole on a drive */
  readonly nameOf: (path: string) => string;
};

/** Opens the folder of packages made here, of the host's place or of a drive, for so many bytes; what a broken-off making left there goes. */
export async function placeForPackages(deps: Pick<HandoverDeps, 'place' | 'drives'>, drive: string | null, bytes: number): Promise<Outcome<PackagePlace, PackageBuildFailure | 'handover-no-place'>> {
  const root = await rootOf(deps, drive);
  if (!root.ok) return root;
  if (root.value === null) return fail('handover-no-place');
  const into = join(root.value, madeHere);
  try {
    await mkdir(into, { recursive: true });
    await clearUnfinished(into);
  } catch (error) {
    return placeRefusal(error, into);
  }
  const full = await roomFor(into, bytes);
  if (full !== undefined) return full;
  return ok({ into, nameOf: (path) => (drive === null ? `${madeHere}/${basename(path)}` : path.replaceAll(sep, '/')) });
}

/** Takes away what an earlier making left in its folder, which nobody else writes into. */
export async function clearUnfinished(into: string): Promise<void> {
  for (const name of await readdir(into)) if (name.endsWith(workingName(''))) await rm(join(into, name), { recursive: true, force: true });
}
