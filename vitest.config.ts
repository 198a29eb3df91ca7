import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './build/checks/longest-first.ts';
import { SkipsReporter } from './build/checks/skips-reporter.ts';

const minute = 60_000;

/** Kinds of tests that need more time than others, by folder. All of them run in a plain `vitest run`. */
const slow = { e2e: 5 * minute, walls: 10 * minute } as const;

/** `npm test` has bundled the terminal program with its processes and threads; a run by hand is of the sources as they are. */
const bundled = process.env['TVT_PROGRAM'] !== undefined;

export default defineConfig({
  resolve: { alias: bundled ? [{ find: /^.*\/worker-program\.ts$/, replacement: join(import.meta.dirname, 'tests/fakes/built-workers.ts') }] : [] },
  test: {
    environment: 'node',
    pool: 'forks',
    // A file waits for programs that it started as often as it works itself: more than there are processors keeps them busy.
    maxWorkers: Math.min(4, Math.max(3, availableParallelism() - 1)),
    // In a whole run some thousand processes share the machine, and one red line in nine thousand would hide the others' worth. What
    // passes only the second time is named at the end, to be looked into: more than once it was the product.
    retry: bundled ? 1 : 0,
    allowOnly: false,
    passWithNoTests: false,
    // A wait for a situation ends with the situation. How long it may take is a matter of the machine, not of the product.
    expect: { poll: { timeout: minute } },
    sequence: { sequencer: LongestFirst },
    // The runner's own summary comes last.
    reporters: [new SkipsReporter(), 'default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: ['tests/**/*.test.ts'],
          exclude: Object.keys(slow).map((folder) => `tests/${folder}/**`),
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
        },
      },
      ...Object.entries(slow).map(([name, limit]) => ({
        extends: true as const,
        test: { name, include: [`tests/${name}/**/*.test.ts`], testTimeout: limit, hookTimeout: limit },
      })),
    ],
  },
});
