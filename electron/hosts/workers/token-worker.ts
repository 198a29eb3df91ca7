import { delimiter, dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { serveTokens, type ToTokenProcess } from '../../../native/pkcs11/index.ts';
import { starterLine } from '../processes/starter-line.ts';
import { workerProgram } from '../threads/worker-program.ts';

/**
 * The token process: loads the module named in its first argument and serves it to the process that started it, whose id
 * is the second. Whoever starts it sets time limits and kills it when the module hangs.
 */
const [, , modulePath, parent] = process.argv;
const line = starterLine();
if (modulePath === undefined || line === undefined) process.exit(2);
new Worker(workerProgram('parent-watch'), { workerData: { parent: Number(parent) } }).unref();
line.onGone(() => process.exit(0));
// Ctrl+C in a terminal goes to every process there; what is being signed is ended by the one that asked for it.
process.on('SIGINT', () => undefined);
// Chromium may take the working folder out of the places in which Windows looks for a DLL's own DLLs.
if (process.platform === 'win32') process.env['PATH'] = `${dirname(modulePath)}${delimiter}${process.env['PATH'] ?? ''}`;
serveTokens(modulePath, {
  post: line.post,
  onMessage: (listener) => {
    line.onMessage((message) => {
      listener(message as ToTokenProcess);
    });
  },
});
