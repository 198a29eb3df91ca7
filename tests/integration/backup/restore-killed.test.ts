import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { doJob } from '../../../electron/services/backup/job.ts';
import { all, openStore, sql } from '../../../electron/store/index.ts';
import { backedUp, backupDisk, filledProfile, must, passphrase, setUp, withStation } from '../../fakes/backup/station.ts';
import { exportOf, type Profile } from '../../fakes/transfer/round-trip.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

const program = fileURLToPath(new URL('../../fakes/backup/cut-main.ts', import.meta.url));

/** The stored files of whichever station a profile holds, each read and compared. */
async function wholeFiles({ folder, keyHex }: Profile): Promise<string[]> {
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  try {
    const files = all<{ sha256: string }>(store.read, sql`SELECT sha256 FROM incoming_file ORDER BY sha256`).map(({ sha256 }) => sha256);
    for (const sha256 of files) await store.blobs.verify(sha256);
    return files;
  } finally {
    store.close();
  }
}

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
  const life = randomBytes(16).toString('hex');
  const runAt = (profile: Profile, kind: string, nth: number): boolean => {
    const job = { kind: 'restore', place: disk, keyCheck, generation, passphrase, profile: profile.folder, machineKey: profile.keyHex, profileKind: 'office', at: '2026-11-23T02:00:00.000Z', life, host: 'new', programVersion: '0.1.0' };
    const ran = spawnSync(process.execPath, [program], { input: JSON.stringify({ kind, nth, job, profile: profile.folder }), encoding: 'utf8' });
    if (ran.status !== 0 && ran.signal !== 'SIGKILL') throw new Error(ran.stderr);
    return ran.status === 0;
  };
  const ownFiles = await wholeFiles(own);
  const restoredFiles = await wholeFiles(source);
  let cuts = 0;
  let last = own;
  for (const kind of ['renameSync', 'fdatasyncSync']) {
    for (let nth = 1; ; nth += 1) {
      const profile = { folder: join(scratchFolder(), 'profile'), keyHex: own.keyHex };
      cpSync(own.folder, profile.folder, { recursive: true });
      if (runAt(profile, kind, nth)) break;
      cuts += 1;
      // Whichever station opens now is whole.
      const seen = await wholeFiles(profile);
      expect([ownFiles, restoredFiles], `${kind} ${String(nth)}`).toContainEqual(seen);
      if (seen.length === ownFiles.length) expect(runAt(profile, kind, 10_000)).toBe(true);
      expect(await wholeFiles(profile), `${kind} ${String(nth)}`).toEqual(restoredFiles);
      // The former data lie aside, all of them in one place, and open with the same key.
      const aside = readdirSync(profile.folder).filter((name) => name.startsWith('before-restore-'));
      expect(aside).toHaveLength(1);
      expect(await wholeFiles({ ...profile, folder: join(profile.folder, aside[0] ?? '') })).toEqual(ownFiles);
      last = profile;
    }
  }
  expect(cuts).toBeGreaterThan(10);
  await withStation(last, async (core) => {
    expect((await exportOf(core)).manifestSha256).toBe(former);
    expect((await must(core, 'backup', 'state', {})).restored).not.toBe(null);
  });
}, 240_000);
