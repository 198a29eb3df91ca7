import { expect, test } from 'vitest';
import { killedOffices } from '../../soak/numbers.ts';

test('an office that is killed again and again while it gives numbers gives none twice and explains every gap', async () => {
  const report = await killedOffices({ seed: 20_261_122, rounds: 8, groups: 40 });
  expect(report.found).toEqual([]);
  expect(report.kills).toBeGreaterThan(3);
  expect(report.moves).toBeGreaterThan(500);
  expect(report.given).toBeGreaterThan(100);
});
