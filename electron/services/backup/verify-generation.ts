import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { deriveKeys, faultOfCopy, sealedReader, type LookAtSealed } from '../../store/index.ts';
import { blobPath, entriesOf, generationFolder, isProven, ListBroken, readManifest, stationFolder, type Entry } from './form.ts';
import { names } from './names.ts';
import { BackupFault, atPlace, partOf } from './place.ts';
import type { BadPart, VerifyDone, VerifyJob, Watch } from './ports.ts';

/** So many bad parts are told one by one. */
const mostTold = 200;

/**
 * Reads a generation from its first byte to its last and compares it with its manifest. Without the station's keys it says
 * whether something has changed since it was written; with them also whether the station wrote it and all of it opens.
 */
export function verifyGeneration({ place, keyCheck, generation, access }: VerifyJob, { progress, breathe }: Watch): VerifyDone {
  const station = stationFolder(place, keyCheck);
  const folder = generationFolder(station, generation);
  return atPlace(place, 0, () => {
    const manifest = existsSync(folder) ? readManifest(folder) : undefined;
    if (manifest === 'newer') throw new BackupFault('backup-newer', { generation });
    if (manifest === undefined) throw new BackupFault('backup-missing', { generation, folder: place });
    const bad: BadPart[] = [];
    const note = (path: string, what: BadPart['what']): void => {
      if (bad.length < mostTold) bad.push({ path, what });
    };
    if (access !== null && !isProven(manifest, access.backup)) note(names.manifest, 'unproven');
    const total = manifest.counts.bytes + manifest.parts.database.size;
    let done = 0;
    const told = (bytes: number): void => {
      done += bytes;
      breathe();
      progress({ phase: 'checking', done, total });
    };
    for (const [name, wanted] of [[names.database, manifest.parts.database], [names.key, manifest.parts.key], [names.files, manifest.parts.files]] as const) {
      const found = existsSync(join(folder, name)) ? partOf(join(folder, name), told) : undefined;
      if (found === undefined) note(name, 'missing');
      else if (found.sha256 !== wanted.sha256) note(name, 'changed');
    }
    if (access !== null && bad.length === 0 && faultOfCopy(join(folder, names.database), access.database) !== '') note(names.database, 'changed');
    const look = access === null ? undefined : sealedReader(access.blobs);
    let files = 0;
    try {
      for (const entry of entriesOf(folder)) {
        files += 1;
        const path = blobPath(station, entry.name);
        const what = !existsSync(path) ? 'missing' : isSame(path, entry, look, told) ? undefined : 'changed';
        if (what === 'changed' && access !== null) putAside(path);
        if (what !== undefined) note(`${names.blobs}/${entry.name.slice(0, 2)}/${entry.name}`, what);
      }
    } catch (error) {
      if (!(error instanceof ListBroken) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      if (!bad.some(({ path }) => path === names.files)) note(names.files, 'changed');
    }
    return { files, bytes: done, bad };
  });
}

/** So that the next backup of the station, which has the file, writes it once more; it goes when old files go. */
function putAside(path: string): void {
  try {
    renameSync(path, `${path}.bad`);
  } catch {
    // A folder that is write-protected stays as it is.
  }
}

function isSame(path: string, { name, sealed, size }: Entry, look: LookAtSealed | undefined, told: (bytes: number) => void): boolean {
  if (look === undefined) return partOf(path, told).sha256 === sealed;
  const found = look(path, name);
  told(size);
  // One that was written once more has other bytes and the same content.
  return found !== undefined;
}

/** The keys of a backup's data, as its thread takes them. */
export function accessOf(folder: string, master: Uint8Array): NonNullable<VerifyJob['access']> {
  const keys = deriveKeys(master);
  return { folder, database: keys.database, blobs: keys.blobs, backup: keys.backup, keyCheck: keys.check };
}
