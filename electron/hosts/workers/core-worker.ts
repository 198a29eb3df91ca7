import { startCore } from '../compose.ts';
import { serveCore } from '../shell/core-side.ts';
import { parentPort } from '../shell/parent-port.ts';

/**
 * The core process: services and store together. It is started by a shell, speaks with that shell only, and ends
 * when the shell says so or goes away.
 */
const port = parentPort();

process.on('uncaughtException', (error) => {
  // A store in an unknown state must not go on; what was committed is safe, and the shell shows that the core ended.
  port.post({ kind: 'log', line: `core ended by: ${error.stack ?? String(error)}` });
  setImmediate(() => process.exit(70));
});

await serveCore(port, startCore);
process.exit(0);
