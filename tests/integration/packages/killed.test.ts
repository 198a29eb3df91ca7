import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPackage } from '../../../electron/services/packages/index.ts';
import { originals, smallContent, stubSchemas } from '../../fakes/packages/content.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { zipComplaints } from './judges.ts';
import { killedForm, killedRun, noted, packageDigest } from './killed-run.ts';

test.each(['folder', 'zip'] as const)('a %s that was killed at any call to the disk is finished by the next run, the same to the byte, and nothing verified is copied again', { timeout: 300_000 }, async (output) => {
  const straight = scratchFolder();
  const { told } = killedRun(straight, output, 0);
  const { calls, ok } = JSON.parse(told) as { calls: number; ok: boolean };
  expect(ok).toBe(true);
  const [name = ''] = readdirSync(straight);
  const wanted = packageDigest(join(straight, name), output);
  // All of the first and the last, between them every seventh.
  const moments = Array.from({ length: calls }, (_, index) => index + 1).filter((at) => at <= 8 || at > calls - 14 || at % 7 === 0);
  for (const at of moments) {
    const into = scratchFolder();
    expect(killedRun(into, output, at).killed, `call ${String(at)} of ${String(calls)}`).toBe(true);
    const before = new Set(noted(into).map(({ sha256 }) => sha256));
    const store = originals();
    const opened: string[] = [];
    const outcome = await buildPackage(
      { content: smallContent(killedForm, store), schemas: stubSchemas, into, output },
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
    expect(packageDigest(join(into, name), output) === wanted, `call ${String(at)}`).toBe(true);
    expect(opened.filter((sha256) => before.has(sha256)), `call ${String(at)}`).toEqual([]);
    if (output === 'zip') expect(zipComplaints(join(into, name))).toBe('');
  }
});
