import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { played } from './exchange.ts';
import { inWorld, type SoakOptions, type SoakReport } from './world.ts';

const diskSize = '64m';

/** The profile on a small disk that something else fills up again and again. Needs root, which may mount one. */
export async function diskSoak(options: SoakOptions): Promise<SoakReport> {
  const disk = mkdtempSync(join(tmpdir(), 'tvt-soak-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    rmSync(disk, { recursive: true });
    return { scenario: 'disk', seed: options.seed, seconds: 0, figures: { skipped: '(needs root)' }, found: [] };
  }
  try {
    const folder = join(disk, 'profile');
    mkdirSync(folder);
    return await inWorld(options, async (world) => {
      const random = world.random('disk');
      let filled = 0;
      const timesTold = (): number => {
        const answers = Object.entries(world.clerk.answers).filter(([answer]) => answer.endsWith(' disk-full'));
        return timesInBar() + answers.reduce((sum, [, n]) => sum + n, 0);
      };
      const timesInBar = (): number => world.station.troubles.filter((trouble) => trouble === 'disk-full').length;
      const filling = async (until: AbortSignal): Promise<void> => {
        const ballast = join(disk, 'ballast');
        // The first time at once, while there is most to do.
        for (let rest = 100; !until.aborted; rest = 500 + random() * 2000) {
          await pause(rest, undefined, { signal: until }).catch(() => undefined);
          if (until.aborted) break;
          const before = timesTold();
          fill(ballast);
          filled += 1;
          await pause(500 + random() * 2000);
          // Long enough that somebody must have met it, a poll at the least.
          for (let waited = 0; timesTold() === before && waited < 8000; waited += 100) await pause(100);
          rmSync(ballast);
        }
      };
      const report = await played('disk', world, options, filling);
      const { troubles } = world.station;
      const told = timesTold();
      const other = troubles.filter((trouble) => trouble !== 'disk-full' && trouble !== null);
      const found = [
        ...report.found,
        ...(told === 0 ? ['a full disk was never told'] : []),
        ...((troubles.at(-1) ?? null) === null ? [] : [`the window still tells of ${String(troubles.at(-1))}`]),
        ...other.map((trouble) => `a full disk was told as ${String(trouble)}`),
      ];
      return { ...report, figures: { 'disk filled': filled, 'told as disk-full': told, 'of these in the bar': timesInBar(), ...report.figures }, found };
    }, folder);
  } finally {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
}

/** Takes all the room there is. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 1024 * 1024; size >= 512; ) {
      try {
        if (writeSync(file, Buffer.alloc(size)) < size) size /= 2;
      } catch {
        size /= 2;
      }
    }
  } finally {
    closeSync(file);
  }
}
