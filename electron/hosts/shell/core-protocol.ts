import type { Outcome, Sender, StartFailureCode } from '#contract';

/** A range of a stored file, with what the answer's headers need. */
export type FileRange = {
  /** bytes of the whole file */
  readonly size: number;
  readonly mediaType: string;
  readonly name: string;
  readonly bytes: Uint8Array;
};
export type FileOutcome = Outcome<FileRange, 'not-found' | 'file-damaged'>;

/** What the core process is opened with. The key travels here and never in arguments or environment. */
export type OpenCore = {
  readonly profileDir: string;
  readonly key: Outcome<Uint8Array, StartFailureCode>;
  readonly practice: boolean;
  readonly version: string;
  /** folder of this machine in which whole exports of the window are put */
  readonly exportPlace?: string;
  /** the shell can open the other profile, practice or office, in place of this one */
  readonly mayChangeProfile?: boolean;
  /** the shell can show the system's dialog for folders */
  readonly showsFolders?: boolean;
  /** the shell can show a file in the system's own window */
  readonly showsFiles?: boolean;
};

/** Shell to core process. Structured clone carries it; `message` is whatever the window sent, not yet looked at. */
export type ToCoreProcess =
  | ({ readonly kind: 'open' } & OpenCore)
  | { readonly kind: 'message'; readonly conversation: number; readonly sender: Sender; readonly message: unknown }
  | { readonly kind: 'end'; readonly conversation: number }
  | {
      readonly kind: 'read-file';
      readonly request: number;
      readonly fileId: string;
      readonly start: number;
      readonly length: number;
    }
  /** the system asks to open this file with the program */
  | { readonly kind: 'open-file'; readonly path: string }
  /** what was chosen in the dialog; null where it was closed */
  | { readonly kind: 'folder'; readonly request: number; readonly folder: string | null }
  | { readonly kind: 'close' };

/** Core process to shell. */
export type FromCoreProcess =
  | { readonly kind: 'ready' }
  /** `text` is a ToWindow as JSON, made once in the core and handed through to the page as it is */
  | { readonly kind: 'message'; readonly conversation: number; readonly text: string }
  | { readonly kind: 'file'; readonly request: number; readonly outcome: FileOutcome }
  /** somebody at the window wants the other profile: this one is to be closed first */
  | { readonly kind: 'change-profile' }
  /** somebody at the window wants to choose a folder of this machine */
  | { readonly kind: 'choose-folder'; readonly request: number; readonly start: string | null }
  /** somebody at the window wants to see where this file or folder lies */
  | { readonly kind: 'show-file'; readonly path: string }
  | { readonly kind: 'log'; readonly line: string };

/** Largest piece of a file asked of the core at once, so that one reader cannot fill its memory. */
export const fileChunkBytes = 4 * 1024 * 1024;
