import type { CorePort } from './core-side.ts';
import type { FromCoreProcess, ToCoreProcess } from './core-protocol.ts';

/** What Electron gives a utility process; declared here because only the desktop host may import `electron`. */
type ElectronParentPort = {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
};

/** The line to the shell that started this process, whichever kind of shell it was. */
export function parentPort(): CorePort {
  const electronPort = (process as unknown as { parentPort?: ElectronParentPort | null }).parentPort;
  if (electronPort !== undefined && electronPort !== null) return overElectron(electronPort);
  if (process.send !== undefined) return overFork(process.send.bind(process));
  throw new Error('the core process is started by a shell, not by hand');
}

function overElectron(port: ElectronParentPort): CorePort {
  return {
    post(message) {
      port.postMessage(message);
    },
    onMessage(listener) {
      // Only the shell that made this process holds the other end.
      port.on('message', (event) => {
        listener(event.data as ToCoreProcess);
      });
    },
    onShellGone() {
      // Electron ends its utility processes together with itself.
    },
  };
}

function overFork(send: (message: FromCoreProcess) => unknown): CorePort {
  return {
    post(message) {
      // After the shell went there is nobody to tell.
      if (process.connected) send(message);
    },
    onMessage(listener) {
      process.on('message', (message) => {
        listener(message as ToCoreProcess);
      });
    },
    onShellGone(listener) {
      process.on('disconnect', listener);
      // Ctrl+C in a terminal reaches the whole process group; the shell closes us in order.
      process.on('SIGINT', () => undefined);
      process.on('SIGTERM', listener);
    },
  };
}
