import type { Result } from '../../../foundation/outcome.ts';
import type { SignedFile } from '../finish.ts';
import type { IssuePlan } from '../issue/issue-plan.ts';
import type { PreparedFile, SigningFiles } from '../prepare.ts';
import type { SigningRefusal } from '../refusals.ts';
import type { ReservedPlaces } from '../reserve/reserve.ts';
import type { Signed } from '../sign-file.ts';
import type { SigningWish } from '../wish.ts';

/** One certificate for the whole batch: one token, one PIN. */
export type BatchSigner = Pick<SigningWish, 'certificate' | 'chain' | 'way'>;

/** What a signature shows, as data: the thread that prepares the file draws it. */
export type StepShows =
  /** a step of a plan; `reserve`: fields that the file gets before it */
  | { readonly kind: 'plan'; readonly plan: IssuePlan; readonly index: number; readonly reserve?: ReservedPlaces }
  /** the line of an attachment in a file of its own, with the time of signing; `code`: of the document that it goes with */
  | { readonly kind: 'attachment'; readonly code: string };

/**
 * What a step may wish for: plain data only, since it goes to another thread. The time of signing is when it is prepared.
 * Where something is shown, that says which field is signed.
 */
export type BatchStep = Pick<SigningWish, 'level' | 'certify' | 'name' | 'reason'> &
  (({ readonly shows?: undefined } & Pick<SigningWish, 'field' | 'lock'>) | { readonly shows: StepShows });

/** One file of a batch. */
export type BatchFile = {
  /** the caller's own name for it; unique in the batch */
  readonly id: string;
  readonly source: string;
  /** bytes of the source, where it is written only when its turn comes */
  readonly size?: number;
  /** does not exist yet */
  readonly target: string;
  /**
   * Signatures in their order, each over the file with the ones before; usually one. All are made or none: the target
   * appears with the last, and what lies between is removed.
   */
  readonly steps: readonly [BatchStep, ...BatchStep[]];
};

/**
 * How a file of a batch ended; in all cases but `signed` there is no target of this batch and the original is untouched.
 * - `refused`: by the file or the disk, at the step with this index
 * - `no-signature`: the token failed, before or while it was this file's turn
 * - `cancelled`: the batch was, before this file's first signature
 * - `crashed`: the program that worked on this very file; `detail` for support
 */
export type FileOutcome<F> =
  | { readonly kind: 'signed'; readonly file: Signed }
  | { readonly kind: 'refused'; readonly step: number; readonly refusal: SigningRefusal }
  | { readonly kind: 'no-signature'; readonly cause: F }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'crashed'; readonly detail: string };

export type FileEnd<F> = { readonly file: BatchFile; readonly outcome: FileOutcome<F> };

/** What to sign again, as a new batch with a PIN that is typed anew: files in their order, without those that are signed. */
export function leftToSign<F>(ends: readonly FileEnd<F>[]): readonly BatchFile[] {
  return ends.filter(({ outcome }) => outcome.kind !== 'signed').map(({ file }) => file);
}

/** What the token signs, and what it gives back. */
export type TokenItem = { readonly id: string; readonly data: Uint8Array };
export type TokenSignature = { readonly id: string; readonly signature: Uint8Array };

/** A token that signs within one login what it is fed. `signFed` of a token process is one. */
export type TokenLine<F> = {
  readonly feed: (items: readonly TokenItem[]) => void;
  /** the last item has come */
  readonly close: () => void;
  /** ends it before its next item */
  readonly cancel: () => void;
  readonly end: Promise<{ readonly kind: 'done' } | { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly failure: F }>;
};

export type PrepareOrder = { readonly files: Required<SigningFiles>; readonly signer: BatchSigner; readonly step: BatchStep; readonly at: Date };
export type Waiting = { readonly prepared: PreparedFile; readonly attributes: Uint8Array };

export type FinishOrder = {
  readonly prepared: PreparedFile;
  readonly signature: Uint8Array;
  readonly timestamp?: Uint8Array;
  /** the journal in which it is noted before the target appears; null for a step that is not the last */
  readonly journal: string | null;
};

/** A file of a batch that was ended in the middle. `signed`: the whole file is there under its name. */
export type LeftFile = Pick<BatchFile, 'id' | 'source' | 'target'> &
  (
    | { readonly state: 'unsigned' }
    /** `certificate`: who signed, DER as Base64; `isOfSource`: the original is still the file that was signed */
    | { readonly state: 'signed'; readonly certificate: string; readonly isOfSource: boolean }
  );

/** What is left of a batch: its journal stays until `endJournal`, once somebody has taken notice of the files. */
export type LeftBatch = { readonly journal: string; readonly started: string; readonly files: readonly LeftFile[] };

/** Which run asks. `isAlone`: no other program can have a batch in this folder, as in a profile that is locked. */
export type Asker = { readonly run: string; readonly isAlone: boolean };

/** The thread that had this file in hand ended before its time. */
export type WorkFault = { readonly code: 'work-crashed'; readonly detail: string };

/**
 * Threads that prepare and finish files: reading, judging, copying and digesting are synchronous, and a program that shows a
 * window or answers one does none of it itself.
 */
export type FileWork = {
  readonly prepare: (order: PrepareOrder) => Promise<Result<Waiting, SigningRefusal | WorkFault>>;
  readonly finish: (order: FinishOrder) => Promise<Result<SignedFile, SigningRefusal | WorkFault>>;
  /** whether the target of a prepared file is there and is what finishing makes of it */
  readonly isFinished: (prepared: PreparedFile) => Promise<Result<boolean, WorkFault>>;
  readonly clearLeft: (folder: string, asker: Asker) => Promise<Result<readonly LeftBatch[], WorkFault>>;
};
