import { fuzzEdxml } from './fuzz-edxml.ts';
import type { SoakOptions, SoakReport } from './world.ts';

const inputs = 200_000;

/** Spoilt messages by the hundred thousand through the reader; `sends` other than 0 asks for so many instead. */
export async function fuzzSoak({ seed, sends, say }: SoakOptions): Promise<SoakReport> {
  const report = await fuzzEdxml({ seed, inputs: sends === 0 ? inputs : sends, say });
  const { outcomes, slowestMs, slowestInput, peakMiB, seconds, crashes } = report;
  return {
    scenario: 'fuzz',
    seed,
    seconds,
    figures: {
      inputs: report.inputs,
      ...outcomes,
      'slowest input': `${slowestMs.toFixed(0)} ms (number ${String(slowestInput)})`,
      'peak memory of a process': `${peakMiB.toFixed(0)} MiB`,
    },
    found: crashes.map(({ input, what }) => `input ${String(input)}: ${what}`),
  };
}
