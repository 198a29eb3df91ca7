import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile, syncFolder } from '../../foundation/durable-file.ts';
import { readWrappedKey, unwrapKey } from '../../foundation/wrapped-key.ts';
import { countRows, faultOfCopy, holdMasterKey, latestVersion, openCopy, readyToSwitch, restoredNote, restoringName, writeLabel } from '../../store/index.ts';
import { fileCopier, namesIn, type Lanes } from './copy-files.ts';
import { entriesOf, generationFolder, isProven, keyFormat, ListBroken, readManifest, stationFolder, type Manifest } from './form.ts';
import { names } from './names.ts';
import { BackupFault, atPlace, copyPart, needRoom, partOf } from './place.ts';
import type { Elsewhere, RestoredNote, RestoreDone, RestoreJob, Watch } from './ports.ts';
import { accessOf } from './verify-generation.ts';

const spareBytes = 4 * 1024 * 1024;
/** Which generation lies in `restoring`, so that a killed restore of the same one goes on. */
const whichName = 'generation';

/**
 * Brings a generation back into `restoring` of a profile, beside what is there, compares all of it, and only then says that it
 * may take the place (`switchOver` of the store). The profile's own data are not touched. Throws BackupFault.
 */
export async function restoreGeneration(job: RestoreJob, watch: Watch, lanes: Lanes): Promise<RestoreDone> {
  const { place, profile } = job;
  const station = stationFolder(place, job.keyCheck);
  const folder = generationFolder(station, job.generation);
  const manifest = atPlace(place, 0, () => openGeneration(job, folder));
  const master = await masterOf(job, folder);
  const access = accessOf(profile, master);
  if (access.keyCheck !== manifest.keyCheck || !isProven(manifest, access.backup)) throw new BackupFault('backup-changed', { file: names.manifest });
  const target = join(profile, restoringName);
  begin(target, job.generation);
  needRoom(profile, manifest.counts.bytes + manifest.parts.database.size + spareBytes);

  watch.progress({ phase: 'database', done: 0, total: null });
  const database = join(target, names.database);
  const source = join(folder, names.database);
  if (!existsSync(source)) throw new BackupFault('backup-changed', { file: names.database });
  if (copyPart(source, database, () => { watch.breathe(); }).sha256 !== manifest.parts.database.sha256) throw new BackupFault('backup-changed', { file: names.database });
  if (faultOfCopy(database, access.database) !== '') throw new BackupFault('backup-changed', { file: names.database });
  compareCounts(database, access.database, manifest);
  await bringFiles({ station, folder, target, manifest, key: access.blobs, lanes }, watch);

  holdMasterKey(target, job.machineKey, master);
  writeLabel(target, { keyCheck: access.keyCheck, schemaVersion: manifest.schemaVersion, programVersion: manifest.programVersion });
  const note: RestoredNote = {
    generation: job.generation,
    backupAt: manifest.at,
    at: job.at,
    place,
    life: job.life,
    oldHost: manifest.host,
    manifestSha256: partOf(join(folder, names.manifest)).sha256,
  };
  replaceFile(join(target, restoredNote), JSON.stringify(note));
  syncFolder(target);
  const unmarked = !marked(station, job);
  readyToSwitch(profile);
  return { manifest, unmarked };
}

function openGeneration({ place, generation, profileKind }: RestoreJob, folder: string): Manifest {
  const manifest = existsSync(folder) ? readManifest(folder) : undefined;
  if (manifest === 'newer') throw new BackupFault('backup-newer', { generation });
  if (manifest === undefined) throw new BackupFault('backup-missing', { generation, folder: place });
  if (manifest.schemaVersion > latestVersion) throw new BackupFault('backup-newer', { generation });
  if (manifest.profileKind !== profileKind) throw new BackupFault('backup-other-kind', { kind: manifest.profileKind });
  return manifest;
}

async function masterOf({ passphrase }: RestoreJob, folder: string): Promise<Buffer> {
  const path = join(folder, names.key);
  const wrapped = existsSync(path) ? readWrappedKey(keyFormat, readFileSync(path, 'utf8')) : undefined;
  if (wrapped === undefined) throw new BackupFault('backup-changed', { file: names.key });
  const master = await unwrapKey(keyFormat, passphrase, wrapped);
  if (master === undefined) throw new BackupFault('recovery-wrong', { field: 'passphrase' });
  return master;
}

function begin(target: string, generation: string): void {
  const which = join(target, whichName);
  if (existsSync(target) && (!existsSync(which) || readFileSync(which, 'utf8') !== generation)) rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, names.blobs), { recursive: true, mode: 0o700 });
  replaceFile(which, generation);
}

function compareCounts(path: string, key: Uint8Array, { counts }: Manifest): void {
  const copy = openCopy(path, key);
  try {
    for (const [table, count] of [['incoming_document', counts.incoming], ['outgoing_document', counts.outgoing]] as const) {
      if (countRows(copy.read, table) !== count) throw new BackupFault('backup-changed', { file: names.database });
    }
  } finally {
    copy.close();
  }
}

type Bringing = { readonly station: string; readonly folder: string; readonly target: string; readonly manifest: Manifest; readonly key: Uint8Array; readonly lanes: Lanes };

/** Copies all stored files; each is decrypted and compared with its hash where it then lies. */
async function bringFiles({ station, folder, target, manifest, key, lanes }: Bringing, { progress, breathe }: Watch): Promise<void> {
  const to = join(target, names.blobs);
  const isThere = namesIn(to);
  let done = 0;
  const told = (bytes: number): void => {
    done += bytes;
    breathe();
    progress({ phase: 'files', done, total: manifest.counts.bytes });
  };
  const copier = fileCopier({ from: join(station, names.blobs), to, key }, lanes, told, (copied) => {
    if (!('why' in copied)) return;
    if (!existsSync(folder)) throw new BackupFault('backup-place-gone', { folder: station });
    throw new BackupFault('backup-changed', { file: `${names.blobs}/${copied.name.slice(0, 2)}/${copied.name}` });
  });
  let files = 0;
  try {
    for (const { name, size } of entriesOf(folder)) {
      files += 1;
      if (isThere(name)) told(size);
      else await copier.add(name, size);
    }
  } catch (error) {
    throw error instanceof ListBroken ? new BackupFault('backup-changed', { file: names.files }) : error;
  }
  await copier.flush();
  copier.settle();
  if (files !== manifest.counts.files || partOf(join(folder, names.files)).sha256 !== manifest.parts.files.sha256) throw new BackupFault('backup-changed', { file: names.files });
}

/** Tells who uses these backups next that another machine was restored from them; answers whether that could be written. */
function marked(station: string, { at, host, life }: RestoreJob): boolean {
  try {
    replaceFile(join(station, names.restored), JSON.stringify({ at, host, life } satisfies Elsewhere));
    return true;
  } catch {
    return false;
  }
}
