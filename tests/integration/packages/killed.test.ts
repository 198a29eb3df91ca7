import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPackage } from '../../../electron/services/packages/index.ts';
import { originals, smallContent, stubSchemas } from '../../fakes/packages/content.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { treeDigest, zipComplaints } from './judges.ts';

const form = 'AIP_hoso';

function run(into: string, output: 'folder' | 'zip', at: number): { readonly killed: boolean; readonly told: string } {
  const child = spawnSync(process.execPath, [join(import.meta.dirname, 'killed-build-main.ts'), JSON.stringify({ into, form, output, at })], { encoding: 'utf8' });
  return { killed: child.signal === 'SIGKILL', told: child.stdout };
}

/** What the journal of a killed run says is finished. */
function finished(into: string): ReadonlySet<string> {
  const working = readdirSync(into).find((name) => name.endsWith('.unfinished'));
  if (working === undefined || !readdirSync(join(into, working)).includes('journal.jsonl')) return new Set();
  const whole = readFileSync(join(into, working, 'journal.jsonl'), 'utf8').split('\n').slice(1, -1);
  return new Set(whole.flatMap((line) => (JSON.parse(line) as { sha256?: string }).sha256 ?? []));
}

function digestOf(path: string, output: 'folder' | 'zip'): string {
  return output === 'folder' ? treeDigest(path) : readFileSync(path).toString('base64');
}

test.each(['folder', 'zip'] as const)('a %s that was killed at any call to the disk is finished by the next run, the same to the byte, and nothing verified is copied again', { timeout: 300_000 }, async (output) => {
  const straight = scratchFolder();
  const { told } = run(straight, output, 0);
  const { calls, ok } = JSON.parse(told) as { calls: number; ok: boolean };
  expect(ok).toBe(true);
  const [name = ''] = readdirSync(straight);
  const wanted = digestOf(join(straight, name), output);
  // All of the first and the last, between them every seventh.
  const moments = Array.from({ length: calls }, (_, index) => index + 1).filter((at) => at <= 8 || at > calls - 14 || at % 7 === 0);
  for (const at of moments) {
    const into = scratchFolder();
    expect(run(into, output, at).killed, `call ${String(at)} of ${String(calls)}`).toBe(true);
    const before = finished(into);
    const store = originals();
    const opened: string[] = [];
    const outcome = await buildPackage(
      { content: smallContent(form, store), schemas: stubSchemas, into, output },
      {
        open: (sha256) => {
          opened.push(sha256);
          return store.open(sha256);
        },
      },
    );
    const isNamed = readdirSync(into).length > 0 && !outcome.ok;
    // The last act but one is the name; after it the package is there, whole, and is not made a second time.
    if (isNamed) expect(outcome).toMatchObject({ failure: { code: 'packages-target-exists' } });
    else expect(outcome.ok, JSON.stringify(outcome)).toBe(true);
    expect(readdirSync(into), `call ${String(at)}`).toEqual([name]);
    expect(digestOf(join(into, name), output) === wanted, `call ${String(at)}`).toBe(true);
    expect(opened.filter((sha256) => before.has(sha256)), `call ${String(at)}`).toEqual([]);
    if (output === 'zip') expect(zipComplaints(join(into, name))).toBe('');
  }
});
