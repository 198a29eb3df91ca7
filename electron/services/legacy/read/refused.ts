import { legacyFileBytes, type legacyFileCodes } from '#contract';

/** A file that cannot be read as a table: why, as the contract says it. */
export class TableRefused extends Error {
  readonly code: (typeof legacyFileCodes)[number];
  readonly params: Readonly<Record<string, string | number>>;
  constructor(code: (typeof legacyFileCodes)[number], params: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.name = 'TableRefused';
    this.code = code;
    this.params = params;
  }
}

/**
 * What is read at most. A workbook of 100 000 rows of a register has some 10 MB, expanded some 100 MB; a registry office
 * writes a few thousand rows in a year.
 */
export const tableLimits = {
  /** bytes of the file */
  file: legacyFileBytes,
  /** bytes of one part of a workbook, expanded */
  part: 512 * 1024 * 1024,
  /** bytes of the parts that are held in memory: names of sheets, styles */
  small: 16 * 1024 * 1024,
  /** characters of all shared texts together */
  texts: 128 * 1024 * 1024,
  /** rows with something in them */
  rows: 300_000,
  columns: 256,
  sheets: 100,
  merges: 100_000,
} as const;
