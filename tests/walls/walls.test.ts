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
let clean: Run;
let dirty: Run;
let caught: Caught;

/** The parts of `npm run check` that take a second: enough to see that it tells good from bad. */
const quickParts = ['build/checks/check.ts', 'docs', 'files'];

// One copy with every violation at once, each in files of its own.
beforeAll(async () => {
  tree = new ScratchTree();
  clean = await tree.node(...quickParts);
  caught = await castNets(tree, violations);
  dirty = await tree.node(...quickParts);
});

afterAll(() => {
  tree.remove();
});

it('the check passes a clean copy, and does not pass this one', () => {
  expect(clean.code, clean.output).toBe(0);
  expect(dirty.code, dirty.output).toBe(1);
});

it('nothing else is caught: the nets are not simply always red', () => {
  // The compiler may leave the types of a file beside it.
  const stem = (file: string): string => file.replace(/(\.d)?\.tsx?$/, '');
  const own = new Set(violations.flatMap(({ file, with: around }) => [file, ...Object.keys(around ?? {})]).map(stem));
  const others = [...caught].filter((said) => !own.has(stem(said.split(' ')[1] ?? '')));
  // The package that is in package.json alone.
  expect(others.toSorted()).toEqual([entry('dead', 'package.json', 'devDependencies'), entry('docs', 'docs/dependencies.md', 'package-table')]);
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
