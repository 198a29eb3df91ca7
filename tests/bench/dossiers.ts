import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text as textOf } from 'node:stream/consumers';
import { packageBuildThreads } from '../../electron/hosts/threads/package-build-threads.ts';
import { coreFlags } from '../../electron/hosts/shell/fork-core.ts';
import { workingName, type BuildOrder, type PackageContent } from '../../electron/services/packages/index.ts';
import { openBlobs, type BlobAccess } from '../../electron/store/blobs.ts';
import { created, dossier, stubSchemas, text } from '../fakes/packages/content.ts';
import { buildStation, builtProgram } from './built.ts';
import { figure, middle, type Figure, type Pair } from './figures.ts';

const mebibyte = 1024 * 1024;
const key = Buffer.alloc(32, 7);
const small = { files: 1_500, bytes: 2_000 * mebibyte };
/** of the mean; many small letters, some large scans */
const shares = [0.1, 0.3, 0.6, 1, 3];
const peer = 'cp, sha256sum, sha256sum -c (s)';
const double = { files: 3_000, bytes: 4_000 * mebibyte };

type Told = { readonly seconds: number; readonly rssMiB: number; readonly startMiB: number; readonly blockMs: number; readonly path: string };

/** Packages of a size that offices hand over, against what the system's own programs take for the same bytes. */
export async function dossiers(): Promise<readonly Figure[]> {
  buildStation();
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    const { bavail, bsize } = statfsSync(scratch);
    if (bavail * bsize < 5 * double.bytes) throw new Error('the bench of dossiers needs 20 GB on the disk of the temporary folder');
    const figures: Figure[] = [];
    const flat: (Pair & { readonly rssMiB: number })[] = [];
    for (const [size, rounds] of [
      [small, 3],
      [double, 1],
    ] as const) {
      const folder = join(scratch, String(size.files));
      await fill(folder, size.files, size.bytes);
      const built = { folder: [] as Pair[], zip: [] as Pair[] };
      const resumed = { folder: [] as Pair[], zip: [] as Pair[] };
      let [rssMiB, startMiB, blockMs] = [0, 0, 0];
      for (let round = 0; round < rounds; round += 1) {
        for (const output of size === small ? (['folder', 'zip'] as const) : (['folder'] as const)) {
          const reference = referenceSeconds(folder);
          const whole = await inProcess(folder, output);
          gone(whole.path, folder);
          built[output].push({ value: whole.seconds, reference });
          if (output === 'folder') [rssMiB, startMiB, blockMs] = [Math.max(rssMiB, whole.rssMiB), whole.startMiB, Math.max(blockMs, whole.blockMs)];
          if (size !== small) continue;
          await killedAtHalf(folder, output);
          const rest = await inProcess(folder, output);
          gone(rest.path, folder);
          resumed[output].push({ value: rest.seconds, reference: whole.seconds });
        }
      }
      const what = `${String(size.files)} files, ${String(Math.round(size.bytes / mebibyte))} MiB`;
      const times = (name: string, pairs: readonly Pair[], reference: string, most: number): Figure => {
        const { value, reference: referenceValue } = middle(pairs);
        return figure({ name: `${what}: ${name}`, value, unit: 's', reference, referenceValue, target: `≤ ${String(most)} ×`, met: value <= referenceValue * most });
      };
      const limit = (name: string, value: number, unit: string, most: number): Figure =>
        figure({ name: `${what}: ${name}`, value, unit, reference: 'limit', referenceValue: most, target: `≤ ${String(most)} ${unit}`, met: value <= most });
      figures.push(
        times('folder: decrypted, copied, hashed, durable, read again and compared', built.folder, peer, 1.25),
        limit(`resident at most (${startMiB.toFixed(0)} before)`, rssMiB, 'MiB', 300),
        limit('longest stillstand of the thread that asked', blockMs, 'ms', 200),
      );
      if (size === small) {
        figures.push(
          times('the same as a ZIP', built.zip, peer, 1.25),
          times('killed at 50 % and begun again (folder)', resumed.folder, 'the whole of it just before (s)', 0.55),
          times('killed at 50 % and begun again (zip)', resumed.zip, 'the whole of it just before (s)', 0.55),
        );
      }
      flat.push({ rssMiB, ...middle(built.folder) });
      rmSync(folder, { recursive: true });
    }
    const [first, second] = flat;
    if (first !== undefined && second !== undefined) {
      const grown = second.rssMiB - first.rssMiB;
      figures.push(
        figure({ name: 'memory that twice the bytes take more', value: grown, unit: 'MiB', reference: 'limit', referenceValue: 40, target: '≤ 40 MiB', met: grown <= 40 }),
        figure({ name: '10 000 files, 20 000 MiB: folder, extrapolated from the second run', value: second.value * 5, unit: 's', reference: peer, referenceValue: second.reference * 5, target: '≤ 1.25 ×', met: second.value <= second.reference * 1.25 }),
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

/** Seconds of the system's own programs for the same: copied, digested, read again and compared. */
function referenceSeconds(folder: string): number {
  const from = performance.now();
  for (const command of ['cp -r plain copy', 'cd copy && sha256sum * > ../sums', 'cd copy && sha256sum --quiet -c ../sums']) execFileSync('sh', ['-c', command], { cwd: folder });
  const seconds = (performance.now() - from) / 1000;
  rmSync(join(folder, 'copy'), { recursive: true });
  execFileSync('sync', ['-f', folder]);
  return seconds;
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
  const threads = packageBuildThreads(access, (line) => process.stderr.write(`${line}\n`), builtProgram('package-build-worker'));
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
