import { expect, test } from 'vitest';
import { handOverYear } from '../../soak/handover.ts';

test('a slice of a year goes from one profile to another: every judge passes every package, and both sides say the same', async () => {
  const { figures, found } = await handOverYear({ documents: 40, dossiers: 4, seed: 7, say: () => undefined, ...(process.env['TVT_PAPERS'] === undefined ? {} : { keep: process.env['TVT_PAPERS'] }) });
  expect(found).toEqual([]);
  expect(figures['files compared']).toBeGreaterThan(40);
  expect(figures).toMatchObject({ documents: 40, dossiers: 4, papers: 6, 'passed: unzip -t': '4 of 4', 'passed: sha256sum -c': '4 of 4', 'passed: our own check, by the receiving side': '4 of 4' });
});
