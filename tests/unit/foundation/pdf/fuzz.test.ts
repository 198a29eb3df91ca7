import { expect, test } from 'vitest';
import { fuzzPdf } from '../../../soak/fuzz-pdf.ts';
import { fuzzPdfInput } from '../../../soak/fuzz-pdf-mutations.ts';
import { everything } from './everything.ts';

// The same as `npm run soak -- pdf`, with a small part of its inputs.
test('2000 spoilt files: every question has an answer, and what is appended can be read', async () => {
  const { outcomes, crashes } = await fuzzPdf(20_261_122, 2000);
  expect(crashes).toEqual([]);
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(2000);
  // Inputs that all ended alike would prove little.
  for (const outcome of ['appended', 'refused: damaged', 'stopped: bad-token', 'stopped: no-xref-section', 'stopped: bad-xref-table', 'stopped: damaged-stream', 'stopped: offset-elsewhere']) {
    expect(outcomes[outcome], outcome).toBeGreaterThan(0);
  }
  expect(Object.keys(outcomes).length).toBeGreaterThan(15);
});

test('the same seed gives the same inputs, another one others', () => {
  const bytes = (seed: number): string => Array.from({ length: 50 }, (_, n) => fuzzPdfInput(seed, n).toString('latin1')).join();
  expect(bytes(1)).toBe(bytes(1));
  expect(bytes(1)).not.toBe(bytes(2));
  expect(everything(Buffer.alloc(0))).toBe('stopped: no-header');
});
