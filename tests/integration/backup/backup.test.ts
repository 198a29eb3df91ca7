import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Core } from '../../../electron/hosts/compose.ts';
import { doJob } from '../../../electron/services/backup/job.ts';
import { restored, stationIn } from '../../fakes/backup/restore.ts';
import { addDocuments, backedUp, backupDisk, filledProfile, must, passphrase, setUp, withStation } from '../../fakes/backup/station.ts';
import { exportOf, textOf, tree } from '../../fakes/transfer/round-trip.ts';

const blobsIn = (disk: string): string[] => Object.keys(tree(join(stationIn(disk), 'blobs')));

test('a backup comes back on a clean machine under another key, and exports the same, byte for byte', async () => {
  const profile = await filledProfile([10, 300_000, 5_000_000, 262_144]);
  const disk = backupDisk();
  const former = await withStation(profile, async (core) => {
    await setUp(core, disk);
    const first = await exportOf(core);
    const run = await backedUp(core);
    expect(run).toMatchObject({ files: 4, newFiles: 4, folder: disk });
    // Nothing of it can be read without a key.
    const bytes = textOf(disk);
    for (const clear of ['SQLite format', 'Trần Thị Văn Thư', 'incoming_document', profile.keyHex]) expect(bytes, clear).not.toContain(Buffer.from(clear).toString('latin1'));
    // A backup changes nothing of what is exported.
    expect(tree((await exportOf(core)).folder)).toEqual(tree(first.folder));
    return first;
  });
  const fresh = await restored(disk);
  await withStation(fresh, async (core) => {
    const again = await exportOf(core);
    expect(again.manifestSha256).toBe(former.manifestSha256);
    expect(tree(again.folder)).toEqual(tree(former.folder));
    expect(await must(core, 'audit', 'verify', {})).toMatchObject({ brokenAt: null });
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ restored: { oldHost: expect.any(String) as string }, mayRestore: false });
  });
});

test('nothing is changed, received or sent in a restored station before somebody says that it takes over; then it goes on in the same folder, and the former machine is told', async () => {
  const profile = await filledProfile([1000, 2000]);
  const disk = backupDisk();
  await withStation(profile, async (core) => {
    await setUp(core, disk);
    await backedUp(core);
  });
  const fresh = await restored(disk);
  await withStation(fresh, async (core) => {
    const { items } = await must(core, 'records', 'incomingList', { state: 'arrived', before: null, limit: 9 });
    const register = (): Promise<unknown> => core.dispatcher.answer('records', 'registerIncoming', { id: items[0]?.id }, 'host');
    expect(await register()).toMatchObject({ failure: { code: 'restored-to-confirm' } });
    expect(await core.dispatcher.answer('exchange', 'receiveNow', {}, 'own-window')).toMatchObject({ failure: { code: 'restored-to-confirm' } });
    await must(core, 'backup', 'confirmRestored', { numbersChecked: true, oldStopped: true });
    expect(await register()).toMatchObject({ ok: true });
    expect(await must(core, 'backup', 'state', {})).toMatchObject({ restored: null, elsewhere: null });
    // Its files are there already.
    expect(await backedUp(core)).toMatchObject({ files: 2, newFiles: 0 });
  });
  await withStation(profile, async (core) => {
    await backedUp(core);
    const state = await must(core, 'backup', 'state', {});
    expect(state.elsewhere).toEqual({ at: '2026-11-23T02:00:00.000Z', host: 'new' });
    await must(core, 'backup', 'noteElsewhere', { note: 'khôi phục thử' });
    await backedUp(core);
    expect((await must(core, 'backup', 'state', {})).elsewhere).toBe(null);
  });
});

test('the second backup writes only what is new; old generations go, and what no other one needs goes with them', async () => {
  const profile = await filledProfile([1000, 2000, 3000]);
  const disk = backupDisk();
  let now = new Date('2026-01-01T03:00:00.000Z');
  const clock = { now: () => now };
  await withStation(profile, async (core) => {
    await setUp(core, disk);
    const { settings } = await must(core, 'backup', 'state', {});
    await must(core, 'backup', 'saveSettings', { ...settings, retention: { daily: 2, weekly: 1, monthly: 1 } });
    await backedUp(core);
  }, { clock });
  expect(blobsIn(disk)).toHaveLength(3);
  await addDocuments(profile, [4000], 4);
  await withStation(profile, async (core) => {
    // A file that nothing names goes with the next generation that goes.
    const stray = join(stationIn(disk), 'blobs', 'aa', `aa${'0'.repeat(62)}`);
    mkdirSync(dirname(stray), { recursive: true });
    writeFileSync(stray, 'x');
    for (let day = 2; day <= 4; day += 1) {
      now = new Date(Date.UTC(2026, 0, day, 3));
      expect(await backedUp(core)).toMatchObject({ files: 4, newFiles: day === 2 ? 1 : 0 });
      expect(existsSync(stray)).toBe(day < 3);
    }
    const list = await must(core, 'backup', 'generations', { folder: null });
    expect(list.map(({ at }) => at?.slice(0, 10))).toEqual(['2026-01-04', '2026-01-03']);
    expect(blobsIn(disk)).toHaveLength(4);
    // While one of the lists is spoilt nobody knows what it needs.
    const oldest = join(stationIn(disk), 'generations', list[0]?.generation ?? '', 'files.txt');
    const text = readFileSync(oldest, 'utf8');
    writeFileSync(oldest, text.slice(0, 10));
    writeFileSync(stray, 'x');
    now = new Date('2026-01-05T03:00:00.000Z');
    await backedUp(core);
    expect(existsSync(stray)).toBe(true);
    expect(await must(core, 'backup', 'generations', { folder: null })).toHaveLength(2);
  }, { clock });
  await restored(disk);
});

async function refusedStart(core: Core): Promise<{ code: string; params?: Record<string, unknown> }> {
  const outcome = await core.dispatcher.answer('backup', 'start', {}, 'host');
  if (outcome.ok) throw new Error('it was made');
  return outcome.failure;
}

test('without folder or passphrase, into its own data, or with the folder gone, a backup says why and leaves nothing', async () => {
  const profile = await filledProfile([1000]);
  const disk = backupDisk();
  await withStation(profile, async (core) => {
    expect(await refusedStart(core)).toMatchObject({ code: 'backup-no-place' });
    const { settings } = await must(core, 'backup', 'state', {});
    const save = (folder: string): Promise<unknown> => core.dispatcher.answer('backup', 'saveSettings', { ...settings, folder }, 'host');
    expect(await save(join(profile.folder, 'blobs'))).toMatchObject({ failure: { code: 'backup-place-profile' } });
    expect(await save(join(profile.folder, '..'))).toMatchObject({ failure: { code: 'backup-place-profile' } });
    expect(await save(join(disk, 'không-có'))).toMatchObject({ failure: { code: 'backup-place-gone' } });
    const other = await filledProfile([]);
    expect(await save(other.folder)).toMatchObject({ failure: { code: 'backup-place-profile' } });
    expect(await save('../x')).toMatchObject({ failure: { code: 'bad-input' } });
    expect(await save(disk)).toMatchObject({ ok: true });
    expect(await refusedStart(core)).toMatchObject({ code: 'recovery-not-set' });
    await must(core, 'backup', 'setRecovery', { passphrase });
    rmSync(disk, { recursive: true });
    expect(await refusedStart(core)).toMatchObject({ code: 'backup-place-gone', params: { folder: disk } });
    // The disk comes back, and the log knows of both.
    mkdirSync(disk);
    await backedUp(core);
    expect((await must(core, 'backup', 'runs', { before: null, limit: 9 })).map(({ failure }) => failure)).toEqual([null, 'backup-place-gone']);
  });
  expect(existsSync(join(profile.folder, 'backup-scratch'))).toBe(false);
});

test('two stations share a folder without meeting; the same station twice at once is told who writes there', async () => {
  const disk = backupDisk();
  const [one, two] = [await filledProfile([1000]), await filledProfile([2000])];
  for (const profile of [one, two]) {
    await withStation(profile, async (core) => {
      await setUp(core, disk);
      await backedUp(core);
      expect(await must(core, 'backup', 'generations', { folder: null })).toHaveLength(1);
      expect(await must(core, 'backup', 'generations', { folder: disk })).toHaveLength(profile === one ? 1 : 2);
    });
  }
  await withStation(one, async (core) => {
    for (const name of readdirSync(join(disk, 'Tram-Van-thu-sao-luu'))) writeFileSync(join(disk, 'Tram-Van-thu-sao-luu', name, 'writing.lock'), JSON.stringify({ life: 'another', host: 'MAY-2' }));
    expect(await refusedStart(core)).toMatchObject({ code: 'backup-place-busy', params: { host: 'MAY-2' } });
  });
});

test('a flipped byte is named by a check, with the keys and without; such a backup does not come back, and repairs still work from the rest', async () => {
  const profile = await filledProfile([1000, 700_000, 3000]);
  const disk = backupDisk();
  let generation = await withStation(profile, async (core) => {
    await setUp(core, disk);
    const run = await backedUp(core);
    expect(await must(core, 'backup', 'verify', { generation: run.generation })).toMatchObject({ files: 3, bad: [] });
    return run.generation;
  });
  const station = stationIn(disk);
  const flip = (path: string, at: number): (() => void) => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    return () => {
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    };
  };
  const [blob = ''] = blobsIn(disk);
  const parts: [string, string][] = [
    [join(station, 'blobs', blob), `blobs/${blob}`],
    [join(station, 'generations', generation, 'station.db'), 'station.db'],
    [join(station, 'generations', generation, 'key.json'), 'key.json'],
    [join(station, 'generations', generation, 'files.txt'), 'files.txt'],
  ];
  for (const [path, name] of parts) {
    const mend = flip(path, 40);
    const keyCheck = station.split('/').at(-1) ?? '';
    expect(await doJob({ kind: 'verify', place: disk, keyCheck, generation, access: null }, () => undefined, () => false)).toMatchObject({ value: { bad: expect.arrayContaining([{ path: name, what: 'changed' }]) as unknown } });
    await withStation(profile, async (core) => {
      expect((await must(core, 'backup', 'verify', { generation })).bad, name).toContainEqual({ path: name, what: 'changed' });
    });
    await expect(restored(disk), name).rejects.toThrow(/backup-changed/);
    mend();
  }
  // A manifest that somebody wrote anew, hashes and all, but without the key.
  const manifest = join(station, 'generations', generation, 'manifest.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace('"incoming":3', '"incoming":4'));
  await withStation(profile, async (core) => {
    expect((await must(core, 'backup', 'verify', { generation })).bad).toContainEqual({ path: 'manifest.json', what: 'unproven' });
  });
  await expect(restored(disk)).rejects.toThrow(/backup-changed/);
  writeFileSync(manifest, text);

  // What was found bad is written once more by the next backup, and what names it is whole again.
  const spoilt = join(station, 'blobs', blob);
  flip(spoilt, 300);
  await withStation(profile, async (core) => {
    expect((await must(core, 'backup', 'verify', { generation })).bad).toEqual([{ path: `blobs/${blob}`, what: 'changed' }]);
    // The newest of a day takes the place of the one before.
    const run = await backedUp(core);
    expect(run).toMatchObject({ files: 3, newFiles: 1 });
    generation = run.generation;
    expect((await must(core, 'backup', 'verify', { generation })).bad).toEqual([]);
  });
  expect(existsSync(`${spoilt}.bad`)).toBe(false);

  await expect(restored(disk, 'sai mật khẩu rồi nhé')).rejects.toThrow(/recovery-wrong/);
  // A stored file of the station is lost, and mended from the backup by what keeping has for it.
  const [first = ''] = Object.keys(tree(join(profile.folder, 'blobs')));
  rmSync(join(profile.folder, 'blobs', first));
  await withStation(profile, async (core) => {
    expect(await core.keeping.check(true)).toMatchObject({ bad: 1 });
    expect(await core.keeping.repairFrom(disk, () => undefined)).toMatchObject({ repaired: [{ sha256: first.split('/').at(-1) }], left: 0 });
    expect(await core.keeping.check(true)).toMatchObject({ bad: 0 });
  });
});

test('a file that the station itself has lost or that is damaged there is named, and the rest is backed up', async () => {
  const profile = await filledProfile([1000, 2000, 3000]);
  const disk = backupDisk();
  const [gone = '', bad = ''] = Object.keys(tree(join(profile.folder, 'blobs')));
  rmSync(join(profile.folder, 'blobs', gone));
  writeFileSync(join(profile.folder, 'blobs', bad), randomBytes(1040));
  await withStation(profile, async (core) => {
    await setUp(core, disk);
    const run = await must(core, 'backup', 'start', {});
    expect(run).toMatchObject({ failure: null, files: 1, missing: 2 });
    const manifest = JSON.parse(readFileSync(join(stationIn(disk), 'generations', run.generation, 'manifest.json'), 'utf8')) as { missing: { sha256: string; why: string }[] };
    const nameOf = (path: string): string => path.split('/').at(-1) ?? '';
    expect(manifest.missing.toSorted((a, b) => (a.why < b.why ? -1 : 1))).toEqual([{ sha256: nameOf(bad), why: 'damaged' }, { sha256: nameOf(gone), why: 'missing' }]);
  });
  await restored(disk);
});
