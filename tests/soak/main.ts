import { clockSoak, exchangeSoak } from './exchange.ts';
import { daySoak } from './day.ts';
import { diskSoak } from './disk.ts';
import { fuzzSoak } from './fuzz.ts';
import { pdfSoak } from './fuzz-pdf.ts';
import { verificationSoak } from './fuzz-verification.ts';
import { handoverSoak } from './handover.ts';
import { numbersSoak } from './numbers.ts';
import { restoreSoak } from './restore.ts';
import type { SoakOptions, SoakReport } from './world.ts';

type Scenario = {
  readonly run: (options: SoakOptions) => Promise<SoakReport>;
  readonly sends: number;
  readonly receipts: number;
  readonly limitSeconds: number;
};

const scenarios: Readonly<Record<string, Scenario>> = {
  exchange: { run: exchangeSoak, sends: 1000, receipts: 1000, limitSeconds: 600 },
  clock: { run: clockSoak, sends: 200, receipts: 200, limitSeconds: 240 },
  disk: { run: diskSoak, sends: 200, receipts: 200, limitSeconds: 240 },
  restore: { run: restoreSoak, sends: 200, receipts: 200, limitSeconds: 300 },
  fuzz: { run: fuzzSoak, sends: 0, receipts: 0, limitSeconds: 400 },
  pdf: { run: pdfSoak, sends: 0, receipts: 0, limitSeconds: 400 },
  verification: { run: verificationSoak, sends: 0, receipts: 0, limitSeconds: 3600 },
  handover: { run: handoverSoak, sends: 2000, receipts: 60, limitSeconds: 1800 },
  day: { run: daySoak, sends: 100, receipts: 200, limitSeconds: 900 },
  numbers: { run: numbersSoak, sends: 0, receipts: 0, limitSeconds: 300 },
};

/**
 * `npm run soak -- [scenario …|all] [--seed N] [--sends N] [--receipts N] [--json]`: exit 0 when nothing was found, 1 when
 * something was, 2 for words that are not understood.
 */
const words = process.argv.slice(2);
const numbers: Record<string, number> = {};
const asked: string[] = [];
let json = false;
for (let at = 0; at < words.length; at += 1) {
  const word = words[at] ?? '';
  if (word === '--json') json = true;
  else if (['--seed', '--sends', '--receipts'].includes(word) && /^\d+$/.test(words[at + 1] ?? '')) numbers[word.slice(2)] = Number(words[(at += 1)]);
  else if (word === 'all' || Object.hasOwn(scenarios, word)) asked.push(word);
  else {
    process.stderr.write(`not understood: "${word}"; scenarios: ${Object.keys(scenarios).join(', ')}, all\n`);
    process.exit(2);
  }
}
const seed = numbers['seed'] ?? 20_261_122;
let wrong = 0;
for (const name of asked.length === 0 || asked.includes('all') ? Object.keys(scenarios) : asked) {
  const scenario = scenarios[name];
  if (scenario === undefined) continue;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const { run, sends, receipts, limitSeconds } = scenario;
  const report = await run({ seed, sends: numbers['sends'] ?? sends, receipts: numbers['receipts'] ?? receipts, limitSeconds, say });
  wrong += report.found.length;
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${table(report)}\n`);
}
process.exit(wrong === 0 ? 0 : 1);

/** For people, to be pasted into a report. */
function table({ scenario, seed: of, seconds, figures, found }: SoakReport): string {
  const rows = Object.entries(figures).map(([name, value]) => `| ${name} | ${String(value)} |`);
  const wrongs = found.slice(0, 40).map((what) => `- ${what}`);
  const verdict = found.length === 0 ? 'nothing found' : `${String(found.length)} FOUND`;
  return ['', `| ${scenario}, seed ${String(of)}, ${seconds.toFixed(0)} s | ${verdict} |`, '| --- | --- |', ...rows, ...wrongs].join('\n');
}
