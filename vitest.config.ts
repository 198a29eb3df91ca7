import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './build/checks/longest-first.ts';
import { SkipsReporter } from './build/checks/skips-reporter.ts';

const minute = 60_000;

/** Kinds of tests that need more time than others, by folder. All of them run in a plain `vitest run`. */
const slow = { e2e: 5 * minute, walls: 10 * minute } as const;

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    // Each file starts programs of its own besides: more at a time than processors only makes them wait for one another.
    maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
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
