import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that the suite judges with, and the Debian package it comes in. */
export type Tool = { readonly program: string; readonly package: string };

/** Everything is there, or the command that a person must type. */
export type Ready = { readonly ok: true } | { readonly ok: false; readonly command: string };

export const judges: readonly Tool[] = [
  { program: 'chromium', package: 'chromium' },
  { program: 'softhsm2-util', package: 'softhsm2' },
  { program: 'pkcs11-tool', package: 'opensc' },
  { program: 'pdfsig', package: 'poppler-utils' },
  { program: 'mutool', package: 'mupdf-tools' },
  { program: 'gs', package: 'ghostscript' },
  { program: 'qpdf', package: 'qpdf' },
  { program: 'xmlsec1', package: 'xmlsec1' },
  { program: 'xmllint', package: 'libxml2-utils' },
  { program: 'openssl', package: 'openssl' },
  { program: 'Xvfb', package: 'xvfb' },
  { program: 'unzip', package: 'unzip' },
  { program: 'zip', package: 'zip' },
  { program: 'python3', package: 'python3' },
];

function isThere(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/**
 * Makes sure the tools are there: installs what is missing when this is root on Debian and `mayInstall` says so. Otherwise
 * answers the command that a person must type.
 */
export function ensureTools(tools: readonly Tool[], mayInstall = true): Ready {
  const missing = tools.filter(({ program }) => !isThere(program)).map((tool) => tool.package);
  if (missing.length === 0) return { ok: true };
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  const command = `apt-get update && apt-get ${install.join(' ')}`;
  const rootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!rootOnDebian || !mayInstall) return { ok: false, command: `sudo sh -c '${command}'` };
  process.stdout.write(`Installing what the suite judges with: ${missing.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update', '-qq'], install]) {
    const ran = spawnSync('apt-get', words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (ran.status !== 0) return { ok: false, command };
  }
  return tools.every(({ program }) => isThere(program)) ? { ok: true } : { ok: false, command };
}
