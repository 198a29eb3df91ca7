import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CodeOf, Contract, InputOf, Outcome, OutputOf } from '#contract';
import { forkHelper, type HelperProcess } from '../../electron/hosts/processes/helper-process.ts';
import type { AxisListening } from '../../electron/hosts/processes/practice-axis-process.ts';
import type { AxisServerInput } from '../../electron/hosts/practice/practice-axis-server.ts';
import { httpClient } from '../../electron/platform/http/client.ts';
import { practiceControl, type PracticeControl } from '../../electron/services/practice/index.ts';
import type { StationTask, StationWord } from './station-worker.ts';

/** The side was killed, or is not up, so nobody knows what became of the question. */
export class SideGone extends Error {}

/** A practice axis in a process of its own that can be killed and comes back over the same folder at the same port. */
export type AxisSide = {
  readonly port: () => number;
  /** Rejects while the axis is down. */
  readonly control: () => PracticeControl;
  readonly start: () => Promise<void>;
  /** Ends it by SIGKILL, at once. */
  readonly kill: () => Promise<void>;
  readonly stderr: readonly string[];
};

export function axisSide(config: Omit<AxisServerInput, 'controlToken' | 'port'>): AxisSide {
  const controlToken = randomBytes(24).toString('base64url');
  const stderr: string[] = [];
  let port = 0;
  let child: { readonly process: HelperProcess; readonly gone: Promise<void> } | undefined;

  async function startOnce(): Promise<boolean> {
    const started = forkHelper({ program: 'practice-axis', wrote: (line) => stderr.push(line) });
    const gone = new Promise<void>((resolve) => {
      started.onExit(() => {
        resolve();
      });
    });
    const said = new Promise<AxisListening>((resolve) => {
      started.onMessage((message) => {
        resolve(message as AxisListening);
      });
    });
    started.post({ ...config, controlToken, port });
    const listening = await Promise.race([said, gone]);
    if (listening === undefined) return false;
    ({ port } = listening);
    child = { process: started, gone };
    return true;
  }

  return {
    port: () => port,
    control: () => practiceControl({ port, token: controlToken, http: httpClient }),
    async start() {
      for (let tries = 0; tries < 50; tries += 1) if (await startOnce()) return;
      throw new Error(`the axis does not start: ${stderr.slice(-3).join('; ')}`);
    },
    async kill() {
      if (child === undefined) return;
      const ending = child;
      child = undefined;
      ending.process.kill();
      await ending.gone;
    },
    stderr,
  };
}

/** A station in a process of its own that can be killed and comes back over the same folder. */
export type StationSide = {
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
  /** Ends it as a user does; by force when that does not end. */
  readonly close: () => Promise<void>;
  /** Calls a method as the window would. Rejects with `SideGone` when the station ends before it answers. */
  readonly ask: <D extends keyof Contract, M extends keyof Contract[D] & string>(
    domain: D,
    method: M,
    input: InputOf<Contract[D][M]>,
  ) => Promise<Outcome<OutputOf<Contract[D][M]>, CodeOf<Contract[D][M]>>>;
  readonly storeFile: (bytes: Uint8Array) => Promise<{ sha256: string; size: number }>;
  /** Sets its clock so far from the true time, also for its next lives. */
  readonly moveClock: (ms: number) => void;
  /** what it wrote to its log */
  readonly stderr: readonly string[];
  /** what the foot of its window told, in order */
  readonly troubles: readonly (string | null)[];
  /** why it could not open its store, in order; it was started again each time */
  readonly refusals: readonly string[];
};

const program = fileURLToPath(new URL('./station-worker.ts', import.meta.url));
const closingMs = 10_000;

export function stationSide(profile: { readonly folder: string; readonly keyHex: string }, seed: number): StationSide {
  const stderr: string[] = [];
  const troubles: (string | null)[] = [];
  const refusals: string[] = [];
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  let child: ChildProcess | undefined;
  let open = false;
  let questions = 0;
  let movedByMs = 0;
  let lives = 0;

  function tell(task: StationTask): void {
    child?.send(task, () => undefined);
  }

  function question(make: (number: number) => StationTask): Promise<unknown> {
    if (child === undefined || !open) return Promise.reject(new SideGone('the station is down'));
    const number = ++questions;
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      tell(make(number));
    });
  }

  function allGone(): void {
    for (const { reject } of waiting.values()) reject(new SideGone('the station is gone'));
    waiting.clear();
  }

  function hear(word: StationWord): void {
    if (word.kind === 'open' || word.kind === 'refused') return;
    if (word.kind === 'trouble') {
      troubles.push(word.trouble);
      return;
    }
    const one = waiting.get(word.question);
    waiting.delete(word.question);
    if (word.kind === 'answer') one?.resolve(word.value);
    else one?.reject(new Error(word.what));
  }

  async function kill(): Promise<void> {
    if (child === undefined) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    child = undefined;
    open = false;
    await gone;
    allGone();
  }

  /** One life. False when the station could not open its store: it says so, and is ended. */
  async function live(): Promise<boolean> {
    lives += 1;
    const started = fork(program, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: ['--no-warnings'] });
    if (started.stderr !== null) createInterface({ input: started.stderr }).on('line', (line) => stderr.push(line));
    started.on('message', (word: StationWord) => {
      hear(word);
    });
    started.once('exit', (code, signal) => {
      if (child !== started) return;
      stderr.push(`the station ended by itself: ${String(code ?? signal)}`);
      child = undefined;
      open = false;
      allGone();
    });
    const opened = Promise.race([once(started, 'message'), once(started, 'exit').then(() => null)]);
    child = started;
    tell({ kind: 'open', ...profile, movedByMs, randomSeed: seed + lives });
    const word = (await opened)?.[0] as StationWord | undefined;
    if (word?.kind === 'refused') {
      refusals.push(word.code);
      await kill();
      return false;
    }
    // Gone before it was open: killed, or by itself.
    open = child === started && word?.kind === 'open';
    return open || !stderr.at(-1)?.startsWith('the station ended by itself');
  }

  return {
    async start() {
      for (let tries = 1; !(await live()); tries += 1) {
        if (tries >= 200) throw new Error(`the station does not start: ${stderr.slice(-3).join('; ')}`);
        await pause(300);
      }
    },
    kill,
    async close() {
      const limit = new Promise((resolve) => setTimeout(resolve, closingMs, null).unref());
      const closed = question((number) => ({ kind: 'close', question: number }));
      await Promise.race([closed.catch(() => undefined), limit]);
      await kill();
    },
    ask: (domain, method, input) =>
      question((number) => ({ kind: 'ask', question: number, domain, method, input })) as never,
    storeFile: (bytes) =>
      question((number) => ({ kind: 'store-file', question: number, base64: Buffer.from(bytes).toString('base64') })) as never,
    moveClock(ms) {
      movedByMs = ms;
      tell({ kind: 'clock', movedByMs: ms });
    },
    stderr,
    troubles,
    refusals,
  };
}
