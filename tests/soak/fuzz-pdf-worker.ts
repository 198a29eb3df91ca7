import { parentPort, workerData } from 'node:worker_threads';
import { everything } from '../unit/foundation/pdf/everything.ts';
import { fuzzPdfInput } from './fuzz-pdf-mutations.ts';

export type PdfFuzzTask = { readonly seed: number; readonly from: number; readonly to: number };
/** What the worker says of each input. */
export type PdfFuzzWord = { readonly input: number; readonly outcome: string; readonly ms: number; readonly crash?: string };

const { seed, from, to } = workerData as PdfFuzzTask;
for (let input = from; input < to; input += 1) {
  const bytes = fuzzPdfInput(seed, input);
  const started = performance.now();
  let word: Pick<PdfFuzzWord, 'outcome' | 'crash'>;
  try {
    word = { outcome: everything(bytes) };
  } catch (error) {
    word = { outcome: 'crash', crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage({ input, ms: performance.now() - started, ...word } satisfies PdfFuzzWord);
}
