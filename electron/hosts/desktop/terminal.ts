import { dirname } from 'node:path';
import { utilityProcess } from 'electron';
import { helperKeeper } from './helpers.ts';

/**
 * Runs one command of `tvt` in a utility process, as Electron's binary does not act as plain Node. Its output is this
 * program's own; answers its exit code.
 */
export function runTerminal(entry: string, words: readonly string[], version: string): Promise<number> {
  const child = utilityProcess.fork(entry, [version, ...words], { serviceName: 'tram-van-thu-tvt', stdio: 'inherit' });
  const helpers = helperKeeper(
    dirname(entry),
    (message) => {
      child.postMessage(message);
    },
    (line) => {
      process.stderr.write(`${line}\n`);
    },
  );
  child.on('message', (message: unknown) => {
    helpers.heard(message);
  });
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      helpers.endAll();
      resolve(code);
    });
  });
}
