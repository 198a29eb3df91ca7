import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { treeDigest } from './judges.ts';

export const killedForm = 'AIP_hoso';

/** Builds the small package in a process that is killed at its n-th call to the disk; 0: never. */
export function killedRun(into: string, output: 'folder' | 'zip', at: number): { readonly killed: boolean; readonly told: string } {
  const child = spawnSync(process.execPath, [join(import.meta.dirname, 'killed-build-main.ts'), JSON.stringify({ into, form: killedForm, output, at })], { encoding: 'utf8' });
  return { killed: child.signal === 'SIGKILL', told: child.stdout };
}

/** All that a package consists of, to compare. */
export function packageDigest(path: string, output: 'folder' | 'zip'): string {
  return output === 'folder' ? treeDigest(path) : readFileSync(path).toString('base64');
}

/** The folder in which a run was killed; undefined when there is none. */
export function workingFolder(into: string): string | undefined {
  const name = readdirSync(into).find((one) => one.endsWith('.unfinished'));
  return name === undefined ? undefined : join(into, name);
}

export type Noted = { readonly path: string; readonly sha256: string; readonly zip?: { readonly at: number; readonly data: number; readonly end: number } };

/** What the journal of a killed run says is finished. */
export function noted(into: string): readonly Noted[] {
  const working = workingFolder(into);
  if (working === undefined || !readdirSync(working).includes('journal.jsonl')) return [];
  const whole = readFileSync(join(working, 'journal.jsonl'), 'utf8').split('\n').slice(1, -1);
  return whole.map((line) => JSON.parse(line) as Noted | { readonly whole: true }).filter((one) => 'sha256' in one);
}
