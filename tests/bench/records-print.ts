import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Contract, OutputOf } from '#contract';
import { startCore } from '../../electron/hosts/compose.ts';
import { quietCore } from '../fakes/station/day.ts';
import type { Figure } from './figures.ts';
import { asker } from './records-lists.ts';
import { limit } from './records-search.ts';

/** Seconds to make the register of incoming documents with so many rows, in each form, and how long the core stood still. */
export async function printFigures(profile: { readonly folder: string; readonly key: Buffer; readonly rows: number }): Promise<Figure[]> {
  const core = await startCore(quietCore({ folder: profile.folder, keyHex: profile.key.toString('hex') }));
  try {
    const ask = asker(core);
    const books = (await ask('printing', 'books', {})) as OutputOf<Contract['printing']['books']>;
    const book = books.find((one) => one.register === 'incoming' && one.documents >= profile.rows);
    if (book === undefined) throw new Error('no book is long enough');
    const figures: Figure[] = [];
    for (const format of ['pdf', 'xlsx', 'csv'] as const) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const from = performance.now();
      await ask('printing', 'makeBook', { kind: 'incoming', series: book.series, year: book.year, firstNumber: 1, lastNumber: profile.rows, from: null, to: null, volume: '01', format });
      const seconds = (performance.now() - from) / 1000;
      delay.disable();
      figures.push(limit(`register of ${String(profile.rows)} rows as ${format}`, seconds, 's', `limit (longest block of the core ${(delay.max / 1e6).toFixed(0)} ms)`, 10));
    }
    return figures;
  } finally {
    await core.close();
  }
}
