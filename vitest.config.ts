import { defineConfig } from 'vitest/config';
import { LongestFirst } from './build/checks/longest-first.ts';
import { SkipsReporter } from './build/checks/skips-reporter.ts';

const minute = 60_000;

/** Kinds of tests that need more time than others, by folder. All of them run in a plain `vitest run`. */
const slow = { e2e: 3 * minute, walls: 5 * minute } as const;

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    allowOnly: false,
    passWithNoTests: false,
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
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      ...Object.entries(slow).map(([name, limit]) => ({
        extends: true as const,
        test: { name, include: [`tests/${name}/**/*.test.ts`], testTimeout: limit, hookTimeout: limit },
      })),
    ],
  },
});
