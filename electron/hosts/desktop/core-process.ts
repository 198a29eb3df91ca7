import { dirname } from 'node:path';
import { utilityProcess } from 'electron';
import { coreLink, type CoreLink } from '../shell/core-link.ts';
import type { FromCoreProcess } from '../shell/core-protocol.ts';
import { helperKeeper } from './helpers.ts';

/**
 * Starts the core as an Electron utility process: Node without a window, ended together with the application. The
 * processes that the core asks for lie beside its program and end with it.
 */
export function startCoreProcess(entry: string, log: (line: string) => void): CoreLink {
  const child = utilityProcess.fork(entry, [], { serviceName: 'tram-van-thu-core', stdio: 'inherit' });
  const helpers = helperKeeper(
    dirname(entry),
    (message) => {
      child.postMessage(message);
    },
    log,
  );
  child.on('error', (type, location) => {
    log(`core: ${type} at ${location}`);
  });
  return coreLink(
    {
      post(message) {
        child.postMessage(message);
      },
      onMessage(listener) {
        child.on('message', (message: unknown) => {
          if (!helpers.heard(message)) listener(message as FromCoreProcess);
        });
      },
      onExit(listener) {
        child.once('exit', (code) => {
          helpers.endAll();
          listener(code);
        });
      },
      kill() {
        child.kill();
      },
    },
    log,
  );
}
