import { expect, test } from 'vitest';
import { recordArrival } from '../../../electron/services/records/index.ts';
import { incomingReport } from '../../../electron/services/records/printing/figures.ts';
import { all, one, type SqlValue } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

test('a report over more documents than are counted at one go equals its queries, and leaves others their turn', async () => {
  const store = storeIn(scratchFolder());
  store.write((db) => {
    for (let n = 1; n <= 4100; n += 1) {
      recordArrival(db, { ...arrival(n), typeName: n % 3 === 0 ? 'Công văn' : 'Báo cáo', urgency: n % 2 === 0 ? 1 : 0 }, () => undefined, 'UBND');
    }
  });
  let turns = 0;
  let over = false;
  const turn = (): void => {
    turns += 1;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  const report = await incomingReport(store.read, { from: '2026-01-01', to: '2026-12-31' }, '2026-11-23');
  over = true;
  expect(turns).toBeGreaterThan(1);
  expect(report.figures.find(({ key }) => key === 'total')?.value).toBe(4100);
  for (const figure of report.figures) {
    expect(one<{ n: number }>(store.read, { text: figure.sql, values: [] })?.n, figure.label).toBe(figure.value);
  }
  for (const table of report.tables) {
    const rows = all<Record<string, SqlValue>>(store.read, { text: table.sql, values: [] });
    expect(rows.map((row) => Object.values(row).map(String))).toEqual(table.rows);
  }
  expect(report.tables.at(-1)?.rows).toEqual([['Báo cáo', '2734'], ['Công văn', '1366']]);
});
