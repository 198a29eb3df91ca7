import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restored, stationIn } from '../../fakes/backup/restore.ts';
import { addDocuments, backedUp, filledProfile, must, setUp, withStation } from '../../fakes/backup/station.ts';
import { smallDisk } from '../../fakes/disk/small-disk.ts';
import { tree } from '../../fakes/transfer/round-trip.ts';

test('a disk without room says so before it begins or when it is full, and earlier backups stay good (needs root to mount a small disk)', async ({ skip }) => {
  const disk = smallDisk('24m');
  if (disk === undefined) return skip();
  try {
    const profile = await filledProfile([3_000_000]);
    await withStation(profile, async (core) => {
      await setUp(core, disk);
      await backedUp(core);
    });
    await addDocuments(profile, [30_000_000], 2);
    await withStation(profile, async (core) => {
      expect(await core.dispatcher.answer('backup', 'start', {}, 'host')).toMatchObject({ failure: { code: 'backup-place-full', params: { folder: disk } } });
      expect(readdirSync(join(stationIn(disk), 'generations')).filter((name) => name.startsWith('unfinished'))).toEqual([]);
      const [one] = await must(core, 'backup', 'generations', { folder: null });
      expect((await must(core, 'backup', 'verify', { generation: one?.generation ?? '' })).bad).toEqual([]);
    });
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('a disk that takes no more files in the middle leaves no backup, and what was finished is kept for the next (needs root to mount a small disk)', async ({ skip }) => {
  // Room for 256 folders, three batches of 64 under way and the rest named, whatever the order of the threads.
  const disk = smallDisk('64m,nr_inodes=640');
  if (disk === undefined) return skip();
  try {
    const profile = await filledProfile(Array.from({ length: 600 }, () => 100));
    await withStation(profile, async (core) => {
      await setUp(core, disk);
      expect(await core.dispatcher.answer('backup', 'start', {}, 'host')).toMatchObject({ failure: { code: 'backup-place-full' } });
      expect(existsSync(join(stationIn(disk), 'writing.lock'))).toBe(false);
      expect(await must(core, 'backup', 'generations', { folder: null })).toEqual([]);
      execFileSync('mount', ['-o', 'remount,nr_inodes=4000', disk]);
      const kept = Object.keys(tree(join(stationIn(disk), 'blobs'))).filter((path) => !path.startsWith('unfinished')).length;
      const run = await backedUp(core);
      expect(kept).toBeGreaterThan(50);
      expect(run).toMatchObject({ files: 600, newFiles: 600 - kept });
    });
    await restored(disk);
  } finally {
    execFileSync('umount', [disk]);
  }
});
