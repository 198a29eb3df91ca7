import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { instantOf, systemClock } from '../../foundation/clock.ts';
import { keyFile } from '../../platform/secrets/key-file.ts';
import { practiceArchive, practiceArchivist } from '../../services/practice/index.ts';
import { saveStation, settledKind } from '../../services/settings/index.ts';
import { openStore } from '../../store/index.ts';
import { startCore, type Core } from '../compose.ts';

/** In the folder of a station's window, where packages of others are laid. */
const arrivals = 'tiep-nhan';

type Given = { readonly folder: string; readonly version: string; readonly log: (line: string) => void };

/** The archive of a practice day: a practice profile of its own in `folder`/profile, whose window takes packages from `folder`/desk. */
export async function openArchive({ folder, version, log }: Given): Promise<{ readonly core: Core; readonly desk: string }> {
  const profileDir = join(folder, 'profile');
  const desk = join(folder, 'desk');
  mkdirSync(profileDir, { recursive: true, mode: 0o700 });
  mkdirSync(join(desk, arrivals), { recursive: true });
  const key = await keyFile(profileDir).obtain(true);
  if (!key.ok) throw new Error(`the archive's profile has no key: ${key.failure.code}`);
  // A practice profile's office is fixed: its host says who it is before it opens, as `startPractice` does for the ward.
  const opened = openStore({ folder: profileDir, key: Buffer.from(key.value.key), programVersion: version, mayCreate: true });
  if (!opened.ok) throw new Error(`the archive's profile does not open: ${opened.failure.code}`);
  opened.value.write((db) => {
    const at = instantOf(systemClock);
    settledKind(db, 'practice', at);
    saveStation(db, { agency: { organId: practiceArchive.code, name: practiceArchive.name }, operator: practiceArchivist }, at);
  });
  opened.value.close();
  const core = await startCore({ profileDir, key: { ok: true, value: key.value.key }, practice: 'as-stored', background: false, exportPlace: desk, version, log });
  return { core, desk };
}

/** Carries the packages of a folder to the archive, and a copy to each of `others`. Answers their names. */
export function carryPackages(from: string, desk: string, ...others: readonly string[]): readonly string[] {
  const names = readdirSync(from).filter((name) => name.endsWith('.zip'));
  for (const to of [join(desk, arrivals), ...others]) {
    mkdirSync(to, { recursive: true });
    for (const name of names) copyFileSync(join(from, name), join(to, name));
  }
  return names;
}
