import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';

export const cores: ChildProcess[] = [];

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  constructor(program: string, args: readonly string[]) {
    super();
    this.#child = fork(program, args, {
      serialization: 'advanced',
      execArgv: ['--import', new URL('./parent-port.ts', import.meta.url).href],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    cores.push(this.#child);
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('exit', (code) => this.emit('exit', code));
  }
  get pid(): number | undefined {
    return this.#child.pid;
  }
  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object);
  }
  kill(): boolean {
    return this.#child.kill();
  }
}

export const utilityProcess = {
  fork: (program: string, args: readonly string[] = []): UtilityProcess => new UtilityProcess(program, args),
};
