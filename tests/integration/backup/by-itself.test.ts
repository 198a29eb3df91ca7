import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../electron/foundation/clock.ts';
import type { Core } from '../../../electron/hosts/compose.ts';
import { stationIn } from '../../fakes/backup/restore.ts';
import { backedUp, backupDisk, filledProfile, must, passphrase, withStation } from '../../fakes/backup/station.ts';

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 2400; tries += 1) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to pass');
}

async function clockedSetUp(core: Core, folder: string): Promise<void> {
  const { settings } = await must(core, 'backup', 'state', {});
  await must(core, 'backup', 'saveSettings', { ...settings, folder, enabled: true });
  await must(core, 'backup', 'setRecovery', { passphrase });
}

const isGood = async (core: Core): Promise<boolean> => (await must(core, 'backup', 'state', {})).lastGoodAt !== null;

test('a station that was closed at the hour backs up when it is opened; with the disk away it waits without a word in the log', async () => {
  const profile = await filledProfile([1000]);
  const disk = backupDisk();
  await withStation(profile, (core) => clockedSetUp(core, disk));
  renameSync(disk, `${disk}-away`);
  await withStation(profile, async (core) => {
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ isDue: true, isLate: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await must(core, 'backup', 'runs', { before: null, limit: 9 })).toEqual([]);
  }, { background: true });
  renameSync(`${disk}-away`, disk);
  await withStation(profile, async (core) => {
    await until(() => isGood(core));
    const [run] = await must(core, 'backup', 'runs', { before: null, limit: 9 });
    expect(run).toMatchObject({ by: 'station', failure: null });
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ isDue: false, isLate: false });
  }, { background: true });
  // Once a day; and days later it warns.
  await withStation(profile, async (core) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await must(core, 'backup', 'runs', { before: null, limit: 9 })).toHaveLength(1);
  }, { background: true });
  const later = { now: () => new Date(systemClock.now().getTime() + 4 * 86_400_000) };
  await withStation(profile, async (core) => {
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ isLate: true, isDue: true });
  }, { clock: later });
});

test('a backup that is given up leaves none, keeps what was finished, and the log says so', async () => {
  const profile = await filledProfile(Array.from({ length: 40 }, () => 2_000_000));
  const disk = backupDisk();
  mkdirSync(join(disk, 'other'));
  await withStation(profile, async (core) => {
    await clockedSetUp(core, disk);
    const begun = core.dispatcher.answer('backup', 'start', {}, 'host');
    await until(async () => (await must(core, 'backup', 'state', {})).running?.now.phase === 'files');
    expect(await core.dispatcher.answer('backup', 'start', {}, 'host')).toMatchObject({ failure: { code: 'backup-running' } });
    await must(core, 'backup', 'cancel', {});
    expect(await begun).toMatchObject({ failure: { code: 'backup-cancelled' } });
    expect(readdirSync(join(stationIn(disk), 'generations')).filter((name) => !name.startsWith('unfinished'))).toEqual([]);
    expect(await must(core, 'backup', 'runs', { before: null, limit: 9 })).toMatchObject([{ failure: 'backup-cancelled' }]);
    await backedUp(core);
    const [run] = await must(core, 'backup', 'runs', { before: null, limit: 9 });
    expect(run).toMatchObject({ failure: null, files: 40 });
    expect(readdirSync(join(stationIn(disk), 'generations'))).toHaveLength(1);
  });
});
