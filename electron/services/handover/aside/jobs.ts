import type { DossierFields } from '#contract';
import type { Blobs, storeFaultOf } from '../../../store/index.ts';
import type { BuildFailure, CapturedVerdict, DeriveOrder, PackageContent, PackageFile, PackageForm, PackageReport, SchemaFile } from '../../packages/index.ts';
import type { Member } from '../receiving/described.ts';

/** A file of a package with what its check read of it. */
export type HeldFile = { readonly path: string; readonly size: number; readonly sha256: string };

/** Files of a package in pages of JSON: as text they go to a thread without holding up whoever sends them, as forty thousand objects they do. */
export type HeldPages = readonly string[];

/** The files of some pages. */
export function filesIn(pages: HeldPages): readonly HeldFile[] {
  return pages.flatMap((page) => JSON.parse(page) as HeldFile[]);
}

/** Every file of a package goes into the file store, each compared with what was checked. */
export type StoreJob = { readonly kind: 'store'; readonly path: string; readonly files: HeldPages };
/** What a received package's field files mean here. `described`: JSON of them; they may be those of ten thousand documents. */
export type DescribeJob = { readonly kind: 'describe'; readonly described: string; readonly files: HeldPages; readonly senderName: string; readonly today: string };
/** Where a package is: as it lies there, while it is still the one of this METS, or as it is held. */
export type KeptPackage = { readonly path: string | null; readonly folder: string; readonly sha256: string; readonly files: HeldPages };
/** An AIP is made of a held SIP, judged, and what of it is new goes into the file store. */
export type ArchiveJob = {
  readonly kind: 'archive';
  readonly from: KeptPackage;
  readonly order: Omit<DeriveOrder, 'path' | 'to'>;
  /** what happened to it before: the check, the decision */
  readonly events: PackageContent['events'];
  readonly verdicts: readonly (readonly [sha256: string, CapturedVerdict])[];
};
/** A DIP is made of an AIP where somebody wants it, and judged. */
export type UseCopyJob = {
  readonly kind: 'use-copy';
  readonly from: KeptPackage;
  readonly order: Omit<DeriveOrder, 'path' | 'to'> & { readonly to: Extract<DeriveOrder['to'], { readonly kind: 'DIP' }> };
  /** the signed văn bản xác thực, which lies in the file store; null: it goes without one */
  readonly certification: PackageFile | null;
  readonly into: string;
  readonly output: 'folder' | 'zip';
};
export type Job = StoreJob | DescribeJob | ArchiveJob | UseCopyJob;

/** What comes before the answer, a part at a time. */
export type JobPart =
  | { readonly kind: 'head'; readonly fields: DossierFields; readonly endDate: string }
  | { readonly kind: 'members'; readonly members: readonly (Member & HeldFile)[] }
  | { readonly kind: 'files'; readonly files: readonly HeldFile[] };

type Broken =
  | { readonly code: 'package-gone'; readonly path: string }
  | { readonly code: 'package-changed'; readonly path: string; readonly file: string }
  | { readonly code: 'no-dossier' }
  | { readonly code: 'cancelled' }
  /** the file store has it no more, or not whole */
  | { readonly code: 'file-damaged'; readonly file: string }
  | { readonly code: 'package-unfit'; readonly count: number; readonly rule: string }
  | { readonly code: 'package-kind'; readonly profile: string }
  | { readonly code: 'packages-nothing' }
  | { readonly code: 'build'; readonly failure: BuildFailure }
  /** the disk of the profile is full, or refuses to be written */
  | { readonly code: 'store'; readonly fault: NonNullable<ReturnType<typeof storeFaultOf>> };
/** What was made: its place on the disk, its facts, and what the validator said. */
export type MadeAside = {
  readonly path: string;
  readonly form: PackageForm;
  readonly objectId: string;
  readonly documents: number;
  readonly files: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly fit: boolean;
  readonly broken: PackageReport['broken'];
};
export type JobAnswer = { readonly ok: true; readonly made: MadeAside | null } | { readonly ok: false; readonly failure: Broken };
export type JobFailure = Broken | { readonly code: 'thread'; readonly detail: string };

/** What a thread has at hand for its jobs. */
export type JobDeps = {
  readonly blobs: Blobs;
  readonly schemas: (form: PackageForm) => readonly SchemaFile[];
  /** an empty folder for what stands open while a job goes on; it is taken away after it */
  readonly work: string;
  readonly signal: AbortSignal;
  /** so many more bytes are done */
  readonly moved: (bytes: number) => void;
  /** hands a part over, and waits until it is taken */
  readonly part: (part: JobPart) => Promise<void>;
};

export type JobListening = {
  readonly signal?: AbortSignal;
  readonly moved?: (bytes: number) => void;
  readonly part?: (part: JobPart) => void;
};

/** Does jobs beside the core, one after another, in a thread that `end` ends. */
export type Hands = {
  readonly do: (job: Job, listening?: JobListening) => Promise<JobAnswer | { readonly ok: false; readonly failure: JobFailure }>;
  readonly end: () => Promise<void>;
};

