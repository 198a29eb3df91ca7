import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judges } from '../../../build/scripts/tools.ts';

const project = join(import.meta.dirname, '../../..');

/** Parts of every Debian, or the tools that a clone was had with. */
const everywhere = ['cmp', 'cp', 'git', 'mkfifo', 'mount', 'npm', 'sh', 'sha256sum', 'sync', 'tar', 'umount'];
/** Other programs of the packages in the list. */
const alongside = ['pdffonts', 'pdfimages', 'pdfinfo', 'pdftocairo', 'pdftoppm', 'pdftotext'];
/** Asked for first; without them their tests are skipped, and say so. */
const optional = ['gcc', 'java', 'javac', 'osslsigncode'];

test('every program that a test runs is one that `npm test` brings, so that a machine with nothing else is green', () => {
  const known = new Set([...judges.map(({ program }) => program), ...everywhere, ...alongside, ...optional]);
  const tests = readdirSync(join(project, 'tests'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  const run = tests.flatMap((name) =>
    [...readFileSync(join(project, 'tests', name), 'utf8').matchAll(/\b(?:execFile|execFileSync|spawn|spawnSync)\(\s*'([^'./]+)'/g)].map(([, program = '']) => ({ name, program })),
  );
  expect(run.length).toBeGreaterThan(50);
  expect(run.filter(({ program }) => !known.has(program))).toEqual([]);
});
