import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { cleanUp, readLog, startDouble, until, type DoubleDesktop } from '../../integration/hosts/desktop-run.ts';
import { pack, takenOut } from './packing.ts';

/**
 * The packed program as Electron would start it, under the double of Electron in whose utility processes nothing may be
 * forked: as in an office, where the binary does not act as plain Node.
 */
let appPath: string;
let run: DoubleDesktop;

beforeAll(async () => {
  appPath = takenOut(await pack('linux'));
});
beforeEach(async () => {
  run = await startDouble({ appPath, program: join(appPath, 'dist/electron/main.js'), noWait: true });
});
afterEach(cleanUp);

type Helpers = Awaited<ReturnType<DoubleDesktop['facts']>>['helpers'];

/** The axis of the practice station and the reader of its documents' texts. */
function bothHelpers(): Promise<Helpers> {
  return until(async () => {
    const { helpers } = await run.facts();
    return ['practice-axis', 'pdf-text'].every((program) => helpers.some(({ name }) => name === `tram-van-thu-${program}`)) && helpers;
  }, 60_000);
}

it('shows the practice station, with the axis and the reading of texts in processes of the shell', async () => {
  for (const { pid } of await bothHelpers()) if (existsSync('/proc')) expect(parentOf(pid)).toBe(run.child.pid);
  // Documents of today came over the axis in its process.
  await until(() => run.evaluate(`document.querySelectorAll('[role=row]').length > 3`), 30_000);
  expect(readLog(run.userData)).not.toContain('fuse');
});

it.each(['the station', 'the core alone'])('ends them with %s', async (what) => {
  const pids = (await bothHelpers()).map(({ pid }) => pid ?? 0);
  if (what === 'the station') {
    await run.ask({ op: 'close-window' }).catch(() => undefined);
    await run.exited;
  } else {
    await run.ask({ op: 'kill-core' });
  }
  await until(async () => Promise.resolve(pids.every((pid) => !isAlive(pid))));
});

function parentOf(pid: number | undefined): number {
  return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
