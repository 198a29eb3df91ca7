import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plugin } from '../../build/lint-rules/plugin.ts';
import { asksForTypes } from './asks-for-types.ts';
import { edges } from './edges.ts';
import { habits } from './habits.ts';
import { castNets, entry, type Caught } from './nets.ts';
import { ScratchTree, type Run } from './scratch-tree.ts';
import type { Net } from './violation.ts';

const violations = [...edges, ...habits, ...asksForTypes];
let tree: ScratchTree;
let control: Run;
let caught: Caught;

// One copy and two rounds: clean, then with every violation at once, each in files of its own.
beforeAll(async () => {
  tree = new ScratchTree();
  control = await tree.node('build/checks/check.ts');
  caught = await castNets(tree, violations);
});

afterAll(() => {
  tree.remove();
});

it('the clean copy passes', () => {
  expect(control.code, control.output).toBe(0);
});

it('each violation has a file of its own', () => {
  expect(new Set(violations.map(({ file }) => file)).size).toBe(violations.length);
});

describe.each(violations)('$name', ({ file, caught: expected }) => {
  it.each(Object.entries(expected))('is caught by %s as %s', (net, rule) => {
    const about = [...caught].filter((said) => said.split(' ')[1] === file);
    expect(about, about.join('\n')).toContain(entry(net as Net, file, rule));
  });
});

it('a package in package.json alone is missed in docs/dependencies.md', () => {
  expect(caught).toContain(entry('docs', 'docs/dependencies.md', 'package-table'));
});

it('every boundary rule, every rule that asks for types and every rule of our own has a violation that proves it', () => {
  const config = createRequire(import.meta.url)('../../build/dependency-cruiser.cjs') as { forbidden: { name: string }[] };
  const typed = [...readFileSync(new URL('../../.oxlintrc.json', import.meta.url), 'utf8').matchAll(/"typescript\/([^"]+)"/g)];
  const rules = [
    ...config.forbidden.map(({ name }) => name.replace(/:.*/, '')),
    ...Object.keys(plugin.rules ?? {}).map((name) => `tvt/${name}`),
    ...typed.map(([, name = '']) => `typescript(${name})`),
  ];
  const proven = violations.flatMap(({ caught: expected }) => Object.values(expected)).map((rule) => rule.replace(/:.*/, ''));
  expect(rules.filter((rule) => !proven.includes(rule))).toEqual([]);
});
