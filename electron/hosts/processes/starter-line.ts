/** What Electron gives a utility process; declared here because only the desktop host may import `electron`. */
type ElectronParentPort = {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
};

/** The line of this process to the one that started it. */
export type StarterLine = {
  readonly under: 'electron' | 'node';
  readonly post: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** The other end is gone. Never under Electron, which ends its utility processes together with itself. */
  readonly onGone: (listener: () => void) => void;
};

/** The line to whoever started this process; undefined when a person did. */
export function starterLine(): StarterLine | undefined {
  const electronPort = (process as unknown as { parentPort?: ElectronParentPort | null }).parentPort;
  if (electronPort !== undefined && electronPort !== null) return overElectron(electronPort);
  if (process.send !== undefined) return overFork(process.send.bind(process));
  return undefined;
}

function overElectron(port: ElectronParentPort): StarterLine {
  return {
    under: 'electron',
    post(message) {
      port.postMessage(message);
    },
    onMessage(listener) {
      // Only the shell that made this process holds the other end.
      port.on('message', (event) => {
        listener(event.data);
      });
    },
    onGone: () => undefined,
  };
}

function overFork(send: (message: unknown) => unknown): StarterLine {
  return {
    under: 'node',
    post(message) {
      // After the other one went there is nobody to tell.
      if (process.connected) send(message);
    },
    onMessage(listener) {
      process.on('message', listener);
    },
    onGone(listener) {
      process.on('disconnect', listener);
    },
  };
}
