import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openProfile, taker } from '../fakes/handover/profile.ts';
import { laidThere, submittedFields } from '../fakes/handover/submitted.ts';
import { figure, type Figure } from './figures.ts';

const mebibyte = 1024 * 1024;
const mostMs = 200;
/** packages of a hand-over, documents in each, bytes of each document */
export type Load = { readonly packages: number; readonly documents: number; readonly bytes: number };
const usual: readonly Load[] = [
  { packages: 40, documents: 40, bytes: 8 * 1024 },
  { packages: 1, documents: 4_000, bytes: 2 * 1024 },
  { packages: 1, documents: 2, bytes: 256 * mebibyte },
];

/** How long the thread that serves every window stands still while an archive checks a hand-over and takes it into its holdings. */
export async function takingOver(loads: readonly Load[] = usual): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tvt-bench-'));
  const profile = await openProfile(join(scratch, 'archive'), taker);
  try {
    const figures: Figure[] = [];
    for (const [turn, load] of loads.entries()) {
      const into = join(scratch, `packages-${String(turn)}`);
      mkdirSync(into);
      for (let n = 0; n < load.packages; n += 1) await laidThere(into, turn * 1_000_000 + n, load);
      const what = `${String(load.packages)} × ${String(load.documents)} documents of ${String(Math.round(load.bytes / 1024))} KiB`;
      const fields = { ...submittedFields, title: what, turn: turn + 1 };
      const begun = await profile.must('handover', 'startReceipt', { fields });
      const still = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        const delay = monitorEventLoopDelay({ resolution: 5 });
        delay.enable();
        const from = performance.now();
        const done = await work();
        const seconds = (performance.now() - from) / 1000;
        // The last stillstand is only seen by the next beat.
        await new Promise((resolve) => setTimeout(resolve, 50));
        delay.disable();
        const value = delay.max / 1e6;
        figures.push(figure({ name: `${what}: core stands still while ${name} (${seconds.toFixed(1)} s in all)`, value, unit: 'ms', reference: 'limit', referenceValue: mostMs, target: `≤ ${String(mostMs)} ms`, met: value <= mostMs }));
        return done;
      };
      await still('packages are checked', () => profile.core.handover.takeFrom(begun.id, [into]));
      const now = await profile.must('handover', 'receipt', { id: begun.id });
      if (now.passed !== load.packages) throw new Error(JSON.stringify(now));
      const decided = await profile.must('handover', 'decide', { id: now.id, version: now.version, packages: null, decision: null, reason: '' });
      const done = await still('they are taken in', () => profile.must('handover', 'conclude', { id: decided.id, version: decided.version, number: '1', archive: false }));
      if (done.totals.accepted !== load.packages) throw new Error(JSON.stringify(done));
      rmSync(into, { recursive: true });
    }
    return figures;
  } finally {
    await profile.core.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
