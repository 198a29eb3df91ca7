import { cpus, totalmem } from 'node:os';

/** One measured figure beside its peer or physical limit of the same run. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** what it is held against, measured in the same run */
  readonly reference: string;
  readonly referenceValue: number;
  /** value / reference */
  readonly ratio: number;
  readonly target: string;
  readonly met: boolean;
};

/** A figure whose target is a limit on the value itself. */
export function figure(
  facts: Pick<Figure, 'name' | 'value' | 'unit' | 'reference' | 'referenceValue' | 'target' | 'met'>,
): Figure {
  return { ...facts, ratio: facts.referenceValue === 0 ? 0 : facts.value / facts.referenceValue };
}

/** Middle value of several; the p50 of timings. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that each of `runs` calls took, after some to warm up. */
export async function timings(runs: number, call: () => unknown): Promise<number[]> {
  for (let n = 0; n < Math.ceil(runs / 10); n += 1) await call();
  const taken: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    const from = performance.now();
    await call();
    taken.push(performance.now() - from);
  }
  return taken;
}

/** Milliseconds that two ways of doing the same took for `count` pieces each. They take turns, so that a busy machine strikes both. */
export function byTurns(ours: (n: number) => unknown, peer: (n: number) => unknown, count: number): { readonly ours: number; readonly peer: number } {
  const turn = Math.ceil(count / 4);
  const taken = { ours: 0, peer: 0 };
  for (let first = 0; first < count; first += turn) {
    const last = Math.min(count, first + turn);
    for (const [who, call] of [['ours', ours], ['peer', peer]] as const) {
      const from = performance.now();
      for (let n = first; n < last; n += 1) call(n);
      taken[who] += performance.now() - from;
    }
  }
  return taken;
}

/** What the figures were measured on. */
export function machine(): string {
  const [cpu] = cpus();
  return `${String(cpus().length)} × ${cpu?.model.trim() ?? 'unknown'}, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Node ${process.version}`;
}

/** The table for people. */
export function table(figures: readonly Figure[]): string {
  const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const rows = figures.map((f) => [
    f.name,
    `${number(f.value)} ${f.unit}`,
    `${f.reference}: ${number(f.referenceValue)}`,
    `× ${f.ratio.toFixed(2)}`,
    f.target,
    f.met ? 'met' : 'NOT MET',
  ]);
  const head = ['figure', 'value', 'reference', 'ratio', 'target', ''];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
