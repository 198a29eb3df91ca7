import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../store/helpers.ts';

const samples = join(import.meta.dirname, '../../../../../shared/samples');

/** Whether the real published documents lie beside the project; a user's clone has none. */
export const hasSamples = existsSync(samples);

/** A published document of the samples. */
export function sample(name: string): Buffer {
  return readFileSync(join(samples, name));
}

/** Writes bytes to a file that goes with the test. */
function onDisk(bytes: Uint8Array, name = 'a.pdf'): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** What qpdf complains of, each line once and without the file's name; empty when it has nothing to say. */
export function qpdfComplaints(bytes: Uint8Array): readonly string[] {
  const path = onDisk(bytes);
  const { stdout, stderr, status } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' });
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => /WARNING|ERROR|error|warning/.test(line));
  const said = lines.map((line) => line.replaceAll(path, 'file').replaceAll(/\d+/g, '#')).filter((line) => !/No syntax or stream encoding errors|errors that qpdf cannot detect/.test(line));
  return status === 0 && said.length === 0 ? [] : [...new Set([...said, `exit ${String(status)}`])].sort();
}

/** A file as qpdf makes it from another. */
export function byQpdf(bytes: Uint8Array, ...options: readonly string[]): Buffer {
  const path = onDisk(bytes);
  const result = spawnSync('qpdf', [...options, path, `${path}.out`], { encoding: 'utf8' });
  if (result.status !== 0 && result.status !== 3) throw new Error(result.stderr);
  return readFileSync(`${path}.out`);
}

/** The text of all pages, by poppler. */
export function textByPoppler(bytes: Uint8Array): string {
  return execFileSync('pdftotext', [onDisk(bytes), '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

/** The text of all pages, by mupdf; throws when that has to repair the file. */
export function textByMupdf(bytes: Uint8Array): string {
  const { stdout, stderr, status } = spawnSync('mutool', ['draw', '-F', 'txt', onDisk(bytes)], { encoding: 'utf8' });
  if (status !== 0 || /repair|error|cannot/i.test(stderr)) throw new Error(stderr);
  return stdout.replaceAll('\f', '').trim();
}
