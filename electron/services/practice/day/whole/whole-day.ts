import type { Client, SigningProgress } from '#contract';

/**
 * How a PDF of a partner is signed: well; well, and changed afterwards; by somebody who says that he is the partner; with a
 * certificate that ran out; not at all.
 */
export type PartnerFileState = 'good' | 'changed' | 'forged' | 'expired' | 'unsigned';

/** Signing as other programs do it, outside of the station. */
export type OutsideSigning = {
  readonly partnerFile: (bytes: Uint8Array, state: PartnerFileState) => Promise<Uint8Array>;
  /** The leader's signature over a letter with room for it; `picture` a PNG. */
  readonly leader: (bytes: Uint8Array, signer: string, picture: Uint8Array) => Promise<Uint8Array>;
  /** Number, date and seal over a letter that the leader has signed. */
  readonly agency: (bytes: Uint8Array, order: { readonly code: string; readonly date: string; readonly seal: Uint8Array }) => Promise<Uint8Array>;
};

/** How the practice office signs. */
export type OwnSigning =
  | {
      readonly by: 'token';
      /** path of the PKCS#11 module, PIN of its tokens, and what they are called */
      readonly module: string;
      readonly pin: string;
      readonly labels: { readonly person: string; readonly agency: string };
      /** told how the batch stands that runs or was the last, whenever that changes; the answer ends it */
      readonly onProgress: (listener: (progress: SigningProgress | null) => void) => () => void;
    }
  | {
      readonly by: 'software';
      /** what this machine lacks for a token */
      readonly missing: string;
    };

/** What the whole day has beside the exchange: roles that sign in, signatures, and an archive in a second profile. */
export type WholeDay = {
  /** the practice authorities' root in DER, and its SHA-256 in hex */
  readonly root: { readonly der: Uint8Array; readonly sha256: string };
  /** the leader's certificate in DER */
  readonly leader: Uint8Array;
  /** their time-stamping authority; '' when nobody answers, and then nobody answers for the status of certificates either */
  readonly tsa: string;
  readonly own: OwnSigning;
  readonly outside: OutsideSigning;
  readonly archive: {
    readonly client: Client;
    readonly readFile: (fileId: string) => Promise<Uint8Array>;
  };
  /** Carries the packages of a folder to the archive's desk, and keeps them among the results. */
  readonly carry: (folder: string) => Promise<readonly string[]>;
};
