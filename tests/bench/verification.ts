import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { systemClock } from '../../electron/foundation/clock.ts';
import { fileBytes } from '../../electron/foundation/pdf/index.ts';
import { coreFlags } from '../../electron/hosts/shell/fork-core.ts';
import { verificationThreads } from '../../electron/hosts/threads/verification-threads.ts';
import { memoryCache, readCrl, type TrustHttp } from '../../electron/services/trust/index.ts';
import { clientEvidence, findDifferences, verifyFile, type EvidenceSource, type VerifyDeps } from '../../electron/services/verification/index.ts';
import { writeLargeCrl } from '../fakes/pki/large-crl.ts';
import { good, testPki, type TestPki } from '../fakes/pki/pki.ts';
import { tokenOver } from '../integration/verification/cms.ts';
import { currentCrl, depsOf, issuers, signedWith, stampedWith, today } from '../integration/verification/world.ts';
import { document, make } from '../unit/foundation/pdf/make.ts';
import { figure, median, timings, type Figure } from './figures.ts';

const mebibyte = 1024 * 1024;
const entries = 1_000_000;

/** What a station that is at work has: lists read, nothing to fetch. */
async function warmEvidence(pki: TestPki): Promise<EvidenceSource> {
  const lists = new Map(await Promise.all(issuers.map(async (id) => [pki.certificate(id).sha256, good(readCrl(await currentCrl(pki, id), pki.certificate(id)))] as const)));
  return {
    issuers: () => Promise.resolve([]),
    status: (_certificate, issuer) => {
      const crl = lists.get(issuer.sha256);
      return Promise.resolve({ ocsps: [], crls: crl === undefined ? [] : [{ crl, path: '' }] });
    },
  };
}

/** Verifies a file on the disk that must pass. */
async function verified(deps: VerifyDeps, path: string, at = today): Promise<void> {
  const handle = openSync(path, 'r');
  try {
    const { indication } = await verifyFile(deps, fileBytes(handle, fstatSync(handle).size), { at });
    if (indication !== 'passed') throw new Error(indication);
  } finally {
    closeSync(handle);
  }
}

function digested(path: string): void {
  const handle = openSync(path, 'r');
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafeSlow(mebibyte);
  for (let count = readSync(handle, piece); count > 0; count = readSync(handle, piece)) hash.update(piece.subarray(0, count));
  hash.digest();
  closeSync(handle);
}

/** Verdicts on files of the test PKI, with the analysis of what came after each signature. */
export async function verification(): Promise<readonly Figure[]> {
  const pki = await testPki();
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    const deps = { ...depsOf(pki), evidence: await warmEvidence(pki), differences: findDifferences };
    const put = (name: string, bytes: Buffer): string => {
      writeFileSync(join(scratch, name), bytes);
      return join(scratch, name);
    };
    const stamp = (value: Uint8Array): Buffer => tokenOver(pki, 'tsa', [value], today);
    const small = stampedWith(pki, { signer: 'clerk' }, [stamp]);
    const smallPath = put('small.pdf', small);
    const one = median(await timings(200, () => verified(deps, smallPath)));
    const smallDigest = median(await timings(200, () => digested(smallPath)));

    const size = 100 * mebibyte;
    const padding = Buffer.concat([Buffer.from(`<</Length ${String(size)}>>\nstream\n`), Buffer.alloc(size, 'x'), Buffer.from('\nendstream')]);
    const largePath = put('large.pdf', stampedWith(pki, { signer: 'clerk' }, [stamp], { base: make({ kind: 'table', objects: [...document, [6, padding]] }) }));
    const large = median(await timings(9, () => verified(deps, largePath)));
    const largeDigest = median(await timings(9, () => digested(largePath)));

    let many: Buffer = small;
    for (let n = 1; n < 50; n += 1) many = signedWith(pki, { signer: n % 2 === 0 ? 'clerk' : 'leader' }, { base: many });
    const manyPath = put('many.pdf', many);
    const fifty = median(await timings(20, () => verified(deps, manyPath)));
    const manyDigest = median(await timings(20, () => digested(manyPath)));
    return [
      figure({ name: 'small file, one signature with a time-stamp, warm chain', value: one, unit: 'ms', reference: 'SHA-256 of the file, ms', referenceValue: smallDigest, target: '≤ 5 ms', met: one <= 5 }),
      figure({ name: '100 MB, one signature', value: large, unit: 'ms', reference: 'SHA-256 of the file, ms', referenceValue: largeDigest, target: '≤ 1.5 ×', met: large <= 1.5 * largeDigest }),
      figure({ name: '50 signatures', value: fifty, unit: 'ms', reference: 'SHA-256 of the file, ms', referenceValue: manyDigest, target: '≤ 150 ms', met: fifty <= 150 }),
      ...(await listed(pki, scratch, smallPath)),
      await scaled(pki, deps),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The list in a process like the core's, so that its memory is its own. */
async function listed(pki: TestPki, scratch: string, file: string): Promise<Figure[]> {
  const list = join(scratch, 'list.crl');
  writeLargeCrl(list, pki, 'g2ca', entries);
  writeFileSync(join(scratch, 'root.crl'), await currentCrl(pki, 'g2root'));
  const child = spawn(process.execPath, [...coreFlags, import.meta.filename, scratch, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout)) as Figure[];
}

async function withLists(scratch: string, file: string): Promise<Figure[]> {
  const pki = await testPki();
  const http: TrustHttp = ({ url }) => {
    const name = url.endsWith('g2ca.crl') ? 'list.crl' : url.endsWith('g2root.crl') ? 'root.crl' : undefined;
    if (name === undefined) return Promise.resolve({ ok: false, failure: { code: 'offline' } });
    return Promise.resolve({ ok: true, value: { status: 200, headers: {}, body: bodyOf(join(scratch, name)), abort: () => undefined } });
  };
  const evidence = clientEvidence({ http, clock: systemClock, cache: memoryCache(), hosts: {}, folder: join(scratch, 'lists') });
  const deps = { ...depsOf(pki), evidence };
  const at = new Date('2026-11-23T00:00:00Z');
  const before = process.memoryUsage().rss;
  let highest = before;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
  }, 5);
  const from = performance.now();
  await verified(deps, file, at);
  const first = (performance.now() - from) / 1000;
  clearInterval(watch);
  const again = median(await timings(50, () => verified(deps, file, at)));
  const used = (highest - before) / mebibyte;
  const reference = { reference: 'entries', referenceValue: entries };
  return [
    figure({ name: 'list of 1 000 000 revoked certificates, first verdict', value: first, unit: 's', ...reference, target: '≤ 3 s', met: first <= 3 }),
    figure({ name: 'the same list, afterwards', value: again, unit: 'ms', ...reference, target: '≤ 5 ms', met: again <= 5 }),
    figure({ name: 'the same list, memory above the start', value: used, unit: 'MiB', ...reference, target: '≤ 100 MB', met: used <= 100 }),
  ];
}

async function* bodyOf(path: string): AsyncGenerator<{ readonly ok: true; readonly value: Uint8Array }> {
  for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) yield { ok: true, value: piece as Buffer };
}

async function scaled(pki: TestPki, deps: VerifyDeps): Promise<Figure> {
  // Lists inside the file: what is measured is verifying, not asking.
  const crls = await Promise.all(['g2ca', 'g2root'].map((id) => currentCrl(pki, id)));
  const bytes = signedWith(pki, { signer: 'clerk', crls });
  const rate = async (count: number): Promise<number> => {
    const threads = verificationThreads({ anchors: deps.anchors, edition: 'bench', certificates: issuers.map((id) => pki.der(id)), evidence: { issuers: () => Promise.resolve([]), status: () => Promise.resolve({ ocsps: [], crls: [] }) }, incident: (why) => { throw new Error(why); }, count });
    const run = (files: number): Promise<unknown> => Promise.all(Array.from({ length: files }, () => threads.verify({ kind: 'bytes', bytes: new Uint8Array(bytes) }, { at: today })));
    // Each thread shall have run as long as the others before it is timed.
    await run(600 * count);
    const from = performance.now();
    await run(1000);
    const seconds = (performance.now() - from) / 1000;
    await threads.stop();
    return 1000 / seconds;
  };
  // In turns and the best of each: what else the machine does in a second would make the figure.
  let [alone, pair] = [0, 0];
  for (let turn = 0; turn < 3; turn += 1) {
    alone = Math.max(alone, await rate(1));
    pair = Math.max(pair, await rate(2));
  }
  return figure({ name: '1 000 files in two threads', value: pair, unit: 'files/s', reference: 'in one thread, files/s', referenceValue: alone, target: '≥ 1.7 ×', met: pair >= 1.7 * alone });
}

const [, program, scratch, file] = process.argv;
if (program === import.meta.filename && scratch !== undefined && file !== undefined) {
  process.stdout.write(JSON.stringify(await withLists(scratch, file)));
  process.exit(0);
}
