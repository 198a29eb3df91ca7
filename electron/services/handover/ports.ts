import type { CodeOf, Contract, HandoverRunning, InputOf, Outcome, OutputOf, Verdict } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import type { Result } from '../../foundation/outcome.ts';
import type { BlobRef, Store } from '../../store/index.ts';
import type { Hands } from './aside/jobs.ts';
import type { ActWords } from '../dossiers/index.ts';
import type { BuildFailure, BuildOrder, BuildProgress, BuiltPackage, CheckProgress, PackageForm, PackageReport, SchemaFile } from '../packages/index.ts';
import type { DocumentFonts } from '../records/index.ts';
import type { CopiedFile, CopyOrder, CopyRefusal } from '../signing/index.ts';

type ListMethod = Contract['dossiers']['makeDossierList'];

export type HandoverDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly fonts: () => DocumentFonts;
  /** the folder of this machine in which packages of the window are put and looked for; null: none */
  readonly place: string | null;
  /** drives that are plugged in, as folders: the window may choose one instead of the place */
  readonly drives: () => Promise<readonly string[]>;
  /** shows a file or folder in the system's own window; undefined where the shell has none */
  readonly showFile: ((path: string) => void) | undefined;
  readonly software: { readonly name: string; readonly version: string };
  /** what goes along in `schemas/` of every package of a form */
  readonly schemas: (form: PackageForm) => readonly SchemaFile[];
  /** Builds one package beside the core; called again after a kill it goes on. */
  readonly build: (
    order: BuildOrder,
    listening: { readonly progress: (now: BuildProgress) => void; readonly signal: AbortSignal },
  ) => Promise<Result<BuiltPackage, BuildFailure | { readonly code: 'packages-thread-ended'; readonly detail: string }>>;
  /** Judges one package beside the core. */
  readonly check: (path: string, listening: { readonly onProgress: (now: CheckProgress) => void; readonly signal: AbortSignal }) => Promise<Result<PackageReport, { readonly code: string; readonly detail: string }>>;
  /** What is believed now of the signatures in a PDF; the bytes are given away. */
  readonly lookAt: (bytes: Uint8Array) => Promise<Verdict>;
  /** Copies the pages of a stored PDF into a new stored file, beside the core (`copyPages` of signing). */
  readonly copyFile: (sha256: string, order: Omit<CopyOrder, 'source' | 'target'>) => Promise<Result<BlobRef & Pick<CopiedFile, 'pages' | 'leftOut'>, CopyRefusal | { readonly code: 'file-damaged' } | { readonly code: 'work-crashed'; readonly detail: string }>>;
  /** hands beside the core for what is taken over and archived; `end` them after the work */
  readonly hands: () => Hands;
  /** names of acts in the trace that goes along */
  readonly actWords: ActWords;
  /** a sentence of the catalogue in Vietnamese, for papers */
  readonly words: (key: string, params: Readonly<Record<string, string | number>>) => string;
  /** Mục lục hồ sơ nộp lưu, as dossiers print it. */
  readonly printList: (input: InputOf<ListMethod>) => Promise<Outcome<OutputOf<ListMethod>, CodeOf<ListMethod>>> | Outcome<OutputOf<ListMethod>, CodeOf<ListMethod>>;
  readonly running: (now: HandoverRunning) => void;
  /** told after dossiers changed */
  readonly dossiersChanged: (ids: readonly string[]) => void;
  /** notes an unexpected error, and answers its number */
  readonly incident: (error: unknown) => string;
};
