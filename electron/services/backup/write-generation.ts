import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { countRows, copyDatabase, faultOfCopy, latestVersion, one, openBeside, openCopy, sealedReader, sql, type DatabaseCopy, type LookAtSealed } from '../../store/index.ts';
import { readAgency } from '../settings/index.ts';
import { namedFiles } from '../transfer/index.ts';
import { fileCopier, namesIn, type Copied, type Lanes } from './copy-files.ts';
import { entriesOf, entryText, generationFolder, ListBroken, manifestText, readManifest, stationFolder, type Entry, type ManifestBody } from './form.ts';
import { forgetOld, generationsIn, isListWhole } from './generations.ts';
import { names } from './names.ts';
import { BackupFault, atPlaceLong, checkPlace, copyPart, lockPlace, makeStationFolder, nameFolder, needRoom, partOf, writePart } from './place.ts';
import type { Elsewhere, Watch, WriteDone, WriteJob } from './ports.ts';

/** Lines that wait for the files before them. */
const mostWaiting = 4000;
/** The folder's own records, and what the disk rounds up. */
const spareBytes = 4 * 1024 * 1024;

/**
 * Writes one generation: a copy of the database as it is at one moment, then the stored files that it names and that the
 * folder has not yet. It gets its name when all was read back and found right; until then nothing of it counts. Throws
 * BackupFault, and what `breathe` throws.
 */
export async function writeGeneration(job: WriteJob, { progress, breathe }: Watch, lanes: Lanes): Promise<WriteDone> {
  const { place, access, facts } = job;
  checkPlace(place, access.folder);
  const station = stationFolder(place, access.keyCheck);
  const copy = join(access.folder, 'backup-scratch');
  return atPlaceLong(place, async () => {
    makeStationFolder(place, station);
    const lock = lockPlace(station, facts);
    try {
      mkdirSync(copy, { recursive: true, mode: 0o700 });
      progress({ phase: 'database', done: 0, total: null });
      return await written(job, { station, copy: join(copy, names.database) }, { progress, breathe: () => { breathe(); lock.touch(); } }, lanes);
    } finally {
      rmSync(copy, { recursive: true, force: true });
      lock.release();
    }
  });
}

type Places = { readonly station: string; /** the copy of the database on this machine: SQLite is never let loose on a share */ readonly copy: string };

async function written(job: WriteJob, { station, copy }: Places, watch: Watch, lanes: Lanes): Promise<WriteDone> {
  const { place, access } = job;
  const growing = join(station, names.generations, `${names.unfinished}-${job.generation}`);
  for (const name of readdirSync(join(station, names.generations))) {
    if (name.startsWith(names.unfinished)) rmSync(join(station, names.generations, name), { recursive: true, force: true });
  }
  ownDisk(() => { copyDatabase(access, copy); });
  watch.breathe();
  const fault = faultOfCopy(copy, access.database);
  if (fault !== '') throw new BackupFault('backup-database-damaged', { detail: fault });
  const database = openCopy(copy, access.database);
  try {
    const plan = planned(database, station, watch);
    needRoom(place, plan.newBytes + 2 * partOf(copy, () => { watch.breathe(); }).size + spareBytes);
    mkdirSync(growing, { recursive: true, mode: 0o700 });
    const files = await writeFiles(job, { station, growing, lanes }, database, plan.newBytes, watch);
    watch.progress({ phase: 'closing', done: 0, total: null });
    const databasePart = copyPart(copy, join(growing, names.database), () => { watch.breathe(); });
    const keyPart = writePart(join(growing, names.key), job.key);
    const body: ManifestBody = {
      format: 'tram-van-thu-backup',
      version: 1,
      generation: job.generation,
      at: job.at,
      ...job.facts,
      schemaVersion: latestVersion,
      keyCheck: access.keyCheck,
      recovery: job.recovery,
      office: readAgency(database.read),
      lastEntry: one<{ seq: number; hash: string }>(database.read, sql`SELECT seq, hash FROM audit_head`) ?? null,
      counts: { incoming: countRows(database.read, 'incoming_document'), outgoing: countRows(database.read, 'outgoing_document'), files: files.count, bytes: files.bytes },
      missing: [...files.missing],
      parts: { database: databasePart, key: keyPart, files: partOf(join(growing, names.files)) },
    };
    const manifestSha256 = writePart(join(growing, names.manifest), manifestText(body, access.backup)).sha256;
    const manifest = readManifest(growing);
    if (manifest === undefined || manifest === 'newer') throw new BackupFault('backup-not-the-same', { file: join(growing, names.manifest) });
    nameFolder(growing, generationFolder(station, job.generation));
    return { manifest, manifestSha256, newFiles: files.newCount, newBytes: files.newBytes, forgotten: tidied(job, station, watch), restoredElsewhere: elsewhere(station, job.facts.life) };
  } finally {
    database.close();
  }
}

/** The backup is there: what keeps old ones from going does not undo it, and the next one tries again. */
function tidied({ keep }: WriteJob, station: string, { breathe }: Watch): readonly string[] {
  try {
    return forgetOld(station, keep, breathe);
  } catch {
    return [];
  }
}

/** What this machine's own disk says is not the place's fault. */
function ownDisk(work: () => void): void {
  try {
    work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) throw new BackupFault('backup-own-disk-full', {}, error);
    if (/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) throw new BackupFault('backup-database-damaged', { detail: (error as Error).message }, error);
    throw error;
  }
}

/** How much is to be copied. */
function planned({ read }: DatabaseCopy, station: string, { breathe }: Watch): { readonly newBytes: number } {
  const isThere = namesIn(join(station, names.blobs));
  let newBytes = 0;
  for (const page of namedFiles(read)) {
    for (const { sha256, size } of page) if (!isThere(sha256)) newBytes += size;
    breathe();
  }
  return { newBytes };
}

type Files = { readonly count: number; readonly bytes: number; readonly newCount: number; readonly newBytes: number; readonly missing: ManifestBody['missing'] };

type Writing = { readonly station: string; readonly growing: string; readonly lanes: Lanes };

/** Copies what is not there yet, and writes the list of all, in the order of names. */
async function writeFiles({ access }: WriteJob, { station, growing, lanes }: Writing, database: DatabaseCopy, total: number, { progress, breathe }: Watch): Promise<Files> {
  const blobs = join(station, names.blobs);
  const look = sealedReader(access.blobs);
  const isThere = namesIn(blobs);
  const before = previousEntries(station);
  let done = 0;
  const told = (bytes: number): void => {
    done += bytes;
    breathe();
    progress({ phase: 'files', done, total: Math.max(total, done) });
  };
  const came = new Map<string, Copied>();
  const copier = fileCopier({ from: join(access.folder, 'blobs'), to: blobs, key: access.blobs }, lanes, told, (copied) => void came.set(copied.name, copied));
  const list = openSync(join(growing, names.files), 'w', 0o600);
  const needed = new Set<string>();
  const missing: ManifestBody['missing'] = [];
  const sums = { count: 0, bytes: 0, newCount: 0, newBytes: 0 };
  let waiting: (Entry | string)[] = [];

  function writeLines(): void {
    let text = '';
    let at = 0;
    for (; at < waiting.length; at += 1) {
      const next = waiting[at];
      const entry = typeof next === 'string' ? entryFor(next) : next;
      if (entry === 'not-yet') break;
      if (entry === undefined) continue;
      sums.count += 1;
      sums.bytes += entry.size;
      text += entryText(entry);
    }
    waiting = waiting.slice(at);
    writeSync(list, text);
  }
  function entryFor(name: string): Entry | undefined | 'not-yet' {
    const copied = came.get(name);
    if (copied === undefined) return 'not-yet';
    came.delete(name);
    const wanted = needed.delete(name);
    if ('file' in copied) {
      sums.newCount += 1;
      sums.newBytes += copied.file.size;
      return { name, ...copied.file };
    }
    // A recall that was agreed to meanwhile destroys what the copy still names.
    if (copied.why === 'damaged' || (wanted && isStillNeeded(access, name))) missing.push({ sha256: name, why: copied.why });
    return undefined;
  }

  try {
    for (const page of namedFiles(database.read)) {
      for (const { sha256: name, size, needed: isNeeded } of page) {
        const known = isThere(name) ? (before.find(name) ?? wholeOne(look, blobs, name)) : undefined;
        if (known !== undefined) waiting.push(known);
        else {
          if (isNeeded === 1) needed.add(name);
          waiting.push(name);
          await copier.add(name, size);
        }
        if (waiting.length > mostWaiting) await copier.flush();
        if (waiting.length > mostWaiting / 2) writeLines();
      }
      breathe();
    }
    await copier.flush();
    writeLines();
    copier.settle();
    fsyncSync(list);
  } finally {
    before.close();
    closeSync(list);
  }
  return { ...sums, missing };
}

/** A file that a killed run has left whole; undefined when it is not, then it is written once more. */
function wholeOne(look: LookAtSealed, blobs: string, name: string): Entry | undefined {
  const file = look(join(blobs, name.slice(0, 2), name), name);
  return file === undefined ? undefined : { name, ...file };
}

function isStillNeeded(access: WriteJob['access'], name: string): boolean {
  const live = openBeside(access);
  try {
    const [page = []] = namedFiles(live.read, name.slice(0, -1));
    return page.some((one) => one.sha256 === name && one.needed === 1);
  } finally {
    live.close();
  }
}

/** What the newest generation says of files, asked in the order of names. */
function previousEntries(station: string): { readonly find: (name: string) => Entry | undefined; readonly close: () => void } {
  const newest = generationsIn(station).findLast(({ generation, manifest }) => typeof manifest === 'object' && isListWhole(generationFolder(station, generation), manifest));
  const entries = newest === undefined ? undefined : entriesOf(generationFolder(station, newest.generation));
  let now: Entry | undefined;
  let isOver = entries === undefined;
  const find = (name: string): Entry | undefined => {
    try {
      while (!isOver && (now === undefined || now.name < name)) {
        const next = entries?.next();
        if (next === undefined || next.done === true) isOver = true;
        else now = next.value;
      }
    } catch (error) {
      // What is spoilt there is read anew from the files themselves.
      if (!(error instanceof ListBroken)) throw error;
      isOver = true;
    }
    return now?.name === name ? now : undefined;
  };
  return { find, close: () => void entries?.return(undefined) };
}

/** Who was restored from these backups, when it was not this station itself. */
function elsewhere(station: string, life: string): Elsewhere | null {
  try {
    const told = JSON.parse(readFileSync(join(station, names.restored), 'utf8')) as Elsewhere;
    return told.life === life ? null : { at: told.at, host: told.host, life: told.life };
  } catch {
    return null;
  }
}
