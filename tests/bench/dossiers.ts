import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text as textOf } from 'node:stream/consumers';
import { packageBuildThreads } from '../../electron/hosts/package-build-threads.ts';
import { coreFlags } from '../../electron/hosts/shell/fork-core.ts';
import { workingName, type BuildOrder, type PackageContent } from '../../electron/services/packages/index.ts';
import { openBlobs, type BlobAccess } from '../../electron/store/blobs.ts';
import { created, dossier, stubSchemas, text } from '../fakes/packages/content.ts';
import { figure, type Figure } from './figures.ts';

const mebibyte = 1024 * 1024;
const key = Buffer.alloc(32, 7);
const small = { files: 1_500, bytes: 2_000 * mebibyte };
/** of the mean; many small letters, some large scans */
const shares = [0.1, 0.3, 0.6, 1, 3];
const double = { files: 3_000, bytes: 4_000 * mebibyte };

type Told = { readonly seconds: number; readonly rssMiB: number; readonly startMiB: number; readonly blockMs: number; readonly path: string };

/** Packages of a size that offices hand over, against what the system's own programs take for the same bytes. */
export async function dossiers(): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    const { bavail, bsize } = statfsSync(scratch);
    if (bavail * bsize < 5 * double.bytes) throw new Error('the bench of dossiers needs 20 GB on the disk of the temporary folder');
    const figures: Figure[] = [];
    const flat: (Told & { readonly reference: number })[] = [];
    for (const [size, isFirst] of [
      [small, true],
      [double, false],
    ] as const) {
      const folder = join(scratch, String(size.files));
      await fill(folder, size.files, size.bytes);
      const reference = referenceSeconds(folder);
      const told = await inProcess(folder, 'folder');
      const whole = reference.copy + reference.sum + reference.check;
      flat.push({ ...told, reference: whole });
      const what = `${String(size.files)} files, ${String(Math.round(size.bytes / mebibyte))} MiB`;
      const limit = (name: string, value: number, unit: string, most: number, of = 'limit', referenceValue = most): Figure =>
        figure({ name: `${what}: ${name}`, value, unit, reference: of, referenceValue, target: of === 'limit' ? `≤ ${String(most)} ${unit}` : `≤ ${String(most)} ×`, met: of === 'limit' ? value <= most : value <= referenceValue * most });
      const peer = `cp ${reference.copy.toFixed(1)} s, sha256sum ${reference.sum.toFixed(1)} s, sha256sum -c ${reference.check.toFixed(1)} s`;
      figures.push(
        limit('folder: decrypted, copied, hashed, durable, read again and compared', told.seconds, 's', 1.25, peer, whole),
        limit(`resident at most (${told.startMiB.toFixed(0)} before)`, told.rssMiB, 'MiB', 300),
        limit('longest stillstand of the thread that asked', told.blockMs, 'ms', 200),
      );
      gone(told.path, folder);
      if (!isFirst) continue;
      const zip = await inProcess(folder, 'zip');
      figures.push(limit('the same as a ZIP', zip.seconds, 's', 1.25, peer, whole));
      gone(zip.path, folder);
      for (const output of ['folder', 'zip'] as const) {
        const before = output === 'folder' ? told.seconds : zip.seconds;
        await killedAtHalf(folder, output);
        const rest = await inProcess(folder, output);
        figures.push(limit(`killed at 50 % and begun again (${output})`, rest.seconds, 's', 0.55, 'the whole of it (s)', before));
        gone(rest.path, folder);
      }
      rmSync(folder, { recursive: true });
    }
    const [first, second] = flat;
    if (first !== undefined && second !== undefined) {
      const grown = second.rssMiB - first.rssMiB;
      figures.push(
        figure({ name: 'memory that twice the bytes take more', value: grown, unit: 'MiB', reference: 'limit', referenceValue: 40, target: '≤ 40 MiB', met: grown <= 40 }),
        figure({ name: '10 000 files, 20 000 MiB: folder, extrapolated from the second run', value: second.seconds * 5, unit: 's', reference: 'the same of cp, sha256sum, sha256sum -c (s)', referenceValue: second.reference * 5, target: '≤ 1.25 ×', met: second.seconds <= second.reference * 1.25 }),
      );
    }
    return figures;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Takes a package away; what that leaves the disk to do must not be done during the next run. */
function gone(path: string, folder: string): void {
  rmSync(path, { recursive: true });
  execFileSync('sync', ['-f', folder]);
}

/** Originals in an encrypted store, and the same as plain files for the reference. */
async function fill(folder: string, files: number, bytes: number): Promise<void> {
  mkdirSync(join(folder, 'plain'), { recursive: true });
  mkdirSync(join(folder, 'out'));
  const blobs = openBlobs(join(folder, 'blobs'), key);
  const documents: PackageContent['documents'][number][] = [];
  for (let n = 1; n <= files; n += 1) {
    const size = Math.round((bytes / files) * (shares[n % shares.length] ?? 1));
    // The builder looks into PDFs for what they declare.
    const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(Math.max(0, size - 9))]);
    const { sha256 } = await blobs.put(content);
    writeFileSync(join(folder, 'plain', `${String(n)}.pdf`), content);
    documents.push({ fields: text(n), content: { kind: 'file', file: { sha256, size, name: `Công văn số ${String(n)}.pdf`, mediaType: 'application/pdf', createdAt: created, verdict: null } }, attachments: [], trace: null });
  }
  const content: PackageContent = {
    form: 'SIP_hoso',
    uuid: '7D0D1987-0F1C-47A7-8FD6-CC5C7DE4064F',
    createdAt: created,
    recordStatus: 'NEW',
    software: { name: 'Trạm Văn thư', version: '0.1.0' },
    sender: { name: 'Bộ Nội vụ', code: 'G09' },
    archive: null,
    agreement: '',
    batchOrdinal: 1,
    head: dossier,
    documents,
    events: [],
  };
  writeFileSync(join(folder, 'content.json'), JSON.stringify(content));
  // What was written for this run must not be written back during it.
  execFileSync('sync', ['-f', folder]);
}

function referenceSeconds(folder: string): { readonly copy: number; readonly sum: number; readonly check: number } {
  const timed = (command: string): number => {
    const from = performance.now();
    execFileSync('sh', ['-c', command], { cwd: folder });
    return (performance.now() - from) / 1000;
  };
  const copy = timed('cp -r plain copy');
  const sum = timed('cd copy && sha256sum * > ../sums');
  const check = timed('cd copy && sha256sum --quiet -c ../sums');
  rmSync(join(folder, 'copy'), { recursive: true });
  execFileSync('sync', ['-f', folder]);
  return { copy, sum, check };
}

function orderOf(folder: string, output: 'folder' | 'zip'): BuildOrder {
  return { content: JSON.parse(readFileSync(join(folder, 'content.json'), 'utf8')) as PackageContent, schemas: stubSchemas, into: join(folder, 'out'), output };
}

async function inProcess(folder: string, output: 'folder' | 'zip'): Promise<Told> {
  const child = spawn(process.execPath, [...coreFlags, import.meta.filename, folder, output], { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await textOf(child.stdout)) as Told;
}

/** Ends the builder by SIGKILL when half of the bytes are noted as finished. */
async function killedAtHalf(folder: string, output: 'folder' | 'zip'): Promise<void> {
  const out = join(folder, 'out');
  const child = spawn(process.execPath, [...coreFlags, import.meta.filename, folder, output], { stdio: 'ignore' });
  const half = small.bytes / 2;
  const ended = new Promise<void>((resolve) => child.once('exit', () => { resolve(); }));
  const look = setInterval(() => {
    const working = existsSync(out) ? readdirSync(out).find((name) => name.endsWith(workingName(''))) : undefined;
    if (working === undefined) return;
    const journal = join(out, working, 'journal.jsonl');
    if (!existsSync(journal)) return;
    const sizes = [...readFileSync(journal, 'utf8').matchAll(/"size":(\d+)/g)].reduce((sum, [, size]) => sum + Number(size), 0);
    if (sizes >= half) child.kill('SIGKILL');
  }, 20);
  await ended;
  clearInterval(look);
}

async function measured(folder: string, output: 'folder' | 'zip'): Promise<Told> {
  const access: BlobAccess = { folder: join(folder, 'blobs'), key };
  const threads = packageBuildThreads(access, (line) => process.stderr.write(`${line}\n`));
  const order = orderOf(folder, output);
  globalThis.gc?.();
  const startMiB = process.memoryUsage.rss() / mebibyte;
  let rssMiB = startMiB;
  const look = setInterval(() => {
    rssMiB = Math.max(rssMiB, process.memoryUsage.rss() / mebibyte);
  }, 10);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const from = performance.now();
  const outcome = await threads.build(order);
  const seconds = (performance.now() - from) / 1000;
  delay.disable();
  clearInterval(look);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return { seconds, rssMiB, startMiB, blockMs: delay.max / 1e6, path: outcome.value.path };
}

if (process.argv[1] === import.meta.filename) {
  const [folder = '', output] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await measured(folder, output as 'folder' | 'zip')), () => process.exit(0));
}
