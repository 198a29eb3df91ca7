import { starterLine, type StarterLine } from '../processes/starter-line.ts';
import type { ToCoreProcess } from './core-protocol.ts';
import type { CorePort } from './core-side.ts';
import { helpersOfShell } from './helper-line.ts';

/** The line to the shell that started this process, whichever kind of shell it was. */
export function parentPort(): CorePort {
  const line = starterLine();
  if (line === undefined) throw new Error('the core process is started by a shell, not by hand');
  return line.under === 'electron' ? underElectron(line) : underNode(line);
}

function underElectron(line: StarterLine): CorePort {
  const helpers = helpersOfShell(line.post);
  return {
    post: line.post,
    onMessage(listener) {
      line.onMessage((message) => {
        if (!helpers.heard(message)) listener(message as ToCoreProcess);
      });
    },
    onShellGone: line.onGone,
    startHelper: helpers.start,
  };
}

function underNode(line: StarterLine): CorePort {
  return {
    post: line.post,
    onMessage(listener) {
      line.onMessage((message) => {
        listener(message as ToCoreProcess);
      });
    },
    onShellGone(listener) {
      line.onGone(listener);
      // Ctrl+C in a terminal reaches the whole process group; the shell closes us in order.
      process.on('SIGINT', () => undefined);
      process.on('SIGTERM', listener);
    },
  };
}
