import type { DiskPlace } from './file-content.ts';
import type { Refusal } from './refused.ts';
import type { EntryPlace } from './zip-content.ts';

/** A regular file of a package. */
export type PackageFile = {
  /** from the package's container, parts divided by `/`, exactly as it is written there */
  readonly path: string;
  /** bytes when expanded, as the container says */
  readonly size: number;
  /** where it lies on the disk; null inside a ZIP */
  readonly diskPath: string | null;
  /** name is not marked as UTF-8 though it holds other letters than ASCII */
  readonly oldName: boolean;
  /** where its bytes lie */
  readonly place: DiskPlace | EntryPlace;
  /**
   * The content, piece by piece in bounded memory. A piece is valid until the next is asked for. Throws `PackageRefused`
   * when it is not what the container says.
   */
  readonly pieces: () => AsyncGenerator<Buffer>;
};

/** A package that is open for reading. */
export type PackageSource = {
  readonly container: 'folder' | 'zip';
  /** last part of its path, without `.zip` */
  readonly name: string;
  readonly files: readonly PackageFile[];
  /** folders, also the empty ones */
  readonly folders: readonly string[];
  /** entries that are not read, each with its reason */
  readonly refusals: readonly Refusal[];
  readonly close: () => Promise<void>;
};
