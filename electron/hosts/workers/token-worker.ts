import { Worker } from 'node:worker_threads';
import { serveTokens, type ToTokenProcess } from '../../../native/pkcs11/index.ts';
import { workerProgram } from '../worker-program.ts';

/**
 * The token process: loads the module named in its first argument and serves it to the process that started it, whose id
 * is the second. Whoever starts it sets time limits and kills it when the module hangs.
 */
const [, , modulePath, parent] = process.argv;
if (modulePath === undefined || process.send === undefined) process.exit(2);
new Worker(workerProgram('parent-watch'), { workerData: { parent: Number(parent) } }).unref();
process.on('disconnect', () => process.exit(0));
// Ctrl+C in a terminal goes to every process there; what is being signed is ended by the one that asked for it.
process.on('SIGINT', () => undefined);
const send = process.send.bind(process);
serveTokens(modulePath, {
  post: (message) => {
    send(message);
  },
  onMessage: (listener) => {
    process.on('message', (message) => {
      listener(message as ToTokenProcess);
    });
  },
});
