import type { Dispatcher, Outcome, StartFailureCode } from '#contract';
import type { Clock } from '../foundation/clock.ts';
import type { FoundModule } from '../../native/pkcs11/index.ts';
import type { StationTokens } from '../platform/tokens/station-tokens.ts';
import type { StartTokenProcess } from '../platform/tokens/token-limits.ts';
import type { TokenProcess } from '../platform/tokens/token-process.ts';
import type { HostBackup } from '../services/backup/index.ts';
import type { ExchangeStep } from '../services/exchange/index.ts';
import type { HostHandover } from '../services/handover/index.ts';
import type { DestroyStep, Keeping } from '../services/keeping/index.ts';
import type { HostTransfer } from '../services/transfer/index.ts';
import type { BlobRef } from '../store/index.ts';
import type { StartHelper } from './processes/helper-process.ts';
import type { PracticeAxisProcess } from './processes/practice-axis-process.ts';

export type CoreOptions = {
  readonly profileDir: string;
  readonly key: Outcome<Buffer, StartFailureCode>;
  /**
   * true: a practice profile; its axis is started in a process of its own. false: a real one. The other kind is
   * refused, so that practice data never mixes with real data. 'as-stored': whichever it is, without starting an axis.
   */
  readonly practice: boolean | 'as-stored';
  /** The kind that a profile gets that has none yet, with 'as-stored'. Default: 'office'. */
  readonly newKind?: 'practice' | 'office';
  /** Folder of this machine in which whole exports of the window are put; default: there is none, and none is made. */
  readonly exportPlace?: string;
  /** Drives of this machine that packages may be put on and read from, as folders. Default: those that are plugged in. */
  readonly drives?: () => Promise<readonly string[]>;
  /** Practice only: a folder with real documents to practise on, in place of made ones. */
  readonly samplesFolder?: string;
  /** Ends this core and opens the other profile, practice or office, in its window; absent where nobody can. */
  readonly changeProfile?: () => void;
  /** Shows the system's dialog for folders over the window; null where it was closed. Absent where the shell has none. */
  readonly chooseFolder?: (start: string | null) => Promise<string | null>;
  /** Shows a file or folder in the system's own window. Absent where the shell has none. */
  readonly showFile?: (path: string) => void;
  readonly version: string;
  readonly log: (line: string) => void;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Spreads polls and tries. Default: `Math.random`. */
  readonly random?: () => number;
  /** Whether the station polls and sends by itself; off for single commands. Default: true. */
  readonly background?: boolean;
  /** How processes beside the core are started. Default: as Node processes. */
  readonly startHelper?: StartHelper;
  /** How the process of a PKCS#11 module is started. Default: by `startHelper`. */
  readonly startTokenProcess?: StartTokenProcess;
  /** Known drivers of this machine. Default: looked for by their names. */
  readonly findTokenModules?: () => Promise<readonly FoundModule[]>;
  /** Told when a restored profile is to take the place of this one: the core is to be closed and started again. */
  readonly onReplaced?: () => void;
  /** Told of each step of the exchange. */
  readonly onStep?: (step: ExchangeStep, id: string) => void;
  /** Told of each step of destroying what was decided. */
  readonly onDestroyStep?: (step: DestroyStep) => void;
};

export type FileBytes = {
  readonly size: number;
  readonly mediaType: string;
  readonly name: string;
  readonly bytes: Uint8Array;
};

export type Core = {
  readonly dispatcher: Dispatcher;
  /** Bytes of a stored file, a range at a time; none for a window at which nobody is signed in though somebody must be. */
  readonly readFile: (
    fileId: string,
    start: number,
    length: number,
    sender?: 'own-window' | 'host',
  ) => Promise<Outcome<FileBytes, 'not-found' | 'file-damaged'>>;
  /** Puts a file into the store, for a command that names it by its hash afterwards. */
  readonly storeFile: (bytes: AsyncIterable<Uint8Array>) => Promise<BlobRef>;
  /** The system asks to open this file with the program; somebody at the window will have it read. */
  readonly openFile: (path: string) => void;
  /** The whole of the station into a folder, and out of one; for hosts, which may name folders. */
  readonly transfer: HostTransfer;
  /** Copies of the whole profile into a folder. */
  readonly backup: HostBackup;
  /** Checks of stored files, and mending from a folder. */
  readonly keeping: Keeping['host'];
  /** Packages into a folder, and out of one; likewise. */
  readonly handover: HostHandover;
  readonly tokens: {
    /** The one process of a module, for whoever signs. */
    readonly process: (modulePath: string) => TokenProcess;
    /** For hosts, which may name any file; the window may not. */
    readonly useModule: StationTokens['useModule'];
    readonly dropModule: StationTokens['dropModule'];
  };
  readonly close: () => Promise<void>;
  /** only in a practice profile that was started as one */
  readonly practiceAxis?: PracticeAxisProcess;
};
