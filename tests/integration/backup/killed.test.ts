import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { addDocuments, backedUp, backupDisk, filledProfile, must, setUp, withStation } from '../../fakes/backup/station.ts';
import { restored, stationIn } from '../../fakes/backup/restore.ts';
import { exportOf, tree, type Profile } from '../../fakes/transfer/round-trip.ts';

const program = fileURLToPath(new URL('../../fakes/backup/killed-main.ts', import.meta.url));

/** Lets a station back up and register until so many ms after it began, then takes its power away; answers what it said. */
async function cutAfter(profile: Profile, ms: number): Promise<string[]> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  const over = new Promise((resolve) => child.once('exit', resolve));
  const ready = Promise.withResolvers<undefined>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    if (line === 'ready') ready.resolve(undefined);
  });
  child.stdin.end(JSON.stringify(profile));
  await ready.promise;
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  await over;
  return said;
}

test('killed at many points while documents are registered: what shows as a backup is whole, and the next one goes on', async () => {
  const profile = await filledProfile([]);
  const disk = backupDisk();
  await withStation(profile, async (core) => {
    await setUp(core, disk);
    await backedUp(core);
  });
  let number = 1;
  let seen = 0;
  for (const ms of [0, 25, 70, 140, 260, 450, 700]) {
    await addDocuments(profile, Array.from({ length: 30 }, () => 60_000), number);
    number += 30;
    const said = await cutAfter(profile, ms);
    expect(said.filter((line) => line.startsWith('failed'))).toEqual([]);
    const generations = join(stationIn(disk), 'generations');
    for (const generation of readdirSync(generations).filter((name) => !name.startsWith('unfinished'))) {
      seen += 1;
      expect(existsSync(join(generations, generation, 'manifest.json'))).toBe(true);
    }
    await withStation(profile, async (core) => {
      for (const { generation, state } of await must(core, 'backup', 'generations', { folder: null })) {
        expect(state).toBe('good');
        expect((await must(core, 'backup', 'verify', { generation })).bad).toEqual([]);
      }
      // Nothing that was answered is lost.
      for (const line of said.filter((one) => one.startsWith('registered '))) {
        expect(await must(core, 'records', 'incomingGet', { id: line.slice('registered '.length) })).toMatchObject({ state: 'registered' });
      }
      const { generation } = await backedUp(core);
      const left = readdirSync(join(stationIn(disk), 'generations')).filter((name) => name.startsWith('unfinished'));
      expect(left).toEqual([]);
      expect(readdirSync(join(stationIn(disk), 'blobs', 'unfinished'))).toEqual([]);
      expect((await must(core, 'backup', 'verify', { generation })).bad).toEqual([]);
    });
  }
  expect(seen).toBeGreaterThan(3);
  const former = await withStation(profile, async (core) => {
    await backedUp(core);
    return exportOf(core);
  });
  const fresh = await restored(disk);
  await withStation(fresh, async (core) => {
    expect(tree((await exportOf(core)).folder)).toEqual(tree(former.folder));
  });
}, 240_000);
