import { fuzzBy, type PdfFuzzReport } from './fuzz-pdf.ts';
import type { SoakOptions, SoakReport } from './world.ts';

const inputs = 500_000;
/** More than what hostile inputs of this size may make a process hold. */
const mostBytes = 512 * 1024 * 1024;

/** Verifies spoilt files, the same ones for the same seed: no crash, no hang, and no pass of what was changed. */
export function fuzzVerification(seed: number, count: number): Promise<PdfFuzzReport> {
  return fuzzBy('fuzz-verification-worker.ts', seed, count);
}

/** Spoilt signed files by the hundred thousand; `sends` other than 0 asks for so many instead. */
export async function verificationSoak({ seed, sends }: SoakOptions): Promise<SoakReport> {
  const started = performance.now();
  const count = sends === 0 ? inputs : sends;
  let highest = 0;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 250);
  const { outcomes, slowestMs, slowestInput, crashes } = await fuzzVerification(seed, count);
  clearInterval(watch);
  const found = highest > mostBytes ? [...crashes, `${String(Math.round(highest / 2 ** 20))} MiB of memory`] : crashes;
  return {
    scenario: 'verification',
    seed,
    seconds: (performance.now() - started) / 1000,
    figures: { inputs: count, ...outcomes, 'slowest input': `${slowestMs.toFixed(0)} ms (number ${String(slowestInput)})`, 'highest memory': `${String(Math.round(highest / 2 ** 20))} MiB` },
    found,
  };
}
