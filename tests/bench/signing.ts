import { createHash, sign } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributesOf, finish, prepare } from '../../electron/services/signing/index.ts';
import { good, testPki, type TestPki } from '../fakes/pki/pki.ts';
import { wishOf } from '../integration/signing/signer.ts';
import { document, make } from '../unit/foundation/pdf/make.ts';
import { figure, median, timings, type Figure } from './figures.ts';

const way = { kind: 'rsa-v1.5', digest: 'sha256' } as const;

/** One signature from file to file, less what the key takes; RSA-2048 in memory, since a token's own time is not ours. */
export async function signing(): Promise<readonly Figure[]> {
  const pki = await testPki();
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    const small = await measured(pki, scratch, 10_000, 100);
    const large = await measured(pki, scratch, 5_000_000, 20);
    const limit = 1.5 * large.copying + 5;
    return [
      figure({ name: '10 kB signed, above the key', value: small.own, unit: 'ms', reference: 'read, SHA-256, write and fsync, ms', referenceValue: small.copying, target: '≤ 5 ms', met: small.own <= 5 }),
      figure({ name: '5 MB signed, above the key', value: large.own, unit: 'ms', reference: 'read, SHA-256, write and fsync, ms', referenceValue: large.copying, target: '≤ 1.5 × + 5 ms', met: large.own <= limit }),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function measured(pki: TestPki, scratch: string, size: number, runs: number): Promise<{ readonly own: number; readonly copying: number }> {
  const source = join(scratch, `${String(size)}.pdf`);
  const target = `${source}.signed`;
  const padding = Buffer.concat([Buffer.from(`<</Length ${String(size)}>>\nstream\n`), Buffer.alloc(size, 'x'), Buffer.from('\nendstream')]);
  writeFileSync(source, make({ kind: 'table', objects: [...document, [6, padding]] }));
  const wish = wishOf(pki, 'clerk', way);
  const key = pki.key('clerk');
  const inKey: number[] = [];
  const whole = await timings(runs, () => {
    const prepared = good(prepare({ source, target }, wish));
    const attributes = attributesOf(prepared);
    const from = performance.now();
    const signature = sign('sha256', attributes, key);
    inKey.push(performance.now() - from);
    good(finish(prepared, signature));
    rmSync(target);
  });
  const copying = await timings(runs, () => {
    const bytes = readFileSync(source);
    createHash('sha256').update(bytes).digest();
    const handle = openSync(target, 'w');
    writeSync(handle, bytes);
    fsyncSync(handle);
    closeSync(handle);
    rmSync(target);
  });
  return { own: median(whole) - median(inKey), copying: median(copying) };
}
