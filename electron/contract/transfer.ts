import { z } from 'zod';
import { command, commonFailureCodes, eventStream, query } from './define.ts';
import { Empty, Instant } from './shared.ts';

/**
 * Why an export came to nothing; what was written is taken away again.
 * - `place-full`: no room (`needed` MiB); `place-read-only`, `place-gone`: the folder
 *   cannot be written, or its disk went away; `place-taken`: something else is there; `place-file-size`: the disk's form holds
 *   no file as large as one of these
 * - `export-running`: one at a time; `export-no-place`: this host has no folder for it; `export-cancelled`: somebody gave it up
 */
export const exportFailures = [
  'place-full',
  'place-read-only',
  'place-gone',
  'place-taken',
  'place-file-size',
  'export-running',
  'export-no-place',
  'export-cancelled',
] as const;

const Count = z.number().int().nonnegative();

/** A whole export that is complete. */
export const ExportDone = z.strictObject({
  folder: z.string(),
  records: Count,
  /** stored files, each content once */
  files: Count,
  /** of all files of the export */
  bytes: Count,
  /** of `manifest.json`; also in the audit log, so that a copy can be compared with it years later */
  manifestSha256: z.string(),
  /** stored files that could not be read, and are named in the manifest */
  unreadable: Count,
});
export type ExportDone = z.infer<typeof ExportDone>;

const ExportProgress = z.strictObject({
  phase: z.enum(['records', 'files']),
  /** records, or bytes of stored files */
  done: Count,
  /** of the stored files; null while it is not known */
  total: Count.nullable(),
});
export type ExportProgress = z.infer<typeof ExportProgress>;

export const TransferState = z.strictObject({
  /** the folder of this machine in which exports of the window are put; null: this host has none */
  place: z.string().nullable(),
  running: ExportProgress.nullable(),
  /** how the last one of this run of the program ended: done, or with the code of the failure; null: there was none */
  last: z
    .union([
      z.strictObject({ end: z.literal('done'), at: Instant, done: ExportDone }),
      z.strictObject({ end: z.enum([...exportFailures, ...commonFailureCodes]), at: Instant, params: z.record(z.string(), z.union([z.string(), z.number()])) }),
    ])
    .nullable(),
});
export type TransferState = z.infer<typeof TransferState>;

/** The whole of the station in an open form (docs/export-format.md). The import is a host's: the window names no path. */
export const transfer = {
  state: query(Empty, TransferState),
  /** Writes everything into a new folder of `place`, and answers when it is whole; `progress` tells how it goes on. */
  start: command(Empty, ExportDone, exportFailures, { audited: true }),
  /** Gives the running one up; what was written of it is taken away. */
  cancel: command(Empty, TransferState, [], { audited: { no: 'the end of the export is noted when it comes' } }),
};

export const transferEvents = {
  progress: eventStream(TransferState, TransferState),
};

/**
 * Why an export is not taken in; nothing was written.
 * - `export-missing`: no such folder; `export-unfinished`: it has no manifest; `export-unknown-form`: another program's, or
 *   changed; `export-newer`: of a newer version of this program
 * - `export-changed`: files differ from the manifest; `file` is the first, `count` how many
 * - `export-records-unfit`: a record is none, or does not go with the others; `file`, `line` (0: not known)
 * - `export-log-broken`: the chain of the audit log does not hold from `entry` on
 * - `station-not-empty`: something was done in this station; `export-other-kind`: practice data for a real station, or the
 *   other way; `kind` is the export's
 */
export const importFailures = [
  'export-missing',
  'export-unfinished',
  'export-unknown-form',
  'export-newer',
  'export-changed',
  'export-records-unfit',
  'export-log-broken',
  'station-not-empty',
  'export-other-kind',
] as const;
export type ImportFailureCode = (typeof importFailures)[number];
