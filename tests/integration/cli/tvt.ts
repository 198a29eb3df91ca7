import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The terminal program: its sources, or the bundle that `npm test` has made of them, which starts in half the time. */
export const program = process.env['TVT_PROGRAM'] ?? fileURLToPath(new URL('../../../electron/hosts/cli/main.ts', import.meta.url));

type Answer = { readonly exit: number | null; readonly out: string; readonly err: string };

/** Runs the terminal program. */
export function tvt(words: readonly string[], env: NodeJS.ProcessEnv = {}): Answer {
  const ran = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8', env: { ...process.env, ...env } });
  return { exit: ran.status, out: ran.stdout, err: ran.stderr };
}

type JsonAnswer = {
  readonly exit: number | null;
  readonly ok: boolean;
  readonly value: Record<string, unknown>;
  readonly failure: { readonly code: string; readonly sentence: string };
};

/** Runs it with `--json` and reads the answer. */
export function json(words: readonly string[], env: NodeJS.ProcessEnv = {}): JsonAnswer {
  const { exit, out } = tvt([...words, '--json'], env);
  return { ...(JSON.parse(out) as Omit<JsonAnswer, 'exit'>), exit };
}

/** As `tvt`, while this process goes on: its own servers are asked. */
export async function tvtBeside(words: readonly string[], before: readonly string[] = [program]): Promise<Pick<Answer, 'exit' | 'out'>> {
  const child = spawn(process.execPath, [...before, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (part: Buffer) => {
    out += part.toString('utf8');
  });
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exit, out };
}

/** As `json`, while this process goes on. */
export async function jsonBeside(words: readonly string[]): Promise<JsonAnswer> {
  const { exit, out } = await tvtBeside([...words, '--json']);
  return { ...(JSON.parse(out) as Omit<JsonAnswer, 'exit'>), exit };
}

const measure = `
  const [program, ...words] = process.argv.slice(1);
  process.argv = [process.execPath, program, ...words];
  process.on('exit', () => console.log(process.resourceUsage().maxRSS));
  import(program);
`;

/** As `jsonBeside`, with the greatest memory of the process in KiB. */
export async function peakBeside(words: readonly string[]): Promise<{ readonly ok: boolean; readonly peak: number }> {
  const { out } = await tvtBeside([...words, '--json'], ['-e', measure, program]);
  const [answer = '', peak = ''] = out.trim().split('\n');
  return { ok: answer.includes('"ok":true'), peak: Number(peak) };
}
