import type { FlatXml } from '../read/flat-xml.ts';
import type { ReadLimits } from '../read/limits.ts';
import { PackageRefused, type Refusal } from '../read/refused.ts';
import { digestPlaces, readWhole, refusalOf, turns, type Digested, type DigestOrder, type ReadFile, type ReadPath, type Said } from './digests.ts';
import type { Findings } from './findings.ts';
import type { PackageFiles } from './package-files.ts';
import type { ProfileName } from './report.ts';

export type CheckProgress = {
  /** bytes read so far, and bytes of all files */
  readonly bytes: number;
  readonly total: number;
  /** files read so far, and all of them */
  readonly files: number;
  readonly of: number;
};

export type CheckOptions = {
  /** judge by this profile, whatever the package says of itself */
  readonly profile?: ProfileName;
  /** told after each file that is judged, and for others at least every 8 MiB or 200 files */
  readonly onProgress?: (progress: CheckProgress) => void;
  readonly signal?: AbortSignal;
};

/**
 * Has other threads read places of an order (`digestPlaces`) and tells what they tell; ends when none of them reads any more, also
 * when one of them broke off: what it had taken is read by whoever asks for it. Never fails.
 */
export type DigestAside = (order: DigestOrder, tell: (done: readonly Digested[], bytes: number) => void) => Promise<void>;

export type Reading = {
  /** Reads a file with its content now, for whoever judges what it says. */
  readonly described: ReadPath;
  /** The fields of a file that was read meanwhile and has nothing else; told once. */
  readonly flat: (path: string) => FlatXml | undefined;
  /** Ends when the field files were read; what the small ones say is at hand then. */
  readonly fields: () => Promise<void>;
  /** Ends when every file of the package was read or refused; what was read, by path. */
  readonly all: () => Promise<ReadonlyMap<string, ReadFile>>;
  /** What was read of a file, with these digests too; undefined, with a finding, when it could not be. */
  readonly one: (path: string, algorithms: readonly string[]) => Promise<ReadFile | undefined>;
};

/** Files that say something of others, in the order in which they are wanted. */
const describes = [/^(bagit|bag-info|(tag)?manifest-[^/]+)\.txt$|(^|\/)METS\.xml$/i, /(^|\/)metadata\/(descriptive|preservation)\/[^/]+\.xml$/i] as const;
/** for fewer bytes and files nobody else is asked */
const worthBytes = 16 * 2 ** 20;
const worthFiles = 500;
/** of field files, which others read and hand over; a METS is wanted first, and read by whoever wants it */
const mostKept = 64 * 1024;

/**
 * Begins to read the files of a package in bounded memory, each once, with SHA-256 and the digests that it names (`algorithms`).
 * Where others help, they read while METS and fields are judged, and this thread joins them afterwards.
 */
export function startReading(package_: PackageFiles, algorithms: readonly string[], { xmlBytes }: Pick<ReadLimits, 'xmlBytes'>, found: Findings, aside: DigestAside | undefined, { onProgress, signal }: CheckOptions): Reading {
  const { fields, others } = parted(package_, xmlBytes);
  const paths = [...fields, ...others];
  const places = paths.flatMap((path) => package_.files.get(path)?.place ?? []);
  const order: DigestOrder = { places, kept: fields.length, algorithms, common: new SharedArrayBuffer(8) };
  const reads = new Map<string, ReadFile>();
  const saids = new Map<string, Said>();
  const refused = new Map<string, Refusal>();
  const of = package_.files.size;
  const total = [...package_.files.values()].reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  const turn = turns();
  const tell = (): void => {
    onProgress?.({ bytes, total, files: reads.size, of });
  };
  const take = (done: readonly Digested[], count: number): void => {
    bytes += count;
    for (const one of done) {
      const path = paths[one.place] ?? '';
      if (!('read' in one)) {
        refused.set(path, one.refusal);
        continue;
      }
      reads.set(path, one.read);
      if (one.said !== undefined) saids.set(path, one.said);
    }
    tell();
  };
  const stop = (): void => {
    Atomics.store(new Int32Array(order.common), 1, 1);
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted === true) stop();
  const isWorth = places.length >= worthFiles || places.reduce((sum, { size }) => sum + size, 0) >= worthBytes;
  const helping = aside === undefined || !isWorth ? Promise.resolve() : aside(order, take);

  async function read(path: string, also: readonly string[], use?: (piece: Buffer) => void): Promise<ReadFile | undefined> {
    const file = package_.files.get(path);
    if (file === undefined) return undefined;
    let count = 0;
    try {
      const done = await readWhole(
        file.place,
        [...algorithms, ...also],
        (more) => {
          count += more;
          if (signal?.aborted === true) throw new PackageRefused('read.stopped');
        },
        use,
      );
      if (!reads.has(path)) bytes += count;
      reads.set(path, done);
    } catch (error) {
      refused.set(path, refusalOf(error, path));
    }
    tell();
    await turn();
    return reads.get(path);
  }

  return {
    described: async (path) => {
      const known = reads.get(path);
      const said = saids.get(path);
      saids.delete(path);
      if (known !== undefined && said !== undefined && 'content' in said) return { ...known, bytes: Buffer.from(said.content.buffer, said.content.byteOffset, said.content.byteLength) };
      if (refused.has(path)) return undefined;
      const kept: Buffer[] = [];
      // The piece's buffer is used again.
      const done = await read(path, [], (piece) => kept.push(Buffer.from(piece)));
      return done && { ...done, bytes: kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept) };
    },
    flat: (path) => {
      const said = saids.get(path);
      if (said === undefined || !('flat' in said)) return undefined;
      saids.delete(path);
      return said.flat;
    },
    fields: async () => {
      await digestPlaces(order, take, fields.length);
      // What somebody else has taken and not told yet will be told in a moment, or read again where it is wanted.
      const isTold = (): boolean => fields.every((path) => reads.has(path) || refused.has(path));
      let isOver = false;
      void helping.then(() => {
        isOver = true;
      });
      while (!isOver && signal?.aborted !== true && !isTold()) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    all: async () => {
      await digestPlaces(order, take);
      await helping;
      // Of what nobody wanted.
      saids.clear();
      signal?.removeEventListener('abort', stop);
      return reads;
    },
    one: async (path, wanted) => {
      const known = reads.get(path);
      const more = wanted.filter((name) => known?.digests[name] === undefined);
      const done = refused.has(path) || (known !== undefined && more.length === 0) ? known : await read(path, more);
      const refusal = refused.get(path);
      if (refusal !== undefined) found.refused(refusal, package_.base);
      return refusal === undefined ? done : undefined;
    },
  };
}

/** Which files are read with their content by whoever has time, as far as XML may be held; and which only for their digests. */
function parted({ files }: PackageFiles, xmlBytes: number): { readonly fields: readonly string[]; readonly others: readonly string[] } {
  const fields: string[] = [];
  const others: string[] = [];
  let left = xmlBytes;
  for (const [path, { size }] of files) {
    if (describes[0].test(path)) continue;
    if (!describes[1].test(path)) others.push(path);
    else if (size <= mostKept && size <= left) {
      left -= size;
      fields.push(path);
    }
  }
  return { fields, others };
}
