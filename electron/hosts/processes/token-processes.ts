import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FoundModule, FromTokenProcess } from '../../../native/pkcs11/index.ts';
import type { StartTokenProcess } from '../../platform/tokens/token-limits.ts';
import { ownHelper, type StartHelper } from './helper-process.ts';
import { workerProgram } from '../threads/worker-program.ts';

/** Starts the process of one module the way that this host starts processes. */
export function tokenProcessesBy(start: StartHelper): StartTokenProcess {
  return (modulePath) => {
    const folder = dirname(modulePath);
    // What a driver prints is nobody's business: at their loudest they print what was sent to the card, PIN and all.
    const child = start({
      program: 'token-worker',
      args: [modulePath],
      // Windows looks for a DLL's own DLLs in the working folder, not beside the DLL. Elsewhere it makes no difference.
      ...(process.platform === 'win32' && existsSync(folder) ? { cwd: folder } : {}),
    });
    return {
      ...child,
      onMessage: (listener) => {
        child.onMessage((message) => {
          listener(message as FromTokenProcess);
        });
      },
    };
  };
}

/** As a Node process. */
export const forkTokenProcess: StartTokenProcess = tokenProcessesBy(ownHelper);

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
