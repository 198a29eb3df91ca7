import { z } from 'zod';
import { FileRef, Id, Instant } from './shared.ts';

/** How a stored file was found: not there, there but not what its hash says, or the disk would not give it. */
export const FileHarm = z.enum(['missing', 'damaged', 'unreadable']);
export type FileHarm = z.infer<typeof FileHarm>;

/** Who has a file. `dossiers`: those that its document is in. */
export const FileHolder = z.strictObject({
  kind: z.enum(['incoming', 'outgoing', 'draft', 'message', 'other']),
  /** id of the document or draft; null for what belongs to none */
  document: Id.nullable(),
  /** number and symbol, or what it is */
  about: z.string(),
  subject: z.string(),
  /** name of the file there */
  name: z.string(),
  dossiers: z.array(z.strictObject({ id: Id, code: z.string(), title: z.string() })),
});
export type FileHolder = z.infer<typeof FileHolder>;

export const BadFile = z.strictObject({
  sha256: z.string(),
  /** bytes, as the records say */
  size: z.number().int(),
  harm: FileHarm,
  /** from the system or the store, for support */
  detail: z.string(),
  foundAt: Instant,
  lastSeenAt: Instant,
  repairedAt: Instant.nullable(),
  repairedBy: z.string(),
  /** what it was mended from: name of a file or folder */
  repairedFrom: z.string(),
  /** a person has taken note of the loss; the alarm is quiet, the file still bad */
  notedAt: Instant.nullable(),
  notedBy: z.string(),
  notedReason: z.string(),
  holders: z.array(FileHolder),
});
export type BadFile = z.infer<typeof BadFile>;

export const FixityReport = z.strictObject({
  id: Id,
  startedAt: Instant,
  /** null while it is under way */
  endedAt: Instant.nullable(),
  /** who asked; `station` for the clock */
  by: z.string(),
  files: z.number().int(),
  bytes: z.number().int(),
  missing: z.number().int(),
  damaged: z.number().int(),
  unreadable: z.number().int(),
  /** given up by a person before its end */
  stopped: z.boolean(),
});
export type FixityReport = z.infer<typeof FixityReport>;

export const FixitySettings = z.strictObject({
  enabled: z.boolean(),
  /** days from the end of one check of everything to the start of the next */
  everyDays: z.number().int().min(1).max(1096),
  /** percent of the time that the check may work; the rest it leaves the disk to others */
  share: z.number().int().min(1).max(100),
});
export type FixitySettings = z.infer<typeof FixitySettings>;

export const FixityState = z.strictObject({
  running: z.strictObject({ report: FixityReport, /** of all files, by their place in the order of hashes, which lie evenly */ percent: z.number().int().min(0).max(100) }).nullable(),
  /** the last one that came to its end */
  last: FixityReport.nullable(),
  /** bad, not mended */
  bad: z.number().int(),
  /** of those, nobody has taken note: the alarm */
  alarms: z.number().int(),
  /** when the next check begins by itself; null when it does not */
  nextAt: Instant.nullable(),
  settings: FixitySettings,
});
export type FixityState = z.infer<typeof FixityState>;

/** What became of a file that somebody brought to mend with. */
export const RepairResult = z.strictObject({ file: FileRef.shape.name, sha256: z.string(), result: z.enum(['repaired', 'not-wanted', 'still-bad']) });
export type RepairResult = z.infer<typeof RepairResult>;
