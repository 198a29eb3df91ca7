import { z } from 'zod';
import { command, commonFailureCodes, eventStream, query } from './define.ts';
import { Printed } from './printing.ts';
import { Empty, Instant } from './shared.ts';

const Count = z.number().int().nonnegative();

/**
 * What the folder of the backups, or what lies in it, may say. Nothing half written counts as a backup.
 * - `backup-place-gone`: the folder is not there, or its disk went away; `backup-place-read-only`; `backup-place-full`:
 *   no room (`needed` MiB); `backup-place-file-size`: the disk's form holds no file that large
 * - `backup-place-profile`: the folder is, holds or lies in a station's own data; `backup-place-busy`: somebody else writes
 *   there now (`host`)
 * - `backup-not-the-same`: what was read back is not what was written (`file`)
 * - `backup-database-damaged`, `backup-own-disk-full`: this station's own disk
 * - `backup-missing`, `backup-newer`, `backup-changed` (`file`): no such generation; one of a newer program; one that is not as
 *   it was written
 */
export const placeFailures = [
  'backup-place-gone',
  'backup-place-read-only',
  'backup-place-full',
  'backup-place-file-size',
  'backup-place-profile',
  'backup-place-busy',
  'backup-not-the-same',
  'backup-database-damaged',
  'backup-own-disk-full',
  'backup-missing',
  'backup-newer',
  'backup-changed',
] as const;

/**
 * - `backup-no-place`: no folder was chosen; `recovery-not-set`: no passphrase, without which no backup would ever open
 * - `backup-running`: one thing at a time; `backup-cancelled`: somebody gave it up
 */
const startFailures = ['backup-no-place', 'recovery-not-set', 'backup-running', 'backup-cancelled'] as const;

/**
 * - `recovery-wrong`: the passphrase does not open this backup; `backup-other-kind`: practice data for a real station, or the
 *   other way; `station-not-empty`: this station holds more than what a set-up
 *   writes down: a document, a number, a dossier
 */
const restoreFailures = ['recovery-wrong', 'backup-other-kind', 'station-not-empty'] as const;

export const backupFailures = [...placeFailures, ...startFailures, ...restoreFailures] as const;
export type BackupFailureCode = (typeof backupFailures)[number];

/** How many generations stay: the newest of each of so many days, weeks and months. */
export const BackupRetention = z.strictObject({ daily: z.number().int().min(1).max(366), weekly: z.number().int().min(0).max(260), monthly: z.number().int().min(0).max(600) });
export type BackupRetention = z.infer<typeof BackupRetention>;

/** `20261123T012033Z-…`, as in the folder. */
const GenerationName = z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/);
/** A folder of this machine or its network: absolute. What is written there is encrypted. */
const Folder = z
  .string()
  .trim()
  .max(500)
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/);

export const BackupSettings = z.strictObject({
  /** null: none chosen */
  folder: Folder.nullable(),
  enabled: z.boolean(),
  /** when each day, HH:mm in Vietnam; where the station is closed or the folder away then, as soon as both are there */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  retention: BackupRetention,
  /** days without a good backup after which the station warns */
  warnAfterDays: z.number().int().min(1).max(90),
});
export type BackupSettings = z.infer<typeof BackupSettings>;

/** `total`: bytes; null where it is not known. */
export const BackupProgress = z.strictObject({ phase: z.enum(['database', 'files', 'closing', 'checking']), done: Count, total: Count.nullable() });
export type BackupProgress = z.infer<typeof BackupProgress>;

/** One backup that came to its end. */
export const BackupRun = z.strictObject({
  id: z.string(),
  startedAt: Instant,
  endedAt: Instant,
  /** who asked; `station` for the clock */
  by: z.string(),
  folder: z.string(),
  /** null: good; else why it came to nothing */
  failure: z.enum([...backupFailures, ...commonFailureCodes]).nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  generation: z.string(),
  files: Count,
  bytes: Count,
  newFiles: Count,
  newBytes: Count,
  /** stored files that the station itself could not give */
  missing: Count,
  manifestSha256: z.string(),
});
export type BackupRun = z.infer<typeof BackupRun>;

const Recovery = z.strictObject({ /** stands on the sheet in the safe and on each backup */ code: z.string(), setAt: Instant, setBy: z.string() });

/** This profile came from a backup, and nobody has said yet that it takes the place of the former machine. */
export const Restored = z.strictObject({ at: Instant, backupAt: Instant, generation: z.string(), place: z.string(), oldHost: z.string() });
export type Restored = z.infer<typeof Restored>;

export const BackupState = z.strictObject({
  settings: BackupSettings,
  recovery: Recovery.nullable(),
  running: z.strictObject({ what: z.enum(['write', 'verify', 'restore']), now: BackupProgress, /** null while nobody can tell */ secondsLeft: Count.nullable() }).nullable(),
  last: BackupRun.nullable(),
  /** the end of the last good one; null: there was none on this machine */
  lastGoodAt: Instant.nullable(),
  /** nothing good for longer than the settings bear */
  isLate: z.boolean(),
  /** null: not by itself */
  nextAt: Instant.nullable(),
  /** its hour has come; it waits for the folder, or for a while after a failure */
  isDue: z.boolean(),
  /** another machine was restored from these backups, and nobody has taken note */
  elsewhere: z.strictObject({ at: Instant, host: z.string() }).nullable(),
  restored: Restored.nullable(),
  /** this station was set up at most, and its host can open another profile: a backup may be brought back */
  mayRestore: z.boolean(),
  /** somebody has done something here, which a restore puts aside */
  isBegun: z.boolean(),
  /** the shell can show the system's dialog for folders */
  showsFolders: z.boolean(),
});
export type BackupState = z.infer<typeof BackupState>;

/** A folder into which the station could write just now. */
export const FolderVerdict = z.strictObject({
  /** MiB that are free; null where its disk does not say */
  freeMebibytes: Count.nullable(),
  /** less is free than the next backup may need */
  isTight: z.boolean(),
  /** on the disk of the station's own data, with which it would be lost */
  sameDisk: z.boolean(),
  /** on another machine, as far as the system tells */
  isNetwork: z.boolean(),
  /** generations that lie there, of this station and of others */
  own: Count,
  others: Count,
});
export type FolderVerdict = z.infer<typeof FolderVerdict>;

/** What a folder holds, as its manifest says. `state`: `spoilt` and `newer` cannot be restored. */
export const Generation = z.strictObject({
  generation: z.string(),
  /** of the station's key; names its folder */
  keyCheck: z.string(),
  state: z.enum(['good', 'newer', 'spoilt']),
  at: Instant.nullable(),
  office: z.string(),
  organId: z.string(),
  host: z.string(),
  profileKind: z.enum(['office', 'practice']),
  recovery: z.string(),
  incoming: Count,
  outgoing: Count,
  files: Count,
  bytes: Count,
  missing: Count,
});
export type Generation = z.infer<typeof Generation>;

/** How a generation was found that was read again. `bad`: paths of what is not as it was written. */
export const BackupCheck = z.strictObject({
  generation: z.string(),
  files: Count,
  bytes: Count,
  bad: z.array(z.strictObject({ path: z.string(), what: z.enum(['missing', 'changed', 'unproven']) })),
});
export type BackupCheck = z.infer<typeof BackupCheck>;

/** At least 14 characters: whoever has the folder may try as many as his machines can. */
const Passphrase = z.string().min(14).max(200);
const Page = z.strictObject({ before: z.string().nullable(), limit: z.number().int().min(1).max(200) });

/** Copies of the whole profile, encrypted, in a folder elsewhere. */
export const backup = {
  state: query(Empty, BackupState),
  /** The log of backups (TT 05/2025/TT-BNV art. 30.3.e), newest first. */
  runs: query(Page, z.array(BackupRun)),
  /** What lies in a folder; of this station where no folder is told. */
  generations: query(z.strictObject({ folder: Folder.nullable() }), z.array(Generation), [...placeFailures, 'backup-no-place', 'backup-running']),
  /** Looks at a folder before it is chosen: whether it is there, can be written to, has room and lies elsewhere. Nothing stays there. */
  judgeFolder: query(z.strictObject({ folder: Folder }), FolderVerdict, [...placeFailures]),
  /** Has the shell show the system's dialog; null where the person closed it. `start`: the folder in which it opens. */
  chooseFolder: command(z.strictObject({ start: Folder.nullable() }), z.strictObject({ folder: z.string().nullable() }), ['folders-not-shown'], {
    audited: { no: 'a folder is looked for; nothing changes before it is saved' },
  }),
  saveSettings: command(BackupSettings, BackupState, ['backup-place-gone', 'backup-place-profile', 'backup-place-read-only', 'backup-running'], { audited: true }),
  /** Backups from now on open with this passphrase; those of before with that of their time. */
  setRecovery: command(z.strictObject({ passphrase: Passphrase }), BackupState, [], { sensitive: true, audited: true }),
  /** The sheet for the safe. The passphrase is written onto it by hand: the station does not keep it. */
  makeSheet: command(Empty, Printed, ['recovery-not-set'], { audited: true }),
  start: command(Empty, BackupRun, [...placeFailures, ...startFailures], { audited: true }),
  verify: command(z.strictObject({ generation: GenerationName }), BackupCheck, [...placeFailures, ...startFailures], { audited: true }),
  cancel: command(Empty, BackupState, [], { audited: { no: 'the end of what was given up is noted when it comes' } }),
  /** Brings a generation into this station, which was set up at most; what it had goes aside as a whole. The core starts anew then. */
  restore: command(
    z.strictObject({ folder: Folder, keyCheck: z.string().regex(/^[0-9a-f]{16,64}$/), generation: GenerationName, passphrase: z.string().max(200) }),
    z.strictObject({ unmarked: z.boolean() }),
    [...placeFailures, ...restoreFailures, 'backup-running', 'backup-cancelled'],
    { sensitive: true, audited: { no: 'the restored profile notes it at its first start' } },
  ),
  /** This machine takes the place of the former one: from here on it works. */
  confirmRestored: command(z.strictObject({ numbersChecked: z.literal(true), oldStopped: z.literal(true) }), BackupState, ['nothing-restored'], { audited: true }),
  /** Somebody knows that another machine was restored from these backups. */
  noteElsewhere: command(z.strictObject({ note: z.string().trim().min(1).max(500) }), BackupState, ['nothing-restored'], { audited: true }),
};

export const backupEvents = {
  state: eventStream(BackupState, BackupState),
};
