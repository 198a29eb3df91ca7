import { createHash, hash, type Hash } from 'node:crypto';
import { filePieces, type DiskPlace } from '../read/file-content.ts';
import { readFlatXml, type FlatXml } from '../read/flat-xml.ts';
import { PackageRefused, type Refusal } from '../read/refused.ts';
import { entryPieces, type EntryPlace } from '../read/zip-content.ts';

/** What a METS or a bag may name, as Node calls it; others cannot be checked. Names are compared without dashes and case. */
const algorithms: Readonly<Record<string, string>> = { MD5: 'md5', SHA1: 'sha1', SHA256: 'sha256', SHA384: 'sha384', SHA512: 'sha512' };

/** Node's name of a checksum algorithm; undefined for one that we have not. */
export function algorithmOf(name: string): string | undefined {
  return algorithms[name.trim().toUpperCase().replaceAll('-', '')];
}

/** A file that was read to its end. */
export type ReadFile = {
  readonly size: number;
  /** hexadecimal, lower case, by Node's name of the algorithm; `sha256` is always there */
  readonly digests: Readonly<Record<string, string>>;
  /** the first 16 bytes as latin1: enough to tell what kind of file it is */
  readonly head: string;
};

/** Reads a file of the package by its path; undefined, with a finding, when it cannot be read. */
export type ReadPath = (path: string) => Promise<(ReadFile & { readonly bytes: Buffer }) | undefined>;

/** Files that are read without anybody waiting for one of them. Plain data: several threads of one process may share an order. */
export type DigestOrder = {
  readonly places: readonly (DiskPlace | EntryPlace)[];
  /** so many of the first are small and told with what they say */
  readonly kept: number;
  /** beside SHA-256, as Node calls them */
  readonly algorithms: readonly string[];
  /** two 32-bit numbers: the next place that nobody has taken yet, and whether all shall end (1) */
  readonly common: SharedArrayBuffer;
};

/** What a small file says: its fields, or all its bytes for whoever finds out why it has none. */
export type Said = { readonly flat: FlatXml } | { readonly content: Uint8Array };

/** What became of a place of the order; `said` is that of the first ones. */
export type Digested = { readonly place: number; readonly read: ReadFile; readonly said: Said | undefined } | { readonly place: number; readonly refusal: Refusal };

/** milliseconds */
const longestTurn = 20;

/** Small files are read without waiting for anything; messages and a wish to stop must get through all the same. */
export function turns(): () => Promise<void> {
  let turned = performance.now();
  return async () => {
    if (performance.now() - turned < longestTurn) return;
    await new Promise((resolve) => setImmediate(resolve));
    turned = performance.now();
  };
}

/** told after so many files, or so many bytes */
const filesAtOnce = 200;
const bytesAtOnce = 8 * 2 ** 20;

/**
 * Reads places of an order that nobody else has taken yet, those before `until`, until there are none. Tells what came of them, and
 * how many bytes were read since the last word. Throws only what is a fault of the program.
 */
export async function digestPlaces({ places, kept, algorithms: also, common }: DigestOrder, tell: (done: readonly Digested[], bytes: number) => void, until: number = places.length): Promise<void> {
  const numbers = new Int32Array(common);
  const turn = turns();
  let done: Digested[] = [];
  let bytes = 0;
  const say = (): void => {
    tell(done, bytes);
    done = [];
    bytes = 0;
  };
  const onBytes = (count: number): void => {
    if (Atomics.load(numbers, 1) !== 0) throw new PackageRefused('read.stopped');
    bytes += count;
    if (bytes >= bytesAtOnce) say();
  };
  let holds = false;
  for (let place = taken(numbers, until); place < until && Atomics.load(numbers, 1) === 0; place = taken(numbers, until)) {
    const at = places[place];
    if (at === undefined) break;
    // Somebody waits for contents.
    if (holds && place >= kept) say();
    holds = place < kept;
    try {
      const pieces: Uint8Array[] = [];
      // A piece's buffer is used again; a copy of its own is what goes to another thread, and not all that lies around it.
      const use = place < kept ? (piece: Buffer): void => void pieces.push(new Uint8Array(piece)) : undefined;
      const read = await readWhole(at, also, onBytes, use);
      done.push({ place, read, said: use === undefined ? undefined : saidOf(pieces) });
    } catch (error) {
      done.push({ place, refusal: refusalOf(error, at.name) });
    }
    if (done.length >= filesAtOnce) say();
    await turn();
  }
  say();
}

function saidOf(pieces: readonly Uint8Array[]): Said {
  const [only] = pieces;
  const content = only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces);
  const flat = readFlatXml(content);
  return flat === undefined ? { content } : { flat };
}

/** The next place that nobody has taken, and now is; `until` when there is none before that. */
function taken(numbers: Int32Array, until: number): number {
  for (let place = Atomics.load(numbers, 0); place < until; place = Atomics.load(numbers, 0)) {
    if (Atomics.compareExchange(numbers, 0, place, place + 1) === place) return place;
  }
  return until;
}

/** What a failure while reading means: a refusal, or what the operating system said. A fault of our own goes on to the host. */
export function refusalOf(error: unknown, file: string): Refusal {
  if (error instanceof PackageRefused) return error.refusal;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return { rule: 'read.unreadable', file, params: { detail: code } };
}

/** Reads a file once: digests, size, beginning; `use` gets each piece. Throws `PackageRefused` when it cannot be read as its container says. */
export async function readWhole(place: DiskPlace | EntryPlace, also: readonly string[], onBytes: (bytes: number) => void, use: (piece: Buffer) => void = () => undefined): Promise<ReadFile> {
  const names = ['sha256', ...also.filter((name) => name !== 'sha256')];
  let digests: Record<string, string> | undefined;
  let hashes: readonly { readonly name: string; readonly hash: Hash }[] | undefined;
  let head = '';
  let size = 0;
  for await (const piece of place.kind === 'file' ? filePieces(place) : entryPieces(place)) {
    // Most files are one piece, and a hash at once costs a third of one that goes on.
    if (piece.length === place.size) {
      digests = Object.fromEntries(names.map((name) => [name, hash(name, piece, 'hex')]));
    } else {
      hashes ??= names.map((name) => ({ name, hash: createHash(name) }));
      for (const one of hashes) one.hash.update(piece);
    }
    use(piece);
    if (head.length < 16) head += piece.toString('latin1', 0, 16 - head.length);
    size += piece.length;
    onBytes(piece.length);
  }
  digests ??= hashes === undefined ? Object.fromEntries(names.map((name) => [name, hash(name, '', 'hex')])) : Object.fromEntries(hashes.map((one) => [one.name, one.hash.digest('hex')]));
  return { size, digests, head };
}
