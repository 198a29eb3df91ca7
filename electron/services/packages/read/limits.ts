/** How much of a package is read before it counts as an attack. */
export type ReadLimits = {
  readonly entries: number;
  /** bytes of one file when expanded */
  readonly fileBytes: number;
  /** bytes of all files when expanded */
  readonly totalBytes: number;
  /** expanded : packed, judged once more than `ratioFrom` bytes would come out */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** folders below each other */
  readonly depth: number;
  /** UTF-16 units of one name (NTFS, exFAT) */
  readonly nameLength: number;
  /** bytes of a ZIP's list of entries */
  readonly directoryBytes: number;
  /** bytes of all XML files that are read as such */
  readonly xmlBytes: number;
  /** elements of all of them */
  readonly xmlElements: number;
  /** nesting of elements */
  readonly xmlDepth: number;
};

/**
 * Ten times the largest package that a clerk may hand over (10 000 files, 20 GB). A METS file of 10 000 documents has about
 * 12 MB. Text packs to a tenth at best; a blank scan to a two-hundredth.
 */
export const usualLimits: ReadLimits = {
  entries: 100_000,
  fileBytes: 64 * 2 ** 30,
  totalBytes: 200 * 2 ** 30,
  ratio: 300,
  ratioFrom: 32 * 2 ** 20,
  depth: 32,
  nameLength: 255,
  directoryBytes: 64 * 2 ** 20,
  xmlBytes: 128 * 2 ** 20,
  xmlElements: 2_000_000,
  xmlDepth: 64,
};
