import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentVerdicts } from '#contract';
import { must, type Day } from '../day.ts';

const mostWaitMs = 30_000;

/** Has the files looked at and waits for the verdict, as the clerk does who presses "Kiểm tra lại". */
export async function judged(day: Day, document: string): Promise<DocumentVerdicts> {
  must(await day.client.verification.again({ document }));
  const until = Date.now() + mostWaitMs;
  for (;;) {
    const found = must(await day.client.verification.ofDocument({ document }));
    if (found.files.every(({ state, result }) => state === 'done' && result !== null) || Date.now() > until) return found;
    await pause(50);
  }
}
