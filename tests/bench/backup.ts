import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { startCore, type Core } from '../../electron/hosts/compose.ts';
import { coreFlags } from '../../electron/hosts/shell/fork-core.ts';
import { queueStatusWith } from '../../electron/services/exchange/index.ts';
import { recordArrival } from '../../electron/services/records/index.ts';
import { openStore } from '../../electron/store/index.ts';
import { quietCore } from '../fakes/station/day.ts';
import { figure, type Figure } from './figures.ts';
import { arrival } from './profile.ts';

/** 2 GiB in files as offices have them: letters, scans, and a few with drawings. */
const sizes: readonly (readonly [count: number, bytes: number])[] = [
  [2600, 180_000],
  [500, 1_500_000],
  [20, 46_000_000],
];
const mebibyte = 1024 * 1024;
const keyHex = '09'.repeat(32);

type Part = 'fill' | 'first' | 'more' | 'second';
type Told = { readonly seconds: number; readonly blockMs: number; readonly rssMiB: number; readonly startMiB: number; readonly databaseSeconds: number; /** the longest stop of the same core at the same work without a backup */ readonly quietMs: number };

/** A whole backup and one with a hundredth new, each in a process of its own with the flags of the core, while somebody works. */
export async function backup(): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  mkdirSync(join(scratch, 'usb'));
  try {
    await inProcess('fill', scratch);
    execFileSync('sync', ['-f', scratch]);
    const profile = join(scratch, 'profile');
    const peers: number[] = [];
    const from = performance.now();
    execFileSync('cp', ['-r', profile, join(scratch, 'copy')]);
    execFileSync('sh', ['-c', 'find . -type f -print0 | xargs -0 sha256sum > /dev/null'], { cwd: join(scratch, 'copy') });
    peers.push((performance.now() - from) / 1000);
    execFileSync('sync', ['-f', scratch]);
    const durable = (performance.now() - from) / 1000;
    rmSync(join(scratch, 'copy'), { recursive: true });
    const first = await inProcess('first', scratch);
    await inProcess('more', scratch);
    const second = await inProcess('second', scratch);
    const bytes = sizes.reduce((sum, [count, size]) => sum + count * size, 0);
    const what = `${String(Math.round(bytes / mebibyte))} MiB in ${String(sizes.reduce((sum, [count]) => sum + count, 0))} files`;
    const [peer = 0] = peers;
    const most = (name: string, value: number, unit: string, limit: number): Figure =>
      figure({ name: `${what}: ${name}`, value, unit, reference: 'limit', referenceValue: limit, target: `≤ ${String(limit)} ${unit}`, met: value <= limit });
    const database = statSync(join(profile, 'station.db')).size / mebibyte;
    return [
      figure({ name: `${what}: first backup, durable, read back, decrypted and compared`, value: first.seconds, unit: 's', reference: `cp -r and sha256sum of the same (s; durable ${durable.toFixed(1)})`, referenceValue: peer, target: '≤ 1.5 × cp and sha256sum', met: first.seconds <= peer * 1.5 }),
      figure({
        name: `${what}: second backup with 1 % new, without its database (${second.databaseSeconds.toFixed(2)} s for ${database.toFixed(0)} MiB)`,
        value: second.seconds - second.databaseSeconds,
        unit: 's',
        reference: 'first backup (s)',
        referenceValue: first.seconds,
        target: '≤ 5 % of the first',
        met: second.seconds - second.databaseSeconds <= first.seconds * 0.05,
      }),
      most('memory that the first takes at most', first.rssMiB - first.startMiB, 'MiB', 300),
      figure({
        name: `${what}: longest stop of the core meanwhile`,
        value: Math.max(first.blockMs, second.blockMs),
        unit: 'ms',
        reference: 'of the same core at the same work without a backup (ms)',
        referenceValue: Math.max(first.quietMs, second.quietMs),
        target: '≤ 200 ms',
        met: Math.max(first.blockMs, second.blockMs) <= 200,
      }),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function inProcess(part: Part, scratch: string): Promise<Told> {
  const child = spawn(process.execPath, [...coreFlags, import.meta.filename, part, scratch], { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout)) as Told;
}

async function fill(folder: string, counts: readonly (readonly [number, number])[], from: number): Promise<void> {
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const queueStatus = queueStatusWith(() => undefined);
  let number = from;
  for (const [count, size] of counts) {
    for (let at = 0; at < count; at += 1) {
      const file = { name: `cv-${String(number)}.pdf`, mediaType: 'application/pdf', ...(await store.blobs.put(randomBytes(size))) };
      store.write((db) => recordArrival(db, { ...arrival(number), files: [file] }, queueStatus, 'UBND xã Tân Lập'));
      number += 1;
    }
  }
  store.close();
}

async function must(core: Core, method: string, input: unknown): Promise<unknown> {
  const outcome = await core.dispatcher.answer('backup', method, input, 'host');
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

/** A clerk asks for lists as long as it lasts: that is what may not wait. */
function worked(core: Core): NodeJS.Timeout {
  return setInterval(() => void core.dispatcher.answer('records', 'incomingList', { state: 'arrived', before: null, limit: 100 }, 'host'), 40);
}

async function measured(part: Part, scratch: string): Promise<Told> {
  const profile = join(scratch, 'profile');
  const none = { seconds: 0, blockMs: 0, rssMiB: 0, startMiB: 0, databaseSeconds: 0, quietMs: 0 };
  if (part === 'fill' || part === 'more') {
    await fill(profile, part === 'fill' ? sizes : sizes.map(([count, size]) => [Math.ceil(count / 100), size] as const), part === 'fill' ? 1 : 100_000);
    return none;
  }
  const core = await startCore({ ...quietCore({ folder: profile, keyHex }), practice: 'as-stored' });
  if (part === 'first') {
    const { settings } = (await must(core, 'state', {})) as { settings: object };
    await must(core, 'saveSettings', { ...settings, folder: join(scratch, 'usb'), enabled: false });
    await must(core, 'setRecovery', { passphrase: 'mưa rào tháng bảy trên mái ngói' });
  }
  globalThis.gc?.();
  const startMiB = process.memoryUsage.rss() / mebibyte;
  let rssMiB = startMiB;
  let databaseSeconds = 0;
  let was = performance.now();
  const work = worked(core);
  const look = setInterval(() => {
    rssMiB = Math.max(rssMiB, process.memoryUsage.rss() / mebibyte);
    void must(core, 'state', {}).then((state) => {
      const { running } = state as { running: { now: { phase: string } } | null };
      if (running !== null && running.now.phase !== 'files') databaseSeconds += (performance.now() - was) / 1000;
      was = performance.now();
    });
  }, 20);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pause(8000);
  const quietMs = delay.max / 1e6;
  delay.reset();
  rssMiB = startMiB;
  const from = performance.now();
  await must(core, 'start', {});
  const seconds = (performance.now() - from) / 1000;
  delay.disable();
  clearInterval(look);
  clearInterval(work);
  await core.close();
  return { seconds, blockMs: delay.max / 1e6, rssMiB, startMiB, databaseSeconds, quietMs };
}

if (process.argv[1] === import.meta.filename) {
  const [part, scratch = ''] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await measured(part as Part, scratch)), () => process.exit(0));
}
