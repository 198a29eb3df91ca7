import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ExportDone } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { openManifest } from '../../../electron/services/transfer/index.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { quietCore } from '../station/day.ts';

export type Profile = { readonly folder: string; readonly keyHex: string };

/** A folder for a profile that is not there yet, with a key of its own. */
export function newProfile(): Profile {
  return { folder: join(scratchFolder(), 'profile'), keyHex: randomBytes(32).toString('hex') };
}

/** Opens a profile that does nothing by itself, works with it and closes it. */
export async function withProfile<T>(profile: Profile, work: (core: Core) => Promise<T>, newKind: 'office' | 'practice' = 'office'): Promise<T> {
  const core = await startCore({ ...quietCore(profile), practice: 'as-stored', newKind });
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}

/** Exports a running core into a new folder. */
export async function exportOf(core: Core, name = 'export'): Promise<ExportDone> {
  const outcome = await core.transfer.exportTo(join(scratchFolder(), name));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

/** Takes an export into a running core. */
export async function importInto(core: Core, folder: string, write = true): ReturnType<Core['transfer']['importFrom']> {
  return core.transfer.importFrom(folder, write, () => undefined);
}

/** Every file below a folder with the hash of its bytes, by its path. */
export function tree(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const rows = files.map((one) => {
    const path = join(one.parentPath, one.name);
    return [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')] as const;
  });
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export type RoundTrip = {
  /** of the profile that was there, twice, and of the one that was filled from the first */
  readonly exports: readonly [string, string, string];
  readonly filled: Profile;
  /** records of each kind */
  readonly counts: Readonly<Record<string, number>>;
};

/** Exports a closed profile twice, fills an empty one from it and exports that. */
export async function roundTrip(profile: Profile, newKind: 'office' | 'practice' = 'office'): Promise<RoundTrip> {
  const [first, second] = await withProfile(profile, async (core) => [await exportOf(core), await exportOf(core)] as const);
  const filled = newProfile();
  const imported = await withProfile(filled, (core) => importInto(core, first.folder), newKind);
  if (!imported.ok) throw new Error(JSON.stringify(imported.failure));
  const third = await withProfile(filled, (core) => exportOf(core));
  const manifest = openManifest(first.folder);
  if (!manifest.ok) throw new Error(manifest.failure.code);
  return { exports: [first.folder, second.folder, third.folder], filled, counts: manifest.value.head.counts };
}

/** All bytes of an export, to look for what must not be in it. */
export function textOf(folder: string): string {
  return Object.keys(tree(folder))
    .filter((path) => statSync(join(folder, path)).size < 64 * 1024 * 1024)
    .map((path) => readFileSync(join(folder, path), 'latin1'))
    .join('\n');
}
