import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a program of the machine said. `code` is null when it was ended by a signal or did not start. */
export type Ran = { readonly code: number | null; readonly stdout: Buffer; readonly text: string };

const mostBytes = 64 * 1024 * 1024;
const limitMs = 60_000;

/** Where a program lies, by the PATH of this process; undefined: it is not on this machine. */
export function programPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs a program to its end, aside; never throws for what it says. `text` is both of its outputs. */
export function runProgram(path: string, words: readonly string[], more: { readonly cwd?: string; readonly input?: string } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { encoding: 'buffer', maxBuffer: mostBytes, timeout: limitMs, ...(more.cwd === undefined ? {} : { cwd: more.cwd }) } as const;
    const child = execFile(path, [...words], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ code, stdout, text: `${stdout.toString('utf8')}${stderr.toString('utf8')}` });
    });
    // A program that does not read its input may be gone before it is written.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(more.input ?? '');
  });
}
