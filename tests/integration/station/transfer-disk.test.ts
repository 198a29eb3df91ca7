import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Core } from '../../../electron/hosts/compose.ts';
import { smallDisk } from '../../fakes/disk/small-disk.ts';
import { exportOf, importInto, newProfile, withProfile } from '../../fakes/transfer/round-trip.ts';

/** A station with files of so many bytes that a person handed in. */
async function withFiles(core: Core, sizes: readonly number[]): Promise<void> {
  for (const [at, size] of sizes.entries()) {
    const stored = await core.storeFile(
      (async function* () {
        yield await Promise.resolve(randomBytes(size));
      })(),
    );
    const taken = await core.dispatcher.answer('intake', 'takeFile', { file: { name: `${String(at)}.pdf`, mediaType: 'application/pdf', ...stored } }, 'host');
    if (!taken.ok) throw new Error(JSON.stringify(taken.failure));
  }
}

test('an export for which there is no room says so before it begins or when the disk is full, and leaves nothing (needs root to mount a small disk)', async ({ skip }) => {
  const disk = smallDisk('4m');
  if (disk === undefined) return skip();
  try {
    await withProfile(newProfile(), async (core) => {
      await withFiles(core, [1_000_000, 1_500_000, 1_690_000]);
      // The files alone have room, and not with their records and whole pages of the disk.
      expect(await core.transfer.exportTo(join(disk, 'x'))).toMatchObject({ failure: { code: 'place-full', params: { folder: join(disk, 'x'), needed: 4 } } });
      expect(readdirSync(disk)).toEqual([]);
      await withFiles(core, [2_000_000]);
      expect(await core.transfer.exportTo(join(disk, 'x'))).toMatchObject({ failure: { code: 'place-full', params: { needed: 6 } } });
      expect(readdirSync(disk)).toEqual([]);
      expect(await exportOf(core)).toMatchObject({ files: 4 });
    });
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('an import for which there is no room leaves an empty station (needs root to mount a small disk)', async ({ skip }) => {
  const disk = smallDisk('6m');
  if (disk === undefined) return skip();
  try {
    const exported = await withProfile(newProfile(), async (core) => {
      await withFiles(core, [3_000_000, 3_000_000]);
      return exportOf(core);
    });
    const small = { folder: join(disk, 'profile'), keyHex: randomBytes(32).toString('hex') };
    await withProfile(small, async (core) => {
      expect(await importInto(core, exported.folder)).toMatchObject({ failure: { code: 'disk-full' } });
      expect(await core.dispatcher.answer('audit', 'verify', {}, 'host')).toMatchObject({ value: { entries: 0 } });
    });
  } finally {
    execFileSync('umount', [disk]);
  }
});
