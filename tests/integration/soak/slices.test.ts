import { describe, expect, test } from 'vitest';
import { diskSoak } from '../../soak/disk.ts';
import { clockSoak, exchangeSoak } from '../../soak/exchange.ts';
import { restoreSoak } from '../../soak/restore.ts';
import type { SoakOptions, SoakReport } from '../../soak/world.ts';

const limit = 180_000;

async function slice(run: (options: SoakOptions) => Promise<SoakReport>, seed: number): Promise<SoakReport> {
  const lines: string[] = [];
  const report = await run({ seed, sends: 12, receipts: 15, limitSeconds: 150, say: (line) => lines.push(line) });
  expect(report.found, lines.join('\n')).toEqual([]);
  return report;
}

// A small part of `npm run soak`; side by side, as most of it is waiting.
describe.concurrent('long runs, a small part of each', () => {
  test('either side is killed while every call may go wrong: both hold the same in the end', async () => {
    const { figures } = await slice(exchangeSoak, 12);
    expect(figures['station killed']).toBeGreaterThan(0);
    expect(figures['documents in the register']).toBeGreaterThanOrEqual(15);
    expect(figures['misfortunes struck']).not.toBe('');
  }, limit);

  test('the clock is set back and forth: nothing is lost, doubled or held up', async () => {
    const { figures } = await slice(clockSoak, 15);
    expect(figures['clock set']).toBeGreaterThan(0);
  }, limit);

  test('a disk that fills up again and again: told, and gone on by itself (needs root to mount a small disk)', async ({ skip }) => {
    const { figures } = await slice(diskSoak, 13);
    if (figures['skipped'] !== undefined) skip();
    expect(figures['told as disk-full']).toBeGreaterThan(0);
  }, limit);

  test('an older copy of the profile is put back: nothing that was sent is sent again', async () => {
    const { figures } = await slice(restoreSoak, 14);
    expect(figures['copies put back']).toBe(2);
  }, limit);
});
