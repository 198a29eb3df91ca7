import { fork } from 'node:child_process';
import { coreLink, type CoreLink } from './core-link.ts';
import type { FromCoreProcess } from './core-protocol.ts';

export type ForkCoreOptions = {
  /** The core's program, `core-worker.js` or its source. */
  readonly entry: string;
  readonly log: (line: string) => void;
};

/**
 * The engine lets the memory for young objects grow to 128 MiB and collects the rest late; the core's rows and messages are
 * short-lived. A third of what it holds at rest is saved by less of both (`npm run bench -- skeleton`).
 */
export const coreFlags: readonly string[] = ['--max-semi-space-size=4', '--optimize-for-size'];

/** Starts the core as a Node process of its own. Nothing of the profile is in its arguments or environment. */
export function forkCore(options: ForkCoreOptions): CoreLink & { readonly pid: number | undefined } {
  const child = fork(options.entry, [], {
    serialization: 'advanced',
    // Flags of the test runner or a debugger are not for the core.
    execArgv: [...coreFlags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const link = coreLink(
    {
      post(message) {
        // A core that has just ended reports itself by `exit`; the message has nowhere to go.
        child.send(message, (error) => {
          if (error !== null) options.log(`message to the core was not delivered: ${error.message}`);
        });
      },
      onMessage(listener) {
        child.on('message', (message) => {
          listener(message as FromCoreProcess);
        });
      },
      onExit(listener) {
        let told = false;
        const once = (code: number | null): void => {
          if (!told) listener(code);
          told = true;
        };
        child.on('exit', once);
        child.on('error', (error) => {
          options.log(`the core process failed: ${error.message}`);
          if (child.pid === undefined) once(null);
        });
      },
      kill() {
        child.kill('SIGKILL');
      },
    },
    options.log,
  );
  return { ...link, pid: child.pid };
}
