import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FoundModule, FromTokenProcess } from '../../native/pkcs11/index.ts';
import type { TokenChild } from '../platform/tokens/token-limits.ts';
import { workerProgram } from './worker-program.ts';

const lastWordsMs = 1_000;

/** Starts the process of one module as a Node process, also inside Electron. */
export function forkTokenProcess(modulePath: string): TokenChild {
  const folder = dirname(modulePath);
  const child = fork(workerProgram('token-worker'), [modulePath, String(process.pid)], {
    serialization: 'advanced',
    execArgv: [],
    // What a driver prints is nobody's business: at their loudest they print what was sent to the card, PIN and all.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Windows looks for a DLL's own DLLs in the working folder, not beside the DLL. Elsewhere it makes no difference.
    ...(process.platform === 'win32' && existsSync(folder) ? { cwd: folder } : {}),
    // Inside Electron the same binary must act as plain Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  child.on('error', () => undefined);
  return {
    post: (message) => {
      // That it could not be delivered is told by `exit`.
      child.send(message, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', (message) => {
        listener(message as FromTokenProcess);
      });
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
}

/** The known modules that are on this machine, looked for in a thread of its own. */
export function findModulesAside(): Promise<readonly FoundModule[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerProgram('find-modules'));
    worker.once('message', (found: readonly FoundModule[]) => {
      resolve(found);
    });
    worker.once('error', reject);
  });
}
