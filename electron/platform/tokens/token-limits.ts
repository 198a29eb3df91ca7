import type { FromTokenProcess, ToTokenProcess } from '../../../native/pkcs11/index.ts';

/** A process that serves one module, however the host starts it. */
export type TokenChild = {
  /** Copies the message before it returns: what holds a PIN is overwritten then. */
  readonly post: (message: ToTokenProcess) => void;
  readonly onMessage: (listener: (message: FromTokenProcess) => void) => void;
  /** `how`: a signal, an exit code or the reason that it never ran; for support */
  readonly onExit: (listener: (how: string) => void) => void;
  /** Ends it at once, even inside a module that hangs. */
  readonly kill: () => void;
};

/** Each host fills this port: a forked Node process, a utility process of Electron, or a double in a test. */
export type StartTokenProcess = (modulePath: string) => TokenChild;

/** Milliseconds. */
export type TokenLimits = {
  /** starting the process, loading and initialising the module */
  readonly start: number;
  /** one call into the module */
  readonly call: number;
  /** a PIN or a yes that is given on the device */
  readonly pad: number;
  /** a report, or one item of a batch, as a whole */
  readonly whole: number;
  /** a process without work and without a kept login ends after this */
  readonly idle: number;
};

/**
 * Reading a slow card takes 2 seconds, a signature under 1, a bad module up to 10 for each document (signing facts §5):
 * these are several times that. A person at a PIN pad is given two minutes.
 */
export const tokenLimits: TokenLimits = { start: 20_000, call: 15_000, pad: 120_000, whole: 60_000, idle: 60_000 };

/** Who looks at a screen wants the cause within ten seconds, and loses nothing when a slow driver is given up. */
export const lookLimits: TokenLimits = { ...tokenLimits, start: 6_500, call: 6_500, whole: 8_000 };
