import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cleanUp, readLog, startDouble, until, type DoubleDesktop } from '../../integration/hosts/desktop-run.ts';
import { pack, takenOut } from './packing.ts';

/**
 * The packed program as Electron would start it, under the double of Electron in whose utility processes nothing may be
 * forked: as in an office, where the binary does not act as plain Node.
 */
let run: DoubleDesktop;

beforeAll(async () => {
  const appPath = takenOut(await pack('linux'));
  run = await startDouble({ appPath, program: join(appPath, 'dist/electron/main.js'), noWait: true });
});
afterAll(cleanUp);

it('shows the practice station, with the axis and the reading of texts in processes of the shell', async () => {
  await until(() => run.evaluate(`document.body.innerText.includes('Văn bản đến')`), 60_000);
  const helpers = await until(async () => {
    const { helpers: now } = await run.facts();
    return now.some(({ name }) => name === 'tram-van-thu-practice-axis') && now.some(({ name }) => name === 'tram-van-thu-pdf-text') && now;
  }, 30_000);
  for (const { pid } of helpers) if (existsSync('/proc')) expect(parentOf(pid)).toBe(run.child.pid);
  // Documents of today came over the axis in its process, and their texts were read in theirs.
  await until(() => run.evaluate(`document.querySelectorAll('[role=row]').length > 3`), 30_000);
  expect(readLog(run.userData)).not.toContain('fuse');
});

it('ends them with the station', async () => {
  const pids = (await run.facts()).helpers.map(({ pid }) => pid ?? 0);
  expect(pids.length).toBeGreaterThan(0);
  await run.ask({ op: 'close-window' }).catch(() => undefined);
  await run.exited;
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
