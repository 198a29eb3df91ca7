import { relative } from 'node:path';
import type { ScratchTree } from './scratch-tree.ts';
import type { Net, Violation } from './violation.ts';

/** What the nets said, as `net file rule`. */
export type Caught = ReadonlySet<string>;

export function entry(net: Net, file: string, rule: string): string {
  return `${net} ${file} ${rule}`;
}

/** Writes every violation, runs every net once over the copy and gathers what each says about which file. */
export async function castNets(tree: ScratchTree, violations: readonly Violation[]): Promise<Caught> {
  const write = (some: readonly Violation[]): void => {
    for (const { file, text, with: around, declares } of some) {
      tree.write({ ...around, [file]: text });
      if (declares !== undefined) tree.declare(declares);
    }
  };
  const scripts = violations.map(({ file }) => file).filter((file) => /\.tsx?$/.test(file));
  write(violations.filter(({ afterCompiler }) => afterCompiler !== true));
  const said = await Promise.all([compiler(tree), deadCode(tree), own(tree, 'docs'), own(tree, 'files')]);
  write(violations.filter(({ afterCompiler }) => afterCompiler === true));
  said.push(...(await Promise.all([boundaries(tree), lint(tree, scripts), typed(tree)])));
  return new Set(said.flat());
}

async function compiler(tree: ScratchTree): Promise<string[]> {
  const { output } = await tree.node('node_modules/typescript-native/bin/tsc', '-b', '--pretty', 'false');
  return [...output.matchAll(/^([^\s(][^(\n]*)\(\d+,\d+\): error (TS\d+)/gm)].map((match) => entry('types', match[1] ?? '', match[2] ?? ''));
}

async function boundaries(tree: ScratchTree): Promise<string[]> {
  const rooms = ['electron', 'renderer', 'native', 'build', 'tests'];
  const { output } = await tree.node(
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ...rooms,
    '--config',
    'build/dependency-cruiser.cjs',
    '--output-type',
    'json',
  );
  const { summary } = JSON.parse(output) as {
    summary: { violations: { from: string; rule: { name: string }; cycle?: { name: string }[] }[] };
  };
  return summary.violations.flatMap(({ from, rule, cycle }) =>
    [from, ...(cycle ?? []).map(({ name }) => name)].map((file) => entry('boundaries', file, rule.name)),
  );
}

async function deadCode(tree: ScratchTree): Promise<string[]> {
  const { output } = await tree.node('node_modules/knip/bin/knip.js', '--no-progress', '--reporter', 'json');
  const { issues } = JSON.parse(output) as { issues: Record<string, unknown>[] };
  return issues.flatMap((issue) =>
    Object.entries(issue)
      .filter(([, found]) => Array.isArray(found) && found.length > 0)
      .map(([kind]) => entry('dead', String(issue['file']), kind)),
  );
}

async function lint(tree: ScratchTree, files: readonly string[]): Promise<string[]> {
  const { output } = await tree.node('node_modules/eslint/bin/eslint.js', '--format', 'json', ...files);
  const results = JSON.parse(output) as { filePath: string; messages: { ruleId: string | null; message: string }[] }[];
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message }) => entry('lint', relative(tree.root, filePath).replaceAll('\\', '/'), ruleId ?? message)),
  );
}

async function typed(tree: ScratchTree): Promise<string[]> {
  const { output } = await tree.node('build/checks/typed.ts');
  return [...output.matchAll(/^(\S+?):\d+:\d+ {2}(.+?) {2}/gm)].map((match) => entry('typed', match[1] ?? '', match[2] ?? ''));
}

async function own(tree: ScratchTree, net: 'docs' | 'files'): Promise<string[]> {
  const { output } = await tree.node(`build/checks/${net}.ts`);
  return [...output.matchAll(/^(\S+):\d+ {2}(\S+) {2}/gm)].map((match) => entry(net, match[1] ?? '', match[2] ?? ''));
}
