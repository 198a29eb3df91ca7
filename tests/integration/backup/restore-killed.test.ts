import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { doJob } from '../../../electron/services/backup/job.ts';
import { backedUp, backupDisk, filledProfile, must, passphrase, setUp, withStation } from '../../fakes/backup/station.ts';
import { exportOf, type Profile } from '../../fakes/transfer/round-trip.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

const program = fileURLToPath(new URL('../../fakes/backup/cut-main.ts', import.meta.url));

test('a restore over former data is killed at every step: either the former or the restored station is there, whole, and doing it again ends well', async () => {
  const source = await filledProfile([1000, 40_000, 300_000]);
  const disk = backupDisk();
  const former = await withStation(source, async (core) => {
    await setUp(core, disk);
    await backedUp(core);
    return (await exportOf(core)).manifestSha256;
  });
  const listed = await doJob({ kind: 'list', place: disk, keyCheck: null }, () => undefined, () => false);
  if (!listed.ok) throw new Error(listed.failure.code);
  const [{ generation = '', keyCheck = '' } = {}] = listed.value;
  const own = await filledProfile([500, 600]);
  const ownExport = await withStation(own, async (core) => (await exportOf(core)).manifestSha256);
  const machineKey = randomBytes(32).toString('hex');
  const runAt = (profile: Profile, kind: string, nth: number): boolean => {
    const job = { kind: 'restore', place: disk, keyCheck, generation, passphrase, profile: profile.folder, machineKey: profile.keyHex, profileKind: 'office', at: '2026-11-23T02:00:00.000Z', life: machineKey, host: 'new', programVersion: '0.1.0' };
    const ran = spawnSync(process.execPath, [program], { input: JSON.stringify({ kind, nth, job, profile: profile.folder }), encoding: 'utf8' });
    if (ran.status !== 0 && ran.signal !== 'SIGKILL') throw new Error(ran.stderr);
    return ran.status === 0;
  };
  let cuts = 0;
  for (const kind of ['renameSync', 'fdatasyncSync']) {
    for (let nth = 1; ; nth += 1) {
      const profile = { folder: join(scratchFolder(), 'profile'), keyHex: own.keyHex };
      cpSync(own.folder, profile.folder, { recursive: true });
      if (runAt(profile, kind, nth)) break;
      cuts += 1;
      // Whichever station opens now is whole.
      const seen = await withStation(profile, async (core) => (await exportOf(core)).manifestSha256);
      expect([ownExport, former], `${kind} ${String(nth)}`).toContain(seen);
      if (seen === ownExport) expect(runAt(profile, kind, 10_000)).toBe(true);
      await withStation(profile, async (core) => {
        expect((await exportOf(core)).manifestSha256, `${kind} ${String(nth)}`).toBe(former);
        expect((await must(core, 'backup', 'state', {})).restored).not.toBe(null);
      });
      // The former data lie aside, all of them in one place, and open with the same key.
      const aside = readdirSync(profile.folder).filter((name) => name.startsWith('before-restore-'));
      expect(aside).toHaveLength(1);
      const moved = { folder: join(scratchFolder(), 'moved'), keyHex: own.keyHex };
      mkdirSync(moved.folder);
      cpSync(join(profile.folder, aside[0] ?? ''), moved.folder, { recursive: true });
      expect(await withStation(moved, async (core) => (await exportOf(core)).manifestSha256)).toBe(ownExport);
      rmSync(profile.folder, { recursive: true });
    }
  }
  expect(cuts).toBeGreaterThan(10);
}, 240_000);
