import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../electron/foundation/clock.ts';
import { complete, signFile } from '../../electron/services/signing/index.ts';
import { createCrlClient, memoryCache, type TrustHttp } from '../../electron/services/trust/index.ts';
import { opensslOcsp, opensslTimestamp } from '../fakes/pki/answers.ts';
import { day, makeCrl } from '../fakes/pki/make.ts';
import { good, type TestPki } from '../fakes/pki/pki.ts';
import { signedBy, wishOf } from '../integration/signing/signer.ts';
import { document, make } from '../unit/foundation/pdf/make.ts';
import { figure, median, timings, type Figure } from './figures.ts';

const way = { kind: 'rsa-v1.5', digest: 'sha256' } as const;

/** Completing to LT and LTA, less what the services took, beside a plain copy of the file. */
export async function signingLater(pki: TestPki, scratch: string): Promise<readonly Figure[]> {
  const measured = [await completed(pki, scratch, 10_000, 20), await completed(pki, scratch, 100_000_000, 3)] as const;
  return measured.flatMap(({ size, toLt, toLta, copying }) =>
    ([['LT', toLt, 2], ['LTA', toLta, 3]] as const).map(([level, value, factor]) =>
      figure({ name: `${size} completed from B to ${level}, above the services`, value, unit: 'ms', reference: 'read, SHA-256, write and fsync, ms', referenceValue: copying, target: `≤ ${String(factor)} × + 50 ms`, met: value <= factor * copying + 50 }),
    ),
  );
}

function fileOf(scratch: string, size: number): string {
  const path = join(scratch, `${String(size)}.pdf`);
  const padding = Buffer.concat([Buffer.from(`<</Length ${String(size)}>>\nstream\n`), Buffer.alloc(size, 'x'), Buffer.from('\nendstream')]);
  writeFileSync(path, make({ kind: 'table', objects: [...document, [6, padding]] }));
  return path;
}

async function copyingOf(source: string, target: string, runs: number): Promise<number> {
  const taken = await timings(runs, () => {
    const bytes = readFileSync(source);
    createHash('sha256').update(bytes).digest();
    const handle = openSync(target, 'w');
    writeSync(handle, bytes);
    fsyncSync(handle);
    closeSync(handle);
    rmSync(target);
  });
  return median(taken);
}

/** Completing a file that was signed without network; OpenSSL's services answer in this process, and their time is taken off. */
async function completed(pki: TestPki, scratch: string, size: number, runs: number): Promise<{ readonly size: string; readonly toLt: number; readonly toLta: number; readonly copying: number }> {
  const original = fileOf(scratch, size);
  const source = `${original}.B`;
  const target = `${original}.later`;
  let inServices = 0;
  const list = await makeCrl(pki.folder, 'g2root', day(-1), day(6));
  const http: TrustHttp = ({ url, body }) => {
    const from = performance.now();
    const answer = url.includes('tsa') ? opensslTimestamp(pki, body ?? Buffer.alloc(0)) : url.endsWith('.crl') ? list : opensslOcsp(pki, 'g2ca', body ?? Buffer.alloc(0));
    inServices += performance.now() - from;
    return Promise.resolve({ ok: true, value: { status: 200, headers: {}, body: once(answer), abort: () => undefined } });
  };
  good(await signFile({ http, hosts: {}, clock: systemClock }, { source: original, target: source, tsa: null }, wishOf(pki, 'clerk', way, { level: 'T' }), signedBy(pki, 'clerk', way)));
  const to = async (level: 'LT' | 'LTA'): Promise<number> => {
    const above: number[] = [];
    await timings(runs, async () => {
      const client = { http, hosts: {}, clock: systemClock, cache: memoryCache() };
      const deps = { ...client, crls: createCrlClient({ ...client, folder: join(scratch, 'lists') }), anchors: pki.anchors('g2root'), certificates: [] };
      inServices = 0;
      const from = performance.now();
      const { missing } = good(await complete(deps, { source, target }, { level, tsa: 'http://tsa.ca.test/' }));
      if (missing !== null) throw new Error(missing.detail);
      above.push(performance.now() - from - inServices);
      rmSync(target);
    });
    return median(above);
  };
  return { size: size < 1_000_000 ? '10 kB' : '100 MB', toLt: await to('LT'), toLta: await to('LTA'), copying: await copyingOf(source, target, runs) };
}

/** A body that is there already. */
async function* once(bytes: Uint8Array): AsyncGenerator<{ readonly ok: true; readonly value: Uint8Array }> {
  yield { ok: true, value: bytes };
}
