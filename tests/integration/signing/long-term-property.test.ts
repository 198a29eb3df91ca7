import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complete, levelOf, signFile, type SigningWish } from '../../../electron/services/signing/index.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers, type PkiServers } from '../../fakes/pki/servers.ts';
import { qpdfComplaints } from '../../unit/foundation/pdf/judges.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { evidenceDeps, publishLists } from './evidence.ts';
import { onDisk } from './files.ts';
import { signedBy, wishOf } from './signer.ts';

const tsa = 'http://tsa.ca.test/';
const ways = { clerk: { kind: 'rsa-v1.5', digest: 'sha256' }, ec256: { kind: 'ecdsa', digest: 'sha256' } } as const;
let pki: TestPki;
let servers: PkiServers;
beforeAll(async () => {
  pki = await testPki();
  servers = await startPkiServers(pki);
  await publishLists(pki, servers);
});
afterAll(() => servers.close());

type Step = { readonly does: 'sign'; readonly by: keyof typeof ways; readonly level: SigningWish['level']; readonly online: boolean } | { readonly does: 'complete'; readonly level: 'T' | 'LT' | 'LTA' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('sign' as const), by: fc.constantFrom('clerk' as const, 'ec256' as const), level: fc.constantFrom('B' as const, 'T' as const, 'LT' as const, 'LTA' as const), online: fc.boolean() }),
  fc.record({ does: fc.constant('complete' as const), level: fc.constantFrom('T' as const, 'LT' as const, 'LTA' as const) }),
);

/** The file after a step; the same when there was nothing to complete. */
async function after(bytes: Buffer, one: Step): Promise<Buffer> {
  const files = onDisk(bytes);
  const deps = evidenceDeps(pki, servers);
  if (one.does === 'sign') {
    const way = ways[one.by];
    good(await signFile({ ...deps, evidence: deps }, { ...files, tsa: one.online ? tsa : null }, wishOf(pki, one.by, way, { level: one.level }), signedBy(pki, one.by, way)));
    return files.signed();
  }
  const result = await complete(deps, files, { level: one.level, tsa });
  if (!result.ok) expect(['nothing-to-complete', 'level-reached']).toContain(result.failure.code);
  return result.ok ? files.signed() : bytes;
}

/** Digests of what each ByteRange in the file names, by regular expression and not by our reader. */
function coveredIn(bytes: Buffer): readonly string[] {
  return [...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[0 (\d+) (\d+) (\d+)\s*\]/g)].map((match) => {
    const [length = 0, second = 0, rest = 0] = match.slice(1).map(Number);
    return createHash('sha256').update(bytes.subarray(0, length)).update(bytes.subarray(second, second + rest)).digest('hex');
  });
}

const order = [null, 'B', 'T', 'LT', 'LTA'];

test('whatever is signed and completed in whatever order: no signed byte becomes another, and no level falls', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('table', 'stream, packed', 'hybrid'), fc.array(step, { minLength: 2, maxLength: 5 }), async (name, steps) => {
      const start = bases()[name] ?? Buffer.alloc(0);
      let bytes = start;
      let covered: readonly string[] = [];
      let levels: readonly number[] = [];
      for (const one of steps) {
        bytes = await after(bytes, one);
        const nowCovered = coveredIn(bytes);
        expect(nowCovered.slice(0, covered.length)).toEqual(covered);
        const found = good(levelOf(onDisk(bytes).source, evidenceDeps(pki, servers)));
        const nowLevels = found.map(({ level }) => order.indexOf(level));
        for (const [index, level] of nowLevels.entries()) expect(level).toBeGreaterThanOrEqual(levels[index] ?? 1);
        expect(qpdfComplaints(bytes)).toEqual(qpdfComplaints(start));
        covered = nowCovered;
        levels = nowLevels;
        if (one.does === 'complete' && levels.length > 0) expect(Math.min(...levels)).toBeGreaterThanOrEqual(order.indexOf(one.level));
      }
      expect(bytes.subarray(0, start.length).equals(start)).toBe(true);
    }),
    { numRuns: 12 },
  );
});
