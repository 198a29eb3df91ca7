import type { ReadLimits } from '../read/limits.ts';
import { PackageRefused } from '../read/refused.ts';
import type { PackageFile } from '../read/source.ts';
import { algorithmOf } from './digests.ts';
import type { PackageFiles } from './package-files.ts';

const declared = /CHECKSUMTYPE\s*=\s*["']\s*([^"']{1,16})["']/g;
/** longest stretch of `declared` that may lie across two pieces */
const reach = 64;

/**
 * Which digests a package wants beside SHA-256, told before anything is parsed, so that files can be read meanwhile. What is
 * written in a way that is not seen here is found by the judges, and the file read once more.
 */
export async function namedAlgorithms({ files }: PackageFiles, limits: Pick<ReadLimits, 'xmlBytes'>): Promise<readonly string[]> {
  const found = new Set<string>();
  const take = (name: string): void => {
    const algorithm = algorithmOf(name);
    if (algorithm !== undefined) found.add(algorithm);
  };
  for (const [path, file] of files) {
    const manifest = /^(?:tag)?manifest-([a-z0-9-]+)\.txt$/i.exec(path)?.[1];
    if (manifest !== undefined) take(manifest);
    if (/(^|\/)METS\.xml$/.test(path) && file.size <= limits.xmlBytes) await scan(file, take);
  }
  found.delete('sha256');
  return [...found];
}

async function scan(file: PackageFile, take: (name: string) => void): Promise<void> {
  let tail = '';
  try {
    for await (const piece of file.pieces()) {
      const text = tail + piece.toString('latin1');
      for (const [, name = ''] of text.matchAll(declared)) take(name);
      tail = text.slice(-reach);
    }
  } catch (error) {
    // Whoever reads it to judge it tells why it cannot be read.
    if (!(error instanceof PackageRefused)) throw error;
  }
}
