/** What the disk or the file said, in the words of the contract's common failures. */
export type StoreFault = 'disk-full' | 'store-read-only' | 'store-damaged';

/** Thrown when a stored file does not decrypt to what its name promises. */
export class BlobDamaged extends Error {
  readonly sha256: string;
  constructor(sha256: string, why: string) {
    super(`stored file ${sha256} is damaged: ${why}`);
    this.name = 'BlobDamaged';
    this.sha256 = sha256;
  }
}

/** Thrown when a stored file is not there. */
export class BlobMissing extends Error {
  readonly sha256: string;
  constructor(sha256: string) {
    super(`stored file ${sha256} is missing`);
    this.name = 'BlobMissing';
    this.sha256 = sha256;
  }
}

const faults: readonly (readonly [RegExp, StoreFault])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'disk-full'],
  [/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS|EACCES|EPERM)/, 'store-read-only'],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB)/, 'store-damaged'],
];

/** Recognises errors of SQLite and the file system that have a sentence of their own; undefined for all others. */
export function storeFaultOf(error: unknown): StoreFault | undefined {
  if (error instanceof BlobDamaged || error instanceof BlobMissing) return 'store-damaged';
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return undefined;
  return faults.find(([pattern]) => pattern.test(code))?.[1];
}

/**
 * Whether an error may be the fault of what was to be stored, or of the program: a value that a table refuses, a defect.
 * Everything that the disk or the database says by itself is not; it would meet the next one too.
 */
export function isOfTheContent(error: unknown): boolean {
  if (storeFaultOf(error) !== undefined) return false;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code !== 'string' || /^(SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)|ERR_)/.test(code);
}
