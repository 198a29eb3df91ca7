import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Published schemas and rules that lie beside the project; a user's clone has none. */
export const standards = join(import.meta.dirname, '../../../../shared/standards');
export const hasStandards = existsSync(standards);

/** What xmllint has against a file by the official METS, XLink, PREMIS and DILCIS schemas; '' when nothing. */
export function schemaComplaints(path: string): string {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', join(standards, 'xsd/all.xsd'), path], { encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}

/** The value of an XPath of local names, by xmllint. */
export function xpath(path: string, expression: string): string {
  return execFileSync('xmllint', ['--nonet', '--xpath', expression, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trimEnd();
}

/** Digest lines checked by coreutils; '' when all agree. */
export function sumComplaints(folder: string, lines: string): string {
  const { status, stdout, stderr } = spawnSync('sha256sum', ['--check', '--strict', '--quiet', '-'], { cwd: folder, encoding: 'utf8', input: lines });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** What a METS file names, as lines for sha256sum: path relative to it, and its digest. */
export function metsSums(mets: string): string {
  const text = readFileSync(mets, 'utf8');
  let lines = '';
  for (const [, attributes = '', location = ''] of text.matchAll(/<(?:mdRef|file) ([^>]*)>(?:<FLocat ([^>]*)\/>)?/g)) {
    const href = /xlink:href="([^"]*)"/.exec(location === '' ? attributes : location)?.[1] ?? '';
    lines += `${/CHECKSUM="([^"]*)"/.exec(attributes)?.[1]?.toLowerCase() ?? ''}  ${href}\n`;
  }
  return lines;
}

/** Paths below a folder, sorted. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    .sort();
}

/** One digest for all that is in a folder, names included. */
export function treeDigest(folder: string): string {
  const hash = createHash('sha256');
  for (const path of filesBelow(folder)) hash.update(`${path}\n`).update(readFileSync(join(folder, path)));
  return hash.digest('hex');
}

/** Complaints of Info-ZIP about a ZIP; '' when none. */
export function zipComplaints(path: string): string {
  const { status, stdout, stderr } = spawnSync('unzip', ['-tqq', path], { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}
