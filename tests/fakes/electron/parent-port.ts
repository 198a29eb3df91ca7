import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';

// What Electron gives a utility process, over Node's own channel. Like Electron's, the process ends with its parent.
const send = process.send?.bind(process);
class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    send?.(structuredClone(message));
  }
}
const parentPort = new ParentPort();
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
process.on('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', { value: parentPort });
delete process.send;

// The product's fuse: its binary does not act as plain Node. What starts it as such would open a second window.
const { spawn } = childProcess;
childProcess.fork = () => {
  throw new Error('the fuse runAsNode is blown: a utility process may not fork');
};
childProcess.spawn = ((program: string, ...rest: never[]) => {
  if (program === process.execPath) throw new Error('the fuse runAsNode is blown: the program is not plain Node');
  return (spawn as (program: string, ...rest: never[]) => unknown)(program, ...rest);
}) as typeof childProcess.spawn;
syncBuiltinESMExports();
