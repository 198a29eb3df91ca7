import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';

type Options = { readonly serviceName?: string; readonly stdio?: 'inherit' | 'ignore' | readonly ('ignore' | 'inherit' | 'pipe')[]; readonly cwd?: string };

export type Started = { readonly name: string; readonly child: ChildProcess };
/** every utility process, ended ones too */
export const utilities: Started[] = [];

/** The core among them, of this instant. */
export function cores(): ChildProcess[] {
  return utilities.filter(({ name }) => name === 'tram-van-thu-core').map(({ child }) => child);
}

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  #pid: number | undefined;
  constructor(program: string, args: readonly string[], { serviceName = '', stdio = 'inherit', cwd }: Options) {
    super();
    const [, out = 'inherit', err = 'inherit'] = typeof stdio === 'string' ? [stdio, stdio, stdio] : stdio;
    this.#child = fork(program, args, {
      serialization: 'advanced',
      execArgv: ['--import', new URL('./parent-port.ts', import.meta.url).href],
      stdio: ['ignore', out, err, 'ipc'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    utilities.push({ name: serviceName, child: this.#child });
    this.#child.on('message', (message) => this.emit('message', structuredClone(message)));
    this.#child.once('spawn', () => {
      this.#pid = this.#child.pid;
      this.emit('spawn');
    });
    this.#child.once('exit', (code) => {
      this.#pid = undefined;
      this.emit('exit', code);
    });
  }
  /** Not known before `spawn`, and no more after `exit`. */
  get pid(): number | undefined {
    return this.#pid;
  }
  get stderr(): Readable | null {
    return this.#child.stderr;
  }
  postMessage(message: unknown): void {
    // Like Electron's, it makes a plain Uint8Array of a Buffer, and is silent where the process has ended in this moment.
    if (this.#child.connected) this.#child.send(structuredClone(message) as object, () => undefined);
  }
  kill(): boolean {
    return this.#child.kill();
  }
}

export const utilityProcess = {
  fork: (program: string, args: readonly string[] = [], options: Options = {}): UtilityProcess => new UtilityProcess(program, args, options),
};
