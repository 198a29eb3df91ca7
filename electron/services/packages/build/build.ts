import { createHash, hash } from 'node:crypto';
import { lstat, mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../../foundation/outcome.ts';
import type { DigestAside } from '../check/reading.ts';
import type { PackageContent, PdfAState, SchemaFile } from '../model.ts';
import { pdfAScan, type ScanState } from '../pdf-a/scan.ts';
import { pdfAFacts } from '../pdf-a/structure.ts';
import type { WrittenFact } from '../write/placed.ts';
import { planPackage, type PackagePlan, type PlannedEntry, type PlannedText } from '../write/plan.ts';
import { contentProblems } from '../write/problems.ts';
import { BuildStop, targetFailure, type BuildFailure } from './failures.ts';
import { folderSink } from './folder-sink.ts';
import { openJournal, type DoneFile, type Journal } from './journal.ts';
import { inLanes } from './lanes.ts';
import { meter, type BuildProgress, type Meter } from './progress.ts';
import type { Pieces, Sink } from './sink.ts';
import { isStill, stillAside } from './still.ts';
import { zipSink } from './zip-sink.ts';

export type BuildOrder = {
  readonly content: PackageContent;
  readonly schemas: readonly SchemaFile[];
  /** an existing folder; the package gets its own name in it */
  readonly into: string;
  readonly output: 'folder' | 'zip';
};

/** What a builder needs from outside. */
export type BuildPorts = {
  /** The bytes of an original, which is only ever read. Their digest is taken here and compared. */
  readonly open: (sha256: string) => Pieces;
  readonly progress?: (now: BuildProgress) => void;
  readonly signal?: AbortSignal;
  /** Reads what an earlier run had finished of a ZIP, while the rest is written; else it is read in its turn. */
  readonly digestAside?: DigestAside;
};

export type BuiltPackage = {
  /** of the folder or the ZIP */
  readonly path: string;
  readonly objectId: string;
  readonly files: number;
  /** of all files, unpacked */
  readonly bytes: number;
  /** SHA-256 of METS.xml, or of the tag manifest of a bag: it names all the rest */
  readonly sha256: string;
  /** files that an earlier run had finished */
  readonly resumed: number;
};

/** The folder beside the target in which a package grows; `name` of the package's folder or ZIP. */
export const workingName = (name: string): string => `${name}.unfinished`;

/**
 * Builds a package: copies each original while its digest is taken, makes it durable, reads it again and compares, writes what
 * describes it, and gives the whole its name at the end. Called again with the same order after a kill, a cancellation or a
 * failure it goes on where it was. Memory stays bounded whatever the size.
 */
export async function buildPackage(order: BuildOrder, ports: BuildPorts): Promise<Result<BuiltPackage, BuildFailure>> {
  const problems = contentProblems(order.content, order.schemas);
  if (problems.length > 0) return { ok: false, failure: { code: 'packages-content', problems } };
  const plan = planPackage(order.content, order.schemas);
  const name = order.output === 'zip' ? plan.zipName : plan.folder;
  const place: Place = { target: join(order.into, name), work: join(order.into, workingName(name)) };
  try {
    return { ok: true, value: await build(order, plan, place, ports) };
  } catch (error) {
    if (error instanceof BuildStop) return { ok: false, failure: error.failure };
    const failure = targetFailure(error, place.target);
    if (failure === undefined) throw error;
    return { ok: false, failure };
  }
}

/** Takes away what is finished of a package that nobody wants any more. */
export async function dropUnfinished(order: BuildOrder): Promise<void> {
  const plan = planPackage(order.content, order.schemas);
  await rm(join(order.into, workingName(order.output === 'zip' ? plan.zipName : plan.folder)), { recursive: true, force: true });
}

const journalName = 'journal.jsonl';
const growing = { folder: 'package', zip: 'package.zip' } as const;
const ownNames: ReadonlySet<string> = new Set([journalName, growing.folder, growing.zip]);

type Place = { readonly target: string; readonly work: string };

async function build(order: BuildOrder, plan: PackagePlan, { target, work }: Place, ports: BuildPorts): Promise<BuiltPackage> {
  await mkdir(work).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  const journal = await journalOf(work, plan.digest);
  const isThere = (await lstat(target).catch(() => undefined)) !== undefined;
  const inside = join(work, growing[order.output]);
  try {
    if (isThere) {
      // A kill between the last two steps: the name is given, only the working folder is left.
      const isOurs = journal.isWhole && (await lstat(inside).catch(() => undefined)) === undefined;
      if (!isOurs) throw new BuildStop({ code: 'packages-target-exists', path: target });
      await away(work, journal);
      return builtOf(plan, target, journal.done, journal.done.length);
    }
    const sink = order.output === 'zip' ? await zipSink(inside, target, plan) : folderSink(inside, target);
    try {
      return await fill(order, plan, { target, work }, ports, journal, sink);
    } finally {
      await sink.close();
    }
  } catch (error) {
    // Nothing of it is of use, and it must not look as if something were.
    if (isThere && journal.done.length === 0) await away(work, journal);
    throw error;
  } finally {
    await journal.close();
  }
}

/** Takes the working folder away; Windows keeps folders in which something is open. */
async function away(work: string, journal: Journal): Promise<void> {
  await journal.close();
  await rm(work, { recursive: true, force: true });
}

/** The journal of this package; what lies there of another one, or of this one with other content, is thrown away. */
async function journalOf(work: string, digest: string): Promise<Journal> {
  // Nothing is taken away that a build has not made.
  if ((await readdir(work)).some((name) => !ownNames.has(name))) throw new BuildStop({ code: 'packages-target-exists', path: work });
  const path = join(work, journalName);
  const found = await openJournal(path, digest);
  if (found !== null) return found;
  await rm(work, { recursive: true, force: true });
  await mkdir(work);
  const fresh = await openJournal(path, digest);
  if (fresh === null) throw new Error('a new journal is of another package');
  return fresh;
}

async function fill(order: BuildOrder, plan: PackagePlan, { target, work }: Place, ports: BuildPorts, journal: Journal, sink: Sink): Promise<BuiltPackage> {
  const wanted = new Map(plan.entries.map((entry) => [entry.path, entry]));
  const { same, doubtful } = await sink.resume(journal.done.filter((one) => isPlanned(one, wanted.get(one.path))));
  const facts = new Map<string, DoneFile>();
  const inDoubt = new Map(doubtful.map((file) => [file.path, file]));
  const count = meter(plan.entries.length, plan.storedBytes, ports.progress ?? (() => undefined));
  const resume = (file: DoneFile): void => {
    facts.set(file.path, file);
    count.finished(storedSize(wanted.get(file.path)), true);
  };
  for (const file of same) resume(file);
  const missing = plan.entries.filter(({ path }) => !facts.has(path));
  await room(order.into, missing.filter(({ path }) => !inDoubt.has(path)));
  let resumed = same.length;

  const finished = async (files: readonly DoneFile[]): Promise<void> => {
    await journal.note(files);
    for (const file of files) {
      facts.set(file.path, file);
      count.finished(storedSize(wanted.get(file.path)));
    }
  };
  const finish = async (entry: PlannedEntry): Promise<void> => {
    const before = inDoubt.get(entry.path);
    const stands = before !== undefined && ((await aside.of(before.path)) ?? (await isStill(before, sink, () => { stopIfCancelled(ports.signal); })));
    if (!stands) return finished([await writeOne(entry, facts, sink, ports, count)]);
    resumed += 1;
    return resume(before);
  };
  const texts = missing.filter((entry) => entry.kind === 'text');
  // What is in doubt comes last: by then others have read it.
  const [fresh, doubted] = [missing.filter(({ path }) => !inDoubt.has(path)), missing.filter(({ path }) => inDoubt.has(path))];
  const aside = stillAside(doubtful, sink, ports.digestAside);
  try {
    for (const { stored, fixed } of turns([...fresh, ...doubted].filter(isStored), texts.filter(({ needsFacts }) => !needsFacts), sink)) {
      await inLanes(stored, sink.lanes, finish);
      stopIfCancelled(ports.signal);
      await finished(await writeTexts(fixed, facts, sink));
    }
  } finally {
    await aside.end();
  }
  for (const entry of texts.filter(({ needsFacts }) => needsFacts)) await finish(entry);
  stopIfCancelled(ports.signal);
  const files = plan.entries.flatMap(({ path }) => facts.get(path) ?? []);
  await sink.finish(files);
  await journal.noteWhole();
  if ((await lstat(target).catch(() => undefined)) !== undefined) throw new BuildStop({ code: 'packages-target-exists', path: target });
  await sink.publish();
  await away(work, journal);
  return builtOf(plan, target, files, resumed);
}

function builtOf(plan: PackagePlan, path: string, files: readonly DoneFile[], resumed: number): BuiltPackage {
  const last = files.find((file) => file.path === plan.entries.at(-1)?.path);
  return { path, objectId: plan.objectId, files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0), sha256: last?.sha256 ?? '', resumed };
}

const isStored = (entry: PlannedEntry): boolean => entry.kind === 'stored';

/** small texts that are written together; a kill costs as many */
const textsAtOnce = 256;

/**
 * What is written in turn. Where it may be, each turn has its share of both, so that a run that is killed has done its share of
 * what takes long: the disk is waited for with each text. Not both at once, as a file system makes large files durable too when
 * it is asked for a small one.
 */
function* turns(stored: readonly PlannedEntry[], fixed: readonly PlannedText[], { takesTextsBetween }: Sink): Generator<{ readonly stored: readonly PlannedEntry[]; readonly fixed: readonly PlannedText[] }> {
  const count = Math.max(1, Math.ceil(fixed.length / textsAtOnce));
  const share = Math.ceil(takesTextsBetween ? stored.length / count : stored.length);
  for (let turn = 0; turn < count; turn += 1) {
    yield { stored: stored.slice(turn * share, (turn + 1) * share), fixed: fixed.slice(turn * textsAtOnce, (turn + 1) * textsAtOnce) };
  }
}

/** Writes small texts, reads them again, compares. */
async function writeTexts(entries: readonly PlannedText[], facts: ReadonlyMap<string, WrittenFact>, sink: Sink): Promise<readonly DoneFile[]> {
  const texts = entries.map(({ path, text }) => ({ path, bytes: Buffer.concat([...joined(text(facts))]) }));
  const put = await sink.putTexts(texts);
  return texts.map(({ path, bytes }, index): DoneFile => ({ path, sha256: hash('sha256', bytes, 'hex'), size: bytes.length, ...put[index] }));
}

/** Writes, reads again, compares. */
async function writeOne(entry: PlannedEntry, facts: ReadonlyMap<string, WrittenFact>, sink: Sink, ports: BuildPorts, count: Meter): Promise<DoneFile> {
  const { path } = entry;
  const isText = entry.kind === 'text';
  const scan = pdfAScan();
  const digest = createHash('sha256');
  let size = 0;
  async function* passing(): AsyncGenerator<Uint8Array> {
    const pieces = entry.kind === 'text' ? joined(entry.text(facts)) : source(path, entry.file.sha256, ports.open);
    for await (const piece of pieces) {
      stopIfCancelled(ports.signal);
      digest.update(piece);
      size += piece.length;
      if (!isText) {
        scan.feed(piece);
        count.moved(piece.length);
      }
      yield piece;
    }
  }
  const put = await sink.put(path, passing(), { size: entry.kind === 'text' ? 0 : entry.file.size, isText });
  const sha256 = digest.digest('hex');
  if (entry.kind === 'stored' && (sha256 !== entry.file.sha256 || size !== entry.file.size)) {
    throw new BuildStop({ code: 'packages-source-unreadable', path, sha256: entry.file.sha256, detail: 'digest' });
  }
  const check = createHash('sha256');
  for await (const piece of sink.again(path, put.zip)) {
    stopIfCancelled(ports.signal);
    check.update(piece);
    if (!isText) count.moved(piece.length);
  }
  if (check.digest('hex') !== sha256) throw new BuildStop({ code: 'packages-written-differs', path });
  return { path, sha256, size, ...(isText ? {} : { pdfA: pdfAOf(scan.state(), (use) => sink.look(path, put.zip, use)) }), ...put };
}

/** A journal that somebody else wrote into is not believed in what the order knows better. */
function isPlanned({ sha256, size }: DoneFile, entry: PlannedEntry | undefined): boolean {
  return entry?.kind === 'stored' ? entry.file.sha256 === sha256 && entry.file.size === size : entry !== undefined;
}

/** What is told of PDF/A: only what says that it is one is looked at. */
function pdfAOf(found: ScanState, look: (use: typeof pdfAFacts) => ReturnType<typeof pdfAFacts>): PdfAState {
  if (found.state !== 'declared') return found;
  const { part, conformance, broken } = look(pdfAFacts);
  // What the catalog does not lead to is no declaration of the file; it is told all the same, as broken.
  return part === '' ? { ...found, broken } : { state: 'declared', part, conformance, broken };
}

/** An original; what fails here is not the target's fault. */
async function* source(path: string, sha256: string, open: BuildPorts['open']): AsyncGenerator<Uint8Array> {
  try {
    yield* open(sha256);
  } catch (error) {
    throw new BuildStop({ code: 'packages-source-unreadable', path, sha256, detail: error instanceof Error ? error.name : String(error) });
  }
}

const textPiece = 64 * 1024;

/** Strings as pieces of bytes, small ones put together. */
function* joined(strings: Iterable<string>): Generator<Uint8Array> {
  let waiting = '';
  for (const text of strings) {
    waiting += text;
    if (waiting.length < textPiece) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  yield Buffer.from(waiting, 'utf8');
}

async function room(into: string, entries: readonly PlannedEntry[]): Promise<void> {
  const needed = entries.reduce((sum, entry) => sum + storedSize(entry), 0);
  const { bavail, bsize } = await statfs(into);
  if (bavail * bsize < needed) throw new BuildStop({ code: 'packages-disk-full', needed, free: bavail * bsize });
}

function storedSize(entry: PlannedEntry | undefined): number {
  return entry?.kind === 'stored' ? entry.file.size : 0;
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new BuildStop({ code: 'packages-cancelled' });
}
