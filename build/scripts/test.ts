import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureTokenDriver } from './token-driver.ts';
import { ensureTools, judges } from './tools.ts';

/** `npm test`: the judges, the built window, and then the whole suite. Words after `--` go to vitest. */
for (const ready of [ensureTools(judges), ensureTokenDriver()]) {
  if (ready.ok) continue;
  process.stderr.write(`The suite needs tools that are not here. Please type:\n  ${ready.command}\n`);
  process.exit(1);
}

// The suite starts the programs some thousand times: what Node has compiled once it need not compile again.
const root = join(import.meta.dirname, '../..');
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache/compiled'), TVT_PROGRAM: join(root, 'dist/terminal/main.js') };

function run(program: string, words: readonly string[]): void {
  const ran = spawnSync(program, words, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  if (ran.status !== 0) process.exit(ran.status ?? 1);
}

run('npm', ['run', '-s', 'build']);
run('vite', ['build', '-c', 'build/vite.terminal.config.ts', '--logLevel', 'warn']);
run('vitest', ['run', ...process.argv.slice(2)]);
