import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FolderVerdict } from '#contract';
import type { Core } from '../../../electron/hosts/compose.ts';
import { isShare } from '../../../electron/services/backup/judge-folder.ts';
import { chosenPlace, rootName } from '../../../electron/services/backup/names.ts';
import { restored, stationIn } from '../../fakes/backup/restore.ts';
import { backedUp, backupDisk, filledProfile, must, passphrase, setUp, withStation } from '../../fakes/backup/station.ts';
import { newProfile } from '../../fakes/transfer/round-trip.ts';
import { smallDisk } from '../../fakes/disk/small-disk.ts';

const judge = (core: Core, folder: string): Promise<FolderVerdict> => must(core, 'backup', 'judgeFolder', { folder });

test('a folder is judged before it is chosen: what is wrong with it is said, and nothing stays there', async () => {
  const profile = await filledProfile([1000]);
  const disk = backupDisk();
  await withStation(profile, async (core) => {
    const fault = (folder: string): Promise<unknown> => core.dispatcher.answer('backup', 'judgeFolder', { folder }, 'host');
    expect(await fault(join(disk, 'không-có'))).toMatchObject({ failure: { code: 'backup-place-gone' } });
    expect(await fault(join(profile.folder, 'blobs'))).toMatchObject({ failure: { code: 'backup-place-profile' } });
    expect(await fault('sao-luu')).toMatchObject({ failure: { code: 'bad-input' } });
    const verdict = await judge(core, disk);
    expect(verdict).toMatchObject({ sameDisk: true, isNetwork: false, own: 0, others: 0 });
    expect(verdict.freeMebibytes).toBeGreaterThan(0);
    expect(readdirSync(disk)).toEqual([]);
    await setUp(core, disk);
    await backedUp(core);
    expect(await judge(core, disk)).toMatchObject({ own: 1, others: 0 });
    // Many looks at once are had one after the other, and all answered.
    expect(await Promise.all([judge(core, disk), judge(core, disk), judge(core, disk)])).toHaveLength(3);
  });
  await withStation(await filledProfile([]), async (core) => {
    expect(await judge(core, disk)).toMatchObject({ own: 0, others: 1 });
  });
});

test('another disk is no warning but its lack of room, and one that is locked is refused when it is saved (needs root to mount a small disk)', async ({ skip }) => {
  const disk = smallDisk('24m');
  if (disk === undefined) return skip();
  try {
    await withStation(await filledProfile([1000]), async (core) => {
      expect(await judge(core, disk)).toMatchObject({ sameDisk: false, isTight: true, isNetwork: false });
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      const { settings } = await must(core, 'backup', 'state', {});
      for (const answer of [await core.dispatcher.answer('backup', 'judgeFolder', { folder: disk }, 'host'), await core.dispatcher.answer('backup', 'saveSettings', { ...settings, folder: disk }, 'host')]) {
        expect(answer).toMatchObject({ failure: { code: 'backup-place-read-only', params: { folder: disk } } });
      }
    });
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('a share is known by its path', () => {
  expect(['\\\\may-chu\\sao-luu', '\\\\10.0.0.5\\x', '\\\\?\\E:\\x', '\\\\.\\E:', '\\x', 'E:\\x', '/media/usb'].map(isShare)).toEqual([true, true, false, false, false, false, false]);
});

test.each([
  ['/media/usb', '/media/usb'],
  [`/media/usb/${rootName}`, '/media/usb'],
  [`/${rootName}/0123`, '/'],
  [`E:\\${rootName}`, 'E:\\'],
  [`E:\\SaoLuu\\${rootName.toLowerCase()}\\0123\\generations`, 'E:\\SaoLuu'],
  [`\\\\may-chu\\sao-luu\\${rootName}`, '\\\\may-chu\\sao-luu'],
  [`/media/${rootName}-cu`, `/media/${rootName}-cu`],
])('who chose %s means %s', (chosen, meant) => {
  expect(chosenPlace(chosen)).toBe(meant);
});

test('who goes on into the folders of the backups is understood, for choosing as for restoring', async () => {
  const disk = backupDisk();
  await withStation(await filledProfile([1000]), async (core) => {
    await setUp(core, disk);
    await backedUp(core);
    const { settings } = await must(core, 'backup', 'state', {});
    expect((await must(core, 'backup', 'saveSettings', { ...settings, folder: join(disk, rootName) })).settings.folder).toBe(disk);
    expect(await must(core, 'backup', 'generations', { folder: stationIn(disk) })).toHaveLength(1);
  });
  expect(existsSync(join(disk, rootName, rootName))).toBe(false);
  await restored(disk);
});

test('who began to set a machine up before he thought of the backup restores all the same, and what he did lies aside; a document that came in closes that way', async () => {
  const disk = backupDisk();
  await withStation(await filledProfile([1000]), async (core) => {
    await setUp(core, disk);
    await backedUp(core);
  });
  const fresh = newProfile();
  mkdirSync(fresh.folder, { recursive: true });
  const replaced = Promise.withResolvers<undefined>();
  const anew = { onReplaced: () => { replaced.resolve(undefined); } };
  await withStation(fresh, async (core) => {
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ mayRestore: true, isBegun: false });
    await must(core, 'setup', 'begin', { operator: 'Lê Văn Mới' });
    const session = await must(core, 'people', 'savePerson', { id: null, name: 'Lê Văn Mới', position: '', standing: 'staff', unit: null, roles: ['administrator'], validFrom: null, since: null });
    expect(session).toMatchObject({ name: 'Lê Văn Mới' });
    await must(core, 'numbers', 'startAfter', { register: 'incoming', scope: '', year: new Date().getFullYear(), last: 1180, reason: 'Sổ giấy' });
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ mayRestore: true, isBegun: true });
    const [one] = await must(core, 'backup', 'generations', { folder: disk });
    if (one === undefined) throw new Error('nothing to restore');
    await must(core, 'backup', 'restore', { folder: disk, keyCheck: one.keyCheck, generation: one.generation, passphrase });
    await replaced.promise;
  }, anew);
  await withStation(fresh, async (core) => {
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ mayRestore: false, restored: { oldHost: expect.any(String) as string } });
    expect((await must(core, 'station', 'status', {})).agency.name).toBe('UBND xã Tân Lập');
    expect(await must(core, 'audit', 'verify', {})).toMatchObject({ brokenAt: null });
  }, anew);
  expect(readdirSync(fresh.folder).filter((name) => name.startsWith('before-restore'))).toHaveLength(1);
  await withStation(await filledProfile([10]), async (core) => {
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ mayRestore: false });
    const [one] = await must(core, 'backup', 'generations', { folder: disk });
    expect(await core.dispatcher.answer('backup', 'restore', { folder: disk, keyCheck: one?.keyCheck ?? '', generation: one?.generation ?? '', passphrase }, 'host')).toMatchObject({ failure: { code: 'station-not-empty' } });
  }, anew);
});

test('the dialog for folders is the shell’s: opened where the person was, null where it was closed, refused where there is none', async () => {
  const profile = await filledProfile([]);
  const asked: (string | null)[] = [];
  const disk = backupDisk();
  mkdirSync(join(disk, 'năm 2026'));
  const choose = (start: string | null): Promise<string | null> => {
    asked.push(start);
    return Promise.resolve(start === null ? null : join(start, 'năm 2026'));
  };
  await withStation(profile, async (core) => {
    expect((await must(core, 'backup', 'state', {})).showsFolders).toBe(true);
    expect(await must(core, 'backup', 'chooseFolder', { start: disk })).toEqual({ folder: join(disk, 'năm 2026') });
    expect(await must(core, 'backup', 'chooseFolder', { start: null })).toEqual({ folder: null });
    expect(asked).toEqual([disk, null]);
  }, { chooseFolder: choose });
  await withStation(profile, async (core) => {
    expect((await must(core, 'backup', 'state', {})).showsFolders).toBe(false);
    expect(await core.dispatcher.answer('backup', 'chooseFolder', { start: null }, 'host')).toMatchObject({ failure: { code: 'folders-not-shown' } });
    await must(core, 'backup', 'setRecovery', { passphrase });
  });
});
