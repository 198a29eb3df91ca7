import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { policy } from '../../../electron/services/verification/index.ts';
import { testPki } from '../../fakes/pki/pki.ts';
import { judgeCorpus, type Corpus } from './corpus-table.ts';

let corpus: Corpus;
beforeAll(async () => {
  corpus = await judgeCorpus(await testPki());
}, 600_000);

test('no forged file is accepted, no honest one is refused, and each is found for what it is', () => {
  expect(corpus.wrong).toEqual([]);
  expect(corpus.attacks).toBeGreaterThanOrEqual(300);
  expect(corpus.honest).toBeGreaterThanOrEqual(100);
  expect(corpus.combined).toBeGreaterThanOrEqual(3000);
});

test('every row of the policy is met by a file', () => {
  expect(Object.keys(policy).filter((row) => !corpus.rows.has(row))).toEqual([]);
});

test('the document tells what is answered today (node tests/integration/verification/corpus-main.ts writes it)', () => {
  expect(readFileSync(join(import.meta.dirname, '../../../docs/verification-corpus.md'), 'utf8')).toBe(corpus.document);
});
