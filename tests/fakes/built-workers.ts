import { dirname, join } from 'node:path';

/**
 * Stands in `npm test` for `electron/hosts/threads/worker-program.ts`: processes and threads start from the bundles that the
 * run has made, in half the time of their sources.
 */
export function workerProgram(name: string): string {
  return join(dirname(process.env['TVT_PROGRAM'] ?? ''), `${name}.js`);
}
