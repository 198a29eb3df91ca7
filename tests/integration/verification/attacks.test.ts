import { beforeAll, expect, test } from 'vitest';
import { attackFiles, type AttackFile } from '../../fakes/pdf-attacks/corpus.ts';
import { deskAnswer } from '../../fakes/pdf-attacks/desk.ts';
import { testPki } from '../../fakes/pki/pki.ts';

const files: AttackFile[] = [];
beforeAll(async () => {
  for await (const file of attackFiles(await testPki())) files.push(file);
}, 300_000);

test('no forged file is accepted, and each is found for what it is', () => {
  const wrong: string[] = [];
  for (const { name, form, level, bytes, expected, row, facts } of files) {
    const { overall, changes, why } = deskAnswer(bytes, facts);
    const isNamed = row === undefined || expected === 'broken' || changes.some((one) => one.code === row && one.class === overall);
    if (overall !== expected || !isNamed) wrong.push(`${name} (${form}, ${String(level)}): ${overall} [${why}], not ${expected} [${row ?? ''}]`);
  }
  expect(wrong).toEqual([]);
  expect(files.length).toBeGreaterThanOrEqual(300);
});
