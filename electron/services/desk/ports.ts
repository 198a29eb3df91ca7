import type { FileRef, GivenPin, Outcome, ShownCertificate, SigningCause, SigningMissing, SigningPaper, SigningPlace, SigningProgress, StoredFile } from '#contract';
import type { Clock } from '../../foundation/clock.ts';
import type { ReadDb, Store } from '../../store/index.ts';
import type { FileWork, PageText, SigningAside, SigningOffice, TokenLine } from '../signing/index.ts';
import type { Certificate, SigningWay } from '../trust/index.ts';

/** How a PIN comes to the desk; the bytes of a typed one are overwritten by whoever has it last. */
export type DeskPin = GivenPin | { readonly kind: 'kept' };

/** A token that can sign a batch; nothing was asked of it yet. */
export type DeskToken = {
  readonly certificate: Certificate;
  /** other certificates that it holds */
  readonly others: readonly Certificate[];
  readonly shown: Pick<ShownCertificate, 'name' | 'organisation' | 'purpose'>;
  /** One login for one batch. `wipe` overwrites a PIN that was not asked for, and lets the token be looked at again. */
  readonly line: (
    way: SigningWay,
    pin: DeskPin,
    keepMs: number,
  ) => { readonly open: OpenLine; readonly wipe: () => void };
};

type OpenLine = (onSigned: (one: { readonly id: string; readonly signature: Uint8Array }) => void) => TokenLine<SigningCause>;

export type FindToken = (device: string, certificate: string) => Outcome<DeskToken, 'token-absent' | 'token-certificate-absent' | 'token-certificate-not-readable'>;

/** A paper of the archive that the agency signs as it seals documents; it stands in no register. */
export type DeskPaper = SigningPaper & {
  readonly id: string;
  readonly typeName: string;
  readonly code: string;
  readonly subject: string;
  readonly file: FileRef;
  /** what the signature shows: the words of a copy, or the seal with its middle at a place of the page as shown */
  readonly shows: { readonly kind: 'copy-words' } | { readonly kind: 'seal'; readonly place: SigningPlace };
  /** it waits for its signature */
  readonly mayBeSigned: boolean;
};

/** Who has such papers: what stands under an id, and what is done when it is signed. */
export type DeskPapers = {
  readonly toSign: (db: ReadDb, id: string) => DeskPaper | undefined;
  readonly note: (signed: {
    readonly id: string;
    /** hash of the file that was signed */
    readonly from: string;
    readonly file: StoredFile;
    readonly made: { readonly certificate: string; readonly by: string; readonly level: string; readonly missing: SigningMissing | null };
    readonly actor: string;
  }) => Promise<Outcome<null, 'not-found' | 'wrong-step' | 'draft-changed'>>;
};

export type DeskDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly office: SigningOffice;
  readonly findToken: FindToken;
  /** threads for what somebody waits for: planning, signing, labels */
  readonly work: FileWork & SigningAside;
  /** a thread that completes, which waits for the network */
  readonly completing: Pick<SigningAside, 'complete'>;
  /** the text of a PDF with the places of its runs; undefined when it cannot be read */
  readonly readPlaces: (bytes: Uint8Array) => Promise<PageText | undefined>;
  readonly papers: DeskPapers;
  /** the desk's own folder in the profile: journals, and files in the clear while they are worked on */
  readonly folder: string;
  /** told after drafts or documents of ours changed */
  readonly changed: (ids: readonly string[]) => void;
  readonly progressed: (progress: SigningProgress) => void;
  readonly lackingChanged: (lacking: { ids: string[] }) => void;
  readonly failed: (error: unknown) => void;
};

