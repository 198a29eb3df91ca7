import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FuzzTask, FuzzWord, Sabotage } from './fuzz-edxml-worker.ts';

export type FuzzReport = {
  readonly inputs: number;
  /** how many inputs ended how: `ok`, a code of the reader, or `crash` */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly slowestInput: number;
  /** largest resident memory of a worker */
  readonly peakMiB: number;
  /** inputs that went wrong, by number; `fuzzInput(seed, input)` gives each again */
  readonly crashes: readonly { readonly input: number; readonly what: string }[];
  readonly seconds: number;
};

const worker = fileURLToPath(new URL('./fuzz-edxml-worker.ts', import.meta.url));
const silenceMs = 2000;
const heapMiB = 256;
const shownCrashes = 20;

/**
 * Reads mutated messages, the same ones for the same seed, in several processes over real encrypted file stores. A process
 * may write nowhere but into its store (Node's permission model holds it), is ended when it is silent for two seconds over
 * one input, and goes on after it; an input that does it twice counts as a crash. So does whatever is thrown, not declared,
 * left lying about, or comes back changed.
 * @param options.lanes processes, default one for each processor
 * @param options.sabotage for the test that sees each net catch
 */
export async function fuzzEdxml(options: {
  readonly seed: number;
  readonly inputs: number;
  readonly say: (line: string) => void;
  readonly lanes?: number;
  readonly sabotage?: Sabotage;
}): Promise<FuzzReport> {
  const { seed, inputs, say } = options;
  const lanes = Math.min(options.lanes ?? availableParallelism(), Math.max(inputs, 1));
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'tvt-fuzz-')));
  const started = performance.now();
  const outcomes: Record<string, number> = {};
  const crashes: { input: number; what: string }[] = [];
  let slowestMs = 0;
  let slowestInput = -1;
  let peakMiB = 0;
  let done = 0;

  function crash(input: number, what: string): void {
    crashes.push({ input, what });
    if (crashes.length <= shownCrashes) say(`input ${String(input)}: ${what}`);
  }

  function take(word: FuzzWord & { readonly kind: 'done' }): void {
    outcomes[word.code] = (outcomes[word.code] ?? 0) + 1;
    if (word.ms > slowestMs) [slowestMs, slowestInput] = [word.ms, word.input];
    if (word.wrong !== null) crash(word.input, word.wrong);
    done += 1;
    if (done % 20_000 === 0) say(`${String(done)} of ${String(inputs)}`);
  }

  /** Works on one lane's inputs until they are all done, with as many processes as that takes. */
  async function lane(number: number): Promise<void> {
    const folder = join(scratch, `lane-${String(number)}`);
    mkdirSync(join(folder, 'here'), { recursive: true });
    let next = number;
    let silentBefore = -1;
    while (next < inputs) {
      const store = mkdtempSync(join(folder, 'store-'));
      const ended = await oneProcess(folder, { seed, from: next, step: lanes, end: inputs, store, sabotage: options.sabotage ?? null }, (word) => {
        next = word.input + lanes;
        take(word);
      });
      if (ended.peakMiB !== null) peakMiB = Math.max(peakMiB, ended.peakMiB);
      if (ended.peakMiB === null) {
        // A machine may stand still for two seconds; the same input twice is no chance.
        const again = !ended.silent || silentBefore === next;
        silentBefore = next;
        if (again) {
          outcomes['crash'] = (outcomes['crash'] ?? 0) + 1;
          crash(next, ended.silent ? 'silent for two seconds, twice' : `the process ended: ${ended.words}`);
          next += lanes;
        }
      }
      rmSync(store, { recursive: true });
    }
  }

  try {
    writeFileSync(join(scratch, 'outside'), 'as it was');
    await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
    for (const path of strays(scratch)) crash(-1, `written outside the store: ${path}`);
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return { inputs: done, outcomes, slowestMs, slowestInput, peakMiB, crashes, seconds: (performance.now() - started) / 1000 };
}

type Ended = { readonly peakMiB: number | null; readonly silent: boolean; readonly words: string };

function oneProcess(folder: string, task: FuzzTask, done: (word: FuzzWord & { readonly kind: 'done' }) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const execArgv = ['--permission', '--allow-fs-read=*', `--allow-fs-write=${task.store}`, `--max-old-space-size=${String(heapMiB)}`, '--no-warnings'];
    const child: ChildProcess = fork(worker, [], { execArgv, cwd: join(folder, 'here'), stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let peakMiB: number | null = null;
    let silent = false;
    let words = '';
    let timer: NodeJS.Timeout | undefined;
    const watch = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        silent = true;
        child.kill('SIGKILL');
      }, ms);
    };
    // Starting up is not an input.
    watch(30_000);
    child.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2000);
    });
    child.on('message', (word: FuzzWord) => {
      watch(silenceMs);
      if (word.kind === 'done') done(word);
      else if (word.kind === 'end') {
        peakMiB = word.peakMiB;
        clearTimeout(timer);
        child.disconnect();
      }
    });
    // What it said last may still be on its way when it has ended.
    const over = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
    over
      .then(async ([[code, signal]]) => {
        clearTimeout(timer);
        // So may its last words; a pipe that stays open for no reason is not waited for.
        if (code !== 0) await delay(200);
        resolve({ peakMiB: code === 0 ? peakMiB : null, silent, words: `${String(code ?? signal)} ${words}` });
      })
      .catch(reject);
    child.send(task);
  });
}

/** What lies in the scratch folder besides what was put there. */
function strays(scratch: string): readonly string[] {
  return readdirSync(scratch, { recursive: true, encoding: 'utf8' }).filter((path) => !/^(outside|lane-\d+(.here)?)$/.test(path));
}
