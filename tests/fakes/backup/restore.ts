import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { doJob } from '../../../electron/services/backup/job.ts';
import { finishRestore } from '../../../electron/store/index.ts';
import { newProfile, type Profile } from '../transfer/round-trip.ts';
import { passphrase } from './station.ts';

/** Brings the newest backup of a folder into a new profile, as a clean machine does. */
export async function restored(disk: string, words = passphrase): Promise<Profile> {
  const profile = newProfile();
  mkdirSync(profile.folder, { recursive: true });
  const listed = await doJob({ kind: 'list', place: disk, keyCheck: null }, () => undefined, () => false);
  if (!listed.ok || listed.value[0] === undefined) throw new Error('nothing to restore');
  const [{ generation, keyCheck }] = listed.value;
  const answer = await doJob(
    {
      kind: 'restore',
      place: disk,
      keyCheck,
      generation,
      passphrase: words,
      profile: profile.folder,
      machineKey: Buffer.from(profile.keyHex, 'hex'),
      profileKind: 'office',
      at: '2026-11-23T02:00:00.000Z',
      life: randomUUID(),
      host: 'new',
      programVersion: '0.1.0',
    },
    () => undefined,
    () => false,
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  const finished = finishRestore(profile.folder);
  if (!finished.ok) throw new Error(finished.failure.code);
  return profile;
}

/** The folder of the only station in a folder of backups. */
export function stationIn(disk: string): string {
  const root = join(disk, 'Tram-Van-thu-sao-luu');
  return join(root, readdirSync(root)[0] ?? '');
}
