import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs ESLint with a cache that is right. ESLint keeps a file's result until that file changes, but our rules ask for
 * types: when a function becomes async, the call in another file that now floats must be found. So there is one cache
 * per set of declarations the compiler has written (.cache/types); it is dropped as soon as one of them changes.
 */
const caches = join('.cache', 'eslint');
const declarations = globSync('.cache/types/**/*.d.ts').sort();
const configuration = ['eslint.config.js', 'package-lock.json', ...globSync('**/tsconfig*.json', { exclude: ['node_modules/**', '.cache/**'] }).sort()];

function digest(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

const key = digest([...configuration, ...declarations]);
if (existsSync(caches)) {
  for (const name of readdirSync(caches)) if (name !== key) rmSync(join(caches, name), { recursive: true, force: true });
}
const cache = ['--cache', '--cache-strategy', 'content', '--cache-location', join(caches, key, 'results')];
const { status } = spawnSync(
  process.execPath,
  ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0', '--concurrency', '2', ...(declarations.length === 0 ? [] : cache)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
