import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { startCore } from '../../electron/hosts/compose.ts';
import { coreFlags } from '../../electron/hosts/shell/fork-core.ts';
import { queueStatusWith } from '../../electron/services/exchange/index.ts';
import { recordArrival, type ArrivedFile } from '../../electron/services/records/index.ts';
import { saveStation } from '../../electron/services/settings/index.ts';
import { openStore } from '../../electron/store/index.ts';
import { quietCore } from '../fakes/station/day.ts';
import { ownAgency } from '../fakes/station/messages.ts';
import { figure, type Figure } from './figures.ts';
import { arrival } from './profile.ts';

const documents = 20_000;
const fileBytes = 30_000;
/** an annex with drawings */
const largeBytes = 256 * 1024 * 1024;
const mebibyte = 1024 * 1024;
const atOnce = 16;

type Part = 'fill' | 'export' | 'import';
type Told = { readonly seconds: number; readonly blockMs: number; readonly blockP99Ms: number; readonly rssMiB: number; readonly startMiB: number };

/** The whole of a station out of it and into an empty one, each in a process of its own with the flags of the core. */
export async function transferFigures(): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    await inProcess('fill', scratch);
    const out = await inProcess('export', scratch);
    const bytes = bytesIn(join(scratch, 'export'));
    const from = performance.now();
    execFileSync('cp', ['-r', join(scratch, 'export'), join(scratch, 'copy')]);
    execFileSync('sync', ['-f', scratch]);
    const copy = bytes / mebibyte / ((performance.now() - from) / 1000);
    rmSync(join(scratch, 'copy'), { recursive: true });
    const back = await inProcess('import', scratch);
    const what = `${String(documents)} documents with files, ${String(Math.round(bytes / mebibyte))} MiB`;
    const speed = (name: string, seconds: number, share: number): Figure => {
      const value = bytes / mebibyte / seconds;
      return figure({ name: `${what}: ${name}`, value, unit: 'MiB/s', reference: 'cp -r and one sync of the same bytes (MiB/s)', referenceValue: copy, target: `≥ ${String(share)} × cp`, met: value >= copy * share });
    };
    const most = (name: string, value: number, unit: string, limit: number): Figure =>
      figure({ name: `${what}: ${name}`, value, unit, reference: 'limit', referenceValue: limit, target: `≤ ${String(limit)} ${unit}`, met: value <= limit });
    return [
      speed('export, each file decrypted, compared and durable', out.seconds, 0.1),
      most(`longest block of the core while it is exported (p99 ${out.blockP99Ms.toFixed(1)} ms)`, out.blockMs, 'ms', 50),
      most('memory that the export takes at most', out.rssMiB - out.startMiB, 'MiB', 200),
      speed('import, all compared first, each file encrypted and durable', back.seconds, 0.05),
      most('memory that the import takes at most', back.rssMiB - back.startMiB, 'MiB', 300),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function inProcess(part: Part, scratch: string): Promise<Told> {
  const child = spawn(process.execPath, [...coreFlags, import.meta.filename, part, scratch], { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout)) as Told;
}

function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0);
}

const keyHex = '07'.repeat(32);

/** Documents that came with a file each; every hundredth has the same, as circulars do. */
async function fill(folder: string): Promise<void> {
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const queueStatus = queueStatusWith(() => undefined);
  store.write((db) => {
    saveStation(db, { agency: { organId: ownAgency.code, name: ownAgency.name }, operator: 'Trần Thị Văn Thư' }, '2026-11-20T01:00:00.000Z');
  });
  const same = Buffer.alloc(fileBytes, 'circular');
  for (let n = 1; n <= documents; n += atOnce) {
    const batch = Array.from({ length: atOnce }, (_, at) => n + at);
    const files = await Promise.all(
      batch.map(async (number): Promise<ArrivedFile> => {
        const size = number === 1 ? largeBytes : fileBytes;
        const bytes = number % 100 === 0 ? same : randomBytes(size);
        return { name: `cv-${String(number)}.pdf`, mediaType: 'application/pdf', ...(await store.blobs.put(bytes)) };
      }),
    );
    store.write((db) => {
      for (const [at, number] of batch.entries()) recordArrival(db, { ...arrival(number), files: files.slice(at, at + 1) }, queueStatus, ownAgency.name);
    });
  }
  store.close();
}

async function measured(part: Part, scratch: string): Promise<Told> {
  const profile = join(scratch, 'profile');
  if (part === 'fill') {
    await fill(profile);
    return { seconds: 0, blockMs: 0, blockP99Ms: 0, rssMiB: 0, startMiB: 0 };
  }
  const core = await startCore({ ...quietCore({ folder: part === 'export' ? profile : join(scratch, 'filled'), keyHex }), practice: 'as-stored' });
  globalThis.gc?.();
  const startMiB = process.memoryUsage.rss() / mebibyte;
  let rssMiB = startMiB;
  const look = setInterval(() => {
    rssMiB = Math.max(rssMiB, process.memoryUsage.rss() / mebibyte);
  }, 20);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const from = performance.now();
  const outcome = part === 'export' ? await core.transfer.exportTo(join(scratch, 'export')) : await core.transfer.importFrom(join(scratch, 'export'), true, () => undefined);
  const seconds = (performance.now() - from) / 1000;
  delay.disable();
  clearInterval(look);
  rssMiB = Math.max(rssMiB, process.memoryUsage.rss() / mebibyte);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  await core.close();
  return { seconds, blockMs: delay.max / 1e6, blockP99Ms: delay.percentile(99) / 1e6, rssMiB, startMiB };
}

if (process.argv[1] === import.meta.filename) {
  const [part, scratch = ''] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await measured(part as Part, scratch)), () => process.exit(0));
}
