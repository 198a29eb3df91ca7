import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs ESLint with a cache that is right. ESLint keeps a file's result until that file or a version changes, and does
 * not know the rules of our own: so there is one cache per configuration and their text. None of its rules asks for
 * types (.oxlintrc.json has those), so no file's result hangs on another file.
 */
const caches = join('.cache', 'eslint');
const hash = createHash('sha256');
for (const file of ['eslint.config.js', 'package-lock.json', ...globSync('build/lint-rules/*.ts').sort()]) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
const key = hash.digest('hex').slice(0, 16);
if (existsSync(caches)) {
  for (const name of readdirSync(caches)) if (name !== key) rmSync(join(caches, name), { recursive: true, force: true });
}
const cache = ['--cache', '--cache-strategy', 'content', '--cache-location', join(caches, key, 'results')];
const { status } = spawnSync(process.execPath, ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0', '--concurrency', '2', ...cache], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
