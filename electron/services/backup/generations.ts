import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupRetention } from '#contract';
import { vietnamDay } from '../../foundation/clock.ts';
import { syncFolder } from '../../foundation/durable-file.ts';
import { entriesOf, generationFolder, generationName, readManifest, type Manifest } from './form.ts';
import { names, rootName } from './names.ts';
import { partOf } from './place.ts';
import type { Listed } from './ports.ts';

/** The generations of a station's folder, the oldest first, with what each says of itself. */
export function generationsIn(station: string): readonly { readonly generation: string; readonly manifest: Manifest | 'newer' | 'spoilt' }[] {
  return namesBelow(join(station, names.generations))
    .filter((name) => generationName.test(name))
    .toSorted()
    .map((generation) => {
      const manifest = readManifest(generationFolder(station, generation));
      return { generation, manifest: manifest === undefined || (manifest !== 'newer' && manifest.generation !== generation) ? 'spoilt' : manifest };
    });
}

/** All generations of a chosen folder, the newest first; of one station where its key is told. */
export function listGenerations(place: string, keyCheck: string | null): readonly Listed[] {
  const root = join(place, rootName);
  const found = namesBelow(root).flatMap((folder) =>
    generationsIn(join(root, folder)).map(({ generation, manifest }) => ({ generation, manifest, keyCheck: typeof manifest === 'object' ? manifest.keyCheck : folder })),
  );
  return found.filter((one) => keyCheck === null || keyCheck.startsWith(one.keyCheck.slice(0, 16))).toSorted((a, b) => (a.generation < b.generation ? 1 : -1));
}

/**
 * Which generations stay: the newest of each of so many days, weeks (from Monday) and months in Vietnam, and always the newest
 * of all. `at`: instants, in any order.
 */
export function keptGenerations(at: readonly string[], { daily, weekly, monthly }: BackupRetention): ReadonlySet<string> {
  const newestFirst = at.toSorted().toReversed();
  const kept = new Set(newestFirst.slice(0, 1));
  const keep = (count: number, spanOf: (instant: string) => string): void => {
    const spans = new Set<string>();
    for (const instant of newestFirst) {
      if (spans.size >= count) return;
      if (!spans.has(spanOf(instant))) kept.add(instant);
      spans.add(spanOf(instant));
    }
  };
  const day = (instant: string): string => vietnamDay(new Date(instant));
  keep(daily, day);
  // 1970-01-05 was a Monday.
  keep(weekly, (instant) => String(Math.floor((Date.parse(`${day(instant)}T00:00:00Z`) / 86_400_000 - 4) / 7)));
  keep(monthly, (instant) => day(instant).slice(0, 7));
  return kept;
}

/**
 * Takes old generations away, and the stored files that no other one names. What another version of the program wrote, or is
 * spoilt, is left alone, and then no file is taken away either: nobody knows what it needs.
 */
export function forgetOld(station: string, keep: BackupRetention, breathe: () => void): readonly string[] {
  const all = generationsIn(station);
  const known = all.flatMap(({ generation, manifest }) => (typeof manifest === 'object' ? [{ generation, at: manifest.at }] : []));
  const kept = keptGenerations(known.map(({ at }) => at), keep);
  const old = known.filter(({ at }) => !kept.has(at)).map(({ generation }) => generation);
  for (const generation of old) {
    // Under another name first: one that is half gone must not pass for a generation.
    const going = join(station, names.generations, `${names.unfinished}-${generation}`);
    renameSync(generationFolder(station, generation), going);
    syncFolder(join(station, names.generations));
    rmSync(going, { recursive: true, force: true });
    breathe();
  }
  const left = all.filter(({ generation }) => !old.includes(generation));
  if (old.length > 0 && left.every(({ generation, manifest }) => typeof manifest === 'object' && isListWhole(generationFolder(station, generation), manifest))) {
    forgetFiles(station, left.map(({ generation }) => generation), breathe);
  }
  return old;
}

/** Whether the list of a generation is what its manifest says. */
export function isListWhole(folder: string, { parts }: Manifest): boolean {
  try {
    return partOf(join(folder, names.files)).sha256 === parts.files.sha256;
  } catch {
    return false;
  }
}

/** Goes through files and lists side by side, a folder of names at a time. */
function forgetFiles(station: string, generations: readonly string[], breathe: () => void): void {
  const lists = generations.map((generation) => {
    const entries = entriesOf(generationFolder(station, generation));
    return { entries, now: entries.next() };
  });
  const blobs = join(station, names.blobs);
  for (const prefix of namesBelow(blobs).filter((name) => /^[0-9a-f]{2}$/.test(name)).toSorted()) {
    const needed = new Set<string>();
    for (const list of lists) {
      for (; list.now.done !== true && list.now.value.name.slice(0, 2) <= prefix; list.now = list.entries.next()) needed.add(list.now.value.name);
    }
    for (const name of namesBelow(join(blobs, prefix))) if (!needed.has(name)) rmSync(join(blobs, prefix, name), { force: true });
    breathe();
  }
  for (const { entries } of lists) entries.return(undefined);
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
