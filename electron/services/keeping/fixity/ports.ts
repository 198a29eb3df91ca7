import type { FileHarm } from '#contract';

/** A stored file that is to be read. */
export type FileToCheck = { readonly sha256: string; /** bytes, as the records say */ readonly size: number };
/** How it was found; `harm` null: whole. `bytes` were read. */
export type CheckedFile = { readonly sha256: string; readonly harm: FileHarm | null; readonly detail: string; readonly bytes: number };

/**
 * Reads files beside the core, as much as fits into one slice, and answers in their order with those that it came to: one at
 * least. `share`: percent of the time that it may work. The host provides it. Rejects when what reads has gone.
 */
export type CheckFiles = (files: readonly FileToCheck[], share: number) => Promise<readonly CheckedFile[]>;
