import { Worker } from 'node:worker_threads';
import type { PdfFuzzTask, PdfFuzzWord } from './fuzz-pdf-worker.ts';
import type { SoakOptions, SoakReport } from './world.ts';

const inputs = 200_000;
/** Longer than any answer may take; a thread that is silent for so long hangs. */
const silenceMs = 30_000;

export type PdfFuzzReport = {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly slowestInput: number;
  readonly crashes: readonly string[];
};

/** Puts spoilt files, the same ones for the same seed, through a worker's program that is ended when it hangs; the next one goes on after that input. */
export async function fuzzBy(program: string, seed: number, count: number): Promise<PdfFuzzReport> {
  const outcomes: Record<string, number> = {};
  const crashes: string[] = [];
  let slowestMs = 0;
  let slowestInput = -1;
  let next = 0;
  while (next < count) {
    const task: PdfFuzzTask = { seed, from: next, to: count };
    const ending = await run(program, task, ({ input, outcome, ms, crash }) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (crash !== undefined) crashes.push(`input ${String(input)}: ${crash}`);
      if (ms > slowestMs) [slowestMs, slowestInput] = [ms, input];
      next = input + 1;
    });
    if (next >= count) break;
    crashes.push(`input ${String(next)}: ${ending}`);
    next += 1;
  }
  return { outcomes, slowestMs, slowestInput, crashes };
}

/** Reads spoilt PDFs. */
export function fuzzPdf(seed: number, count: number): Promise<PdfFuzzReport> {
  return fuzzBy('fuzz-pdf-worker.ts', seed, count);
}

function run(program: string, task: PdfFuzzTask, take: (word: PdfFuzzWord) => void): Promise<string> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(program, import.meta.url), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    let watch = setTimeout(hang, silenceMs);
    function end(how: string): void {
      clearTimeout(watch);
      resolve(how);
    }
    function hang(): void {
      end('hangs');
      void worker.terminate();
    }
    worker.on('message', (word: PdfFuzzWord) => {
      clearTimeout(watch);
      watch = setTimeout(hang, silenceMs);
      take(word);
    });
    worker.on('error', (error) => {
      end(String(error));
    });
    worker.on('exit', () => {
      end('the thread ended');
    });
  });
}

/** Spoilt PDFs by the hundred thousand through the PDF reader; `sends` other than 0 asks for so many instead. */
export async function pdfSoak({ seed, sends }: SoakOptions): Promise<SoakReport> {
  const started = performance.now();
  const count = sends === 0 ? inputs : sends;
  const { outcomes, slowestMs, slowestInput, crashes } = await fuzzPdf(seed, count);
  return {
    scenario: 'pdf',
    seed,
    seconds: (performance.now() - started) / 1000,
    figures: { inputs: count, ...outcomes, 'slowest input': `${slowestMs.toFixed(0)} ms (number ${String(slowestInput)})` },
    found: crashes,
  };
}
