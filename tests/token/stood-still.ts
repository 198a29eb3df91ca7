import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

const everyMs = 5;

/**
 * Watches how long this thread answers nobody. Time in which it could have gone on and other programs had the processor
 * (run-queue wait of Linux' schedstat) is not its own, so a busy machine does not count. `end` gives the longest, in ms.
 */
export function watchStandstill(): { readonly end: () => number } {
  let longest = 0;
  let last = { at: performance.now(), waited: waitedMs() };
  const timer = setInterval(() => {
    const now = { at: performance.now(), waited: waitedMs() };
    longest = Math.max(longest, now.at - last.at - (now.waited - last.waited) - everyMs);
    last = now;
  }, everyMs);
  return {
    end: () => {
      clearInterval(timer);
      return longest;
    },
  };
}

/** The longest that this machine, with whatever else runs on it now, lets a program stand still that starts a few processes. */
export async function standstillOfStarting(processes: number): Promise<number> {
  const still = watchStandstill();
  const ends: Promise<unknown>[] = [];
  for (let n = 0; n < processes; n += 1) {
    ends.push(new Promise((resolve) => spawn(process.execPath, ['-e', ''], { stdio: 'ignore' }).once('exit', resolve)));
    await nextTurn();
  }
  await Promise.all(ends);
  return still.end();
}

/** How long the main thread of this process has waited for a processor, in ms; 0 where the system does not tell. */
function waitedMs(): number {
  try {
    const [, waited = '0'] = readFileSync(`/proc/self/task/${String(process.pid)}/schedstat`, 'utf8').split(' ');
    return Number(waited) / 1e6;
  } catch {
    return 0;
  }
}
