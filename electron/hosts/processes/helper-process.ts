import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { workerProgram } from '../threads/worker-program.ts';

/** Our programs that run as a process of their own beside the core, by their file names in `workers`. */
export const helperPrograms = ['pdf-text', 'practice-axis', 'token-worker'] as const;
export type HelperProgram = (typeof helperPrograms)[number];

export type HelperOrder = {
  readonly program: HelperProgram;
  /** what it finds behind its own name; the id of the process that starts it is put behind these */
  readonly args?: readonly string[];
  /** its working folder. Default: ours. */
  readonly cwd?: string;
  /** Hears each line that it writes to stderr. Default: nobody does, whatever it writes. */
  readonly wrote?: (line: string) => void;
};

/** A running process of ours, however the host started it. */
export type HelperProcess = {
  /** Copies the message before it returns. That it could not be delivered is told by `onExit`. */
  readonly post: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** `how`: a signal, an exit code or the reason that it never ran; for support. Comes after its last message. */
  readonly onExit: (listener: (how: string) => void) => void;
  /** Ends it at once, even inside foreign code that hangs. */
  readonly kill: () => void;
};

/**
 * Each host fills this port: plain Node forks, Electron has its shell start a utility process. The installed product
 * can not act as plain Node (the fuse `runAsNode` is blown), so that nothing else may start a program of ours.
 */
export type StartHelper = (order: HelperOrder) => HelperProcess;

const lastWordsMs = 1_000;

let elsewhere: StartHelper | undefined;

/** From here on `ownHelper` starts programs so: said once, at its own start, by a process that may start none itself. */
export function startHelpersBy(start: StartHelper): void {
  elsewhere = start;
}

/** How this process starts programs where its host names no other way. */
export const ownHelper: StartHelper = (order) => (elsewhere ?? forkHelper)(order);

/** Starts the program as a Node process: for the terminal, the Chromium host and tests. */
export const forkHelper: StartHelper = ({ program, args = [], cwd, wrote }) => {
  const child = fork(workerProgram(program), [...args, String(process.pid)], {
    serialization: 'advanced',
    // Flags of a test runner or a debugger are not for it.
    execArgv: [],
    stdio: ['ignore', 'ignore', wrote === undefined ? 'ignore' : 'pipe', 'ipc'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  child.on('error', () => undefined);
  if (child.stderr !== null && wrote !== undefined) createInterface({ input: child.stderr }).on('line', wrote);
  return {
    post: (message) => {
      child.send(message as object, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.on('exit', (code, signal) => {
        const tell = (): void => {
          clearTimeout(waiting);
          child.off('disconnect', tell);
          listener(signal ?? `exit ${String(code)}`);
        };
        // What it said last, a signature perhaps, may still be on its way; a driver's own child may hold the line open.
        const waiting = setTimeout(tell, lastWordsMs);
        if (child.connected) child.on('disconnect', tell);
        else setImmediate(tell);
      });
      child.on('error', (error) => {
        if (child.pid === undefined) listener(error.message);
      });
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};
