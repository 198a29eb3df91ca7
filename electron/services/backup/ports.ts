import type { BackupProgress, BackupRetention, FolderVerdict } from '#contract';
import type { ProfileAccess } from '../../store/index.ts';
import type { Manifest } from './form.ts';

/** Who the station is, for what is written. */
export type StationFacts = {
  readonly life: string;
  readonly host: string;
  readonly programVersion: string;
  readonly profileKind: 'office' | 'practice';
};

/** Writing one generation. */
export type WriteJob = {
  readonly kind: 'write';
  readonly place: string;
  readonly access: ProfileAccess;
  readonly facts: StationFacts;
  readonly at: string;
  readonly generation: string;
  /** the master key under the passphrase, as a file, and the code of its sheet */
  readonly key: string;
  readonly recovery: string;
  readonly keep: BackupRetention;
};
export type WriteDone = {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  readonly newFiles: number;
  readonly newBytes: number;
  readonly forgotten: readonly string[];
  /** another machine was restored from these backups */
  readonly restoredElsewhere: Elsewhere | null;
};
export type Elsewhere = { readonly at: string; readonly host: string; readonly life: string };

/** What lies in a folder. `keyCheck` null: of all stations. */
export type ListJob = { readonly kind: 'list'; readonly place: string; readonly keyCheck: string | null };
export type Listed = { readonly generation: string; readonly keyCheck: string; readonly manifest: Manifest | 'newer' | 'spoilt' };

/** Reading a whole generation again. With the station's keys what is encrypted is looked into, too. */
export type VerifyJob = { readonly kind: 'verify'; readonly place: string; readonly keyCheck: string; readonly generation: string; readonly access: ProfileAccess | null };
export type VerifyDone = { readonly files: number; readonly bytes: number; readonly bad: readonly BadPart[] };
export type BadPart = { readonly path: string; readonly what: 'missing' | 'changed' | 'unproven' };

/** Bringing a generation back, beside what the profile holds; it is not switched over yet. */
export type RestoreJob = {
  readonly kind: 'restore';
  readonly place: string;
  readonly keyCheck: string;
  readonly generation: string;
  readonly passphrase: string;
  readonly profile: string;
  /** keeps the data's key on this machine */
  readonly machineKey: Uint8Array;
  readonly profileKind: 'office' | 'practice';
  readonly at: string;
  readonly life: string;
  readonly host: string;
  readonly programVersion: string;
};
export type RestoreDone = { readonly manifest: Manifest; /** the folder could not be told that this machine has taken over */ readonly unmarked: boolean };

/** What the first start of a restored profile is told. */
export type RestoredNote = { readonly generation: string; readonly backupAt: string; readonly at: string; readonly place: string; readonly life: string; readonly oldHost: string; readonly manifestSha256: string };

/** Whether backups may lie in a folder. */
export type CheckJob = { readonly kind: 'check'; readonly place: string; readonly profile: string };

/** Looking at a folder that somebody may choose. `usual`: bytes that a backup may need. */
export type JudgeJob = { readonly kind: 'judge'; readonly place: string; readonly profile: string; readonly keyCheck: string; readonly usual: number };

export type BackupJob = CheckJob | JudgeJob | WriteJob | ListJob | VerifyJob | RestoreJob;
export type DoneOf<J extends BackupJob> = J extends WriteJob ? WriteDone : J extends JudgeJob ? FolderVerdict : J extends ListJob ? readonly Listed[] : J extends VerifyJob ? VerifyDone : J extends RestoreJob ? RestoreDone : null;
export type JobFailure = { readonly code: string; readonly params: Readonly<Record<string, string | number>> };
export type JobAnswer<J extends BackupJob> = { readonly ok: true; readonly value: DoneOf<J> } | { readonly ok: false; readonly failure: JobFailure };

/** What a job asks while it works, and tells. */
export type Watch = { readonly progress: (now: BackupProgress) => void; /** throws when it was given up */ readonly breathe: () => void };

/** Works beside the core: it waits for disks, and nothing else of the station may. The host provides it. Rejects when what works has gone. */
export type RunJob = <J extends BackupJob>(job: J, progress: (now: BackupProgress) => void, signal: AbortSignal) => Promise<JobAnswer<J>>;
