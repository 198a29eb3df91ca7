import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { ensureTools, type Ready } from './tools.ts';

const root = resolve(import.meta.dirname, '../..');
const target = join(root, 'node_modules/pkcs11js');

/**
 * Makes sure that `pkcs11js` is compiled. `npm install` leaves it out where its compilation failed, for want of a
 * compiler or of Node's headers, so that an office without either can use the rest; the suite needs it.
 */
export function ensureTokenDriver(): Ready {
  if (loads()) return { ok: true };
  const tools = ensureTools([
    { program: 'g++', package: 'g++' },
    { program: 'make', package: 'make' },
    { program: 'python3', package: 'python3' },
  ]);
  if (!tools.ok) return tools;
  const headers = headerFolders().find((folder) => existsSync(join(folder, 'include/node/common.gypi')));
  if (headers === undefined) return { ok: false, command: 'npm rebuild pkcs11js --nodedir FOLDER_OF_NODE' };
  process.stdout.write(`Compiling the token driver against ${headers}\n`);
  const built = fetchSource() && run(process.execPath, [join(root, 'node_modules/node-gyp/bin/node-gyp.js'), 'rebuild', '--nodedir', headers], target);
  return built && loads() ? { ok: true } : { ok: false, command: `npm rebuild pkcs11js --nodedir ${headers}` };
}

function loads(): boolean {
  return spawnSync(process.execPath, ['-e', "require('pkcs11js')"], { cwd: root, stdio: 'ignore' }).status === 0;
}

/** Where Node's headers may lie: beside the Node of npm's `node` package, or beside any Node of the machine. */
function headerFolders(): string[] {
  const ours = join(root, 'node_modules/node/node_modules');
  const packages = existsSync(ours) ? readdirSync(ours).map((name) => join(ours, name)) : [];
  const machine = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => existsSync(join(folder, 'node')))
    .map((folder) => dirname(folder));
  return [...packages, ...machine];
}

/** Puts the source of the locked version into its place; `npm install` would drop it again when it cannot compile. */
function fetchSource(): boolean {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const version = lock.packages['node_modules/pkcs11js']?.version ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'pkcs11js-'));
  try {
    if (!run('npm', ['pack', '--silent', `pkcs11js@${version}`], folder)) return false;
    const [archive = ''] = readdirSync(folder);
    mkdirSync(target, { recursive: true });
    return run('tar', ['xzf', join(folder, archive), '--strip-components=1'], target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, words: readonly string[], cwd: string): boolean {
  const ran = spawnSync(program, words, { cwd, encoding: 'utf8' });
  if (ran.status !== 0) process.stderr.write(ran.stderr);
  return ran.status === 0;
}
