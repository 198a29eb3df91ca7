import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registerFigure } from '../../bench/records-numbers.ts';
import { insertFigure } from '../../bench/skeleton-inserts.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

// Peers of the benchmarks write into our tables by their own words, which no compiler compares with them.
test.each([['arrivals', insertFigure], ['registering', registerFigure]])('the bare peer of %s still fits the tables', (name, figureOf) => {
  expect(figureOf(join(scratchFolder(), name), 8).referenceValue).toBeGreaterThan(0);
});
