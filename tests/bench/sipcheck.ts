import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { packageCheckThreads } from '../../electron/hosts/threads/package-check-threads.ts';
import { coreFlags } from '../../electron/hosts/shell/fork-core.ts';
import { circularPackage } from '../fakes/packages/circular-package.ts';
import { buildStation, builtProgram } from './built.ts';
import { figure, middle, type Figure, type Pair } from './figures.ts';

const mebibyte = 2 ** 20;
/** of hashing and checking in turn */
const rounds = 5;

/** The check of a large package against hashing the same files, on the same disk in the same run. */
export async function sipcheck(): Promise<readonly Figure[]> {
  buildStation();
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  try {
    const figures: Figure[] = [];
    for (const { files, bytes } of [
      { files: 1_500, bytes: 1_000 * mebibyte },
      { files: 10_000, bytes: 500 * mebibyte },
    ]) {
      const { folder, zip } = put(scratch, files, Math.round(bytes / files));
      const what = `${String(files)} files, ${String(Math.round(bytes / mebibyte))} MiB`;
      for (const [name, path] of [
        ['folder', folder],
        ['ZIP, stored', zip],
      ] as const) {
        const pairs: Pair[] = [];
        let [rssMiB, blockMs] = [0, 0];
        for (let round = 0; round < rounds; round += 1) {
          const reference = hashed(folder);
          const told = await checked(path);
          pairs.push({ value: told.seconds, reference });
          [rssMiB, blockMs] = [Math.max(rssMiB, told.rssMiB), Math.max(blockMs, told.blockMs)];
        }
        const { value, reference } = middle(pairs);
        figures.push(
          figure({ name: `${what}: check of a ${name}`, value, unit: 's', reference: 'sha256sum (s)', referenceValue: reference, target: '≤ 1.10 ×', met: value <= 1.1 * reference }),
          figure({ name: `${what}: resident at most, ${name}`, value: rssMiB, unit: 'MiB', reference: 'limit', referenceValue: 600, target: '≤ 600 MiB', met: rssMiB <= 600 }),
          figure({ name: `${what}: longest stillstand of who asks, ${name}`, value: blockMs, unit: 'ms', reference: 'limit', referenceValue: 200, target: '≤ 200 ms', met: blockMs <= 200 }),
        );
      }
      rmSync(folder, { recursive: true });
      rmSync(zip);
    }
    return figures;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A package that nothing is wrong with, as a folder and as a ZIP by Info-ZIP without packing, as scans do not pack. */
function put(scratch: string, files: number, bytes: number): { readonly folder: string; readonly zip: string } {
  const made = circularPackage(
    'sip-hoso',
    Array.from({ length: files }, (_, index) => ({ name: `${String(index + 1).padStart(7, '0')}.pdf`, content: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)]) })),
  );
  for (const [path, content] of made.files) {
    mkdirSync(dirname(join(scratch, made.folder, path)), { recursive: true });
    writeFileSync(join(scratch, made.folder, path), content);
  }
  const zip = join(scratch, `1${made.folder}.zip`);
  execFileSync('zip', ['-q', '-0', '-r', zip, made.folder], { cwd: scratch });
  execFileSync('sync', ['-f', scratch]);
  return { folder: join(scratch, made.folder), zip };
}

function hashed(folder: string): number {
  const from = performance.now();
  execFileSync('sh', ['-c', 'find . -type f -print0 | xargs -0 sha256sum > /dev/null'], { cwd: folder });
  return (performance.now() - from) / 1000;
}

type Told = { readonly seconds: number; readonly rssMiB: number; readonly blockMs: number };

/** Checks in a process of its own, started like the core. */
async function checked(path: string): Promise<Told> {
  const child = spawn(process.execPath, [...coreFlags, import.meta.filename, 'check', path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (part: Buffer) => {
    out += part.toString('utf8');
  });
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(out) as Told;
}

/** MiB at most of this process alone: what `getrusage` tells begins with that of the process that started it. */
function peak(): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}

/** The other side of `checked`. */
async function measured(path: string): Promise<Told> {
  const threads = packageCheckThreads({ program: builtProgram('package-check-worker') });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const from = performance.now();
  const report = await threads.check(path);
  const seconds = (performance.now() - from) / 1000;
  delay.disable();
  await threads.close();
  if (!report.ok || !report.value.fit) throw new Error(JSON.stringify(report.ok ? report.value.findings.slice(0, 3) : report.failure));
  return { seconds, rssMiB: peak(), blockMs: delay.max / 1e6 };
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measured(process.argv[3] ?? '')));
