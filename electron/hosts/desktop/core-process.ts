import { utilityProcess } from 'electron';
import { coreLink, type CoreLink } from '../shell/core-link.ts';
import type { FromCoreProcess } from '../shell/core-protocol.ts';

/** Starts the core as an Electron utility process: Node without a window, ended together with the application. */
export function startCoreProcess(entry: string, log: (line: string) => void): CoreLink {
  const child = utilityProcess.fork(entry, [], { serviceName: 'tram-van-thu-core', stdio: 'inherit' });
  return coreLink(
    {
      post(message) {
        child.postMessage(message);
      },
      onMessage(listener) {
        child.on('message', (message: FromCoreProcess) => {
          listener(message);
        });
      },
      onExit(listener) {
        child.once('exit', listener);
      },
      kill() {
        child.kill();
      },
    },
    log,
  );
}
