import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SoakOptions, SoakReport } from './world.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * `npm run soak -- day`: the clerk's day of the suite (`tests/e2e/day`) with 200 documents in and 100 out, by keyboard alone, the network
 * off, a restart and a crash. The sizes are the test's own. Builds the window first.
 */
export function daySoak({ seed, say, limitSeconds }: SoakOptions): Promise<SoakReport> {
  const started = performance.now();
  const built = spawnSync('npm', ['run', '-s', 'build'], { cwd: project, stdio: 'inherit', shell: process.platform === 'win32' });
  if (built.status !== 0) return Promise.resolve({ scenario: 'day', seed, seconds: 0, figures: {}, found: ['the window does not build'] });
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', 'tests/e2e/day/day.test.ts'], {
    cwd: project,
    env: { ...process.env, TVT_DAY: 'long', NO_COLOR: '1' },
    encoding: 'utf8',
    timeout: limitSeconds * 1000,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  say(stdout);
  const figures = Object.fromEntries([...stdout.matchAll(/^(.+): (\d+ keys, .*)$/gm)].map(([, what = '', took = '']) => [what, took]));
  const wrong = stdout.split('\n').find((line) => /Error:/.test(line)) ?? 'the day did not come to its end';
  return Promise.resolve({ scenario: 'day', seed, seconds: (performance.now() - started) / 1000, figures, found: status === 0 ? [] : [wrong.trim()] });
}
