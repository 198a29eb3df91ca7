import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** One part of `npm run check`. */
type Part = {
  readonly name: string;
  readonly what: string;
  /** arguments of Node */
  readonly command: readonly string[];
};

type Result = { readonly part: Part; readonly ok: boolean; readonly seconds: number; readonly output: string };

const bin = (path: string): string => join('node_modules', path);
const rooms = ['electron', 'renderer', 'native', 'build', 'tests', 'eslint.config.js', 'vitest.config.ts'];

const parts: readonly Part[] = [
  // Each checker of a project reads the libraries for itself: with one, all is done in half the processor's time.
  {
    name: 'types',
    what: 'the compiler over all projects',
    command: [bin('typescript-native/bin/tsc'), '-b', '--checkers', '1', '--builders', '2', '--pretty', 'false'],
  },
  { name: 'lint', what: 'ESLint with our own rules', command: ['build/checks/lint.ts'] },
  { name: 'typed', what: 'rules that ask for types', command: ['build/checks/typed.ts'] },
  {
    name: 'boundaries',
    what: 'who may import whom',
    command: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      ...rooms,
      '--config',
      'build/dependency-cruiser.cjs',
      '--output-type',
      'err-long',
    ],
  },
  // Without its cache, which keeps "not found" for a file that has come since.
  { name: 'dead', what: 'files, exports and packages nothing uses', command: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'docs', what: 'links, scripts, packages, traces of a machine', command: ['build/checks/docs.ts'] },
  { name: 'files', what: 'front doors, style sheets, exemptions', command: ['build/checks/files.ts'] },
];

function run(part: Part): Promise<Result> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...part.command], { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const end = (ok: boolean, tail: string): void => {
      const output = Buffer.concat(chunks).toString('utf8') + tail;
      resolve({ part, ok, seconds: (performance.now() - start) / 1000, output });
    };
    child.on('error', (error) => {
      end(false, String(error));
    });
    child.on('close', (code, signal) => {
      end(code === 0, signal === null ? '' : `ended by ${signal}`);
    });
  });
}

/** Runs the parts side by side, as many at a time as there are processors, and tells of each as it ends. */
async function runAll(chosen: readonly Part[], lanes: number, tell: (result: Result) => void): Promise<Result[]> {
  const waiting = [...chosen];
  const ended: Result[] = [];
  const running = new Map<Part, Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    for (const part of waiting.splice(0, lanes - running.size)) {
      const ending = run(part).then((result) => {
        running.delete(part);
        ended.push(result);
        tell(result);
      });
      running.set(part, ending);
    }
    await Promise.race(running.values());
  }
  return ended;
}

function tell({ part, ok, seconds, output }: Result): void {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${part.name.padEnd(11)}${seconds.toFixed(1).padStart(5)} s  ${part.what}`);
  if (!ok) console.log(output.trimEnd().replace(/^/gm, '      '));
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are ${parts.map((part) => part.name).join(', ')}.`);
  process.exit(2);
}
const chosen = names.length === 0 ? parts : parts.filter((part) => names.includes(part.name));
const start = performance.now();
const results = await runAll(chosen, Math.max(2, availableParallelism()), tell);
const failed = results.filter((result) => !result.ok);
const verdict = failed.length === 0 ? 'all good' : `failed: ${failed.map((result) => result.part.name).join(', ')}`;
console.log(`      ${'total'.padEnd(11)}${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${verdict}`);
if (failed.length > 0) process.exitCode = 1;
