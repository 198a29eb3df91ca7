import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { BackupRun, Contract, OutputOf } from '#contract';
import { startCore, type Core, type CoreOptions } from '../../../electron/hosts/compose.ts';
import { recordArrival } from '../../../electron/services/records/index.ts';
import { saveStation } from '../../../electron/services/settings/index.ts';
import { openStore } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { quietCore } from '../station/day.ts';
import type { Profile } from '../transfer/round-trip.ts';

/** A passphrase as an administrator would set it. */
export const passphrase = 'mưa rào tháng bảy trên mái ngói';

/** Asks a core as the host. */
export async function must<D extends keyof Contract, M extends keyof Contract[D] & string>(core: Core, domain: D, method: M, input: unknown): Promise<OutputOf<Contract[D][M]>> {
  const outcome = await core.dispatcher.answer(domain, method, input, 'host');
  if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
  return outcome.value as OutputOf<Contract[D][M]>;
}

/** A profile with an office and documents that came, each with a file of so many random bytes. */
export async function filledProfile(sizes: readonly number[]): Promise<Profile> {
  const profile = { folder: join(scratchFolder(), 'profile'), keyHex: randomBytes(32).toString('hex') };
  await addDocuments(profile, sizes, 1);
  return profile;
}

/** More documents for a profile that nobody has open. */
export async function addDocuments(profile: Profile, sizes: readonly number[], from: number): Promise<void> {
  const opened = openStore({ folder: profile.folder, key: Buffer.from(profile.keyHex, 'hex'), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  if (from === 1) {
    store.write((db) => {
      saveStation(db, { agency: { organId: 'H29.8', name: 'UBND xã Tân Lập' }, operator: 'Trần Thị Văn Thư' }, '2026-11-20T01:00:00.000Z');
    });
  }
  for (const [at, size] of sizes.entries()) {
    const file = { name: `cv-${String(from + at)}.pdf`, mediaType: 'application/pdf', ...(await store.blobs.put(randomBytes(size))) };
    store.write((db) => recordArrival(db, { ...arrival(from + at), files: [file] }, () => undefined, 'UBND xã Tân Lập'));
  }
  store.close();
}

/** A folder for backups, as a disk that was plugged in. */
export function backupDisk(): string {
  const disk = join(scratchFolder(), 'usb');
  mkdirSync(disk, { recursive: true });
  return disk;
}

/** Opens a profile that does nothing by itself, works with it and closes it. */
export async function withStation<T>(profile: Profile, work: (core: Core) => Promise<T>, more: Partial<CoreOptions> = {}): Promise<T> {
  const core = await startCore({ ...quietCore(profile), practice: 'as-stored', ...more });
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}

/** Chooses the folder and sets the passphrase. */
export async function setUp(core: Core, folder: string): Promise<void> {
  const { settings } = await must(core, 'backup', 'state', {});
  await must(core, 'backup', 'saveSettings', { ...settings, folder, enabled: false });
  await must(core, 'backup', 'setRecovery', { passphrase });
}

/** Makes a backup that must be good. */
export async function backedUp(core: Core): Promise<BackupRun> {
  const run = await must(core, 'backup', 'start', {});
  expect(run).toMatchObject({ failure: null, missing: 0 });
  return run;
}
