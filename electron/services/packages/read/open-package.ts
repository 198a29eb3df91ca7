import { stat } from 'node:fs/promises';
import { openFolder } from './folder.ts';
import type { ReadLimits } from './limits.ts';
import { PackageRefused } from './refused.ts';
import type { PackageSource } from './source.ts';
import { openZip } from './zip.ts';

/** Opens a package by its path, a folder or a ZIP, whatever its name ends with. Throws `PackageRefused`. */
export async function openPackage(path: string, limits: ReadLimits): Promise<PackageSource> {
  let facts: Awaited<ReturnType<typeof stat>>;
  try {
    facts = await stat(path);
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? '';
    throw new PackageRefused(detail === 'ENOENT' ? 'read.absent' : 'read.unreadable', '', { detail });
  }
  if (facts.isDirectory()) return openFolder(path, limits);
  if (facts.isFile()) return openZip(path, limits);
  throw new PackageRefused('read.not-a-package');
}
