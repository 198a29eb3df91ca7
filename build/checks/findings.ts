import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One fault in one place. */
export type Finding = {
  /** path from the root of the project, with slashes */
  readonly file: string;
  /** 1-based */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
};

/** Every file that is committed or could be: tracked and new ones, without what .gitignore names; no links. */
export function projectFiles(root: string): string[] {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const names = [...new Set(output.split('\0'))].filter((name) => name !== '');
  return names.filter((name) => lstatSync(join(root, name), { throwIfNoEntry: false })?.isFile() === true).sort();
}

/** The text of a file; undefined when it is not text. */
export function textOf(root: string, file: string): string | undefined {
  const bytes = readFileSync(join(root, file));
  return bytes.subarray(0, 8192).includes(0) ? undefined : bytes.toString('utf8');
}

/** Prints findings as `file:line rule message`, one a line, and sets the exit code. */
export function conclude(findings: readonly Finding[]): void {
  for (const { file, line, rule, message } of findings) console.log(`${file}:${line}  ${rule}  ${message}`);
  if (findings.length > 0) process.exitCode = 1;
}
